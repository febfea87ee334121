"""Lists and mappings of which the YAML parser has not seen the end yet."""

from typing import Final

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence

MERGE: Final = "<<"


class SequenceFrame:
    """A list whose end has not been seen yet."""

    def __init__(self, position: Position, anchor: str | None) -> None:
        self.node = Sequence([], position)
        self.anchor = anchor
        self.size, self.height = 1, 1

    def add(self, node: Node) -> None:
        """Takes the next item."""
        self.node.items.append(node)


class MappingFrame:
    """A mapping whose end has not been seen yet."""

    def __init__(self, position: Position, anchor: str | None, diagnostics: Diagnostics) -> None:
        self.node = Mapping([], position)
        self.anchor = anchor
        self.size, self.height = 1, 1
        self._diagnostics = diagnostics
        self._key: Node | None = None
        self._seen: dict[str, Scalar] = {}
        self._merged: dict[str, tuple[Scalar, Node]] = {}

    def add(self, node: Node) -> None:
        """Takes a key and a value in turn."""
        if self._key is None:
            self._key = node
            return
        key, self._key = self._key, None
        if not isinstance(key, Scalar):
            self._diagnostics.error(
                "key-not-text",
                "A key must be text, not a list or a mapping.",
                key.position,
                hint="Text that starts with { or [ must be in quotes.",
            )
        elif key.plain and not key.text:
            self._diagnostics.error("key-missing", "There is no key before this colon.", key.position)
        elif first := self._seen.get(key.text):
            message = f'The key "{key.text}" is used twice; first at line {first.position.line}.'
            self._diagnostics.error("duplicate-key", message, key.position)
        else:
            self._accept(key, node)

    def _accept(self, key: Scalar, value: Node) -> None:
        self._seen[key.text] = key
        if key.text == MERGE and key.plain:
            self._merge(value)
        else:
            if ":" in key.text:
                self._warn_of_missing_space(key, value)
            self.node.entries.append((key, value))

    def _merge(self, value: Node) -> None:
        """Remembers the entries of a mapping, or of a list of mappings of which the first with a key wins."""
        for mapping in value.items if isinstance(value, Sequence) else [value]:
            if isinstance(mapping, Mapping):
                for entry in mapping.entries:
                    self._merged.setdefault(entry[0].text, entry)
            elif not (isinstance(mapping, Scalar) and mapping.broken):
                self._diagnostics.error(
                    "merge-not-mapping",
                    "Only a mapping, or a list of mappings, can be merged with <<.",
                    mapping.position,
                )

    def _warn_of_missing_space(self, key: Scalar, value: Node) -> None:
        """Warns of `{click:go}`, which is a key without a value; the empty value then stands right after the key."""
        line, column, length = key.position[1:]
        if key.plain and value.position[1:3] == (line, column + length):
            self._diagnostics.warning(
                "space-missing",
                f'There is no space after the colon in "{key.text}", so that all of it is a key.',
                key.position,
                hint="Write `key: value`.",
            )

    def close(self) -> None:
        """Puts merged entries before the mapping's own, which win."""
        entries = self.node.entries
        if self._merged:
            entries[:0] = [entry for text, entry in self._merged.items() if text not in self._seen]
        if entries and entries[0][0].position[:3] == self.node.position[:3]:
            self.node.position = entries[0][0].position


Frame = SequenceFrame | MappingFrame
