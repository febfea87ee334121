"""The values of a submitted form, held against its fields: a tab can send whatever it likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from livepages.runtime.blueprints.bind import check
from livepages.runtime.blueprints.node import Kind, Node
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.state.container import StateError
from livepages.schema.expressions.expressions import as_text

UNCHECKED: Final = frozenset(("file", "hidden", "submit", "button", "reset", "image"))
"""The types of inputs that hold anything, or nothing."""

Sent = tuple[Node, Any]
"""A field, and the value that it is said to have."""


def check_values(live: LivePage, form: Node, values: Mapping[str, Any]) -> None:
    """Raise ValueError, with a sentence, for a value that a field of a form can't have, or that its state refuses."""
    fields = _fields_by_name(live, form)
    for name, value in values.items():
        for field, sent in _sent(live, fields.get(name, []), value):
            try:
                _check(live, field, sent)
            except ValueError as error:
                reason = error.reason if isinstance(error, StateError) else str(error)
                raise ValueError(f"{field.describe()}: {reason.rstrip('.')}") from None


def _fields_by_name(live: LivePage, form: Node) -> dict[str, list[Node]]:
    """The fields in a form; several may have one name."""
    found: dict[str, list[Node]] = {}
    for number in live.tree.descendants(form.number):
        node = live.tree.node(number)
        if node.kind is Kind.ELEMENT and node.type is not None and node.type.has_state and live.tree.is_live(number):
            found.setdefault(str(live.tree.props(number).get("name")), []).append(node)
    return found


def _sent(live: LivePage, fields: list[Node], value: Any) -> Iterator[Sent]:
    """The fields of a name with their values. Radio buttons, and checkboxes of one name, send what those chosen say."""
    kinds = {live.tree.props(field.number).get("type") for field in fields}
    if kinds == {"radio"} or (kinds == {"checkbox"} and len(fields) > 1):
        said = [as_text(live.tree.prop(field.number, "value") or "on") for field in fields]
        chosen = value if isinstance(value, list) else [value]
        if kinds == {"radio"} and not all(each is None or each in said for each in chosen):
            raise ValueError(f"{fields[0].describe()}: expected one of its choices")
    elif len(fields) == 1:
        yield fields[0], value
    elif isinstance(value, list):
        yield from zip(fields, value, strict=False)


def _check(live: LivePage, field: Node, sent: Any) -> None:
    """Raises ValueError for a value that a field can't have. The one that the server knows of is right."""
    props = live.tree.props(field.number)
    if sent == props.get("value") or props.get("type") in UNCHECKED:
        return
    assert field.type is not None, "only elements have values"
    changes = field.type.changes_from(props, {"value": sent})
    if field.bind is not None and "value" in changes:
        check(field, props, changes["value"], live.reactions.scope_of(field.number))
