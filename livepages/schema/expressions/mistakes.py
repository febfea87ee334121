"""What is wrong with a value, in plain sentences: pydantic's findings, translated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from livepages.schema.expressions.values import as_text, is_list
from livepages.schema.findings.suggest import did_you_mean

Path = tuple[str | int, ...]

SWITCH = "true or false"

NOUNS = MappingProxyType(
    {
        "string_type": "a text",
        "int_type": "a whole number",
        "int_parsing": "a whole number",
        "int_parsing_size": "a whole number",
        "int_from_float": "a whole number",
        "float_type": "a number",
        "float_parsing": "a number",
        "finite_number": "a number",
        "bool_type": SWITCH,
        "bool_parsing": SWITCH,
        "list_type": "a list",
        "dict_type": "a mapping",
    }
)
"""The type that a value is not of, by pydantic's name for the error."""

BOUNDS = MappingProxyType(
    {
        "greater_than_equal": "{ge} or more",
        "greater_than": "more than {gt}",
        "less_than_equal": "{le} or less",
        "less_than": "less than {lt}",
        "string_too_short": "{min_length} characters or more",
        "string_too_long": "{max_length} characters or fewer",
        "string_pattern_mismatch": "a text that matches {pattern}",
        "too_short": "a list with more entries: {min_length} at least",
        "too_long": "a list with fewer entries: {max_length} at most",
    }
)
"""The bound that a value of the right type does not keep to."""

SWITCHES = MappingProxyType({"yes": "true", "on": "true", "no": "false", "off": "false"})
"""What older YAML took for booleans."""

LONGEST = 60


class Mistake(ValueError):
    """A value that is not what it should be, as a sentence without its full stop.

    `path` leads to the part of the value that is wrong, by keys and indices; `at_key` says that the last key itself is.
    """

    def __init__(self, sentence: str, path: Path = (), *, at_key: bool = False) -> None:
        super().__init__(sentence)
        self.path = path
        self.at_key = at_key


def in_words(value: object) -> str:
    """A value as a message can show it."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= LONGEST else f'"{value[: LONGEST - 3]}..."'
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if is_list(value):
        return "a list"
    return as_text(value) if isinstance(value, bool | int | float) else type(value).__name__


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words as a sentence lists them: `a, b or c`."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def there_are(names: Iterable[str]) -> str:
    """A sentence that lists the names that there are."""
    known = [f'"{name}"' for name in names]
    return (
        f"There are {listed(known, 'and')}."
        if known[1:]
        else f"There is only {known[0]}."
        if known
        else "There are none."
    )


def mistake_of(error: ValidationError, value: object) -> Mistake:
    """The first mistake that pydantic found in `value`, with those of the other types that it could have had."""
    details = error.errors(include_url=False)
    path = _path(details[0], value)
    same = [detail for detail in details if _path(detail, value) == path]
    given = same[0]["input"]
    if exact := next((detail for detail in same if detail["type"] not in NOUNS), None):
        inner = exact.get("ctx", {}).get("error")
        if isinstance(inner, Mistake):
            return Mistake(str(inner), (*path, *inner.path), at_key=inner.at_key)
        return Mistake(_sentence(exact, given), path)
    nouns = list(dict.fromkeys(NOUNS[detail["type"]] for detail in same))
    return Mistake(f"expected {_any_of(nouns)}, not {in_words(given)}{_switch(nouns, given)}", path)


def _any_of(nouns: list[str]) -> str:
    """Types as a sentence lists them; whole numbers are numbers, and `true or false` has its own `or`."""
    plain = [noun for noun in nouns if noun != SWITCH and not (noun == "a whole number" and "a number" in nouns)]
    if SWITCH in nouns:
        return ", ".join([*plain, SWITCH])
    return listed(plain)


def _path(detail: ErrorDetails, whole: object) -> Path:
    """The part of pydantic's location that leads through the value; the rest of it names types."""
    path: list[str | int] = []
    value: Any = whole
    for part in detail["loc"]:
        inner = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(inner, Mapping) and part in inner:
            path.append(part)
            value = inner[part]
    return tuple(path)


def _sentence(detail: ErrorDetails, given: object) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if "error" in context:
        return str(context["error"])
    if kind in BOUNDS:
        numbers = {name: as_text(bound) for name, bound in context.items()}
        got = "" if isinstance(given, list | dict) else f", not {in_words(given)}"
        return f"expected {BOUNDS[kind].format_map(numbers)}{got}"
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        near = did_you_mean(given, choices) if isinstance(given, str) else None
        known = listed(f'"{choice}"' for choice in choices)
        return f"expected {known}, not {in_words(given)}" + (f' (did you mean "{near}"?)' if near else "")
    return str(detail["msg"]).replace("Input should be", "expected")


def _switch(nouns: list[str], given: object) -> str:
    """What to write for a word that older YAML took for a boolean."""
    if not isinstance(given, str) or SWITCH not in nouns:
        return ""
    if given.lower() in ("true", "false"):
        return " (write it without quotes)"
    word = SWITCHES.get(given.lower())
    return f" (did you mean {word}?)" if word else ""
