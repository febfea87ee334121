"""The HTML elements' common type: properties that are attributes, and a text or children as the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import dedent
from types import MappingProxyType
from typing import Any

from livepages.components.attribute_types import Attribute
from livepages.components.attributes import GLOBAL_ATTRIBUTES
from livepages.components.nesting import misplaced
from livepages.schema.site.bindings import Nested
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.properties import Property, Text
from livepages.schema.values.view import View

TEXT = Property(Text, "The text in the element.", default="")
NONE: Mapping[str, str] = MappingProxyType({})


class HtmlElement(ElementType):
    """A type of element that is an HTML element with attributes.

    `own` are the properties beside those of every HTML element: an `Attribute` is written into the HTML, any other
    property is up to a subclass. `states` name boolean attributes that the user changes too, so that a change has to
    set the DOM's property. `defaults` are texts of attributes that are written when the property is not given.
    """

    shows_text_as_it_is = True

    def __init__(
        self,
        name: str,
        doc: str,
        example: str,
        *,
        group: str,
        own: Mapping[str, Property] = MappingProxyType({}),
        content: str | None = "text",
        children: bool = True,
        events: frozenset[str] = frozenset(),
        tag: str | None = None,
        states: tuple[str, ...] = (),
        defaults: Mapping[str, str] = NONE,
    ) -> None:
        text = {"text": TEXT} if content == "text" else {}
        super().__init__(
            name,
            doc,
            example=dedent(example).strip(),
            group=group,
            own=MappingProxyType({**text, **own, **GLOBAL_ATTRIBUTES}),
            content=content,
            children=children,
            events=events,
        )
        self.tag = tag or name
        self.states = states
        self.defaults = defaults
        self._written = {
            name: entry for name, entry in self.own.items() if isinstance(entry, Attribute) and name not in states
        }

    def check_together(self, props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Attributes under `attrs` that are properties of the element, where their values would go unchecked."""
        given = props.get("attrs")
        attrs = given.value if isinstance(given, Nested) else given
        for name in attrs if isinstance(attrs, Mapping) else ():
            if name.lower() in self.own:
                yield "attrs", f'write "{name.lower()}" as a property of the element instead of attrs.{name}'

    def misplaced(self, around: Sequence[str], tag: str) -> str | None:
        """Where the HTML parser would move or drop an element."""
        return misplaced(around, tag)

    def html_attributes(self, props: Mapping[str, Any]) -> dict[str, str]:
        """The HTML attributes of all properties, the common ones first."""
        found = self.common_attributes(props)
        if props.get("attrs"):
            found = {name: text for name, text in found.items() if name.lower() not in self.own}
        found.update(self.defaults)
        for name, value in props.items():
            if (attribute := self._written.get(name)) and value is not None:
                text = attribute.text(value)
                if text is not None:
                    found[name] = text
                else:
                    found.pop(name, None)
        return found

    def view(self, props: Mapping[str, Any]) -> View:
        """The element with its attributes, and its text if it has one."""
        properties = {name: props.get(name) is True for name in self.states} if self.states else NONE
        return View(self.tag, self.html_attributes(props), properties, inner=props.get("text"))

    def first_view(self, props: Mapping[str, Any]) -> View:
        """The view with the DOM's properties that are on as attributes."""
        view = self.view(props)
        if not self.states or not any(view.properties.values()):
            return view
        on = {name: "" for name, value in view.properties.items() if value is True}
        return view._replace(attributes={**view.attributes, **on})


def with_class(attributes: Mapping[str, str], name: str) -> dict[str, str]:
    """`attributes` with the class `name` before the author's own."""
    return {
        "class": f"{name} {attributes.get('class', '')}".rstrip(),
        **{k: v for k, v in attributes.items() if k != "class"},
    }
