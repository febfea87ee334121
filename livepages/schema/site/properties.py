"""The types of elements' properties: what a value must be, and the sentence for one that isn't."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)

from livepages.schema.expressions.expressions import as_text
from livepages.schema.expressions.mistakes import Mistake, in_words, listed, mistake_of
from livepages.schema.site.events import milliseconds
from livepages.schema.values.addresses import safe_url
from livepages.styles import animations

COERCE = ConfigDict(coerce_numbers_to_str=True)


ADDRESS = "address"
"""Marks the types whose values are addresses."""


@dataclass(frozen=True)
class Property:
    """A property that elements of a type have: the type of its values (as pydantic reads it) and what it is for.

    `default` is what handlers read where it is not set.
    """

    type: Any
    doc: str
    required: bool = False
    default: Any = None

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """pydantic's validator of the values; made when it is first asked for."""
        return TypeAdapter(self.type, config=COERCE)

    @cached_property
    def is_text(self) -> bool:
        """Whether its values are texts, so that a number in a file is meant as it is written there."""
        base, *checks = get_args(self.type) if get_origin(self.type) is Annotated else (self.type,)
        return base is str and not any(isinstance(check, BeforeValidator) for check in checks)

    @property
    def is_address(self) -> bool:
        """Whether its values are addresses, so that what expressions put into one is encoded."""
        return ADDRESS in get_args(self.type)

    def check(self, value: object) -> Any:
        """`value` as the property keeps it. Raises Mistake with a sentence that says what was expected."""
        try:
            return self.adapter.validate_python(value)
        except ValidationError as error:
            raise mistake_of(error, value) from None

    def check_live(self, value: object) -> Any:
        """As `check`, for a value that a page at work gets: what would take long to show is wrong too."""
        return self.check(value)


def is_identifier(text: str) -> bool:
    """Whether a text can be the id of an element."""
    return re.fullmatch(r"[A-Za-z][\w-]*", text) is not None


def _identifier(text: str) -> str:
    if not is_identifier(text):
        raise ValueError(f"expected a name of letters, digits, _ and - that begins with a letter, not {in_words(text)}")
    return text


def _classes(value: object) -> str:
    words: list[str] = []
    for index, name in enumerate(value if isinstance(value, list) else [value]):
        if not isinstance(name, str):
            path = (index,) if isinstance(value, list) else ()
            raise Mistake(f"expected names of classes, not {in_words(name)}", path)
        words += name.split()
    return " ".join(words)


def _style(value: object) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(f'expected CSS such as "color: red", or a mapping of CSS properties, not {in_words(value)}')
    for name, text in value.items():
        if isinstance(text, bool) or not isinstance(text, str | int | float | None):
            raise Mistake(f"expected the value of a CSS property, not {in_words(text)}", (name,))
    return "; ".join(f"{name}: {as_text(text)}" for name, text in value.items() if text is not None)


def _animation(text: str) -> str:
    try:
        animations.check(text)
    except animations.UnknownAnimation as error:
        near = listed(f'"{word}"' for word in error.suggestions) if error.suggestions else ""
        hint = f" (did you mean {near}?)" if near else ""
        raise ValueError(f"there is no animation {in_words(text)}{hint}") from None
    return text


OWN_PROPERTIES = MappingProxyType({"class": "classes", "style": "style", "id": "id", "title": "title"})
"""The attributes that are properties of every element."""
URL_ATTRIBUTES = frozenset("href src action formaction poster cite data ping xlink:href".split())
KEPT_ATTRIBUTES = frozenset(
    "data-n data-on data-stream data-at data-document data-documents data-kind data-options srcdoc".split()
)


def _attribute_name(name: str) -> None:
    """Raises ValueError for an attribute that `attrs` can't have."""
    lower = name.lower()
    if not re.fullmatch(r"[A-Za-z_:][\w:.-]*", name):
        raise ValueError(f"{in_words(name)} can't be the name of an HTML attribute")
    if lower in OWN_PROPERTIES:
        raise ValueError(f'write it as the property "{OWN_PROPERTIES[lower]}" of the element')
    if lower.startswith("on"):
        raise ValueError("it would be a script: declare the event under `on`")
    if lower in KEPT_ATTRIBUTES:
        raise ValueError("livepages keeps this attribute for itself")


def _address(name: str, value: object) -> None:
    try:
        safe_url(str(value))
    except ValueError as error:
        raise Mistake(str(error), (name,)) from None


def _attributes(attributes: dict[str, Any]) -> dict[str, str]:
    for name, value in attributes.items():
        try:
            _attribute_name(name)
        except ValueError as error:
            raise Mistake(str(error), (name,), at_key=True) from None
        if name.lower() in URL_ATTRIBUTES:
            _address(name, value)
    return {
        name: "" if value is True and not _says_true(name) else as_text(value)
        for name, value in attributes.items()
        if value is not None and (value is not False or _says_true(name))
    }


def _says_true(name: str) -> bool:
    """Whether an attribute says true and false in words, where others are there or not (WAI-ARIA, 6.2.4)."""
    return name.lower().startswith("aria-")


Text = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
Flag = StrictBool
Url = Annotated[str, AfterValidator(safe_url), ADDRESS]
Identifier = Annotated[str, AfterValidator(_identifier)]
Classes = Annotated[
    str,
    BeforeValidator(_classes),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Style = Annotated[str, BeforeValidator(_style), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]})]
Animation = Annotated[str, AfterValidator(_animation)]
Attributes = Annotated[
    dict[str, str | int | float | StrictBool | None], AfterValidator(_attributes), WithJsonSchema({"type": "object"})
]
Milliseconds = Annotated[
    int, BeforeValidator(milliseconds), WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*(ms|s|m|h|d)$"})
]
