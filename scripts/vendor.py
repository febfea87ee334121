"""Refresh the third-party files in livepages/client/vendor/ from the npm registry.

    python scripts/vendor.py            fetch every library below and write its files and the manifest
    python scripts/vendor.py --check    verify the files against the manifest's sha256, offline

Needs the npm client and the registry it is set up for. To move to another version, change it in
vendoring/libraries.py and run the script: it writes the new files, the manifest and the licence texts, and deletes the
files it no longer lists. The packages an ES module is bundled from are all named with their versions, so that no
version is left to the day of the run; what `npm install` of the direct ones gives is the set to name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from vendoring.libraries import LIBRARIES
from vendoring.library import Library, Output
from vendoring.licences import bundle_licence, licence_of
from vendoring.packages import unpack

VENDOR = Path(__file__).resolve().parent.parent / "livepages" / "client" / "vendor"
MANIFEST = "manifest.json"


def vendor(library: Library, target: Path) -> list[dict[str, str]]:
    """Write the library's files and its licence text; the manifest's entries for them."""
    with tempfile.TemporaryDirectory() as folder:
        modules = unpack({library.package: library.version, **library.needs}, Path(folder))
        entries = [write(library, output, modules / library.package, target) for output in library.outputs]
        licence = bundle_licence(library, modules) if library.needs else licence_of(modules / library.package)
        (target / f"{library.name}-{library.version}.LICENSE.txt").write_text(licence, "utf-8")
        return entries


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
