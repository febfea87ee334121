"""Reads a YAML file of a site and the files it includes."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position, Source
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.yaml.composer import Composer, Fragment
from livepages.schema.yaml.tree import Node, Scalar

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_INCLUDES: Final = 20
"""How many files may include each other in a row."""
MAX_LISTED: Final = 1000
"""How many files are looked at for a suggestion."""
SUFFIXES: Final = (".yaml", ".yml")

# What YAML 1.2 does not allow, a second byte order mark, and line breaks that YAML 1.1 knows and editors don't.
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class Reading(NamedTuple):
    """A tree, None for a file that is empty or broken, and the files it comes from.

    Files are given by their real paths. Those that are missing are among them, so that a watcher sees them appear.
    """

    node: Node | None
    files: frozenset[Path]


def read_yaml(path: Path, folder: Path, diagnostics: Diagnostics) -> Reading:
    """Reads `path` and all that it includes from `folder`, the site's. Whatever is wrong goes into `diagnostics`.

    Messages call files by `path` as given here. A file that can't be included leaves a broken null in its place. An
    empty file is no error here: it has no node, and nothing is reported.
    """
    reader = _Reader(folder, diagnostics)
    fragment = reader.read(path, path.resolve(), None)
    return Reading(_content(fragment), frozenset(reader.files))


def read_text(text: str, diagnostics: Diagnostics, name: str = "text") -> Node | None:
    """Reads YAML that is in no file, and so can include none."""
    source = Source(Path(name), name, text)
    return _content(Composer(source, diagnostics).compose()) if _is_clean(source, diagnostics) else None


def _content(fragment: Fragment | None) -> Node | None:
    """The tree, None for one that is empty."""
    node = fragment.node if fragment else None
    return None if isinstance(node, Scalar) and node.plain and not node.text else node


class _Reader:
    """Reads files, each once, and knows which of them are being read."""

    def __init__(self, folder: Path, diagnostics: Diagnostics) -> None:
        self.files: set[Path] = set()
        self._folder = folder.resolve()
        self._diagnostics = diagnostics
        self._fragments: dict[Path, Fragment | None] = {}
        self._open: dict[Path, str] = {}

    def read(self, path: Path, real: Path, origin: Position | None) -> Fragment | None:
        """The tree of a file, called by `path` in messages; `origin` is the place that asks for it."""
        self.files.add(real)
        if real in self._fragments:
            return self._fragments[real]
        data = self._load(path, real, origin)
        if data is None:
            return None
        source = _decode(path, data, self._diagnostics)
        fragment = None
        if source:
            self._open[real] = source.name
            fragment = Composer(source, self._diagnostics, self._include).compose()
            del self._open[real]
        self._fragments[real] = fragment
        return fragment

    def _include(self, name: Scalar) -> Fragment | None:
        position, base = name.position, name.position.source.path.parent
        path, real = base / name.text, _real(base / name.text)
        if not name.text or Path(name.text).suffix not in SUFFIXES:
            self._refuse("include-not-yaml", f'!include takes the name of a .yaml file, not "{name.text}".', position)
        elif Path(name.text).is_absolute() or not real or not real.is_relative_to(self._folder):
            message = f'"{name.text}" is outside of the site folder; only files in it can be included.'
            self._refuse("include-outside", message, position)
        elif real in self._open:
            chain = list(self._open)[list(self._open).index(real) :]
            names = " -> ".join(self._open[step] for step in [*chain, real])
            self._refuse("include-cycle", f"This file would include itself: {names}.", position)
        elif len(self._open) >= MAX_INCLUDES:
            message = f"More than {MAX_INCLUDES} files include each other in a row."
            self._refuse("include-depth", message, position)
        else:
            return self.read(Path(os.path.normpath(path)), real, position)
        return None

    def _refuse(self, code: str, message: str, position: Position | None, hint: str | None = None) -> None:
        self._diagnostics.error(code, message, position, hint=hint)

    def _load(self, path: Path, real: Path, origin: Position | None) -> bytes | None:
        """The bytes of a file, None when it can't be read, which is reported."""
        name = path.as_posix()
        try:
            if real.is_file():
                with real.open("rb") as file:
                    data = file.read(MAX_BYTES + 1)
                if len(data) <= MAX_BYTES:
                    return data
                message = f'"{name}" is larger than {MAX_BYTES // 1024**2} MiB, the most that is read.'
                self._refuse("file-too-large", message, origin, "Divide it with !include.")
            elif real.exists():
                self._refuse("not-a-file", f'"{name}" is not a file.', origin)
            else:
                self._refuse("file-missing", f'There is no file "{name}".', origin, self._nearest(path))
        except OSError as error:
            self._refuse("file-unreadable", f'"{name}" can\'t be read: {error.strerror}.', origin)
        return None

    def _nearest(self, path: Path) -> str | None:
        """A hint at a file that exists: one of the same name elsewhere in the site folder, or of a similar name."""
        base = _real(path.parent) or self._folder
        existing = sorted(Path(os.path.relpath(file, base)).as_posix() for file in _yaml_files(self._folder))
        by_name = {Path(name).with_suffix("").as_posix(): name for name in existing}
        same = [name for name in existing if Path(name).stem == path.stem]
        near = same[0] if same else by_name.get(did_you_mean(path.stem, by_name) or "")
        return f'Did you mean "{near}"?' if near else None


def _real(path: Path) -> Path | None:
    """The path without symbolic links, None where there can be no such path."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return None


def _yaml_files(folder: Path) -> Iterator[Path]:
    """Some of the YAML files in a folder and below it."""
    looked_at = 0
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in files if Path(name).suffix in SUFFIXES)
        looked_at += len(files) + len(folders)
        if looked_at > MAX_LISTED:
            return


def _decode(path: Path, data: bytes, diagnostics: Diagnostics) -> Source | None:
    """The text of a file, None when it isn't text that YAML allows, which is reported."""
    try:
        source = Source(path, path.as_posix(), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        source = Source(path, path.as_posix(), data.decode("utf-8-sig", "replace"))
        place = source.at(len(data[: error.start].decode("utf-8-sig")))
        message = "This file is not UTF-8 text."
        diagnostics.error("not-utf-8", message, place, hint="Save it with the encoding UTF-8.")
        return None
    return source if _is_clean(source, diagnostics) else None


def _is_clean(source: Source, diagnostics: Diagnostics) -> bool:
    """Whether there are only characters that YAML allows; the first other one is reported."""
    found = FORBIDDEN.search(source.text)
    if not found:
        return True
    code = ord(found[0])
    message = f"The character U+{code:04X} can't stand in a YAML file."
    hint = f'In double quotes it can be written as "\\u{code:04x}".' if code else "Save the file as UTF-8 text."
    diagnostics.error("character-not-allowed", message, source.at(found.start()), hint=hint)
    return False
