"""The actions that write state."""

from __future__ import annotations

from typing import Any

from livepages.runtime.state.container import StateError
from livepages.runtime.state.pending import MISSING
from livepages.runtime.state.scopes import Scope
from livepages.runtime.state.state import StateList, StateMap
from livepages.runtime.state.targets import Place, as_declared, find
from livepages.schema.expressions.expressions import Expression
from livepages.schema.expressions.mistakes import in_words
from livepages.schema.expressions.values import equal
from livepages.schema.site.actions import (
    AppendAction,
    ClearAction,
    PrependAction,
    RemoveAction,
    SetAction,
    StateAction,
    ToggleAction,
)
from livepages.schema.site.bindings import Binding


def write(action: StateAction, scope: Scope) -> None:
    """Change state as an action says. Raises StateError or ExpressionFailed, and has changed nothing then."""
    place = find(action.target, scope)
    match action:
        case SetAction():
            place.write(as_declared(value_in(action.value, scope), place.declaration))
        case ToggleAction():
            place.write(not place.read())
        case AppendAction():
            items = _list_at(place)
            items.append(as_declared(value_in(action.value, scope), items.declared_entries))
        case PrependAction():
            items = _list_at(place)
            items.insert(0, as_declared(value_in(action.value, scope), items.declared_entries))
        case RemoveAction(has_value=True):
            _remove(_list_at(place), value_in(action.value, scope))
        case RemoveAction():
            place.remove()
        case ClearAction():
            _clear(place)


def value_in(value: Any, scope: Scope) -> Any:
    """A value, evaluated where it is bound. Raises ExpressionFailed."""
    return value.evaluate(scope) if isinstance(value, Binding | Expression) else value


def _list_at(place: Place) -> StateList:
    """The list in a place."""
    held = place.read()
    if not isinstance(held, StateList):
        raise StateError(f"expected a list, and there is {in_words(None if held is MISSING else held)}")
    return held


def _remove(items: StateList, value: Any) -> None:
    """Take out the first item that is equal to a value; where none is, there is nothing to do."""
    for index, item in enumerate(items):
        if equal(item, value):
            del items[index]
            return


def _clear(place: Place) -> None:
    """Empty what can be emptied; whatever else goes back to what it was at first."""
    held = place.read()
    if isinstance(held, StateList | StateMap):
        held.clear()
    elif isinstance(held, str) and (place.declaration is None or not place.declaration.min_length):
        place.write("")
    else:
        place.reset()
