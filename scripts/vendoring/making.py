"""How one file is made of an unpacked package."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from vendoring.packages import run

ESBUILD = "esbuild@0.28.2"
BUNDLE = ("--bundle", "--minify", "--target=es2022", "--charset=utf8", "--legal-comments=inline")
INPUTS = "inputs.json"
"""What esbuild says that a module was bundled from."""


def copied(path: str) -> Callable[[Path], str]:
    """The file as it is in the package."""
    return lambda package: (package / path).read_text("utf-8")


def bundled(path: str, names: str, global_name: str) -> Callable[[Path], str]:
    """The named exports of an ES module, and what they need, as one minified classic script that sets a global."""

    def make(package: Path) -> str:
        entry = package / "livepages-entry.mjs"
        entry.write_text(f'export {{{names}}} from "./{path}"\n', "utf-8")
        flags = ["--format=iife", f"--global-name={global_name}"]
        return run("npx", "--yes", ESBUILD, entry.name, *BUNDLE, *flags, cwd=package)

    return make


def module(source: str) -> Callable[[Path], str]:
    """The exports of `source`, and what they need from node_modules, as one minified ES module; INPUTS says what."""

    def make(package: Path) -> str:
        root = package.parent.parent
        # Not .mjs: esbuild would then import a CommonJS package as Node does, with its default export one level down.
        (root / "entry.js").write_text(source, "utf-8")
        files = ["--outfile=module.js", f"--metafile={INPUTS}", "--log-level=warning"]
        run("npx", "--yes", ESBUILD, "entry.js", *BUNDLE, "--format=esm", *files, cwd=root)
        return (root / "module.js").read_text("utf-8")

    return make


def without_source_map(path: str) -> Callable[[Path], str]:
    """A style sheet without the comment that names its source map, which is not vendored."""
    return lambda package: re.sub(r"\s*/\*# sourceMappingURL=.*?\*/\s*", "\n", (package / path).read_text("utf-8"))


def without_webkit_twins(path: str) -> Callable[[Path], str]:
    """A style sheet without the -webkit- keyframes and declarations that only repeat the standard ones."""

    def make(package: Path) -> str:
        css = (package / path).read_text("utf-8")
        css = re.sub(r"@-webkit-keyframes [\w-]+\{(?:[^{}]*\{[^{}]*\})*\}", "", css)
        return re.sub(r"-webkit-(?:animation|transform|transition|backface)[\w-]*:[^;{}]*;", "", css)

    return make
