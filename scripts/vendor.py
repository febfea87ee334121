"""Refresh the third-party files in livepages/client/vendor/ from the npm registry.

    python scripts/vendor.py            fetch every library below and write its files and the manifest
    python scripts/vendor.py --check    verify the files against the manifest's sha256, offline

Needs the npm client and the registry it is set up for. To move to another version,
change it in LIBRARIES and run the script: it writes the new files, the manifest and the licence texts, and deletes
the files it no longer lists. The packages an ES module is bundled from are all named with their versions, so that no
version is left to the day of the run; what `npm install` of the direct ones gives is the set to name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parent.parent / "livepages" / "client" / "vendor"
MANIFEST = "manifest.json"
ESBUILD = "esbuild@0.28.2"
BUNDLE = ("--bundle", "--minify", "--target=es2022", "--charset=utf8", "--legal-comments=inline")
# A second copy of Yjs would not know the documents of the first: all modules import the vendored one, by this URL.
INPUTS = "inputs.json"
STYLES = ("solid", "regular", "brands")
STYLE_OF_PREFIX = {"fas": "solid", "far": "regular", "fab": "brands"}


@dataclass(frozen=True)
class Output:
    """One vendored file: its name is NAME-VERSION.SUFFIX, its content `make(unpacked package)`."""

    suffix: str
    make: Callable[[Path], str]
    how: str


@dataclass(frozen=True)
class Library:
    """An npm package, the licence of what is taken from it (SPDX), and the files made from it.

    `needs` has the version of every other package that its ES module is bundled from.
    """

    name: str
    package: str
    version: str
    licence: str
    outputs: tuple[Output, ...]
    needs: Mapping[str, str] = field(default_factory=dict)


def run(*command: str, cwd: Path) -> str:
    """The standard output of a command; its errors go to ours."""
    done = subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
    return done.stdout


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


def icon_table(package: Path) -> str:
    """Font Awesome's drawings as {"icons": {name: {style: [width, height, path]}}, "aliases": {old: name}}.

    An alias is "name", or "style/name" where the old name stood for one style. A name of today wins over an old one.
    """
    families = json.loads((package / "metadata" / "icon-families.json").read_text("utf-8"))
    icons = {name: drawings(data["svgs"]["classic"]) for name, data in families.items()}
    aliases = {str(old): name for name, data in families.items() for old in data.get("aliases", {}).get("names", ())}
    for old, prefix, name in version_4_names(package):
        aliases.setdefault(old, f"{STYLE_OF_PREFIX[prefix]}/{name or old}" if prefix else name or old)
    aliases = {old: name for old, name in aliases.items() if old not in icons}
    table = {"icons": icons, "aliases": aliases}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def drawings(svgs: Mapping[str, Any]) -> dict[str, list[object]]:
    return {
        style: [svgs[style]["width"], svgs[style]["height"], svgs[style]["path"]] for style in STYLES if style in svgs
    }


def version_4_names(package: Path) -> list[tuple[str, str | None, str | None]]:
    """(old name, prefix of its style, name of today) of version 4; metadata/shims.yml has only some of them."""
    script = (package / "js" / "v4-shims.js").read_text("utf-8")
    found = re.search(r"var shims = (\[.*\]);", script)
    if not found:
        raise SystemExit("js/v4-shims.js has no table of shims any more: look where Font Awesome keeps it now")
    # The table goes on with the code points of the same names.
    return [(old, prefix, name) for old, prefix, name in json.loads(found[1]) if isinstance(old, str)]


QUILL_CURSORS = "4.3.0"
# What a published file has in it of other packages, where esbuild does not see it: for their licence texts.
HELD = {"quill-cursors": {"quill-delta": "4.2.2", "rangefix": "0.2.10", "resize-observer-polyfill": "1.5.1"}}
# The version to take the licence text from, where the archive has none any more.
LICENCE_FROM = {"quill-cursors": "2.3.1"}

YJS_EXPORTS = """
export * from "yjs"
export { WebsocketProvider } from "y-websocket"
export { Awareness } from "y-protocols/awareness"
"""

QUILL_EXPORTS = """
export { default as Quill, Delta } from "quill"
export { default as QuillCursors } from "quill-cursors/core"
"""

# The grammars of C++, Java, Rust and PHP would add a third to the file: three have small old modes, PHP has none.
CODEMIRROR_EXPORTS = """
import { css } from "@codemirror/lang-css"
import { go } from "@codemirror/lang-go"
import { html } from "@codemirror/lang-html"
import { javascript } from "@codemirror/lang-javascript"
import { json } from "@codemirror/lang-json"
import { markdown } from "@codemirror/lang-markdown"
import { python } from "@codemirror/lang-python"
import { sql } from "@codemirror/lang-sql"
import { xml } from "@codemirror/lang-xml"
import { yaml } from "@codemirror/lang-yaml"
import { StreamLanguage } from "@codemirror/language"
import { cpp, java } from "@codemirror/legacy-modes/mode/clike"
import { diff } from "@codemirror/legacy-modes/mode/diff"
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile"
import { lua } from "@codemirror/legacy-modes/mode/lua"
import { nginx } from "@codemirror/legacy-modes/mode/nginx"
import { perl } from "@codemirror/legacy-modes/mode/perl"
import { powerShell } from "@codemirror/legacy-modes/mode/powershell"
import { properties } from "@codemirror/legacy-modes/mode/properties"
import { r } from "@codemirror/legacy-modes/mode/r"
import { ruby } from "@codemirror/legacy-modes/mode/ruby"
import { rust } from "@codemirror/legacy-modes/mode/rust"
import { shell } from "@codemirror/legacy-modes/mode/shell"
import { toml } from "@codemirror/legacy-modes/mode/toml"

