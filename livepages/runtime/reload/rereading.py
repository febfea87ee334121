"""Reads a site again that is being edited: it may be gone for a while, which is a finding like any other."""

from __future__ import annotations

from pathlib import Path

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import DEFAULT_NAME, read_site
from livepages.schema.site.site import Site


def read_again(path: Path, diagnostics: Diagnostics, former: Site | None = None) -> Site | None:
    """The site in a file or folder, as far as it can be read; what is wrong goes into `diagnostics`.

    `former` is the site as it is at work, whose handlers stay where none of their files has changed.
    """
    try:
        return read_site(path, ELEMENT_TYPES, diagnostics, former)
    except FileNotFoundError as error:
        diagnostics.error("no-site", str(error))
    except OSError as error:
        diagnostics.error("no-site", f"{error.filename}: {error.strerror}.")
    return None


def site_file(path: Path) -> Path:
    """The file that a site begins with, there or not: that of a folder is in it."""
    return path / DEFAULT_NAME if path.is_dir() else path
