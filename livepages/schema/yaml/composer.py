"""Builds the tree of one YAML file from the parser's events, within limits.

Events are taken one by one and nothing here calls itself, so that neither deep nesting nor aliases that multiply can
use up the stack or the memory: reading stops at the first limit.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import yaml

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position, Source
from livepages.schema.findings.suggest import suggestion
from livepages.schema.yaml.frames import Frame, MappingFrame, SequenceFrame
from livepages.schema.yaml.mistakes import explain
from livepages.schema.yaml.problem import CODE
from livepages.schema.yaml.scalars import CORE_TAG, ScalarValue, resolve_plain, resolve_tagged
from livepages.schema.yaml.tree import Node, Scalar

MAX_DEPTH: Final = 100
"""How deep lists and mappings may be nested, aliases and includes counted as what they stand for."""
MAX_NODES: Final = 100_000
"""How many nodes a tree may have, aliases and includes counted as what they stand for."""

INCLUDE: Final = "!include"
COLOUR = re.compile(r"\s*(#[0-9a-fA-F]{3,8})\s*$")
QUOTE_TEXT: Final = "Text that starts with {} must be in quotes."

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LOOKED_TOO_FAR: Final = "exceeded maximum nesting depth"
"""What libyaml (0.2.6) says of deep nesting that it sees ahead of its events, which would tell where it begins."""


class Fragment(NamedTuple):
    """A finished node with the number of nodes in it and how deep it is (0 for a scalar), both after expansion."""

    node: Node
    size: int = 1
    height: int = 0


Include = Callable[[Scalar], Fragment | None]
"""Reads the file that a scalar names. None when it can't, which it has then reported."""


class _Stop(Exception):
    """The file can't be read any further; the reason has been reported."""


