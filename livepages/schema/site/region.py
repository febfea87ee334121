"""The part of a file that a body belongs to: which names and ids there are in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from livepages.schema.expressions.mistakes import there_are
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position
from livepages.schema.findings.suggest import did_you_mean, suggestion
from livepages.schema.site.actions import STORES
from livepages.schema.site.names import EVENT, Name, Names, no_names


@dataclass
class Region:
    """A page, a component's body, all shared elements, or an element that a handler makes.

    `names` are those that expressions can read, `withheld` those that they can't, with the reason in a sentence;
    `in_events` are further ones where something happens. `complete` is False where some could not be read, so that a
    name may well exist. `slots` says whether slots make sense here, `repeats` that all of this stands in an `each`,
    `expressions` whether `${…}` is one, `is_shared` that it stands on any number of pages at once. `ids` and
    `slot_names` collect where each was given, `documents` the ids that are only names of documents.
    """

    what: str
    names: Names = field(default_factory=no_names)
    withheld: Mapping[str, str] = field(default_factory=dict)
    in_events: Names = field(default_factory=no_names)
    slots: bool = False
    repeats: bool = False
    expressions: bool = True
    complete: bool = True
    is_shared: bool = False
    ids: dict[str, Position] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    slot_names: dict[str, Position] = field(default_factory=dict)

    def name_of(self, path: Sequence[str]) -> Name | None:
        """What the static names at the beginning of an expression mean; None where there is no such name.

        A root whose members are known has a meaning of its own only where `path` ends with it.
        """
        root = self.names.get(path[0]) if path else None
        if root is None or root.members is None or len(path) == 1:
            return root
        return root.members.get(path[1])

    def knows(self, path: Sequence[str]) -> bool:
        """Whether an expression can read this path; of a root with known members it has to name one."""
        name = self.name_of(path)
        return not self.complete or (name is not None and (name.members is None or name.whole))

    def explain(self, path: Sequence[str]) -> str:
        """What to write instead of a path that is not known."""
        if path[0] in self.withheld and path[0] not in self.names:
            return self.withheld[path[0]]
        own = sorted(self._own())
        if members := self._members(path[0]):
            near = did_you_mean(path[1], [member.partition(".")[2] for member in members]) if path[1:] else None
            return f'Did you mean "{path[0]}.{near}"?' if near else there_are(sorted(members))
        known = {*own, *(member for name in self.names for member in self._members(name))}
        roots = {*known, *self.names}
        if near := suggestion(".".join(path), roots) or suggestion(path[0], roots):
            return near
        return there_are(own) if own else f"Within {self.what} there are no names; for a literal ${{ write $${{."

    def _own(self) -> Iterator[str]:
        """The names that the site's file gives itself, by dotted names."""
        for root, name in self.names.items():
            if name.listed:
                yield from self._members(root) if root in STORES else (root,)

    def _members(self, root: str) -> tuple[str, ...]:
        """The dotted names after a root."""
        members = self.names[root].members if root in self.names else None
        return tuple(f"{root}.{name}" for name in members or ())

    def state_names(self) -> Iterator[str]:
        """What actions can write here, by dotted names."""
        for root, name in self.names.items():
            if name.state:
                yield root
            yield from (f"{root}.{member}" for member, inner in (name.members or {}).items() if inner.state)

    def where_something_happens(self) -> Region:
        """The same region as the actions in it see it."""
        return replace(self, names={**self.names, **EVENT, **self.in_events})

    def within(self, names: Names, *, complete: bool = True) -> Region:
        """The inside of an `each`, where there are further names, and ids of each copy's own."""
        names = {**self.names, **names}
        return replace(self, names=names, ids={}, repeats=True, complete=self.complete and complete)

    def choice(self) -> Region:
        """The inside of one of several bodies of which one shows at a time, so that others can use the same ids."""
        return replace(self, ids=dict(self.ids), slot_names=dict(self.slot_names))

    def join(self, choices: Iterable[Region]) -> None:
        """Take the ids and slots in such bodies for used by what follows them."""
        for choice in choices:
            self.ids.update(choice.ids)
            self.slot_names.update(choice.slot_names)

    def take_id(self, name: str, position: Position, diagnostics: Diagnostics) -> None:
        """Note an id, and report it if it stands here already."""
        first = self.ids.get(name)
        if first is None:
            self.ids[name] = position
            return
        repeated = first == position and self.expressions
        why = ", by an element that an alias or include repeats" if repeated else ""
        hint = f"It is first at {first}; give each element" if first != position else "Give each element"
        if name in self.documents:
            hint = f"It is the name of the document at {first}, and that element's id as it has no other; give each"
        message = f'Within {self.what} the id "{name}" is used twice{why}.'
        diagnostics.error("duplicate-id", message, position, hint=f"{hint} an id of its own.")
