"""Imports the site's own Python files: afresh for each reading of the site, apart from everything else's modules."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from livepages.schema.code.handlers import own_traceback
from livepages.schema.code.site_finder import SiteFinder


class HandlerImportError(Exception):
    """A handler module does not import. Its text is the traceback, cut to the frames of the site's own files."""


def prepare_imports(folder: Path) -> SiteFinder:
    """A finder for the Python files of `folder`, in place of that of the site that was read before.

    What that site imported is put aside, so that every file is read afresh. Functions that it still runs keep their
    modules, and `install` of its own finder brings them back.
    """
    finder = SiteFinder(folder)
    finder.install()
    return finder


def import_module(path: Path, finder: SiteFinder) -> ModuleType:
    """The module in a Python file of the site, the same one that its neighbours get when they import it.

    Raises SyntaxError for a file of the site that is not Python, HandlerImportError when the code raises anything.
    """
    name = ".".join(path.relative_to(finder.folder).with_suffix("").parts)
    if name in finder.names and name in sys.modules:
        return sys.modules[name]
    if name in sys.stdlib_module_names or name in sys.modules:
        name = f"site_{name}"
    spec = importlib.util.spec_from_file_location(name, path, loader=finder.loader(name, str(path)))
    assert spec is not None and spec.loader is not None, "a loader was given"
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    finder.names.add(name)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        sys.modules.pop(name, None)
        finder.names.discard(name)
        if isinstance(error, SyntaxError) and Path(error.filename or "").is_relative_to(finder.folder):
            raise
        raise HandlerImportError(own_traceback(error, finder.folder)) from error
    return module
