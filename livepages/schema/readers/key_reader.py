"""Reads mappings whose keys are known."""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Mapping as AnyMapping

from livepages.schema.expressions.mistakes import there_are
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.site.properties import Property
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence


class Keys:
    """The entries of a mapping by key, those that are not known reported and left out.

    `hint` says what to do about a node that is no mapping, and `types` names the element types, which newcomers write
    where keys belong. `position` stands for all of it. `meant` are the known keys that unknown ones were probably meant
    to be.
    """

    def __init__(
        self,
        node: Node,
        known: AnyMapping[str, Property],
        what: str,
        diagnostics: Diagnostics,
        *,
        hint: str | None = None,
        types: Container[str] = (),
        position: Position | None = None,
    ) -> None:
        self.known = known
        self.what = what
        self.diagnostics = diagnostics
        self.position = position or node.position
        self.types = types
        is_null = isinstance(node, Scalar) and node.value is None
        self.readable = isinstance(node, Mapping) or (isinstance(node, Scalar) and is_null and not node.broken)
        self.meant: set[str] = set()
        self._entries: dict[str, tuple[Scalar, Node]] = {}
        if isinstance(node, Mapping):
            self._take(node)
        elif not is_null:
            given = "list" if isinstance(node, Sequence) else "text"
            message = f"{what} is a mapping of keys, not a {given}."
            diagnostics.error("expected-mapping", message, node.position, hint=hint)

    def _take(self, node: Mapping) -> None:
        for key, value in node.entries:
            if key.text in self.known:
                self._entries[key.text] = (key, value)
            elif not key.broken:
                self._unknown(key)

    def _unknown(self, key: Scalar) -> None:
        near = did_you_mean(key.text, self.known)
        if near:
            self.meant.add(near)
        hint = f'Did you mean "{near}"?' if near else there_are(self.known)
        if key.text in self.types and "body" in self.known:
            hint = f'Elements stand in a list under `body`: "- {key.text}: ...".'
        elif key.text.startswith("/") and "pages" in self.known:
            hint = f"A page stands under `pages`, such as `pages: {{{key.text}: {{body: [{{h1: Hello}}]}}}}`."
        self.diagnostics.error("unknown-key", f'{self.what} has no key "{key.text}".', key.position, hint=hint)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def node(self, key: str) -> Node | None:
        """The node of a key; None where there is none, or nothing in it."""
        _, node = self._entries.get(key, (None, None))
        return None if isinstance(node, Scalar) and node.value is None else node

    def is_broken(self, key: str) -> bool:
        """Whether something stands under a key that could not be read, which has been reported."""
        _, node = self._entries.get(key, (None, None))
        return isinstance(node, Scalar) and node.broken

    def place(self, key: str) -> Position:
        """Where a key that is there stands."""
        return self._entries[key][0].position

    def lacks(self, key: str) -> bool:
        """Whether a key is missing, and none that was probably meant for it is there."""
        return self.readable and key not in self._entries and key not in self.meant
