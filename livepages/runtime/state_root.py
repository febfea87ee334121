"""The state that a page, the site or a session declares: names with types, checked whenever they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from livepages.runtime.container import Container, Guard, StateError, is_same, plain
from livepages.runtime.state import keep
from livepages.runtime.tracking import Readers, Tracker
from livepages.schema.mistakes import Mistake
from livepages.schema.params import MISSING, Param
from livepages.schema.suggest import suggestion


@Mapping.register
class StateRoot:
    """Declared names and their values. Handlers use the names as attributes.

    `what` is what a message calls it, such as `page.state`. Reading or writing a name that is not declared raises
    AttributeError; a value of the wrong type raises StateError and changes nothing.
    """

    __slots__ = ("_declared", "_readers", "_values", "_what")
    _declared: Mapping[str, Param]
    _readers: Readers
    _values: dict[str, Any]
    _what: str

    def __init__(self, what: str, declared: Mapping[str, Param], tracker: Tracker) -> None:
        set_own = super().__setattr__
        set_own("_what", what)
        set_own("_declared", declared)
        set_own("_readers", Readers(tracker))
        set_own("_values", {})
        for name, param in declared.items():
            default = None if param.default is MISSING else param.default
            self._values[name] = keep(default, tracker, self._guard(param))

    def __repr__(self) -> str:
        return f"<{self._what}: {plain(self._values)!r}>"

    # Reading

    def __getitem__(self, name: str) -> Any:
        self._readers.read(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)

    def __contains__(self, name: object) -> bool:
        return name in self._declared

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._declared:
            raise AttributeError(self._unknown(name))
        return self[name]

    # Writing

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __setitem__(self, name: str, value: Any) -> None:
        param = self._declared.get(name)
        if param is None:
            raise AttributeError(self._unknown(name))
        former = self._values[name]
        checked = self._checked(param, value, former)
        if not is_same(former, checked):
            self._values[name] = keep(checked, self._readers.tracker, self._guard(param))
            self._readers.changed(name)

    def _checked(self, param: Param, value: Any, former: Any) -> Any:
        """The value in the declared type. One that is there already has been checked."""
        if value is None and param.default is None:
            return None
        if isinstance(value, Container) and value is former:
            return value
        try:
            return param.check(plain(value))
        except Mistake as mistake:
            raise StateError(f"{self._what}.{param.name}: {mistake}.", str(mistake)) from None

    def _guard(self, param: Param) -> Guard | None:
        """What keeps a list or mapping within its declared number of entries."""
        least, most = param.min_length or 0, param.max_length
        if param.type not in ("list", "map") or (most is None and not least):
            return None

        def check(size: int) -> None:
            if size < least or (most is not None and size > most):
                reason = f"expected {param.describe()}, not {size} entries"
                raise StateError(f"{self._what}.{param.name}: {reason}.", reason)

        return check

    def _unknown(self, name: str) -> str:
        hint = suggestion(name, self._declared) or (
            f"There are {', '.join(self._declared)}." if self._declared else "It declares no names."
        )
        return f"{self._what} has no {name!r}. {hint}"


def declared_by(root: StateRoot) -> Mapping[str, Param]:
    """The names that it declares, with their types."""
    declared: Mapping[str, Param] = object.__getattribute__(root, "_declared")
    return declared


def default_of(root: StateRoot, name: str) -> Any:
    """What a name stands for at first."""
    default = declared_by(root)[name].default
    return None if default is MISSING else default
