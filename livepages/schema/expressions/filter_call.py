"""Which filter an expression names, and what it gives for the filter's parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from livepages.schema.expressions.cursor import wrong
from livepages.schema.expressions.filter import Filter, Parameter
from livepages.schema.expressions.filters import FILTERS
from livepages.schema.expressions.lexer import Token
from livepages.schema.expressions.mistakes import there_are
from livepages.schema.expressions.tree import Literal, Node
from livepages.schema.findings.suggest import suggestion


class Argument(NamedTuple):
    """A value in a filter's brackets, given by `name` or by its place; `token` is where it begins."""

    name: str | None
    value: Node
    token: Token


def filter_named(name: Token) -> Filter:
    """The filter of a name. Raises ExpressionError."""
    if name.text in FILTERS:
        return FILTERS[name.text]
    raise wrong(
        f'There is no filter "{name.text}".', name, suggestion(name.text, FILTERS) or there_are(sorted(FILTERS))
    )


def filter_arguments(chosen: Filter, name: Token, given: Sequence[Argument]) -> tuple[Node, ...]:
    """One argument for each parameter, in their order. Raises ExpressionError."""
    bound: dict[str, Argument] = {}
    for place, argument in enumerate(given):
        parameter = _parameter(chosen, argument, place, named=any(each.name for each in given[:place]))
        if parameter.name in bound:
            raise wrong(f'"{chosen.name}" is given "{parameter.name}" twice.', argument.token)
        _check(chosen, parameter, argument)
        bound[parameter.name] = argument
    for parameter in chosen.parameters:
        if parameter.is_required and parameter.name not in bound:
            raise wrong(f'"{chosen.name}" needs "{parameter.name}", {parameter.kind.words}.', name)
    return tuple(
        bound[parameter.name].value if parameter.name in bound else Literal(parameter.default)
        for parameter in chosen.parameters
    )


def _parameter(chosen: Filter, argument: Argument, place: int, *, named: bool) -> Parameter:
    parameters = chosen.parameters
    if argument.name is not None:
        found = next((each for each in parameters if each.name == argument.name), None)
        if found is None:
            names = [each.name for each in parameters]
            hint = suggestion(argument.name, names) or there_are(names)
            raise wrong(f'"{chosen.name}" takes no "{argument.name}".', argument.token, hint)
        return found
    if named:
        raise wrong("A value without a name can't follow one with a name.", argument.token)
    if place >= len(parameters):
        most = "no values" if not parameters else "one value" if len(parameters) == 1 else f"{len(parameters)} values"
        raise wrong(f'"{chosen.name}" takes {most} in its brackets{" at most" if parameters else ""}.', argument.token)
    return parameters[place]


def _check(chosen: Filter, parameter: Parameter, argument: Argument) -> None:
    """Raises ExpressionError for a value that is known, and wrong."""
    if isinstance(argument.value, Literal):
        try:
            parameter.take(argument.value.value)
        except ValueError:
            message = f"{chosen.wrong_argument(parameter, argument.value.value)}."
            raise wrong(message, argument.token) from None