export { basicSetup } from "codemirror"
export { indentWithTab } from "@codemirror/commands"
export { indentUnit } from "@codemirror/language"
export { Annotation, Compartment, EditorState, StateEffect } from "@codemirror/state"
export { Decoration, EditorView, ViewPlugin, WidgetType, keymap, lineNumbers, placeholder } from "@codemirror/view"

const stream = (mode) => () => StreamLanguage.define(mode)

// No prototype: a name that comes from outside finds a language or nothing.
export const languages = {
  __proto__: null,
  python: () => python(),
  javascript: () => javascript(),
  typescript: () => javascript({ typescript: true }),
  jsx: () => javascript({ jsx: true }),
  json: () => json(),
  html: () => html(),
  css: () => css(),
  xml: () => xml(),
  sql: () => sql(),
  markdown: () => markdown(),
  yaml: () => yaml(),
  java: stream(java),
  cpp: stream(cpp),
  rust: stream(rust),
  go: () => go(),
  shell: stream(shell),
  toml: stream(toml),
  ini: stream(properties),
  dockerfile: stream(dockerFile),
  ruby: stream(ruby),
  lua: stream(lua),
  diff: stream(diff),
  powershell: stream(powerShell),
  r: stream(r),
  perl: stream(perl),
  nginx: stream(nginx),
}
"""

LIBRARIES = (
    Library(
        name="tailwindcss",
        package="tailwindcss",
        version="4.3.5",
        licence="MIT",
        outputs=(
            Output(
                "min.js",
                bundled("dist/lib.mjs", "compile", "tailwindcss"),
                "dist/lib.mjs, its export compile, bundled and minified by esbuild into a classic script",
            ),
            Output("theme.css", copied("theme.css"), "theme.css, unchanged"),
            Output("preflight.css", copied("preflight.css"), "preflight.css, unchanged"),
        ),
    ),
    Library(
        name="tailwind-merge",
        package="tailwind-merge",
        version="3.7.0",
        licence="MIT",
        outputs=(
            Output(
                "min.js",
                bundled("dist/bundle-mjs.mjs", "extendTailwindMerge", "tailwindMerge"),
                "dist/bundle-mjs.mjs, its export extendTailwindMerge, minified by esbuild into a classic script",
            ),
        ),
    ),
    Library(
        name="animate",
        package="animate.css",
        version="4.1.1",
        licence="MIT",
        outputs=(
            Output(
                "min.css",
                without_webkit_twins("animate.min.css"),
                "animate.min.css, without the -webkit- twins of standard declarations and keyframes",
            ),
        ),
    ),
    Library(
        name="fontawesome-free",
        package="@fortawesome/fontawesome-free",
        version="7.3.1",
        licence="CC-BY-4.0",
        outputs=(
            Output(
                "json",
                icon_table,
                "metadata/icon-families.json and js/v4-shims.js, cut to sizes, paths and old names",
            ),
        ),
    ),
    Library(
        name="yjs",
        package="yjs",
        version="13.6.33",
        licence="MIT",
        needs={
            "lib0": "0.2.120",
            "y-protocols": "1.0.7",
            "y-websocket": "3.1.0",
        },
        outputs=(
            Output(
                "min.js",
                module(YJS_EXPORTS),
                "all its exports, WebsocketProvider of y-websocket and the awareness of y-protocols, bundled with the "
                "packages its licence file lists and minified by esbuild into an ES module",
            ),
        ),
    ),
    Library(
        name="quill",
        package="quill",
        version="2.0.3",
        licence="Apache-2.0 AND BSD-3-Clause AND MIT",
        needs={
            "quill-cursors": QUILL_CURSORS,
            "eventemitter3": "5.0.4",
            "fast-diff": "1.3.0",
            "lodash-es": "4.18.1",
            "lodash.clonedeep": "4.5.0",
            "lodash.isequal": "4.5.0",
            "parchment": "3.0.0",
            "quill-delta": "5.1.0",
        },
        outputs=(
            Output(
                "min.js",
                module(QUILL_EXPORTS),
                "Quill and Delta, and QuillCursors of quill-cursors, bundled with the packages its licence file lists "
                "and minified by esbuild into an ES module",
            ),
            Output(
                "snow.css",
                without_source_map("dist/quill.snow.css"),
                "dist/quill.snow.css, without the comment that names its source map",
            ),
        ),
    ),
    Library(
        name="quill-cursors",
        package="quill-cursors",
        version=QUILL_CURSORS,
        licence="MIT",
        outputs=(Output("min.css", copied("dist/quill-cursors.min.css"), "dist/quill-cursors.min.css, unchanged"),),
    ),
    Library(
        name="codemirror",
        package="codemirror",
        version="6.0.2",
        licence="MIT",
        needs={
            "@codemirror/autocomplete": "6.20.4",
            "@codemirror/commands": "6.11.1",
            "@codemirror/lang-css": "6.3.1",
            "@codemirror/lang-go": "6.0.1",
            "@codemirror/lang-html": "6.4.12",
            "@codemirror/lang-javascript": "6.2.5",
            "@codemirror/lang-json": "6.0.2",
            "@codemirror/lang-markdown": "6.5.2",
            "@codemirror/lang-python": "6.2.1",
            "@codemirror/lang-sql": "6.10.0",
            "@codemirror/lang-xml": "6.1.0",
            "@codemirror/lang-yaml": "6.1.3",
            "@codemirror/language": "6.13.1",
            "@codemirror/legacy-modes": "6.5.5",
            "@codemirror/lint": "6.9.8",
            "@codemirror/search": "6.7.2",
            "@codemirror/state": "6.7.6",
            "@codemirror/streamparser": "6.0.0",
            "@codemirror/view": "6.43.15",
            "@lezer/common": "1.5.5",
            "@lezer/css": "1.3.9",
            "@lezer/go": "1.0.1",
            "@lezer/highlight": "1.2.5",
            "@lezer/html": "1.3.13",
            "@lezer/javascript": "1.5.6",
            "@lezer/json": "1.0.3",
            "@lezer/lr": "1.4.12",
            "@lezer/markdown": "1.8.1",
            "@lezer/python": "1.1.19",
            "@lezer/xml": "1.0.6",
            "@lezer/yaml": "1.0.4",
            "@marijn/find-cluster-break": "1.0.4",
            "crelt": "1.0.7",
            "style-mod": "4.1.5",
            "w3c-keyname": "2.2.8",
        },
        outputs=(
            Output(
                "min.js",
                module(CODEMIRROR_EXPORTS),
                "the editor and its languages, bundled with the packages its licence file lists and minified by "
                "esbuild into an ES module",
            ),
        ),
    ),
)


def unpack(packages: Mapping[str, str], folder: Path) -> Path:
    """A node_modules with these versions of these packages, fetched by the npm client, which verifies integrity."""
    folder.mkdir(exist_ok=True)
    run("npm", "pack", *(f"{name}@{version}" for name, version in packages.items()), "--silent", cwd=folder)
    for name, version in packages.items():
        packed = f"{name.removeprefix('@').replace('/', '-')}-{version}"
        with tarfile.open(folder / f"{packed}.tgz") as archive:
            archive.extractall(folder / packed, filter="data")
        package = folder / "node_modules" / name
        package.parent.mkdir(parents=True, exist_ok=True)
        (folder / packed / "package").rename(package)
    return folder / "node_modules"


def vendor(library: Library, target: Path) -> list[dict[str, str]]:
    """Write the library's files and its licence text; the manifest's entries for them."""
    with tempfile.TemporaryDirectory() as folder:
        modules = unpack({library.package: library.version, **library.needs}, Path(folder))
        entries = [write(library, output, modules / library.package, target) for output in library.outputs]
        licence = bundle_licence(library, modules) if library.needs else licence_of(modules / library.package)
        (target / f"{library.name}-{library.version}.LICENSE.txt").write_text(licence, "utf-8")
        return entries


def described(package: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((package / "package.json").read_text("utf-8"))
    return about


def licence_of(package: Path) -> str:
    name = described(package)["name"]
    if name in LICENCE_FROM:
        package = unpack({name: LICENCE_FROM[name]}, package / "older") / name
    (path,) = package.glob("LICENSE*")
    return path.read_text("utf-8")


def bundle_licence(library: Library, modules: Path) -> str:
    """The licence texts of all packages in the library's ES module, which are those it names, under its licence."""
    names = bundled_packages(modules)
    if wrong := names ^ {library.package, *library.needs}:
        raise SystemExit(f"{library.name}: not both in the module and in LIBRARIES: {', '.join(sorted(wrong))}")
    packages = [modules / name for name in sorted(names)]
    packages += [held for name in sorted(names & HELD.keys()) for held in held_packages(name, modules)]
    licences = " AND ".join(sorted({described(package)["license"] for package in packages}))
    if licences != library.licence:
        raise SystemExit(f"{library.name}: the licence of its packages is {licences}, not {library.licence}")
    return "\n\n".join(headed_licence(package) for package in packages)


