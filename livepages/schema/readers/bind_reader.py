"""Reads `bind`: the state that a field's value, or whether something is open, is tied to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.schema.expressions.expressions import as_text
from livepages.schema.expressions.mistakes import listed
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.target_reader import TargetReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.actions import Target
from livepages.schema.site.element_type import ElementType, Held
from livepages.schema.site.params import WORDS
from livepages.schema.site.properties import Property
from livepages.schema.yaml.tree import Node, Scalar

BIND = Property(str, "The state that the element shows and its user changes: name, or an entry such as todo.title.")


class BindReader:
    """Reads the `bind` of one region's elements."""

    def __init__(self, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.targets = TargetReader(values, diagnostics)
        self.diagnostics = diagnostics

    def read(self, kind: ElementType, props: Mapping[str, Any], key: Scalar, node: Node) -> Target | None:
        """The state that an element with these other properties is tied to; None where it can't be."""
        held = kind.held(props)
        if held is None:
            self._holds_nothing(kind, props, key)
            return None
        if not self.targets.region.expressions:
            message = f"{kind.name}.bind: elements that handlers make can't be tied to state."
            self.diagnostics.error("unbindable", message, key.position, hint="Such elements stand in the site's file.")
            return None
        target = self.targets.read(node, f"{kind.name}.bind")
        if held.property in props:
            message = f'{kind.name}.bind: the state says what "{held.property}" is, so it can\'t be given too.'
            hint = "Take it out; the default of the state is what it begins with."
            self.diagnostics.error("wrong-value", message, key.position, hint=hint)
            return None
        return target if target is not None and self._fits(kind, props, held, target, node) else None

    def bounds(self, kind: ElementType, props: Mapping[str, Any], target: Target) -> dict[str, Any]:
        """The properties that tell the browser of the state's bounds, where the element has none of its own."""
        param = self.targets.allowed(target)
        if param is None:
            return {}
        limits = {"min": param.ge, "max": param.le} if param.type in ("int", "float") else {}
        lengths = {"minlength": param.min_length, "maxlength": param.max_length} if param.type == "str" else {}
        told: dict[str, Any] = {name: as_text(value) for name, value in limits.items() if value is not None}
        told |= {name: value for name, value in lengths.items() if value is not None}
        if param.min_length and param.type == "str":
            told["required"] = True
        return {
            name: kind.properties[name].check(value)
            for name, value in told.items()
            if name in kind.properties and name not in props and _goes_with(kind, props, name, value)
        }

    def _holds_nothing(self, kind: ElementType, props: Mapping[str, Any], key: Scalar) -> None:
        document = kind.document(props)
        if document is not None and not document.only_looks:
            message = f"{kind.name}.bind: the text is that of a document, so no state can be tied to it."
            hint = "Take one of them out; `on: {change: {set: ...}}` can put the text into state, too."
            self.diagnostics.error("unbindable", message, key.position, hint=hint)
            return
        which = f" with `type: {props['type']}`" if kind.has_state and "type" in props else ""
        message = f'{kind.name}.bind: there is nothing that the user changes of "{kind.name}"{which}.'
        hint = "It stands on input, textarea, select, details and dialog; others show state by `${name}`."
        self.diagnostics.error("unknown-property", message, key.position, hint=hint)

    def _fits(self, kind: ElementType, props: Mapping[str, Any], held: Held, target: Target, node: Node) -> bool:
        """Whether what the element holds is of the state's type; if not, that is reported."""
        param = self.targets.allowed(target)
        if held.property == "checked" and "value" not in props:
            message = f"{kind.name}.bind: the `value` is missing, which the state gets when this button is chosen."
            self.diagnostics.error("missing-key", message, node.position)
            return False
        if param is None or param.type == "any" or param.type in held.types:
            return True
        which = f"with `type: {props['type']}` it" if "type" in props else "it"
        message = f'{kind.name}.bind: {which} holds {_words(held.types)}, and "{target}" is {WORDS[param.type]}.'
        self.diagnostics.error("wrong-target", message, node.position, hint=_hint(kind, param.type))
        return False


def _words(types: frozenset[str]) -> str:
    """Types as a sentence lists them; whole numbers are numbers."""
    return listed(WORDS[each] for each in WORDS if each in types and not (each == "int" and "float" in types))


def _hint(kind: ElementType, type_name: str) -> str | None:
    """How a field that does not fit could."""
    if kind.name == "input":
        other = {"int": "number", "float": "number", "bool": "checkbox", "str": "text"}.get(type_name)
        return f"Write `type: {other}`, or declare the state otherwise." if other else None
    return "Write `multiple: true`." if kind.name == "select" and type_name == "list" else None


def _goes_with(kind: ElementType, props: Mapping[str, Any], name: str, value: Any) -> bool:
    """Whether an element with these properties can have another."""
    return all(wrong != name for wrong, _ in kind.check_together({**props, name: value}))
