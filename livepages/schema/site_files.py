"""Reads the files that a site's file names: handler modules and style sheets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.handlers import HandlerImportError, Handlers, import_module, prepare_imports
from livepages.schema.source import Position, Source
from livepages.schema.suggest import suggestion
from livepages.schema.yaml_tree import Node, Scalar, Sequence

MAX_CSS = 2 * 1024 * 1024
"""Bytes that a style sheet of the site may have."""


class SiteFiles:
    """Finds and reads files in the site's folder; `read` collects their paths."""

    def __init__(self, folder: Path, diagnostics: Diagnostics) -> None:
        self.folder = folder.resolve()
        self.diagnostics = diagnostics
        self.read: set[Path] = set()

    def handlers(self, node: Node | None) -> Handlers | None:
        """The handlers in the Python files that `node` names; None when one of them does not import."""
        modules: dict[str, ModuleType] = {}
        complete = True
        if node is not None:
            prepare_imports(self.folder)
        for name in self._names(node, "handlers"):
            path = self._find(name, ".py", "handlers")
            module = self._import(path, name) if path is not None else None
            if path is not None and path.stem in modules:
                message = f"handlers: there are two modules called {path.stem}."
                self.diagnostics.error("duplicate-handlers", message, name.position)
            if path is None or module is None:
                complete = False
            else:
                modules[path.stem] = module
        return Handlers(modules) if complete else None

    def _import(self, path: Path, name: Scalar) -> ModuleType | None:
        if not self._is_python(path):
            return None
        try:
            return import_module(path, self.folder)
        except HandlerImportError as error:
            message = f"{name.text} does not import."
            self.diagnostics.error("handler-import", message, name.position, detail=str(error))
            return None

    def _is_python(self, path: Path) -> bool:
        """Whether the file parses; if not, the report points into it."""
        try:
            text = path.read_text(encoding="utf-8")
            ast.parse(text)
        except SyntaxError as error:
            source = Source(path, str(path.relative_to(self.folder)), text)
            where = Position(source, error.lineno or 1, error.offset or 1)
            self.diagnostics.error("handler-syntax", f"This is not Python: {error.msg}.", where)
            return False
        except (UnicodeDecodeError, ValueError) as error:
            where = Position(Source(path, path.name, ""), 1, 1)
            self.diagnostics.error("handler-syntax", f"This is not a Python file: {error}.", where)
            return False
        return True

    def css(self, node: Node | None) -> str:
        """The text of the style sheets that `node` names, one after the other."""
        texts = []
        for name in self._names(node, "css"):
            path = self._find(name, ".css", "css")
            if path is None:
                continue
            if path.stat().st_size > MAX_CSS:
                self.diagnostics.error("too-large", f"css: {name.text} has more than 2 MiB.", name.position)
                continue
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
        return "\n".join(texts)

    def _names(self, node: Node | None, what: str) -> Iterator[Scalar]:
        """The file names in `node`, which is one or a list of them."""
        if node is None:
            return
        for item in node.items if isinstance(node, Sequence) else [node]:
            if isinstance(item, Scalar) and isinstance(item.value, str):
                yield item
            else:
                self.diagnostics.error("wrong-value", f"{what}: expected a file's name.", item.position)

    def _find(self, name: Scalar, suffix: str, what: str) -> Path | None:
        path = (self.folder / name.text).resolve()
        problem = hint = None
        if not path.is_relative_to(self.folder):
            problem, hint = "is not in the site's folder", "Files of a site stay in its folder."
        elif path.suffix != suffix:
            problem, hint = f"is not a {suffix} file", None
        elif not path.is_file():
            self.read.add(path)
            there = [str(file.relative_to(self.folder)) for file in self.folder.glob(f"*{suffix}")]
            problem, hint = "does not exist", suggestion(name.text, there)
        if problem is not None:
            self.diagnostics.error("missing-file", f"{what}: {name.text} {problem}.", name.position, hint=hint)
            return None
        self.read.add(path)
        return path