def bundled_packages(modules: Path) -> set[str]:
    (output,) = json.loads((modules.parent / INPUTS).read_text("utf-8"))["outputs"].values()
    paths = [path for path, part in output["inputs"].items() if part["bytesInOutput"]]
    return {found[1] for path in paths if (found := re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", path))}


def held_packages(name: str, modules: Path) -> list[Path]:
    held = unpack(HELD[name], modules / name / "held")
    return [held / other for other in HELD[name]]


def headed_licence(package: Path) -> str:
    about = described(package)
    heading = f"{about['name']} {about['version']} ({about['license']})"
    return f"{heading}\n{'=' * len(heading)}\n\n{licence_of(package).strip()}\n"


def write(library: Library, output: Output, package: Path, target: Path) -> dict[str, str]:
    stem = f"{library.name}-{library.version}"
    data = output.make(package).encode("utf-8")
    file = f"{stem}.{output.suffix}"
    (target / file).write_bytes(data)
    return {
        "name": f"{library.name}.{output.suffix}",
        "version": library.version,
        "file": file,
        "licence": library.licence,
        "licence_file": f"{stem}.LICENSE.txt",
        "sha256": hashlib.sha256(data).hexdigest(),
        "source": f"npm package {library.package} {library.version}, {output.how}",
    }


def refresh(target: Path) -> None:
    """Write all libraries and the manifest; delete what the manifest no longer lists."""
    target.mkdir(parents=True, exist_ok=True)
    entries = [entry for library in LIBRARIES for entry in vendor(library, target)]
    (target / MANIFEST).write_text(json.dumps({"files": entries}, indent=2) + "\n", "utf-8")
    listed = {MANIFEST, *(entry[key] for entry in entries for key in ("file", "licence_file"))}
    for path in target.iterdir():
        if path.name not in listed:
            path.unlink()


def problems(target: Path) -> list[str]:
    """What is wrong with the vendored files: missing, changed, or not in the manifest. Needs no network."""
    entries = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
    found = [problem for entry in entries if (problem := problem_of(entry, target))]
    listed = {MANIFEST, *(entry[key] for entry in entries for key in ("file", "licence_file"))}
    found += [f"{name}: missing" for name in sorted(listed) if not (target / name).is_file()]
    found += [f"{path.name}: not in the manifest" for path in sorted(target.iterdir()) if path.name not in listed]
    return found


def problem_of(entry: Mapping[str, str], target: Path) -> str | None:
    path = target / entry["file"]
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        return f"{entry['file']}: its sha256 is not the manifest's"
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Refresh the vendored files from the npm registry.")
    parser.add_argument("--check", action="store_true", help="verify the files against the manifest, offline")
    parser.add_argument("--target", type=Path, default=VENDOR, help="the folder of the vendored files")
    options = parser.parse_args(arguments)
    if not options.check:
        refresh(options.target)
    found = problems(options.target)
    sys.stdout.write(("\n".join(found) or f"{options.target}: every file is as the manifest says") + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
