"""npm packages, fetched by the npm client."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path


def run(*command: str, cwd: Path) -> str:
    """The standard output of a command; its errors go to ours."""
    done = subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
    return done.stdout


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
