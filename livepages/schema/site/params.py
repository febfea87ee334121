"""Typed values that come from outside: a page's parameters and a component's props."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, partial
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import SchemaError

from livepages.schema.expressions.expressions import as_text
from livepages.schema.expressions.mistakes import Mistake, in_words, listed
from livepages.schema.findings.source import Position
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.site.properties import Property

TYPES: Mapping[str, Any] = MappingProxyType(
    {
        "str": str,
        "int": int,
        "float": Annotated[float, Field(allow_inf_nan=False)],
        "bool": bool,
        "list": list,
        "map": dict,
        "any": Any,
    }
)
ADDRESS_TYPES = MappingProxyType({name: TYPES[name] for name in ("str", "int", "float", "bool")})
"""The types that the parameters of a page can have, which come from addresses."""
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
KINDS = MappingProxyType({str: (str,), float: (int, float), dict: (Mapping,)})
"""Kinds of values, none of which becomes one of another."""
CONTAINERS = ("list", "map")
"""The types whose values have entries."""
BOUNDED = MappingProxyType(
    {
        **dict.fromkeys(("ge", "le", "gt", "lt"), frozenset(("int", "float"))),
        **dict.fromkeys(("min_length", "max_length"), frozenset(("str", "list", "map"))),
        "pattern": frozenset(("str",)),
    }
)
"""The types that each bound is for."""


class Missing(Enum):
    """The type of MISSING."""

    MISSING = "missing"


MISSING: Any = Missing.MISSING
"""Stands for a default that there is none of."""

LONGEST_TEXT = 1_000
"""Characters that a text from an address may have, where its `max_length` does not say otherwise."""


@dataclass(frozen=True)
class TypedProperty(Property):
    """A property whose values a declaration describes: `expected` says how, in words; `choices` are texts to choose.

    `message` is what to say of any other value; if it is empty, what was expected. `items` checks each entry.
    """

    expected: str = ""
    message: str = ""
    choices: tuple[Any, ...] = ()
    items: TypedProperty | None = None

    def check(self, value: object) -> Any:
        """`value` in the declared type. Raises Mistake with a sentence that names the type and its bounds."""
        return self._with_entries(self._check_whole(value), TypedProperty.check)

    def check_exactly(self, value: object) -> Any:
        """As `check`, but nothing is converted: no text becomes a number, and no number a text."""
        checked = self._check_whole(value)
        if _kind(value) is not _kind(checked):
            raise self._mistake(value)
        return self._with_entries(checked, TypedProperty.check_exactly)

    def _with_entries(self, checked: Any, check: Callable[[TypedProperty, object], Any]) -> Any:
        """A checked value with its entries checked as well."""
        if self.items is None or checked is None:
            return checked
        by_key = partial(_checked_entry, partial(check, self.items))
        if isinstance(checked, dict):
            return {key: by_key(key, each) for key, each in checked.items()}
        return [by_key(index, each) for index, each in enumerate(checked)]

    def _check_whole(self, value: object) -> Any:
        try:
            return super().check(value)
        except ValueError:
            raise self._mistake(value) from None

    def _mistake(self, value: object) -> Mistake:
        if self.message:
            return Mistake(self.message.rstrip("."))
        near = (
            did_you_mean(value, [choice for choice in self.choices if isinstance(choice, str)])
            if isinstance(value, str)
            else None
        )
        hint = f' (did you mean "{near}"?)' if near else ""
        return Mistake(f"expected {self.expected}, not {in_words(value)}{hint}")


def _checked_entry(check: Callable[[object], Any], key: str | int, value: object) -> Any:
    try:
        return check(value)
    except Mistake as mistake:
        raise Mistake(str(mistake), (key, *mistake.path), at_key=mistake.at_key) from None


def _kind(value: object) -> type | None:
    """What kind of value one is: a whole number may be given as any other."""
    if isinstance(value, bool):
        return bool
    return next((kind for kind in (str, float, dict) if isinstance(value, KINDS[kind])), None)


def _among(choices: tuple[Any, ...]) -> Callable[[Any], Any]:
    """What checks that a value is one of the choices. It knows no Param: Python keeps annotated types for a while."""

    def check(value: Any) -> Any:
        if value not in choices:
            raise ValueError("not one of the choices")
        return value

    return check


@dataclass(frozen=True)
class Param:
    """A named, typed value with bounds. The bounds have pydantic's names; `choices` are the only values allowed.

    `items` says what each entry of a list or a mapping is; it has no name and no default.
    """

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
    items: Param | None = None
    choices: tuple[Any, ...] | None = None
    message: str = ""
    position: Position | None = field(default=None, compare=False, repr=False)

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is MISSING

    @cached_property
    def property(self) -> TypedProperty:
        """The type and bounds as a property, which checks values."""
        return TypedProperty(
            self._bounded,
            self.doc,
            self.required,
            expected=self.describe(),
            message=self.message,
            choices=self.choices or (),
            items=self.items.property if self.items is not None else None,
        )

    @cached_property
    def _bounded(self) -> Any:
        bounds = {word: value for word in BOUNDED if (value := getattr(self, word)) is not None}
        bounded = Annotated[TYPES[self.type], Field(**bounds)] if bounds else TYPES[self.type]
        return bounded if self.choices is None else Annotated[bounded, AfterValidator(_among(self.choices))]

    def check(self, value: object) -> Any:
        """`value` in the declared type. Raises Mistake with a sentence that names the type and its bounds."""
        return self.property.check(value)

    def check_exactly(self, value: object) -> Any:
        """`value`, if it is of the declared type as it is. Raises Mistake."""
        return self.property.check_exactly(value)

    def read(self, text: str) -> Any:
        """The value of a text from an address, whose length is bounded even if the declaration doesn't say so."""
        if self.max_length is None and len(text) > LONGEST_TEXT:
            raise Mistake(f"expected {self.describe()} of at most {LONGEST_TEXT} characters, not {len(text)}")
        return self.check(text)

    def describe(self) -> str:
        """What is expected, in words: `a whole number from 1 to 3600`."""
        if self.choices is not None:
            return listed(in_words(choice) for choice in self.choices)
        return WORDS[self.type] + "".join(self._bounds_in_words())

    def _bounds_in_words(self) -> Iterator[str]:
        bounds = {word: as_text(getattr(self, word)) for word in BOUNDED if getattr(self, word) is not None}
        if "ge" in bounds and "le" in bounds:
            yield f" from {bounds.pop('ge')} to {bounds.pop('le')}"
        entries = "characters" if self.type == "str" else "entries"
        if "min_length" in bounds and "max_length" in bounds:
            yield f" of {bounds.pop('min_length')} to {bounds.pop('max_length')} {entries}"
        for word, words in (
            ("ge", " of at least {}"),
            ("le", " of at most {}"),
            ("gt", " above {}"),
            ("lt", " below {}"),
            ("min_length", f" of at least {{}} {entries}"),
            ("max_length", f" of at most {{}} {entries}"),
            ("pattern", " that matches {}"),
        ):
            if word in bounds:
                yield words.format(bounds[word])


