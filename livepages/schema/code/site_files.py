"""Reads the files that a site's file names: handler modules and style sheets."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from livepages.schema.code.handlers import Handlers
from livepages.schema.code.site_finder import SiteFinder
from livepages.schema.code.site_imports import HandlerImportError, import_module, prepare_imports
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position, Source
from livepages.schema.findings.suggest import suggestion
from livepages.schema.yaml.tree import Node, Scalar, Sequence

MAX_CSS = 2 * 1024 * 1024
"""Bytes that a style sheet of the site may have."""


class SiteFiles:
    """Finds and reads files in the site's folder; `read` collects their paths. Messages call the folder by `folder`."""

    def __init__(self, folder: Path, diagnostics: Diagnostics, former: Handlers | None = None) -> None:
        self.called = folder
        self.folder = folder.resolve()
        self.diagnostics = diagnostics
        self.former = former
        self.read: set[Path] = set()

    def handlers(self, node: Node | None) -> Handlers | None:
        """The handlers in the Python files that `node` names; None when one of them can't be read."""
        names = list(self._names(node, "handlers"))
        paths = [self._find(name, ".py", "handlers") if name is not None else None for name in names]
        found = [(name, path) for name, path in zip(names, paths, strict=True) if name is not None and path is not None]
        known: dict[str, Path] = {}
        for name, path in found:
            if path.stem in known:
                message = f'handlers: there are two modules called "{path.stem}".'
                hint = "Handlers go by their module's name, so give each file a name of its own."
                self.diagnostics.error("duplicate-handlers", message, name.position, hint=hint)
            known.setdefault(path.stem, path)
        finder = self._former_finder(known)
        if self.former is not None and finder is not None:
            finder.install()
            handlers = self.former
        else:
            handlers = self._load(found)
        self.read.update(handlers.finder.files if handlers.finder is not None else ())
        return handlers if len(handlers.modules) == len(known) and len(found) == len(names) else None

    def _former_finder(self, paths: Mapping[str, Path]) -> SiteFinder | None:
        """The finder of the former handlers, if they are those of `paths` and no file of theirs has changed."""
        if self.former is None or self.former.finder is None:
            return None
        files = {stem: Path(module.__file__ or "") for stem, module in self.former.modules.items()}
        return self.former.finder if files == paths and self.former.finder.is_current else None

    def _load(self, found: list[tuple[Scalar, Path]]) -> Handlers:
        """The handlers in files, all imported afresh; those without which can't be imported."""
        finder = prepare_imports(self.folder)
        modules: dict[str, ModuleType] = {}
        for name, path in found:
            module = self._import(path, name, finder)
            if module is not None:
                modules.setdefault(path.stem, module)
        return Handlers(modules, finder)

    def _import(self, path: Path, name: Scalar, finder: SiteFinder) -> ModuleType | None:
        try:
            return import_module(path, finder)
        except SyntaxError as error:
            self._not_python(error, name)
        except HandlerImportError as error:
            message = f'handlers: "{name.text}" can\'t be imported, because its code raises an error.'
            hint = self._import_hint(error.__cause__)
            self.diagnostics.error("handler-import", message, name.position, hint=hint, detail=str(error))
        return None

    def _import_hint(self, error: BaseException | None) -> str | None:
        """What to do about a module that is not there."""
        if not isinstance(error, ModuleNotFoundError) or not error.name:
            return None
        near = suggestion(error.name, [Path(name).stem for name in self._there(".py")])
        return near or f'"{error.name}" is not installed where livepages runs, and is no file of the site.'

    def _not_python(self, error: SyntaxError, name: Scalar) -> None:
        """Point into the file that Python could not read."""
        path = Path(error.filename or name.text)
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = ""
        source = Source(path, (self.called / path.relative_to(self.folder)).as_posix(), text)
        start = max(error.offset or 1, 1)
        same_line = error.end_lineno == error.lineno and error.end_offset is not None
        length = max(error.end_offset - start, 1) if same_line and error.end_offset is not None else 1
        where = Position(source, error.lineno or 1, start, length)
        self.diagnostics.error("handler-syntax", f"Python can't read this: {error.msg.rstrip('.')}.", where)

    def css(self, node: Node | None) -> str:
        """The text of the style sheets that `node` names, one after the other."""
        texts = []
        for name in self._names(node, "css"):
            path = self._find(name, ".css", "css") if name is not None else None
            if path is None or name is None:
                continue
            if path.stat().st_size > MAX_CSS:
                self.diagnostics.error("too-large", f'css: "{name.text}" has more than 2 MiB.', name.position)
                continue
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
        return "\n".join(texts)

    def _names(self, node: Node | None, what: str) -> Iterator[Scalar | None]:
        """The file names in `node`, which is one or a list of them; None for what is none."""
        if node is None:
            return
        for item in node.items if isinstance(node, Sequence) else [node]:
            if isinstance(item, Scalar) and isinstance(item.value, str) and item.text:
                yield item
                continue
            if not (isinstance(item, Scalar) and item.broken):
                self.diagnostics.error("wrong-value", f"{what}: expected the name of a file.", item.position)
            yield None

    def _find(self, name: Scalar, suffix: str, what: str) -> Path | None:
        path = _real(self.folder / name.text)
        hint: str | None = None
        if path is None or not path.is_relative_to(self.folder):
            problem, hint = "is outside of the site's folder", "Put the file into the folder of the site."
        elif path.suffix != suffix:
            problem, hint = f"is not the name of a {suffix} file", suggestion(name.text, self._there(suffix))
        elif not os.access(path, os.R_OK) or not path.is_file():
            self.read.add(path)
            problem = "does not exist" if not path.exists() else "can't be read"
            hint = suggestion(name.text, self._there(suffix)) or "Files are named from the folder of the site."
        else:
            self.read.add(path)
            return path
        self.diagnostics.error("missing-file", f'{what}: "{name.text}" {problem}.', name.position, hint=hint)
        return None

    def _there(self, suffix: str) -> list[str]:
        """The files of a kind that the site's folder has."""
        return sorted(file.name for file in self.folder.glob(f"*{suffix}"))


def _real(path: Path) -> Path | None:
    """The path without symbolic links, None where there can be no such path."""
    try:
        real = path.resolve()
        real.is_file()
    except (OSError, RuntimeError, ValueError):
        return None
    return real
