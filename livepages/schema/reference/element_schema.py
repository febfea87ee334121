"""The JSON Schema of elements: one definition a type, found by the key that names the type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from livepages.schema.readers.bind_reader import BIND
from livepages.schema.readers.loop_reader import LOOP_KEYS
from livepages.schema.reference.event_schema import action_schemas, events_schema
from livepages.schema.reference.hover import hover
from livepages.schema.site.element_type import COMMON, ElementType
from livepages.schema.site.properties import Property, Text
from livepages.schema.site.special_elements import SPECIAL_ELEMENTS

Schema = dict[str, Any]

TEXTS = ("string", "number", "boolean", "null")
BOUND = "bound"
_EXPRESSION = MappingProxyType({"type": ["string", "number", "boolean"]})
LITERAL = frozenset(("id",))
"""Properties whose values can't be expressions."""


def reference(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/definitions/{name}"}


def body() -> Schema:
    """The elements of a body: a list of them, one text, or nothing."""
    return {"type": ["array", *TEXTS], "items": reference("item")}


def _mapping_of(values: Schema) -> Schema:
    return {"type": ["object", "null"], "additionalProperties": values}


def value_schema(prop: Property, *, bindable: bool = True) -> Schema:
    """The values of a property: what its type says, nothing, and an expression where it can be bound to one."""
    found: Schema = prop.adapter.json_schema()
    described = {"description": prop.doc}
    if prop.type is Text:
        return {**described, "type": list(TEXTS)}
    if found.get("type") == "string" and "enum" not in found and "pattern" not in found:
        return {**described, **found, "type": ["string", "number", "null"]}
    if not found:
        return described
    return {**described, "anyOf": [found, reference(BOUND) if bindable else {"type": "null"}]}


def _or_children(values: Schema) -> Schema:
    """These values or a list of elements: without an `anyOf` where it can be, so that mistakes are told apart."""
    if "anyOf" in values:
        return {"anyOf": [*values["anyOf"], {"type": "array", "items": reference("item")}]}
    return {"type": ["array", *values["type"]], "items": reference("item")}


class ElementSchemas:
    """Collects the definitions of all element types."""

    def __init__(self, types: Mapping[str, ElementType]) -> None:
        self.types = types
        self.definitions: dict[str, Schema] = {
            BOUND: {"type": ["string", "null"], "pattern": r"\$\{"},
            **action_schemas(value_schema),
        }
        self._names: dict[str, str] = {}
        for kind in types.values():
            self.definitions[kind.name] = self._element(kind)
        self.definitions["slot"] = self._special("slot", body(), {"body": body()})
        self.definitions["shared"] = self._special("shared", {"type": "string"}, {})
        cases = {"type": "object", "additionalProperties": body()}
        keys = {"cases": cases, "else": body()}
        self.definitions["match"] = self._special("match", {"type": list(TEXTS)}, keys)
        self.definitions["match"]["properties"] |= self._loop()
        self.definitions["other"] = self._other()
        self.definitions["item"] = self._item()

    def _shared(self, name: str, schema: Schema) -> Schema:
        """A reference to a definition, which everything of the same meaning refers to."""
        key = json.dumps([name, schema], sort_keys=True)
        if key not in self._names:
            others = sum(json.loads(other)[0] == name for other in self._names)
            self._names[key] = f"{name}-{others + 1}" if others else name
            self.definitions[self._names[key]] = schema
        return reference(self._names[key])

    def _element(self, kind: ElementType) -> Schema:
        properties = {kind.name: self._content(kind)}
        for name, prop in kind.properties.items():
            schema = value_schema(prop, bindable=name not in LITERAL)
            properties.setdefault(name, self._shared(f".{name}", schema))
        properties["on"] = self._shared("on", events_schema(kind.events, reference("call")))
        properties |= self._loop()
        if kind.has_state:
            properties["bind"] = self._shared(".bind", value_schema(BIND, bindable=False))
        return {"properties": properties, "additionalProperties": False}

    def _loop(self) -> Schema:
        """What repeats an element or a component that it stands beside."""
        return {
            name: self._shared(f".{name}", {"description": prop.doc, **(body() if name == "empty" else _EXPRESSION)})
            for name, prop in LOOP_KEYS.items()
        }

    def _content(self, kind: ElementType) -> Schema:
        """What can stand under the key that names the type, with the hover text of that key."""
        content = kind.properties[kind.content] if kind.content is not None else None
        doc = kind.doc if content is None else f"{kind.doc}\n\nIts content: {content.doc}"
        values = value_schema(content) if content is not None else {"type": ["null"]}
        if kind.children:
            values = _or_children(values)
        return {**values, **hover(doc, kind.example)}

    def _special(self, name: str, content: Schema, keys: Mapping[str, Schema]) -> Schema:
        special = SPECIAL_ELEMENTS[name]
        described = {key: {"description": special.keys[key], **schema} for key, schema in keys.items()}
        doc = hover(f"{special.doc}\n\nIts content: {special.content}", special.example)
        return {"properties": {name: {**doc, **content}, **described}, "additionalProperties": False}

    def _other(self) -> Schema:
        """What has no key of a type: a text, a list, or a component of the site, whose name is not known here.

        Beside that name no property of elements can stand, so that a misspelt type with properties does not pass for
        one. `properties` are what editors offer where nothing is written yet. `items` stand here, not in `item` itself:
        yaml-language-server 1.25 would follow them in a circle.
        """
        begin = {name: reference(f"{name}/properties/{name}") for name in (*self.types, *SPECIAL_ELEMENTS)}
        on = {"description": "The events that it emits, and what happens then.", **_mapping_of(reference("call"))}
        beside = {
            **{name: value_schema(COMMON[name], bindable=name not in LITERAL) for name in ("id", "show")},
            "on": on,
            **self._loop(),
        }
        properties = {name for kind in self.types.values() for name in kind.properties} | {"bind", "cases", "else"}
        return {
            "properties": {**begin, **beside},
            "additionalProperties": {"description": "A component of the site.", "items": reference("item")},
            "items": reference("item"),
            "propertyNames": {"not": {"enum": sorted(properties - set(beside) - set(begin))}},
            "not": {"type": "object", "propertyNames": {"enum": list(beside)}},
            "maxProperties": len(beside) + 1,
        }

    def _item(self) -> Schema:
        """One entry of a body: an element, a text, or a list that stands for its own entries.

        Where there is no key of a type, `other` says what it must be, of texts too, which editors take for the
        beginning of a key.
        """
        names = [*self.types, *SPECIAL_ELEMENTS]
        return {
            "type": ["object", "array", *TEXTS],
            "dependencies": {name: self._named(name) for name in names},
            "if": {"propertyNames": {"not": {"enum": names}}},
            "then": reference("other"),
        }

    def _named(self, name: str) -> Schema:
        """What an element with this key must be, unless the key is a property of another type that it names too.

        Such as `form`: a type, and a property of `input`.
        """
        owners = sorted(kind.name for kind in self.types.values() if name in kind.properties and kind.name != name)
        if not owners:
            return reference(name)
        return {"if": {"anyOf": [{"required": [owner]} for owner in owners]}, "else": reference(name)}
