"""The properties of an element that were set at run time, when the file says something else of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from livepages.runtime.blueprints.node import Node
from livepages.runtime.state.pending import MISSING
from livepages.runtime.tree.merge import merge_classes
from livepages.runtime.tree.tree import Tree

HELD: Final = frozenset(("value", "checked", "open"))
"""Properties that users change."""

Note = Callable[[Node, str, str], None]
"""Takes down what could not be kept: of which node, of which property, a sentence without its full stop."""


def kept_props(changed: Mapping[str, Any], old: Node, new: Node, note: Note) -> dict[str, Any]:
    """Of what was set at run time on `old`, that which counts on `new`.

    What was set stays set. Classes are merged; a property that is bound to an expression now follows that; and what
    does not go with the others any more goes.
    """
    kept: dict[str, Any] = {}
    for name, value in changed.items():
        kept |= _kept(name, value, old, new, note)
    if new.type is not None and (old.type is not new.type or old.props != new.props):
        together = {name: value for name, value in {**new.props, **kept}.items() if value is not MISSING}
        for name, sentence in new.type.check_together(together):
            if kept.pop(name, None) is not None:
                note(new, name, f"what was set at run time does not fit any more: {sentence}")
    return kept


def _kept(name: str, value: Any, old: Node, new: Node, note: Note) -> dict[str, Any]:
    """A property as it was set at run time; nothing where it is what the file says, or has said."""
    if name in old.bindings:
        return {}
    if name in new.bindings:
        note(new, name, "it is bound to an expression now, in place of what was set at run time")
        return {}
    if old.type is not new.type and not _fits(name, value, new):
        return {}
    before, now = old.props.get(name, MISSING), new.props.get(name, MISSING)
    if name == "classes":
        base, ours, theirs = ("" if each is MISSING else each for each in (before, value, now))
        merged = merge_classes(base, ours, theirs)
        return {} if merged == theirs else {name: merged}
    if any(value == each and type(value) is type(each) for each in (before, now)):
        return {}
    if before != now and not _is_users(name, new):
        note(new, name, "it stays as it was set at run time; the file's new value shows on new pages")
    return {name: value}


def _fits(name: str, value: Any, node: Node) -> bool:
    """Whether an element of another type can have a property."""
    prop = node.type.properties.get(name) if node.type is not None else None
    if prop is None:
        return False
    try:
        return value is MISSING or prop.check(value) == value
    except ValueError:
        return False


def _is_users(name: str, node: Node) -> bool:
    """Whether a property is one that users change."""
    return node.type is not None and node.type.has_state and name in HELD


def keep_held(former: Tree, tree: Tree, number: int) -> None:
    """Have a field hold what its user sees in it, though the state that it is tied to has refused that."""
    held = {name: value for name, value in former.overlay.props.get(number, {}).items() if name in HELD}
    if held and (number in tree.overlay.added or number in tree.blueprint.nodes):
        tree.overlay.props.setdefault(number, {}).update(held)
