"""What the elements have in common that show a document which many write at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import AfterValidator, WithJsonSchema

from livepages.components.attribute_types import Positive
from livepages.components.html import with_class
from livepages.schema.expressions.mistakes import in_words
from livepages.schema.site.properties import Flag, Property, Text

CHANGE: Final = frozenset(("change",))
"""The event that happens on the server when somebody has written in a document."""
LONGEST_NAME: Final = 100


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValueError(f"expected the name of a document, of at most {LONGEST_NAME} characters, not {len(text)}")
    if not re.fullmatch(r"[^\W_][\w .-]*", text):
        expected = "expected the name of a document, of letters, digits, spaces, _ - and . after a letter or digit"
        raise ValueError(f"{expected}, not {in_words(text)}")
    return text


DocumentName = Annotated[str, AfterValidator(_name), WithJsonSchema({"type": ["string", "number"]})]
"""The type of documents' names."""


FIELD: Mapping[str, Property] = MappingProxyType(
    {
        "placeholder": Property(Text, "What shows while there is no text."),
        "readonly": Property(Flag, "Whether the text can only be read.", default=False),
        "max_length": Property(Positive, "How many characters the text can have."),
        "presence": Property(Flag, "Whether the names and cursors of those who write show.", default=True),
    }
)
"""The properties of fields that are nothing but a document."""


def field_options(props: Mapping[str, Any]) -> dict[str, Any]:
    """What the client is told of those properties."""
    return {
        "placeholder": props.get("placeholder"),
        "readonly": props.get("readonly") or None,
        "maxLength": props.get("max_length"),
        "presence": off(props, "presence"),
    }


def said_of(props: Mapping[str, Any]) -> dict[str, Any]:
    """What such a field says of its document."""
    return {"max_length": props.get("max_length"), "is_locked": props.get("readonly") is True}


def off(props: Mapping[str, Any], name: str) -> bool | None:
    """What the client is told of a property that is on unless it is turned off."""
    return False if props.get(name) is False else None


def host_attributes(
    attributes: Mapping[str, str], name: str, kind: str, options: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, str]:
    """The attributes of an element in which the client shows a document: which one, how, and as what."""
    marks = _marks(name, kind, {key: value for key, value in options.items() if value is not None})
    return {**with_class(attributes, f"livepages-document livepages-document-{kind}"), **marks}


def plain_host(name: str) -> dict[str, str]:
    """What makes a field of HTML one in which the client shows a document."""
    return _marks(name, "plain", {})


def _marks(name: str, kind: str, options: Mapping[str, Any]) -> dict[str, str]:
    return {"data-document": name, "data-kind": kind, "data-options": json.dumps(options, separators=(",", ":"))}
