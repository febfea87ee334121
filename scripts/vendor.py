"""Refresh the third-party files in livepages/client/vendor/ from the npm registry.

    python scripts/vendor.py            fetch every library below and write its files and the manifest
    python scripts/vendor.py --check    verify the files against the manifest's sha256, offline

Needs the npm client and the registry it is set up for. To move to another version,
change it in LIBRARIES and run the script: it writes the new files, the manifest and the licence texts, and deletes
the files it no longer lists.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parent.parent / "livepages" / "client" / "vendor"
MANIFEST = "manifest.json"
ESBUILD = "esbuild@0.28.2"
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
    """An npm package, the licence of what is taken from it (SPDX), and the files made from it."""

    name: str
    package: str
    version: str
    licence: str
    licence_file: str
    outputs: tuple[Output, ...]


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
        flags = ["--bundle", "--minify", "--format=iife", f"--global-name={global_name}", "--target=es2022"]
        flags += ["--charset=utf8", "--legal-comments=inline"]
        return run("npx", "--yes", ESBUILD, entry.name, *flags, cwd=package)

    return make


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


LIBRARIES = (
    Library(
        name="tailwindcss",
        package="tailwindcss",
        version="4.3.5",
        licence="MIT",
        licence_file="LICENSE",
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
        licence_file="LICENSE.md",
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
        licence_file="LICENSE",
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
        licence_file="LICENSE.txt",
        outputs=(
            Output(
                "json",
                icon_table,
                "metadata/icon-families.json and js/v4-shims.js, cut to sizes, paths and old names",
            ),
        ),
    ),
)


def unpack(library: Library, folder: Path) -> Path:
    """The package's folder, fetched by the npm client, which verifies its integrity."""
    packed = run("npm", "pack", f"{library.package}@{library.version}", "--silent", cwd=folder).strip()
    with tarfile.open(folder / packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def vendor(library: Library, target: Path) -> list[dict[str, str]]:
    """Write the library's files and its licence text; the manifest's entries for them."""
    stem = f"{library.name}-{library.version}"
    with tempfile.TemporaryDirectory() as folder:
        package = unpack(library, Path(folder))
        licence_text = (package / library.licence_file).read_text("utf-8")
        (target / f"{stem}.LICENSE.txt").write_text(licence_text, "utf-8")
        return [write(library, output, package, target) for output in library.outputs]


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