class Composer:
    """Reads one source. Use it once."""

    def __init__(self, source: Source, diagnostics: Diagnostics, include: Include | None = None) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self._include = include
        self._frames: list[Frame] = []
        self._anchors: dict[str, Fragment] = {}
        self._root: Fragment | None = None
        self._last: Scalar | None = None
        self._total = 0
        self._takers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def compose(self) -> Fragment | None:
        """The tree, a plain empty scalar for a file without content, None for one that can't be read, which is
        reported."""
        try:
            self._take_events(LOADER)
        except yaml.MarkedYAMLError as error:
            self._diagnostics.add(explain(error, self._source, self._last))
            return None
        except yaml.YAMLError as error:
            self._diagnostics.error(CODE, f"This file is not YAML: {error}.", Position(self._source, 1, 1))
            return None
        except _Stop:
            return None
        return self._root or Fragment(Scalar(None, "", Position(self._source, 1, 1), plain=True))

    def _take_events(self, loader: Any) -> None:
        """Take in what a parser finds; what libyaml finds too deep, PyYAML's own parser reads up to our limit."""
        try:
            for event in yaml.parse(self._source.text, Loader=loader):
                if taker := self._takers.get(type(event)):
                    taker(event)
        except yaml.MarkedYAMLError as error:
            if error.problem != LOOKED_TOO_FAR or loader is yaml.SafeLoader:
                raise
            self._frames.clear()
            self._anchors.clear()
            self._root, self._last, self._total = None, None, 0
            self._take_events(yaml.SafeLoader)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        if self._root:
            raise self._stop(
                "several-documents",
                "A file holds one document; here a second one starts.",
                self._position(event),
                "Put it into a file of its own and read that with !include.",
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        position = self._position(event)
        if event.tag == INCLUDE:
            fragment = self._included(Scalar(event.value, event.value, position))
            if event.anchor:
                self._anchors[event.anchor] = fragment
            self._place(fragment, position)
            return
        text = event.value
        is_plain = not event.style
        if event.tag is None:
            value = resolve_plain(text) if event.implicit[0] else text
        else:
            value = self._tagged(event.tag, text, position)
        self._last = scalar = Scalar(value, text, position, is_plain)
        if is_plain and not text:
            self._warn_of_colour(position)
        if event.anchor:
            self._anchors[event.anchor] = Fragment(scalar)
        self._count(1, 0, position)
        self._attach(scalar, 1, 0)

    def _tagged(self, tag: str, text: str, position: Position) -> ScalarValue:
        try:
            return resolve_tagged(tag, text)
        except KeyError:
            self._unknown_tag(tag, position)
        except ValueError:
            name = tag.removeprefix(CORE_TAG)
            self._diagnostics.error("tag-mismatch", f'"{text}" is no value for the tag !!{name}.', position)
        return text

    def _included(self, name: Scalar) -> Fragment:
        fragment = self._include(name) if self._include else None
        if not self._include:
            self._diagnostics.error("include-not-here", "!include can't be used here.", name.position)
        return fragment or Fragment(Scalar(None, "", name.position, plain=True, broken=True))

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        position = self._position(event)
        self._count(1, 1, position)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag == INCLUDE:
            self._diagnostics.error("include-not-text", "!include takes the name of one file.", position)
        elif event.tag is not None and event.tag != CORE_TAG + ("map" if is_mapping else "seq"):
            self._unknown_tag(event.tag, position)
        if is_mapping:
            self._frames.append(MappingFrame(position, event.anchor, self._diagnostics))
        else:
            self._frames.append(SequenceFrame(position, event.anchor))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._frames.pop()
        if isinstance(frame, MappingFrame):
            frame.close()
        if frame.anchor:
            self._anchors[frame.anchor] = Fragment(frame.node, frame.size, frame.height)
        self._attach(frame.node, frame.size, frame.height)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name, position = event.anchor or "", self._position(event)
        fragment = self._anchors.get(name)
        if any(frame.anchor == name for frame in self._frames):
            self._diagnostics.error("alias-recursive", f"*{name} stands inside what it stands for.", position)
            fragment = None
        elif not fragment:
            self._diagnostics.error(
                "alias-unknown",
                f'There is no anchor "&{name}" before this alias.',
                position,
                hint=suggestion(name, self._anchors) or QUOTE_TEXT.format("*"),
            )
        if not fragment:
            fragment = Fragment(Scalar(None, f"*{name}", position, broken=True))
        elif isinstance(fragment.node, Scalar):
            node = fragment.node
            fragment = Fragment(Scalar(node.value, node.text, position, node.plain, node.broken))
        self._place(fragment, position)

    def _place(self, fragment: Fragment, position: Position) -> None:
        """Counts a finished node and adds it to what is open."""
        self._count(fragment.size, fragment.height, position)
        self._attach(*fragment)

    def _attach(self, node: Node, size: int, height: int) -> None:
        if not self._frames:
            self._root = Fragment(node, size, height)
            return
        frame = self._frames[-1]
        frame.size += size
        if height >= frame.height:
            frame.height = height + 1
        frame.add(node)

    def _count(self, nodes: int, height: int, position: Position) -> None:
        self._total += nodes
        if len(self._frames) + height > MAX_DEPTH:
            raise self._stop(
                "too-deep",
                f"Lists and mappings are nested more than {MAX_DEPTH} deep here.",
                position,
                "Divide the page into components or included files, and look for brackets that are never closed.",
            )
        if self._total > MAX_NODES:
            raise self._stop(
                "too-large",
                f"With all aliases and includes this file has more than {MAX_NODES:,} values.",
                position,
                "Let a handler add elements that repeat.",
            )

    def _stop(self, code: str, message: str, position: Position, hint: str) -> _Stop:
        self._diagnostics.error(code, message, position, hint=hint)
        return _Stop()

    def _unknown_tag(self, tag: str, position: Position) -> None:
        written = tag.replace(CORE_TAG, "!!")
        hint = suggestion(written, [INCLUDE]) or QUOTE_TEXT.format("!")
        self._diagnostics.error(
            "tag-unknown", f'"{written}" is a YAML tag that has no meaning here.', position, hint=hint
        )

    def _warn_of_colour(self, position: Position) -> None:
        if colour := COLOUR.match(self._source.line(position.line), position.column - 1):
            place = Position(self._source, position.line, colour.start(1) + 1, len(colour[1]))
            self._diagnostics.warning(
                "colour-is-comment",
                f'"{colour[1]}" is a comment: what follows a # after a space is not read.',
                place,
                hint="If it is meant as a colour, put it in quotes.",
            )

    def _position(self, event: yaml.Event) -> Position:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return Position(self._source, 1, 1)
        line, column = start.line, start.column
        stop = end.column if end.line == line else len(self._source.lines[line])
        return Position(self._source, line + 1, column + 1, stop - column if stop > column else 1)
