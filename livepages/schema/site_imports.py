"""Imports the site's own Python files: afresh for each reading of the site, apart from everything else's modules."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import FileFinder, ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from livepages.schema.handlers import own_traceback


class HandlerImportError(Exception):
    """A handler module does not import. Its text is the traceback, cut to the frames of the site's own files."""


class SiteLoader(SourceFileLoader):
    """Compiles a file each time: bytecode files go by whole seconds, and would hide the second of two quick edits."""

    def get_code(self, fullname: str) -> CodeType:
        """The code of the file as it is now. Raises SyntaxError, with the file's name, for any that is not Python."""
        try:
            code: CodeType = self.source_to_code(self.get_data(self.path), self.path)
        except (SyntaxError, ValueError) as error:
            if isinstance(error, SyntaxError) and error.filename:
                raise
            raise SyntaxError(str(error), (self.path, 1, 1, None)) from None
        return code


class SiteFinder(MetaPathFinder):
    """Lets the Python files of a site import their neighbours by name.

    `names` are the modules that it found, `files` those that they are in.

    Its files come before installed packages, as those in the folder of a script do, but never before the standard
    library, which other code relies on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: set[str] = set()
        self.files: set[Path] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The specification of a module in the site's folder; None for any other."""
        if path is None and fullname in sys.stdlib_module_names:
            return None
        for base in [str(self.folder)] if path is None else list(path):
            if Path(base).is_relative_to(self.folder) and (found := self._find(fullname, base, path)):
                self.names.add(fullname)
                if found.has_location and found.origin:
                    self.files.add(Path(found.origin))
                return found
        return None

    def _find(self, fullname: str, base: str, path: Sequence[str] | None) -> ModuleSpec | None:
        found = FileFinder(base, (SiteLoader, [".py"])).find_spec(fullname)
        if found is not None and found.loader is None:
            # A folder without __init__.py: it gives way to a package of its name, as in Python.
            return None if PathFinder.find_spec(fullname, path) else found
        return found

    def forget(self) -> None:
        """Take all modules of the site out of `sys.modules`."""
        for name in self.names:
            sys.modules.pop(name, None)
        self.names.clear()


def prepare_imports(folder: Path) -> SiteFinder:
    """A finder for the Python files of `folder`, in place of that of the site that was read before.

    What that site imported is forgotten, so that every file is read afresh. Functions that it still runs keep their
    modules.
    """
    for finder in [finder for finder in sys.meta_path if isinstance(finder, SiteFinder)]:
        finder.forget()
        sys.meta_path.remove(finder)
    finder = SiteFinder(folder)
    sys.meta_path.insert(0, finder)
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
    spec = importlib.util.spec_from_file_location(name, path, loader=SiteLoader(name, str(path)))
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
