"""The types of elements' properties: what a value must be, and the sentence for one that isn't."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)

from livepages.schema.events import milliseconds
from livepages.styles import animations

COERCE = ConfigDict(coerce_numbers_to_str=True)


def first_error(error: ValidationError) -> str:
    """The first mistake that pydantic found, as one sentence for a user."""
    detail = error.errors(include_url=False)[0]
    message = str(detail["msg"]).removeprefix("Value error, ").replace("Input should be", "expected")
    place = ".".join(str(part) for part in detail["loc"] if not str(part).startswith(("function-", "constrained-")))
    return f"{place}: {message}" if place else message


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

    def check(self, value: object) -> Any:
        """`value` as the property keeps it. Raises ValueError with a sentence that says what was expected."""
        try:
            return self.adapter.validate_python(value)
        except ValidationError as error:
            raise ValueError(first_error(error)) from None


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][\w-]*", text):
        raise ValueError("expected a name of letters, digits, _ and - that begins with a letter")
    return text


def _classes(value: object) -> str:
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names):
        raise ValueError("expected class names, as one text or as a list")
    return " ".join(word for name in names for word in str(name).split())


def _style(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    if not isinstance(value, str):
        raise ValueError("expected CSS such as 'color: red', or a mapping of CSS properties")
    return value


def _animation(text: str) -> str:
    try:
        animations.check(text)
    except LookupError as error:
        raise ValueError(str(error).removesuffix(".")) from None
    return text


SAFE_SCHEMES = frozenset(("http", "https", "mailto", "tel", "sms", "ftp"))


def safe_url(text: str) -> str:
    """`text`, if it is a relative address or has a scheme that can't run a script.

    Raises ValueError otherwise. White space and control characters are passed over, as browsers do
    (URL Standard, 4.4), so that they can't hide a scheme.
    """
    bare = re.sub(r"[\x00-\x20]", "", text)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    if scheme and scheme[1].lower() not in SAFE_SCHEMES and not re.match(r"(?i)data:(image|audio|video|font)/", bare):
        raise ValueError(f"addresses that begin with {scheme[1]}: are not allowed here")
    return text


OWN_PROPERTIES = frozenset(("style", "id", "title"))
URL_ATTRIBUTES = frozenset("href src action formaction poster cite data ping xlink:href".split())
KEPT_ATTRIBUTES = frozenset("data-n data-on data-stream data-at srcdoc".split())


def _attribute(name: str, value: object) -> None:
    lower = name.lower()
    if not re.fullmatch(r"[A-Za-z_:][\w:.-]*", name):
        raise ValueError(f"{name!r} can't be the name of an HTML attribute")
    if lower == "class":
        raise ValueError("write 'classes' as a property of the element instead of attrs.class")
    if lower in OWN_PROPERTIES:
        raise ValueError(f"write {lower!r} as a property of the element instead of attrs.{name}")
    if lower.startswith("on"):
        raise ValueError(f"attrs.{name} would be a script: declare the event under 'on'")
    if lower in KEPT_ATTRIBUTES:
        raise ValueError(f"attrs.{name} is not allowed")
    if lower in URL_ATTRIBUTES:
        safe_url(str(value))


def _attributes(attributes: dict[str, Any]) -> dict[str, str]:
    for name, value in attributes.items():
        _attribute(name, value)
    return {
        name: "" if value is True else str(value)
        for name, value in attributes.items()
        if value is not None and value is not False
    }


Text = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
Flag = StrictBool
Url = Annotated[str, AfterValidator(safe_url)]
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
