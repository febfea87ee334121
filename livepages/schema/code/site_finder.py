"""Finds the site's own Python files for imports, and keeps the modules of one reading of the site together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import FileFinder, ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType


class SiteLoader(SourceFileLoader):
    """Compiles a file each time: bytecode files go by whole seconds, and would hide the second of two quick edits.

    `digests` gets one of what was compiled.
    """

    def __init__(self, fullname: str, path: str, digests: dict[Path, bytes] | None = None) -> None:
        super().__init__(fullname, path)
        self.digests = digests if digests is not None else {}

    def get_code(self, fullname: str) -> CodeType:
        """The code of the file as it is now. Raises SyntaxError, with the file's name, for any that is not Python."""
        data = self.get_data(self.path)
        self.digests[Path(self.path)] = sha256(data).digest()
        try:
            code: CodeType = self.source_to_code(data, self.path)
        except (SyntaxError, ValueError) as error:
            if isinstance(error, SyntaxError) and error.filename:
                raise
            raise SyntaxError(str(error), (self.path, 1, 1, None)) from None
        return code


class SiteFinder(MetaPathFinder):
    """Lets the Python files of a site import their neighbours by name.

    `names` are the modules that it found, `digests` are of the files that they are in.

    Its files come before installed packages, as those in the folder of a script do, but never before the standard
    library, which other code relies on. What a package imports that is installed in the site's folder is that
    package's own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: set[str] = set()
        self.digests: dict[Path, bytes] = {}
        self._found: set[Path] = set()
        self._sought: set[str] = set()
        self._modules: dict[str, ModuleType] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The specification of a module in the site's folder; None for any other."""
        package = fullname.rpartition(".")[0]
        if package not in self.names if package else fullname in sys.stdlib_module_names:
            return None
        self._sought.add(fullname)
        for base in [str(self.folder)] if path is None else list(path):
            if Path(base).is_relative_to(self.folder) and (found := self._find(fullname, base, path)):
                self.names.add(fullname)
                if found.has_location and found.origin:
                    self._found.add(Path(found.origin))
                return found
        return None

    def _find(self, fullname: str, base: str, path: Sequence[str] | None) -> ModuleSpec | None:
        found = FileFinder(base, (SiteLoader, [".py"])).find_spec(fullname)
        if found is not None and isinstance(found.loader, SiteLoader):
            found.loader.digests = self.digests
        if found is not None and found.loader is None:
            # A folder without __init__.py: it gives way to a package of its name, as in Python.
            return None if PathFinder.find_spec(fullname, path) else found
        return found

    def loader(self, fullname: str, path: str) -> SiteLoader:
        """What loads a module from a file."""
        return SiteLoader(fullname, path, self.digests)

    @property
    def files(self) -> frozenset[Path]:
        """The files of the modules so far, and those that would be modules which were imported and are nowhere."""
        return frozenset((*self._found, *self.digests, *self._missing()))

    def _missing(self) -> list[Path]:
        nowhere = [name for name in self._sought - self.names if name not in sys.modules]
        bases = [self.folder.joinpath(*name.split(".")) for name in nowhere]
        return [file for base in bases for file in (base.with_name(f"{base.name}.py"), base / "__init__.py")]

    @property
    def is_current(self) -> bool:
        """Whether importing all of it afresh would bring the same code."""
        try:
            same = all(sha256(path.read_bytes()).digest() == digest for path, digest in self.digests.items())
        except OSError:
            return False
        return same and not any(path.exists() for path in self._missing())

    def install(self) -> None:
        """Have imports find the site's modules: those that it has imported before, in place of any other site's."""
        for finder in [finder for finder in sys.meta_path if isinstance(finder, SiteFinder)]:
            finder.withdraw()
        sys.meta_path.insert(0, self)
        sys.modules.update(self._modules)
        self._modules = {}

    def withdraw(self) -> None:
        """Take the site's modules out of `sys.modules`, and keep them for the next `install`."""
        self._modules |= {name: sys.modules.pop(name) for name in self.names if name in sys.modules}
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    @property
    def modules(self) -> dict[str, ModuleType]:
        """The site's modules by their names, as far as they have been imported."""
        if self not in sys.meta_path:
            return dict(self._modules)
        return {name: sys.modules[name] for name in self.names if name in sys.modules}

    def module(self, name: str) -> ModuleType | None:
        """The site's module of a name, which may be imported for it; None where there is none. Raises what it does."""
        if name not in self.names:
            try:
                import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise
        return self.modules.get(name)
