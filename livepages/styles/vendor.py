"""The third-party files the package carries, read through their manifest (`scripts/vendor.py` writes both)."""

import functools
import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

FOLDER = "client/vendor"


class MissingVendorFile(Exception):
    """A vendored file is not in the manifest, or not where the manifest says."""


@functools.cache
def manifest() -> Mapping[str, Mapping[str, str]]:
    """Each vendored file by its name without the version, such as "animate.min.css".

    Its keys: name, version, file, licence (SPDX), licence_file, sha256, source.

    Raises:
        MissingVendorFile: the package was built without its vendored files.
    """
    path = files("livepages").joinpath(FOLDER).joinpath("manifest.json")
    if not path.is_file():
        raise MissingVendorFile(f"{FOLDER}/manifest.json is missing: install livepages again, or run scripts/vendor.py")
    entries = json.loads(path.read_text("utf-8"))["files"]
    return MappingProxyType({entry["name"]: MappingProxyType(entry) for entry in entries})


def path(name: str) -> Traversable:
    """Where a vendored file is; `name` is its name without the version.

    Raises:
        MissingVendorFile: no such file.
    """
    if name not in manifest():
        raise MissingVendorFile(f'no vendored file is called "{name}": there are {", ".join(sorted(manifest()))}')
    found = files("livepages").joinpath(FOLDER).joinpath(manifest()[name]["file"])
    if not found.is_file():
        raise MissingVendorFile(f"{FOLDER}/{manifest()[name]['file']} is missing: install livepages again")
    return found


@functools.cache
def read(name: str) -> str:
    """The text of a vendored file; `name` is its name without the version, such as "tailwindcss.min.js".

    Raises:
        MissingVendorFile: no such file.
    """
    return path(name).read_text("utf-8")
