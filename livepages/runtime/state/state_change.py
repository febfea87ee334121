"""State whose declaration changes while it is in use: values that were written stay, as far as they still fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from livepages.runtime.state.container import StateError, plain
from livepages.runtime.state.state_root import StateRoot, declared_by, default_of, redeclared
from livepages.schema.expressions.mistakes import Mistake
from livepages.schema.reference.action_props import OWN
from livepages.schema.site.params import Param
from livepages.schema.site.sameness import essence


def redeclare(root: StateRoot, declared: Mapping[str, Param]) -> Iterator[str]:
    """Have a state declare other names, or the same otherwise.

    What was written stays; what still is as it was declared follows the declaration. Yields a sentence for each value
    that does not fit any more: it is as declared, then.
    """
    former = declared_by(root)
    stays = [name for name in former if name in declared and essence(former[name]) == essence(declared[name])]
    if list(former) == stays == list(declared):
        return
    others = [name for name in former if name in declared and name not in stays]
    written = {name: plain(root[name]) for name in others if not is_default(root, name)}
    redeclared(root, declared, stays)
    for name, value in written.items():
        try:
            root[name] = _read_as(declared[name], value)
        except StateError as error:
            yield f"{str(error).rstrip('.')}; it is as declared now."


def take_over(root: StateRoot, former: StateRoot) -> None:
    """Have the new state of a component what the former one was given. Names count without what makes them unique."""
    names = {_bare(name): name for name in declared_by(former)}
    for name in declared_by(root):
        before = names.get(_bare(name))
        if before is not None and not is_default(former, before):
            try:
                root[name] = _read_as(declared_by(root)[name], plain(former[before]))
            except StateError:
                continue


def is_default(root: StateRoot, name: str) -> bool:
    """Whether a name still stands for what it was declared with."""
    value, default = plain(root[name]), default_of(root, name)
    return bool(value == default) and type(value) is type(default)


def _read_as(param: Param, value: Any) -> Any:
    """A value in a declared type, where it says one of that; else the value."""
    try:
        return param.check(value)
    except Mistake:
        return value


def _bare(name: str) -> str:
    return name.partition(OWN)[0]
