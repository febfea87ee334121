"""How a coroutine of the site's own code came about, so that the next version of that code can make it again."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import CodeType, CoroutineType, FunctionType, MethodType
from typing import Any

from livepages.schema.code.site_finder import SiteFinder

Coro = Coroutine[Any, Any, Any]


class Gone(LookupError):
    """The function is not there any more. Its text names it."""


class Misfit(ValueError):
    """The function can't be called as it was. Its text says why, as the second half of a sentence."""


@dataclass(frozen=True)
class Reference:
    """A function or class of the site, by its module's name and its own."""

    module: str
    qualname: str

    def find(self, finder: SiteFinder) -> Any:
        """What has these names now. Raises Gone; Misfit where the module can't be imported."""
        try:
            module = finder.module(self.module)
        except Exception as error:
            raise Misfit(f"the module {self.module} can't be imported: {error}") from None
        found = _inner(module, self.qualname)
        if found is None:
            raise Gone(f"there is no {self.qualname} in the module {self.module} any more")
        return found


@dataclass(frozen=True)
class Recipe:
    """A coroutine function of the site and what it was called with.

    `positional` are those of its `*parameters`, `named` those of all others. `hindrance` says why it can't be called
    again, where it can't.
    """

    function: Reference
    positional: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    hindrance: str | None = None

    def follow(self, finder: SiteFinder) -> Callable[[], Coro]:
        """What makes the coroutine from the code that the site has now. Raises Gone, Misfit."""
        if self.hindrance is not None:
            raise Misfit(self.hindrance)
        function = self.function.find(finder)
        if not inspect.iscoroutinefunction(inspect.unwrap(function)):
            raise Misfit("its function is not async any more")
        given = {name: _now(value, finder) for name, value in self.named.items()}
        rest = tuple(_now(value, finder) for value in self.positional)
        try:
            bound = _bind(inspect.signature(function), rest, given)
        except TypeError as error:
            raise Misfit(f"its arguments don't fit its function any more: {error}") from None
        return partial(function, *bound.args, **bound.kwargs)


def recipe_of(coroutine: object, finder: SiteFinder | None) -> Recipe | None:
    """The recipe of a coroutine that has not begun; None for one that is not made by a function of the site."""
    if finder is None or not isinstance(coroutine, CoroutineType) or coroutine.cr_frame is None:
        return None
    if inspect.getcoroutinestate(coroutine) != inspect.CORO_CREATED:
        return None
    code, frame = coroutine.cr_code, coroutine.cr_frame
    found = _made_by(code, coroutine.__qualname__, finder)
    if found is None:
        home = next((name for name, module in finder.modules.items() if vars(module) is frame.f_globals), None)
        hindrance = "only functions at the top of a module can be called again"
        return Recipe(Reference(home, coroutine.__qualname__), hindrance=hindrance) if home is not None else None
    reference, function = found
    defaults = {name: each.default for name, each in inspect.signature(function).parameters.items()}
    arguments = {name: frame.f_locals[name] for name in _parameters(code)}
    extra = arguments.pop(_rest_name(code, inspect.CO_VARKEYWORDS) or "", {})
    rest = arguments.pop(_rest_name(code, inspect.CO_VARARGS) or "", ())
    # What is as the function itself has it by default is left to the default, which may be another one by now.
    told = {name: value for name, value in (arguments | extra).items() if value is not defaults.get(name, _NOTHING)}
    try:
        named = {name: _portable(value, finder) for name, value in told.items()}
        return Recipe(reference, tuple(_portable(value, finder) for value in rest), named)
    except Misfit as misfit:
        return Recipe(reference, hindrance=str(misfit))


_NOTHING = object()


def _parameters(code: CodeType) -> tuple[str, ...]:
    """The names of all parameters, those of `*` and `**` last."""
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    return code.co_varnames[:count]


def _rest_name(code: CodeType, flag: int) -> str | None:
    """The name of the parameter with `*` or `**`."""
    if not code.co_flags & flag:
        return None
    return _parameters(code)[-1 if flag == inspect.CO_VARKEYWORDS or not code.co_flags & inspect.CO_VARKEYWORDS else -2]


def _bind(signature: inspect.Signature, rest: tuple[Any, ...], named: Mapping[str, Any]) -> inspect.BoundArguments:
    """Arguments by the names that they had; what comes before `rest`, or can't be named, by place. Raises TypeError."""
    kinds: list[object] = [inspect.Parameter.POSITIONAL_ONLY]
    if rest:
        kinds.append(inspect.Parameter.POSITIONAL_OR_KEYWORD)
    first = [name for name, each in signature.parameters.items() if each.kind in kinds and name in named]
    others = {name: value for name, value in named.items() if name not in first}
    return signature.bind(*(named[name] for name in first), *rest, **others)


def _made_by(code: CodeType, qualname: str, finder: SiteFinder) -> tuple[Reference, Any] | None:
    """The function of the site that a coroutine was made by, the decorated one where it is."""
    for name, module in finder.modules.items():
        function = _inner(module, qualname)
        if isinstance(function, FunctionType) and code in (function.__code__, inspect.unwrap(function).__code__):
            return Reference(name, qualname), function
    return None


def _inner(module: object, qualname: str) -> Any:
    """What a module has by a qualified name; None where there is nothing."""
    found = module
    for name in qualname.split("."):
        found = getattr(found, name, None)
    return found


def _portable(value: Any, finder: SiteFinder) -> Any:
    """A value as the next version of the code can use it: functions and classes of the site by their names.

    Raises Misfit for what belongs to this version.
    """
    is_named = isinstance(value, FunctionType | type)
    owner = value.__self__ if isinstance(value, MethodType) else value
    kind = value if is_named else type(owner)
    module = finder.modules.get(kind.__module__)
    if module is None:
        return value
    if is_named and _inner(module, kind.__qualname__) is kind:
        return Reference(kind.__module__, kind.__qualname__)
    what = (
        f"the function {kind.__qualname__}" if isinstance(kind, FunctionType) else f"an object of {kind.__qualname__}"
    )
    raise Misfit(f"it was given {what}, which belongs to that")


def _now(value: Any, finder: SiteFinder) -> Any:
    try:
        return value.find(finder) if isinstance(value, Reference) else value
    except Gone as gone:
        raise Misfit(str(gone)) from None
