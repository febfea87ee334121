"""What a filter is: a function on values, with parameters that are checked when a site is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from livepages.schema.expressions.errors import ExpressionFailed
from livepages.schema.expressions.mistakes import in_words
from livepages.schema.expressions.values import Work, check_list, check_text, is_list
from livepages.schema.values.clock import clock_in


class Absent(Enum):
    """What stands for a value that is not there: one that must be given, and one that was not."""

    REQUIRED = "required"
    NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True)
class Kind:
    """The values that a filter or a parameter takes, in words; `take` makes of one what the filter works with.

    `take` raises ValueError for any other value.
    """

    words: str
    take: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can stand in a filter's brackets. With a `default` it may be left out."""

    name: str
    kind: Kind
    doc: str
    default: Any = Absent.REQUIRED

    @property
    def is_required(self) -> bool:
        """Whether it has to be given."""
        return self.default is Absent.REQUIRED

    def take(self, value: object) -> Any:
        """What the filter works with. Raises ValueError."""
        return value if value is self.default else self.kind.take(value)


@dataclass(frozen=True, slots=True)
class Filter:
    """`value | name(parameters)`. `work` is called with the value and one argument for each parameter.

    `example` is an expression without the `${` and `}`, `result` its value. `is_numeric` says that it works on numbers,
    `is_timed` that it depends on the time too, so that `work` gets a clock after the value, and `gives_html` that it
    makes markup, which can only be all of the text of an element. `effort` is how many times as long it takes over an
    item, or over 50 characters, as to look at one. A filter that `looks_inside` what it is given counts that itself: it
    gets the expression's `Work` too, as the last argument.
    """

    name: str
    doc: str
    takes: Kind
    work: Callable[..., Any]
    example: str
    result: Any = None
    parameters: tuple[Parameter, ...] = ()
    is_numeric: bool = False
    is_timed: bool = False
    gives_html: bool = False
    effort: int = 1
    looks_inside: bool = False

    def apply(self, value: Any, arguments: Sequence[Any], scope: Callable[[str], object], work: Work) -> Any:
        """The filtered value, by the clock of a scope. Raises ExpressionFailed, also where it takes too much `work`."""
        try:
            taken = self.takes.take(value)
        except ExpressionFailed:
            raise
        except ValueError:
            raise ExpressionFailed(f'"{self.name}" needs {self.takes.words}, not {in_words(value)}') from None
        timed = (clock_in(scope),) if self.is_timed else ()
        given = list(map(self._argument, self.parameters, arguments))
        keys = max((len(each) for each in given if type(each) is tuple), default=1)
        work.look_over(taken, self.effort * keys)
        result = self.work(taken, *timed, *given, *((work.anew(),) if self.looks_inside else ()))
        if isinstance(result, str):
            check_text(len(result))
        elif is_list(result):
            check_list(len(result))
        return result

    def _argument(self, parameter: Parameter, value: Any) -> Any:
        try:
            return parameter.take(value)
        except ExpressionFailed:
            raise
        except ValueError:
            raise ExpressionFailed(self.wrong_argument(parameter, value)) from None

    def wrong_argument(self, parameter: Parameter, value: object) -> str:
        """What is wrong with a value for a parameter, as a sentence without its full stop."""
        return f'"{self.name}" needs {parameter.kind.words} for "{parameter.name}", not {in_words(value)}'
