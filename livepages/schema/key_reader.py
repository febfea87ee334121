"""Reads mappings whose keys are known."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.properties import Property
from livepages.schema.suggest import suggestion
from livepages.schema.yaml_tree import Mapping, Node, Scalar


class Keys:
    """The entries of a mapping by key, those that are not known reported and left out."""

    def __init__(self, node: Node, known: AnyMapping[str, Property], what: str, diagnostics: Diagnostics) -> None:
        self.known = known
        self.what = what
        self.diagnostics = diagnostics
        self.position = node.position
        self.nodes: dict[str, Node] = {}
        if isinstance(node, Mapping):
            self._take(node)
        elif not (isinstance(node, Scalar) and node.value is None):
            diagnostics.error("expected-mapping", f"{what}: expected a mapping.", node.position)

    def _take(self, node: Mapping) -> None:
        for key, value in node.entries:
            if key.text in self.known:
                self.nodes[key.text] = value
            elif not key.broken:
                hint = suggestion(key.text, self.known) or f"There are {', '.join(self.known)}."
                message = f'{self.what} has no key "{key.text}".'
                self.diagnostics.error("unknown-key", message, key.position, hint=hint)

    def __contains__(self, key: str) -> bool:
        return key in self.nodes

    def node(self, key: str) -> Node | None:
        """The node of a key; None where there is none, or nothing in it."""
        node = self.nodes.get(key)
        return None if isinstance(node, Scalar) and node.value is None else node
