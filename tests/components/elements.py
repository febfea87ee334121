"""What the tests of element types share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.site.element_type import ElementType, inner_html
from livepages.schema.values.view import attributes_html


class Element:
    """An element with checked properties, as a page would hold it."""

    def __init__(self, name: str, props: Mapping[str, Any]) -> None:
        self.type: ElementType = ELEMENT_TYPES[name]
        self.props = {name: self.type.properties[name].check(value) for name, value in props.items()}

    @property
    def view(self) -> Any:
        return self.type.view(self.props)

    @property
    def html(self) -> str:
        """The start tag and the own content of the first paint."""
        view = self.type.first_view(self.props)
        return f"<{view.tag}{attributes_html(view.attributes)}>{inner_html(view)}"

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        return list(self.type.check_together(self.props))

    @property
    def tokens(self) -> list[str]:
        return [event.token for event in self.type.implied_events(self.props)]

    def changes(self, **data: Any) -> dict[str, Any]:
        return self.type.changes_from(self.props, data)
