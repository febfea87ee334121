"""The part of a file that a body belongs to: which names and ids there are in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.mistakes import there_are
from livepages.schema.source import Position
from livepages.schema.suggest import suggestion


@dataclass
class Region:
    """A page, a component's body, all shared elements, or an element that a handler makes.

    `names` are those that expressions can read, `params` those that go by `params.name` too; `complete` is False where
    some could not be read, so that a name may well exist. `slots` says whether slots make sense here, `expressions`
    whether `${…}` is one. `ids` and `slot_names` collect where each was given.
    """

    what: str
    names: frozenset[str] = frozenset()
    params: frozenset[str] = frozenset()
    slots: bool = False
    expressions: bool = True
    complete: bool = True
    ids: dict[str, Position] = field(default_factory=dict)
    slot_names: dict[str, Position] = field(default_factory=dict)

    def knows(self, path: str) -> bool:
        """Whether an expression can read this dotted path."""
        root, _, rest = path.partition(".")
        return not self.complete or root in self.names or (root == "params" and rest.partition(".")[0] in self.params)

    def explain(self, path: str) -> str:
        """What to write instead of a path that is not known."""
        if not self.names:
            return f"Within {self.what} there are no names; for a literal ${{ write $${{."
        known = {*self.names, *(f"params.{name}" for name in self.params)}
        return suggestion(path, known) or there_are(sorted(self.names))

    def take_id(self, name: str, position: Position, diagnostics: Diagnostics) -> None:
        """Note an id, and report it if it stands here already."""
        first = self.ids.get(name)
        if first is None:
            self.ids[name] = position
            return
        repeated = first == position and self.expressions
        why = ", by an element that an alias or include repeats" if repeated else ""
        hint = f"It is first at {first}; give each element" if first != position else "Give each element"
        message = f'Within {self.what} the id "{name}" is used twice{why}.'
        diagnostics.error("duplicate-id", message, position, hint=f"{hint} an id of its own.")
