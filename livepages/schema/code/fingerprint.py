"""What tells two versions of a function apart: its own code, wherever it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from types import CodeType, FunctionType
from typing import Any

ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
MOST = 1000
"""Entries that a default value can have to be looked at one by one."""
DEEPEST = 20
"""How deep values are looked into."""

SIMPLE = (str, bytes, int, float, complex, bool, type(None), type(Ellipsis))


def fingerprint_of(function: Callable[..., Any]) -> str:
    """A text that changes when the function's own code does: its body, functions in it, parameters and defaults.

    Line numbers, comments, its docstring, its name and annotations don't count, nor do functions that it calls. A
    decorator counts as far as it has put a function of its own around, and so does what that closes over.
    """
    return sha256(repr(_Reading().of(function)).encode("utf-8", "backslashreplace")).hexdigest()


class _Reading:
    """Takes values apart into texts and tuples. A function within itself is named once."""

    def __init__(self) -> None:
        self._open: list[object] = []

    def of(self, value: Any) -> object:
        if isinstance(value, SIMPLE):
            return f"{type(value).__name__} {value!r}"
        if any(value is each for each in self._open) or len(self._open) > DEEPEST:
            return "again"
        self._open.append(value)
        try:
            return self._apart(value)
        finally:
            self._open.pop()

    def _apart(self, value: Any) -> object:
        match value:
            case FunctionType():
                return self._function(value)
            case CodeType():
                return self._code(value, value.co_consts)
            case type():
                return f"class {value.__module__}.{value.__qualname__}"
            case tuple() | list() if len(value) <= MOST:
                return (type(value).__name__, *map(self.of, value))
            case set() | frozenset() if len(value) <= MOST:
                return (type(value).__name__, *sorted(map(repr, map(self.of, value))))
            case dict() if len(value) <= MOST:
                return ("dict", *((self.of(key), self.of(item)) for key, item in value.items()))
            case _:
                return _described(value)

    def _function(self, function: FunctionType) -> object:
        code, constants = function.__code__, function.__code__.co_consts
        if function.__doc__ is not None and constants[:1] == (function.__doc__,):
            constants = (None, *constants[1:])
        cells = {name: _content(cell) for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True)}
        told: Mapping[str, object] = {
            "code": self._code(code, constants),
            "defaults": self.of(function.__defaults__),
            "named": self.of(function.__kwdefaults__),
            "closure": self.of(cells),
            "wrapped": self.of(vars(function).get("__wrapped__")),
        }
        return tuple(told.items())

    def _code(self, code: CodeType, constants: tuple[Any, ...]) -> object:
        return (
            code.co_code,
            code.co_exceptiontable,
            code.co_flags,
            (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount),
            (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars),
            tuple(map(self.of, constants)),
        )


def _content(cell: Any) -> object:
    """What a closure holds, which may be nothing yet."""
    try:
        return cell.cell_contents
    except ValueError:
        return None


def _described(value: object) -> str:
    """An object of any type in words: as it describes itself, if it does."""
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    try:
        return f"{kind} {ADDRESS.sub('', repr(value))[:MOST]}"
    except Exception:
        return kind
