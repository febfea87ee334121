"""What the values of HTML attributes can be, and how they are written into HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.site.properties import ADDRESS, Property
from livepages.schema.values.addresses import media_url, own_url

LARGEST = 2**31 - 1
"""The largest whole number that HTML has."""


def number_text(number: float) -> str:
    """A number as HTML writes it: `5`, `0.5`."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


@dataclass(frozen=True)
class Attribute(Property):
    """A property that is an HTML attribute of the same name.

    `words` are what stands for true and for false. Without them the attribute is boolean: there or not.
    """

    words: tuple[str, str] | None = None

    def text(self, value: object) -> str | None:
        """The attribute's text for a checked value, None where the attribute is left out."""
        if isinstance(value, bool):
            if self.words is not None:
                return self.words[0] if value else self.words[1]
            return "" if value else None
        if isinstance(value, float):
            return number_text(value)
        return None if value is None else str(value)


def perhaps(word: object, known: Iterable[str]) -> str:
    """` (did you mean "…"?)` for the end of a sentence, nothing where no known word is near."""
    near = did_you_mean(word, known) if isinstance(word, str) else None
    return f' (did you mean "{near}"?)' if near else ""


def one_of(*choices: str | bool) -> Any:
    """The type of an enumerated attribute: one of a few texts, true and false among them where they are listed."""
    texts = [choice for choice in choices if isinstance(choice, str)]
    names = [f'"{choice}"' if isinstance(choice, str) else str(choice).lower() for choice in choices]
    expected = f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else names[0]

    def check(value: object) -> object:
        if any(value is choice if isinstance(choice, bool) else value == choice for choice in choices):
            return value
        raise ValueError(f"expected {expected}{perhaps(value, texts)}")

    return Annotated[Any, AfterValidator(check), WithJsonSchema({"enum": list(choices)})]


def _whole(least: int | None) -> Any:
    """The type of whole numbers, from `least` on; as HTML has them, within 32 bits."""
    lowest = -LARGEST if least is None else least
    expected = "expected a whole number" if least is None else f"expected a whole number, {least} or more"

    def check(value: object) -> int:
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            with suppress(ValueError, OverflowError):
                number = int(value)
                if (isinstance(value, str) or number == value) and lowest <= number <= LARGEST:
                    return number
        raise ValueError(expected)

    minimum = {} if least is None else {"minimum": least}
    return Annotated[Any, AfterValidator(check), WithJsonSchema({"type": "integer", **minimum})]


def _number(value: object) -> float:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        with suppress(ValueError, OverflowError):
            if isfinite(number := float(value)):
                return number
    raise ValueError("expected a number")


def _flag_or_text(value: object) -> bool | str:
    if isinstance(value, bool | str):
        return value
    raise ValueError("expected true, false or a text")


def _names(separator: str) -> Callable[[object], str]:
    def join(value: object) -> str:
        names = value if isinstance(value, list) else [value]
        texts = [name for name in names if isinstance(name, str)]
        if len(texts) < len(names):
            raise ValueError("expected a text or a list of texts")
        return separator.join(texts)

    return join


def _step(value: object) -> str:
    with suppress(ValueError):
        if value == "any" or _number(value) > 0:
            return "any" if value == "any" else number_text(_number(value))
    raise ValueError('expected a number above 0, or "any"')


LIST_SCHEMA = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})

Integer, Count, Positive = _whole(None), _whole(0), _whole(1)
Number = Annotated[Any, AfterValidator(_number), WithJsonSchema({"type": "number"})]
FlagOrText = Annotated[Any, AfterValidator(_flag_or_text), WithJsonSchema({"type": ["boolean", "string"]})]
SpacedNames = Annotated[Any, AfterValidator(_names(" ")), LIST_SCHEMA]
CommaNames = Annotated[Any, AfterValidator(_names(",")), LIST_SCHEMA]
Step = Annotated[Any, AfterValidator(_step), WithJsonSchema({"anyOf": [{"type": "number"}, {"const": "any"}]})]


def _candidates(text: str) -> str:
    for candidate in text.split(","):
        own_url(candidate)
    return text


OwnUrl = Annotated[str, AfterValidator(own_url), ADDRESS]
MediaUrl = Annotated[str, AfterValidator(media_url), ADDRESS]
MediaUrls = Annotated[str, AfterValidator(_candidates)]
"""The addresses of a `srcset`, each with its width or density, parted by commas."""
