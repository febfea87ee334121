"""The licence texts of vendored libraries."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from vendoring.libraries import HELD, LICENCE_FROM
from vendoring.library import Library
from vendoring.making import INPUTS
from vendoring.packages import unpack


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
