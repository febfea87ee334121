"""Fields whose text many write at once: what `shared_text` makes of a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from livepages.components.field import Field, is_bound
from livepages.components.shared_document import CHANGE, DocumentName, plain_host
from livepages.schema.site.element_type import DocumentUse, Held
from livepages.schema.site.events import EventSpec
from livepages.schema.site.properties import Property
from livepages.schema.values.view import View

SHARED_TEXT: Final = Property(
    DocumentName,
    "The name of a document: then all who have the field open write in it together, and its content is what the "
    "document begins with.",
)
"""The property that ties a field to a document."""


class SharesText(Field):
    """To stand before another class of fields: with `shared_text` the text is the document's, not the field's own."""

    shows_documents = True

    def document(self, props: Mapping[str, Any]) -> DocumentUse | None:
        """The document that is written in the field."""
        name, most = props.get("shared_text"), props.get("maxlength")
        if not name:
            return None
        initial = props.get("value")
        return DocumentUse(
            name,
            initial=initial if isinstance(initial, str) else "",
            max_length=most if isinstance(most, int) else None,
            is_locked=props.get("readonly") is True or props.get("disabled") is True,
        )

    def server_events(self, props: Mapping[str, Any]) -> frozenset[str]:
        """`change`, when somebody has written in the document."""
        return CHANGE if "shared_text" in props else frozenset()

    def implied_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """None where the document tells of its text."""
        return () if "shared_text" in props else super().implied_events(props)

    def held(self, props: Mapping[str, Any]) -> Held | None:
        """Nothing where the document holds the text."""
        return None if "shared_text" in props else super().held(props)

    def changes_from(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing where the document holds the text."""
        return {} if "shared_text" in props else super().changes_from(props, data)

    def check_together(self, props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Mistakes of the field, and times for an event that a shared text has not."""
        yield from super().check_together(props)
        if "shared_text" not in props:
            return
        for name in ("debounce", "throttle"):
            if props.get(name) is not None:
                yield name, f"a shared text is sent as it is typed, without {name}; `on: {{change: ...}}` can have one"
        if is_bound(props, "value"):
            yield "value", "what a shared text begins with can't be an expression"

    def view(self, props: Mapping[str, Any]) -> View:
        """The field, which the client fills where the text is a document's."""
        view = super().view(props)
        name = props.get("shared_text")
        return view._replace(attributes={**view.attributes, **plain_host(name)}, value=None) if name else view

    def first_view(self, props: Mapping[str, Any]) -> View:
        """The field with its value, which it is without where the text is a document's."""
        return self.view(props) if props.get("shared_text") else super().first_view(props)
