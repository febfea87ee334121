"""From a file to a site: reads it and all that it names, and reports every mistake at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from livepages.schema.collecting import without_collecting
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.findings.source import Position, Source
from livepages.schema.readers.site_reader import SiteReader
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.site import Site
from livepages.schema.yaml.reader import read_yaml

DEFAULT_NAME = "site.yaml"
"""The file that stands for the folder it is in."""


def find_site(path: Path) -> Path:
    """The site's file: `path` itself, or `site.yaml` in it. Raises FileNotFoundError with a sentence."""
    if path.is_dir():
        file = path / DEFAULT_NAME
        if file.is_file():
            return file
        raise FileNotFoundError(f"There is no {DEFAULT_NAME} in the folder {path}.")
    if not path.is_file():
        raise FileNotFoundError(f"There is no file or folder {path}.")
    return path


def load_site(path: Path, types: Mapping[str, ElementType]) -> Site:
    """The site in a file or folder. Raises SiteError with all that is wrong, FileNotFoundError if there is none."""
    diagnostics = Diagnostics()
    site = read_site(path, types, diagnostics)
    if diagnostics.has_errors or site is None:
        raise SiteError(diagnostics)
    return site


def read_site(
    path: Path, types: Mapping[str, ElementType], diagnostics: Diagnostics, former: Site | None = None
) -> Site | None:
    """The site in a file or folder, as far as it can be read; what is wrong goes into `diagnostics`.

    `former` is the site as it is at work. Its handlers are taken over when none of their files has changed, or else
    all of the site's modules are imported afresh. Where anything is wrong, imports go to its modules as before.
    """
    site = None
    try:
        with without_collecting():
            site = _read(path, types, diagnostics, former)
    finally:
        if former is not None and (site is None or diagnostics.has_errors):
            use_modules(former)
    return site


def use_modules(site: Site) -> None:
    """Have what functions import while they work come from this reading of the site, and no other.

    `read_site` does so by itself. It is for a site that goes on though another was read without errors.
    """
    if site.handlers.finder is not None:
        site.handlers.finder.install()


def _read(path: Path, types: Mapping[str, ElementType], diagnostics: Diagnostics, former: Site | None) -> Site | None:
    file = find_site(path)
    node, files = read_yaml(file, file.parent, diagnostics)
    if node is not None:
        handlers = former.handlers if former is not None else None
        return SiteReader(file, files, types, diagnostics, handlers).read(node)
    if not diagnostics.has_errors:
        start = Position(Source(file, file.as_posix(), ""), 1, 1)
        hint = "A site begins with its `body:`, such as `body: [{h1: Hello}]`."
        diagnostics.error("empty-site", "There is nothing in this file.", start, hint=hint)
    return None
