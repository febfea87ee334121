"""The JSON Schema of the language, for completion and hover texts in editors.

It is made from the tables that the reader checks with. What needs more than a file's shape, such as ids, handlers and
the names of a site's own components, `livepages check` finds. Draft 7, which yaml-language-server knows best.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from livepages.schema.readers.page_reader import PAGE_EVENTS
from livepages.schema.reference.element_schema import ElementSchemas, Schema, body, reference, value_schema
from livepages.schema.reference.hover import hover
from livepages.schema.reference.key_examples import COMPONENT_EXAMPLES, PAGE_EXAMPLES, SITE_EXAMPLES
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.events import DURATION
from livepages.schema.site.keys import COMPONENT_KEYS, PAGE_KEYS, SITE_KEYS
from livepages.schema.site.limits import LIMIT_KEYS
from livepages.schema.site.params import PARAM_KEYS, TYPES
from livepages.schema.site.properties import Property

SCHEMA_NAME = "livepages.schema.json"
"""The file in which new sites have the schema beside them."""
MODELINE = f"# yaml-language-server: $schema={SCHEMA_NAME}"
"""The line by which an editor finds it."""

REFRESH = f"Made by livepages; after an upgrade: livepages schema > {SCHEMA_NAME}"

NO_EXAMPLES: Mapping[str, str] = MappingProxyType({})


def _mapping(of: Schema, **keywords: Any) -> Schema:
    return {"type": ["object", "null"], "additionalProperties": of, **keywords}


def _structures() -> Mapping[str, Schema]:
    return MappingProxyType(
        {
            "body": body(),
            "components": _mapping(reference("site.component")),
            "shared": _mapping(body()),
            "pages": _mapping(reference("site.page"), propertyNames={"pattern": "^/"}),
            "params": _mapping(reference("site.declaration")),
            "props": _mapping(reference("site.declaration")),
            "items": {"anyOf": [reference("site.declaration")]},
            "limits": {
                "type": ["object", "null"],
                "properties": {name: value_schema(prop, bindable=False) for name, prop in LIMIT_KEYS.items()},
                "additionalProperties": False,
            },
            "state": {"type": ["object", "null"]},
            "session": {"type": ["object", "null"]},
            "startup": {"anyOf": [reference("does"), {"type": "null"}]},
            "on": {
                "type": ["object", "null"],
                "properties": {name: {**hover(doc), "allOf": [reference("call")]} for name, doc in PAGE_EVENTS.items()},
                "additionalProperties": False,
            },
            "every": _mapping(
                reference("does"),
                propertyNames={"pattern": rf"^\s*{DURATION.pattern}\s*$"},
            ),
        }
    )


def _keys(known: Mapping[str, Property], examples: Mapping[str, str] = NO_EXAMPLES) -> dict[str, Schema]:
    """The keys of a mapping; those whose types say nothing of what is in them get their structure."""
    structures = _structures()
    return {
        name: {
            **(structures[name] if name in structures else value_schema(prop, bindable=False)),
            **hover(prop.doc, examples.get(name, "")),
        }
        for name, prop in known.items()
    }


def _declaration() -> Schema:
    """A page's parameter or a component's prop: a type, a default, or a mapping that says more."""
    return {
        "anyOf": [
            {"description": "The type of the value.", "enum": list(TYPES)},
            {"type": "object", "properties": _keys(PARAM_KEYS), "additionalProperties": False},
            {"description": "The default value.", "type": ["string", "number", "boolean", "array", "null"]},
        ]
    }


def json_schema(types: Mapping[str, ElementType]) -> dict[str, Any]:
    """The schema of a site's file, whose elements are of these types."""
    page_only = [name for name in PAGE_KEYS if name not in SITE_KEYS]
    nothing_else = {"additionalProperties": False}
    definitions = {
        "site.page": {"type": ["object", "null"], "properties": _keys(PAGE_KEYS, PAGE_EXAMPLES), **nothing_else},
        "site.component": {
            "type": ["object", "null"],
            "properties": _keys(COMPONENT_KEYS, COMPONENT_EXAMPLES),
            **nothing_else,
        },
        "site.declaration": _declaration(),
        **ElementSchemas(types).definitions,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": REFRESH,
        "title": "A site of livepages",
        "type": "object",
        "properties": _keys({**PAGE_KEYS, **SITE_KEYS}, {**PAGE_EXAMPLES, **SITE_EXAMPLES}),
        "additionalProperties": False,
        "if": {"required": ["pages"]},
        "then": {"properties": dict.fromkeys(page_only, False)},
        "else": {"required": ["body"]},
        "definitions": definitions,
    }


def json_schema_text(types: Mapping[str, ElementType]) -> str:
    """The schema as a file has it."""
    return json.dumps(json_schema(types), ensure_ascii=False, indent=1) + "\n"
