"""The part of a file that a body belongs to: which names and ids there are in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.source import Position
from livepages.schema.suggest import suggestion


@dataclass
class Region:
    """A page, a component's body, all shared elements, or an element that a handler makes.

    `names` are those that expressions can read, `params` those that go by `params.name` too. `ids` collects where each
    id was given. `slots` says whether slots make sense here, `expressions` whether `${…}` is one.
    """

    what: str
    names: frozenset[str] = frozenset()
    params: frozenset[str] = frozenset()
    slots: bool = False
    expressions: bool = True
    ids: dict[str, Position] = field(default_factory=dict)

    def knows(self, path: str) -> bool:
        """Whether an expression can read this dotted path."""
        root, _, rest = path.partition(".")
        return root in self.names or (root == "params" and rest in self.params)

    def explain(self, path: str) -> str:
        """What to write instead of a path that is not known."""
        known = sorted(self.names | {f"params.{name}" for name in self.params})
        if not known:
            return f"{self.what} has no names that an expression could read."
        return suggestion(path, known) or f"There are {', '.join(known)}."

    def take_id(self, name: str, position: Position, diagnostics: Diagnostics) -> None:
        """Note an id, and report it if it stands here already."""
        if name not in self.ids:
            self.ids[name] = position
            return
        diagnostics.error(
            "duplicate-id",
            f'The id "{name}" is used twice in {self.what}; it is first at {self.ids[name]}.',
            position,
            hint="Give each element an id of its own.",
        )
