"""Typed values that come from outside: a page's parameters and a component's props."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from livepages.schema.properties import Property

TYPES: Mapping[str, Any] = MappingProxyType(
    {"str": str, "int": int, "float": float, "bool": bool, "list": list, "map": dict, "any": Any}
)
WORDS = MappingProxyType(
    {
        "str": "a text",
        "int": "a whole number",
        "float": "a number",
        "bool": "true or false",
        "list": "a list",
        "map": "a mapping",
        "any": "any value",
    }
)
MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()
"""Stands for a default that there is none of."""

LONGEST_TEXT = 1_000
"""Characters that a text from an address may have, where its `max_length` does not say otherwise."""


@dataclass(frozen=True)
class Param:
    """A named, typed value with bounds. The bounds have pydantic's names; `choices` are the only values allowed."""

    name: str
    type: str = "str"
    default: Any = MISSING
    doc: str = ""
    ge: float | None = None
    le: float | None = None
    gt: float | None = None
    lt: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    choices: tuple[Any, ...] | None = None

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is MISSING

    @cached_property
    def property(self) -> Property:
        """The type and bounds as a property, which checks values."""
        return Property(Annotated[self._bounded, AfterValidator(self._chosen)], self.doc, self.required)

    @cached_property
    def _bounded(self) -> Any:
        bounds = {
            word: value
            for word in ("ge", "le", "gt", "lt", "min_length", "max_length", "pattern")
            if (value := getattr(self, word)) is not None
        }
        return Annotated[TYPES[self.type], Field(**bounds)] if bounds else TYPES[self.type]

    def _chosen(self, value: Any) -> Any:
        if self.choices is not None and value not in self.choices:
            raise ValueError("not one of the choices")
        return value

    def check(self, value: object) -> Any:
        """`value` in the declared type. Raises ValueError with a sentence that names the type and its bounds."""
        try:
            return self.property.check(value)
        except ValueError:
            raise ValueError(f"expected {self.describe()}, got {shorten(value)}") from None

    def read(self, text: str) -> Any:
        """The value of a text from an address, whose length is bounded even if the declaration doesn't say so."""
        if self.max_length is None and len(text) > LONGEST_TEXT:
            raise ValueError(f"expected {self.describe()} of at most {LONGEST_TEXT} characters, got {len(text)}")
        return self.check(text)

    def describe(self) -> str:
        """What is expected, in words: `a whole number from 1 to 3600`."""
        if self.choices is not None:
            return "one of " + ", ".join(str(choice) for choice in self.choices)
        return WORDS[self.type] + "".join(self._bounds_in_words())

    def _bounds_in_words(self) -> list[str]:
        words = []
        if self.ge is not None and self.le is not None:
            words.append(f" from {self.ge} to {self.le}")
        else:
            words += [f" of at least {self.ge}"] if self.ge is not None else []
            words += [f" of at most {self.le}"] if self.le is not None else []
        words += [f" above {self.gt}"] if self.gt is not None else []
        words += [f" below {self.lt}"] if self.lt is not None else []
        words += [f" of at least {self.min_length} characters"] if self.min_length is not None else []
        words += [f" of at most {self.max_length} characters"] if self.max_length is not None else []
        words += [f" that matches {self.pattern}"] if self.pattern is not None else []
        return words


def shorten(value: object) -> str:
    """`value` as a message can show it."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def type_of(value: object) -> str:
    """The name of the type that a default has."""
    for name, kind in (("bool", bool), ("int", int), ("float", float), ("str", str), ("list", list), ("map", dict)):
        if isinstance(value, kind):
            return name
    return "any"


def check_pattern(pattern: object) -> str:
    """`pattern`, if it is a regular expression that pydantic's engine takes."""
    if not isinstance(pattern, str):
        raise ValueError("expected a regular expression")
    re.compile(pattern)
    Property(Annotated[str, Field(pattern=pattern)], "").adapter
    return pattern


Kind = Literal["str", "int", "float", "bool", "list", "map", "any"]

PARAM_KEYS: Mapping[str, Property] = MappingProxyType(
    {
        "type": Property(Kind, "The type of the value."),
        "default": Property(Any, "The value when none is given; without a default one must be given."),
        "doc": Property(str, "What the value is for."),
        "ge": Property(float | int, "The least number."),
        "le": Property(float | int, "The greatest number."),
        "gt": Property(float | int, "Numbers must be above this."),
        "lt": Property(float | int, "Numbers must be below this."),
        "min_length": Property(Annotated[int, Field(ge=0)], "The fewest characters or entries."),
        "max_length": Property(Annotated[int, Field(ge=0)], "The most characters or entries."),
        "pattern": Property(
            Annotated[str, AfterValidator(check_pattern)], "A regular expression that a text must match."
        ),
        "choices": Property(Annotated[list[Any], Field(min_length=1)], "The only values allowed."),
    }
)
"""What a parameter's or prop's declaration can say."""
