"""The one table of all element types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from livepages.components.editor import EDITOR
from livepages.components.forms import FORMS
from livepages.components.icon import ICON
from livepages.components.image import IMAGE
from livepages.components.input import INPUT
from livepages.components.interactive import INTERACTIVE
from livepages.components.markdown import MARKDOWN
from livepages.components.media import MEDIA
from livepages.components.people import PEOPLE
from livepages.components.sections import GROUPING, SECTIONS
from livepages.components.select import SELECT
from livepages.components.tables import TABLES
from livepages.components.text import EDITS, TEXT_LEVEL
from livepages.components.textarea import TEXTAREA
from livepages.schema.site.element_type import ElementType

TYPES: tuple[ElementType, ...] = (
    ICON,
    IMAGE,
    MARKDOWN,
    EDITOR,
    PEOPLE,
    *SECTIONS,
    *GROUPING,
    *TEXT_LEVEL,
    *EDITS,
    *MEDIA,
    *TABLES,
    INPUT,
    TEXTAREA,
    SELECT,
    *FORMS,
    *INTERACTIVE,
)

ELEMENT_TYPES: Mapping[str, ElementType] = MappingProxyType({kind.name: kind for kind in TYPES})
"""All element types by name: livepages' own first, then HTML's in the groups and the order of the HTML Standard."""


def by_group() -> Mapping[str, tuple[ElementType, ...]]:
    """The element types by their group, in the order of the table."""
    groups = dict.fromkeys(kind.group for kind in TYPES)
    return {group: tuple(kind for kind in TYPES if kind.group == group) for group in groups}
