"""The state that a page, the site or a session declares: names with types, checked whenever they are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from livepages.runtime.state.container import Container, StateError, bounded, guard_of, is_same, placed, plain
from livepages.runtime.state.state import keep
from livepages.runtime.state.tracking import Readers, Tracker
from livepages.schema.expressions.mistakes import Mistake, Path, in_words
from livepages.schema.findings.suggest import suggestion
from livepages.schema.site.params import MISSING, Param


@Mapping.register
class StateRoot:
    """Declared names and their values, as attributes and as a mapping; a name that is a method's too is the state's.

    `what` is what a message calls it, such as `page.state`. Names that are not declared raise AttributeError, as keys
    KeyError; a value of the wrong type raises StateError and changes nothing. Copies of it are plain dicts.
    """

    __slots__ = ("_declared", "_readers", "_values", "_what")
    __hash__ = None  # type: ignore[assignment] # as it is equal to any mapping with the same values
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
            self._values[name] = keep(default, tracker, guard_of(f"{what}.{name}", param))

    def __repr__(self) -> str:
        return f"<{self._what}: {plain(self._values)!r}>"

    # Reading

    def __getitem__(self, name: str) -> Any:
        try:
            value = self._values[name]
        except KeyError:
            raise KeyError(self._unknown(name)) from None
        self._readers.read(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)

    def __contains__(self, name: object) -> bool:
        return name in self._declared

    def __eq__(self, other: object) -> bool:
        return plain(self) == plain(other) if isinstance(other, Mapping) else NotImplemented

    def __getattr__(self, name: str) -> Any:
        if name in self._declared:
            return self[name]
        if name in self._methods:
            return partial(self._methods[name], self)
        raise AttributeError(self._unknown(name))

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._declared, *self._methods})

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return dict, (plain(self),)

    # Writing

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self._declared:
            raise AttributeError(self._unknown(name))
        self._put(name, self._kept(name, value))

    def __setitem__(self, name: str, value: Any) -> None:
        self._put(name, self._kept(name, value))

    def __delattr__(self, name: str) -> None:
        raise StateError(f"{self._what}.{name}: it can't be taken away, as it is declared.")

    def __delitem__(self, name: str) -> None:
        self.__delattr__(name)

    def _update(self, *others: Any, **values: Any) -> None:
        """Give names other values: all of them, or none where one is refused."""
        kept = {name: self._kept(name, value) for name, value in dict(*others, **values).items()}
        for name, value in kept.items():
            self._put(name, value)

    def _put(self, name: str, value: Any) -> None:
        if value is self._values[name]:
            self._readers.rewritten(name)
        else:
            self._values[name] = value
            self._readers.changed(name)

    def _kept(self, name: str, value: Any) -> Any:
        """A value as it is kept: what is there already where it says the same."""
        param = self._declared.get(name)
        if param is None:
            raise KeyError(self._unknown(name))
        former = self._values[name]
        checked = self._checked(param, value, former)
        if is_same(former, checked):
            return former
        try:
            return keep(checked, self._readers.tracker, guard_of(f"{self._what}.{name}", param))
        except StateError as error:
            raise self._refused(name, error.reason) from None

    def _checked(self, param: Param, value: Any, former: Any) -> Any:
        """The value in the declared type. One that is there already has been checked."""
        if value is None and param.default is None:
            return None
        if isinstance(value, Container) and value is former:
            return value
        try:
            return param.check_exactly(bounded(value))
        except Mistake as mistake:
            raise self._refused(param.name, str(mistake), mistake.path) from None
        except StateError as error:
            raise self._refused(param.name, error.reason) from None

    def _refused(self, name: str, reason: str, path: Path = ()) -> StateError:
        """The error for a value of a name, or for the part of it that a path leads to."""
        return StateError(f"{placed(f'{self._what}.{name}', path)}: {reason}.", reason)

    _methods: Mapping[str, Callable[..., Any]] = MappingProxyType(
        {
            **{name: getattr(Mapping, name) for name in ("get", "items", "keys", "values")},
            "copy": plain,
            "update": _update,
        }
    )
    """What mappings do, for names that are no state."""

    def _unknown(self, name: str) -> str:
        hint = suggestion(name, self._declared) or (
            f"There are {', '.join(self._declared)}." if self._declared else "It declares no names."
        )
        return f"{self._what} has no {in_words(name)}. {hint}"


def redeclared(root: StateRoot, declared: Mapping[str, Param], keep_values: Collection[str]) -> None:
    """Have a state declare these names; some values are kept as they are, the others are as declared."""
    readers: Readers = object.__getattribute__(root, "_readers")
    values: dict[str, Any] = object.__getattribute__(root, "_values")
    fresh = StateRoot(object.__getattribute__(root, "_what"), declared, readers.tracker)
    kept = {name: values[name] for name in keep_values}
    object.__setattr__(root, "_declared", declared)
    object.__setattr__(root, "_values", {**object.__getattribute__(fresh, "_values"), **kept})
    readers.changed(*({*values, *declared} - kept.keys()))


def declared_by(root: StateRoot) -> Mapping[str, Param]:
    """The names that it declares, with their types."""
    declared: Mapping[str, Param] = object.__getattribute__(root, "_declared")
    return declared


def default_of(root: StateRoot, name: str) -> Any:
    """What a name stands for at first."""
    default = declared_by(root)[name].default
    return None if default is MISSING else default
