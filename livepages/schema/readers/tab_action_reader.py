"""Reads the actions that a tab shows: where it goes, what it is told, what opens and what it types into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as AnyMapping
from types import MappingProxyType
from typing import Any, Literal

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.action_entry import ActionEntry
from livepages.schema.readers.go_reader import GoReader
from livepages.schema.readers.key_reader import Keys
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.actions import (
    Action,
    CloseAction,
    EmitAction,
    FocusAction,
    OpenAction,
    ToastAction,
)
from livepages.schema.site.element_type import COMMON
from livepages.schema.site.properties import Property, Text
from livepages.schema.yaml.tree import Mapping, Node, Scalar

TOAST_KEYS = MappingProxyType(
    {
        "text": Property(Text, "The message."),
        "kind": Property(Literal["info", "success", "warning", "error"], "How it looks; info if not given."),
    }
)
ById = type[OpenAction] | type[CloseAction] | type[FocusAction]
BY_ID: AnyMapping[str, ById] = MappingProxyType({"open": OpenAction, "close": CloseAction, "focus": FocusAction})
EVENT_NAME = re.compile(r"[A-Za-z][\w-]*")


class TabActionReader:
    """Reads them in one region. `readers` are by the actions' keys."""

    def __init__(self, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.values = values
        self.goings = GoReader(values, diagnostics)
        self.diagnostics = diagnostics
        self.readers: MappingProxyType[str, Callable[[ActionEntry], Iterator[Action]]] = MappingProxyType(
            {"go": self._go, "toast": self._toast, "emit": self._emit, **dict.fromkeys(BY_ID, self._by_id)}
        )

    def _go(self, entry: ActionEntry) -> Iterator[Action]:
        if not self._is_missing(entry, "an address such as /room/${name}"):
            yield from self.goings.read(entry)

    def _toast(self, entry: ActionEntry) -> Iterator[Action]:
        if self._is_missing(entry, "a text, or a mapping such as {text: Saved, kind: success}"):
            return
        if not isinstance(entry.node, Mapping):
            text = self.values.read(TOAST_KEYS["text"], entry.node, entry.what)
            yield ToastAction(text, **entry.common)
            return
        keys = Keys(entry.node, TOAST_KEYS, entry.what, self.diagnostics)
        if keys.lacks("text"):
            self.diagnostics.error("missing-key", f"{entry.what}: the text is missing.", entry.node.position)
        text, kind = keys.node("text"), keys.node("kind")
        yield ToastAction(
            self.values.read(TOAST_KEYS["text"], text, f"{entry.what}.text") if text is not None else "",
            (self.values.read_literal(TOAST_KEYS["kind"], kind, f"{entry.what}.kind") if kind else None) or "info",
            **entry.common,
        )

    def _by_id(self, entry: ActionEntry) -> Iterator[Action]:
        if self._is_missing(entry, "the id of an element"):
            return
        identifier = self.values.read_literal(COMMON["id"], entry.node, entry.what)
        if identifier is not None:
            yield BY_ID[entry.name](identifier, when=entry.when, position=entry.node.position)

    def _emit(self, entry: ActionEntry) -> Iterator[Action]:
        if not self.values.region.slots:
            message = f"{entry.what}: only what stands in the body of a component can raise events of it."
            self.diagnostics.error("misplaced-action", message, entry.position)
            return
        for name, value in self._emitted(entry):
            if EVENT_NAME.fullmatch(name.text):
                yield EmitAction(name.text, value, when=entry.when, position=name.position)
            else:
                message = f'{entry.what}: "{name.text}" can\'t be the name of an event.'
                hint = "A name has letters, digits, _ and -, and begins with a letter."
                self.diagnostics.error("bad-name", message, name.position, hint=hint)

    def _emitted(self, entry: ActionEntry) -> Iterator[tuple[Scalar, Any]]:
        """The name of the event, with its value."""
        node = entry.node
        if isinstance(node, Scalar) and node.value is not None:
            yield node, None
        elif isinstance(node, Mapping) and len(node.entries) == 1:
            ((name, value),) = node.entries
            yield name, self.values.bind(value)
        else:
            message = f"{entry.what}: expected the name of one event, or a mapping of it to its value."
            hint = "Such as `emit: picked` or `emit: {picked: 3}`."
            self.diagnostics.error("wrong-value", message, node.position, hint=hint)

    def _is_missing(self, entry: ActionEntry, expected: str) -> bool:
        node: Node = entry.node
        missing = isinstance(node, Scalar) and node.value is None
        if missing:
            self.diagnostics.error("wrong-value", f"{entry.what}: expected {expected}.", node.position)
        return missing
