"""Reads the actions that write state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as AnyMapping
from types import MappingProxyType
from typing import Any

from livepages.schema.expressions.mistakes import Mistake
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.action_entry import ActionEntry
from livepages.schema.readers.target_reader import TargetReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.actions import (
    Action,
    AppendAction,
    ClearAction,
    PrependAction,
    RemoveAction,
    SetAction,
    Target,
    ToggleAction,
)
from livepages.schema.site.params import WORDS, Param
from livepages.schema.yaml.tree import Mapping, Node, Scalar

Valued = type[AppendAction] | type[PrependAction]
Named = type[ToggleAction] | type[ClearAction]

VALUED: AnyMapping[str, Valued] = MappingProxyType({"append": AppendAction, "prepend": PrependAction})
NAMED: AnyMapping[str, Named] = MappingProxyType({"toggle": ToggleAction, "clear": ClearAction})

EMPTIED = ("str", "list", "map")


class StateActionReader:
    """Reads them in one region. `readers` are by the actions' keys."""

    def __init__(self, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.values = values
        self.targets = TargetReader(values, diagnostics)
        self.diagnostics = diagnostics
        self.readers: MappingProxyType[str, Callable[[ActionEntry], Iterator[Action]]] = MappingProxyType(
            {
                "set": self._set,
                "remove": self._remove,
                **dict.fromkeys(VALUED, self._put),
                **dict.fromkeys(NAMED, self._named),
            }
        )

    def _set(self, entry: ActionEntry) -> Iterator[Action]:
        for target, key, value in self._pairs(entry, "{count: 3}"):
            given = self._assigned(target, f"{entry.what}.{key.text}", value)
            yield SetAction(target, given, when=entry.when, position=key.position)

    def _put(self, entry: ActionEntry) -> Iterator[Action]:
        for target, key, value in self._pairs(entry, '{messages: "${text}"}'):
            if self._fits(target, entry, key, ("list",)):
                given = self._given(self.targets.allowed(target), f"{entry.what}.{key.text}", value)
                yield VALUED[entry.name](target, given, when=entry.when, position=key.position)

    def _given(self, param: Param | None, what: str, node: Node) -> Any:
        """What is put into a list; one that is known now is checked against what the list says of its items."""
        items = param.items if param is not None else None
        return self.values.bind(node) if items is None else self.values.read(items.property, node, what)

    def _named(self, entry: ActionEntry) -> Iterator[Action]:
        target = self.targets.read(entry.node, entry.what)
        if target is None or (entry.name == "toggle" and not self._fits(target, entry, entry.node, ("bool",))):
            return
        yield NAMED[entry.name](target, **entry.common)

    def _remove(self, entry: ActionEntry) -> Iterator[Action]:
        if isinstance(entry.node, Mapping):
            for target, key, value in self._pairs(entry, '{names: "${name}"}'):
                if self._fits(target, entry, key, ("list",)):
                    given = self.values.bind(value)
                    yield RemoveAction(target, given, has_value=True, when=entry.when, position=key.position)
            return
        place = self.targets.read(entry.node, entry.what)
        if place is not None and self.targets.declared(place) is not None:
            message = f'{entry.what}: what is to be taken out of "{place}" is missing.'
            hint = f"Write `remove: {{{place}: the item}}`, `remove: {place}[0]`, or `clear: {place}` for all of it."
            self.diagnostics.error("wrong-target", message, entry.node.position, hint=hint)
        elif place is not None:
            yield RemoveAction(place, **entry.common)

    def _pairs(self, entry: ActionEntry, example: str) -> Iterator[tuple[Target, Scalar, Node]]:
        """The targets and values of a mapping, those that are no state left out."""
        if not isinstance(entry.node, Mapping):
            message = f"{entry.what}: expected a mapping of state to a value."
            hint = f"Such as `{entry.name}: {example}`."
            self.diagnostics.error("wrong-value", message, entry.node.position, hint=hint)
            return
        for key, value in entry.node.entries:
            target = None if key.broken else self.targets.read(_as_text(key), entry.what)
            if target is not None:
                yield target, key, value

    def _assigned(self, target: Target, what: str, node: Node) -> Any:
        """What is assigned; one that is known now is checked against the state's declaration."""
        param = self.targets.allowed(target)
        if param is None:
            return self.values.bind(node)
        if isinstance(node, Scalar) and node.value is None and not node.broken:
            return self._nothing(target, what, node)
        return self.values.read(param.property, node, what)

    def _nothing(self, target: Target, what: str, node: Scalar) -> None:
        """Nothing is assigned: right only where the state can hold nothing."""
        param = self.targets.allowed(target)
        if param is None or param.default is None or param.type == "any":
            return
        try:
            param.check(None)
        except Mistake as mistake:
            hint = f"`clear: {target}` {'empties it' if param.type in EMPTIED else 'brings back its default'}."
            if self.targets.declared(target) is None:
                hint = f"`remove: {target}` takes it out."
            self.diagnostics.error("wrong-value", f"{what}: {mistake}.", node.position, hint=hint)

    def _fits(self, target: Target, entry: ActionEntry, node: Node, types: tuple[str, ...]) -> bool:
        """Whether an action goes with the declared type of its target; if not, that is reported."""
        param = self.targets.allowed(target)
        if param is None or param.type in (*types, "any"):
            return True
        message = f'{entry.what}: expected {WORDS[types[0]]}, and "{target}" is {WORDS[param.type]}.'
        self.diagnostics.error("wrong-target", message, node.position)
        return False


def _as_text(key: Scalar) -> Scalar:
    """A key as the text that it is written as, whatever YAML takes it for."""
    return Scalar(key.text, key.text, key.position, key.plain)