def type_of(value: object) -> str:
    """The name of the type that a default has."""
    for name, kind in (("bool", bool), ("int", int), ("float", float), ("str", str), ("list", list), ("map", dict)):
        if isinstance(value, kind):
            return name
    return "any"


def check_pattern(pattern: str) -> str:
    """`pattern`, if it is a regular expression that pydantic's engine takes. Raises ValueError."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"expected a regular expression, and this is none: {error.msg}") from None
    try:
        Property(Annotated[str, Field(pattern=pattern)], "").check("")
    except SchemaError:
        raise ValueError("expected a regular expression without look-around and back references") from None
    except Mistake:
        return pattern
    return pattern


Bound = Annotated[float, Field(allow_inf_nan=False)] | int
Kind = Literal["str", "int", "float", "bool", "list", "map", "any"]

PARAM_KEYS: Mapping[str, Property] = MappingProxyType(
    {
        "type": Property(Kind, "The type of the value."),
        "default": Property(Any, "The value when none is given; without a default one must be given."),
        "doc": Property(str, "What the value is for."),
        "ge": Property(Bound, "The least number."),
        "le": Property(Bound, "The greatest number."),
        "gt": Property(Bound, "Numbers must be above this."),
        "lt": Property(Bound, "Numbers must be below this."),
        "min_length": Property(Annotated[int, Field(ge=0)], "The fewest characters or entries."),
        "max_length": Property(Annotated[int, Field(ge=0)], "The most characters or entries."),
        "pattern": Property(
            Annotated[str, AfterValidator(check_pattern)], "A regular expression that a text must match."
        ),
        "items": Property(Any, "What each entry of a list or mapping is: a type, or a declaration."),
        "choices": Property(Annotated[list[Any], Field(min_length=1)], "The only values allowed."),
        "message": Property(str, "What to say of a value that is not right; if not given, what was expected."),
    }
)
"""What a parameter's or prop's declaration can say."""
