"""One action as the file writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from livepages.schema.expressions.expressions import Expression
from livepages.schema.findings.source import Position
from livepages.schema.yaml.tree import Node


class Common(TypedDict):
    """What all actions have."""

    when: Expression | None
    position: Position


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """What stands under an action's key: `what` names it in messages, `arguments` are what `with` gives."""

    what: str
    node: Node
    when: Expression | None
    position: Position
    arguments: Node | None = None

    @property
    def common(self) -> Common:
        """What the action has whichever it is."""
        return {"when": self.when, "position": self.position}

    @property
    def name(self) -> str:
        """The action's key."""
        return self.what.rpartition(".")[2]
