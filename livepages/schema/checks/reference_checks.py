"""Whether the ids that actions name are those of elements which can do what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import suggestion
from livepages.schema.site.actions import Action, CloseAction, FocusAction, OpenAction
from livepages.schema.site.element import (
    ComponentSpec,
    ElementSpec,
    Spec,
    actions_of,
    copies_of,
    walk,
    walk_once,
)
from livepages.schema.yaml.tree import Mapping as MappingNode
from livepages.schema.yaml.tree import Node, Scalar, Sequence

ById = OpenAction | CloseAction | FocusAction
Named = ElementSpec | ComponentSpec
Ids = Mapping[str, tuple[Named, ...]]
"""The elements of each id; there are several only where one of them stands there at a time."""


class ReferenceChecks:
    """Checks the ids that are named in one region, `what` in words. `node` is its body as it is written."""

    def __init__(self, what: str, node: Node | None, diagnostics: Diagnostics) -> None:
        self.what = what
        self.node = node
        self.inside: frozenset[str] = frozenset()
        self.diagnostics = diagnostics

    def check(self, body: tuple[Spec, ...], actions: Iterable[Action] = ()) -> None:
        """Report what is wrong about the ids in a body, and in further actions that see all of it."""
        self.inside = frozenset(filter(None, (id_of(spec) for spec in walk(body))))
        self._check(body, {}, actions)

    def _check(self, body: tuple[Spec, ...], outer: Ids, actions: Iterable[Action] = ()) -> None:
        """What repeats has ids of its own, and sees those around it; several choices can have the same ids."""
        flat = tuple(walk_once(body))
        own: dict[str, tuple[Named, ...]] = {}
        for spec in flat:
            if isinstance(spec, Named) and spec.id is not None:
                own[spec.id] = (*own.get(spec.id, ()), spec)
        ids = {**outer, **own}
        for action in (*actions, *(action for spec in flat for action in actions_of(spec))):
            if isinstance(action, ById):
                self._check_action(action, ids)
        for spec in flat:
            for copied in copies_of(spec):
                self._check(copied, ids)

    def _check_action(self, action: ById, ids: Ids) -> None:
        if action.id not in ids:
            self._unknown(action, ids)
        for found in ids.get(action.id, ()):
            kind = found.type.name if isinstance(found, ElementSpec) else found.name
            can_open = isinstance(found, ElementSpec) and "open" in found.type.properties
            if not isinstance(action, FocusAction) and not can_open:
                message = f'"{action.id}" is the id of a "{kind}", which can\'t be opened or closed.'
                hint = "Dialogs and details elements can; others show or not by `show`."
                self.diagnostics.error("wrong-id", message, action.position, hint=hint)
                return

    def _unknown(self, action: ById, ids: Ids) -> None:
        if action.id in self.inside:
            message = f'"{action.id}" is the id of an element within an `each`, seen only from in there.'
            hint = "Put the action into it too, or the element outside of it."
        elif action.id in _written(self.node):
            return
        else:
            message = f'Within {self.what} there is no element with the id "{action.id}".'
            hint = suggestion(action.id, ids) or f"Give the element this id: `id: {action.id}`."
        self.diagnostics.error("unknown-id", message, action.position, hint=hint)


def id_of(spec: Spec) -> str | None:
    """The id of an element or of a component in use."""
    return spec.id if isinstance(spec, Named) else None


def _written(node: Node | None) -> Iterator[str]:
    """The ids in a body as it is written, those of elements that could not be read among them."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _written(item)
    elif isinstance(node, MappingNode):
        for key, value in node.entries:
            if key.text == "id" and isinstance(value, Scalar):
                yield value.text
            yield from _written(value)
