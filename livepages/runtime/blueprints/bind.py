"""Fields that are tied to state: what they show of it, and what their users make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from livepages.runtime.blueprints.node import Node
from livepages.runtime.state.scopes import Scope
from livepages.runtime.state.targets import as_declared, find
from livepages.schema.expressions.expressions import Expression, Template, as_text, tree_of
from livepages.schema.expressions.tree import Binary, Entry, Literal, Name, Unary
from livepages.schema.expressions.tree import Node as Tree
from livepages.schema.expressions.values import Work
from livepages.schema.site.actions import Target
from livepages.schema.site.element_type import Held
from livepages.schema.site.params import Param

Shape = Callable[[Any], Any]

MOST_EXACT: Final = 2**53
"""Up to here every whole number is a float."""


def shown(target: Target, held: Held, props: Mapping[str, Any]) -> Template:
    """What an element shows of a state, in the terms of the property that holds it there."""
    tree: Tree = Name(target.root, 0)
    for step in target.steps:
        tree = Entry(tree, Literal(step) if isinstance(step, str | int) else step.tree, 0)
    if held.property == "checked":
        tree = Binary("==", tree, tree_of(props.get("value")), _is_choice)
    else:
        tree = Unary(tree, _shape(held))
    return Template((Expression(str(target), 0, tree),))


def put(node: Node, props: Mapping[str, Any], changes: Mapping[str, Any], scope: Scope) -> None:
    """Write what a user has changed on an element into the state that it is tied to.

    Raises StateError or ExpressionFailed for what the state refuses, and changes nothing then.
    """
    assert node.bind is not None, "the element is tied to a state"
    place = find(node.bind, scope)
    for name, value in changes.items():
        if name == "checked":
            if value is True:
                place.write(_fitting(props.get("value"), place.declaration))
        else:
            place.write(_fitting(_one_of(value, props), place.declaration))


def check(node: Node, props: Mapping[str, Any], value: Any, scope: Scope) -> None:
    """Raise StateError, Mistake or ExpressionFailed for a value of an element that its state would refuse."""
    assert node.bind is not None, "the element is tied to a state"
    declaration = find(node.bind, scope).declaration
    fitting = _fitting(_one_of(value, props), declaration)
    if declaration is not None and (fitting is not None or declaration.default is not None):
        declaration.check(fitting)


def _shape(held: Held) -> Shape:
    """How a state becomes what a property holds, by the types that it can be of."""
    if held.types <= {"bool"}:
        return bool
    if held.types <= {"int", "float"}:
        return _number
    return _texts if "list" in held.types else _text


def _is_choice(state: object, own: object, work: Work) -> bool:
    """Whether a radio button is the one that the state says."""
    return state is not None and work.as_text(state) == work.as_text(own)


def _number(state: object) -> int | float | None:
    """A number as browsers have it, to whom 7.0 is 7."""
    if isinstance(state, float) and state.is_integer() and abs(state) <= MOST_EXACT:
        return int(state)
    return state if isinstance(state, int | float) and not isinstance(state, bool) else None


def _text(state: object) -> str | None:
    return None if state is None else as_text(state)


def _texts(state: object) -> list[str]:
    if isinstance(state, list | tuple):
        return [as_text(item) for item in state]
    return [as_text(state)] if state not in (None, "") else []


def _one_of(value: Any, props: Mapping[str, Any]) -> Any:
    """The one value of a field that reports a list, such as one for files, but can hold no more than one."""
    if isinstance(value, list) and props.get("multiple") is not True:
        return value[0] if value else ""
    return value


def _fitting(value: Any, param: Param | None) -> Any:
    """A value in the type that a state is declared to have. Raises StateError for one that is none."""
    if param is not None and param.type == "str" and isinstance(value, bool | int | float):
        return as_declared(as_text(value), param)
    is_choice = param is not None and param.type == "list" and isinstance(value, str) and value
    return as_declared([value] if is_choice else value, param)
