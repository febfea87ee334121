"""The type of a property in words, from its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from livepages.schema.site.properties import Milliseconds, Property, Text

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "string": "a text",
        "number": "a number",
        "integer": "a whole number",
        "boolean": "true or false",
        "array": "a list",
        "object": "a mapping",
        "null": "",
    }
)


def type_words(prop: Property) -> str:
    """What a property's value can be, such as `a whole number, 1 or more`; empty where it can be anything."""
    if prop.type is Milliseconds:
        return "a duration such as 500ms or 2s"
    if prop.type is Text:
        return WORDS["string"]
    return _either(_words(prop.adapter.json_schema()))


def _words(schema: Mapping[str, Any]) -> list[str]:
    if "anyOf" in schema:
        return [word for part in schema["anyOf"] for word in _words(part)]
    if "const" in schema:
        return [_literal(schema["const"])]
    if "enum" in schema:
        return [_literal(choice) for choice in schema["enum"]]
    kinds = schema.get("type", [])
    return [_bounded(WORDS[kind], schema) for kind in ([kinds] if isinstance(kinds, str) else kinds)]


def _bounded(words: str, schema: Mapping[str, Any]) -> str:
    return f"{words}, {schema['minimum']} or more" if "minimum" in schema else words


def _literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _either(words: list[str]) -> str:
    told = list(dict.fromkeys(word for word in words if word))
    if WORDS["integer"] in told and WORDS["number"] in told:
        told.remove(WORDS["integer"])
    return " or ".join([", ".join(told[:-1]), told[-1]]) if told[1:] else "".join(told)
