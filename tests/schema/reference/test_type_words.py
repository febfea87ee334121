from __future__ import annotations

from typing import Any, Literal

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.reference.type_words import type_words
from livepages.schema.site.properties import Animation, Attributes, Classes, Flag, Milliseconds, Property, Style, Text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (str, "a text"),
        (Text, "a text"),
        (Flag, "true or false"),
        (Classes, "a text or a list"),
        (Style, "a text or a mapping"),
        (Attributes, "a mapping"),
        (Animation | None, "a text"),
        (Milliseconds, "a duration such as 500ms or 2s"),
        (Literal["a", "b", "c"], "a, b or c"),
        (float | int, "a number"),
        (Any, ""),
    ],
)
def test_types_in_words(kind: Any, words: str) -> None:
    assert type_words(Property(kind, "")) == words


def test_bounds_and_choices_of_attributes() -> None:
    properties = ELEMENT_TYPES["input"].properties
    assert type_words(properties["maxlength"]) == "a whole number, 0 or more"
    assert type_words(properties["step"]) == "a number or any"
    assert type_words(properties["hidden"]) == "true, false or until-found"


def test_every_property_of_every_type_has_words() -> None:
    told = {
        f"{kind.name}.{name}": type_words(prop)
        for kind in ELEMENT_TYPES.values()
        for name, prop in kind.properties.items()
    }
    assert [name for name, words in told.items() if not words] == []
