"""Reads the places where elements from elsewhere show: a component's slots, and shared elements."""

from __future__ import annotations

from collections.abc import Callable

from livepages.schema.expressions.mistakes import there_are
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position
from livepages.schema.findings.suggest import suggestion
from livepages.schema.site.element import MountSpec, SlotSpec, Spec
from livepages.schema.site.region import Region
from livepages.schema.site.vocabulary import DEFAULT_SLOT, Vocabulary
from livepages.schema.yaml.tree import Entries, Mapping, Node, Scalar, Sequence


class PlaceReader:
    """Reads the places of one region. `read_body` reads what shows in a slot that its user leaves empty."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        region: Region,
        read_body: Callable[[Node], tuple[Spec, ...]],
        diagnostics: Diagnostics,
    ) -> None:
        self.vocabulary = vocabulary
        self.region = region
        self.read_body = read_body
        self.diagnostics = diagnostics

    def read_slot(self, key: Scalar, content: Node, rest: Entries) -> SlotSpec | None:
        """A slot: `slot: name`, or `slot: [elements]` for what shows where nothing is put into it."""
        if not self.region.slots:
            message = f"A slot has no meaning in {self.region.what}: it stands in the body of a component."
            self.diagnostics.error("misplaced-slot", message, key.position)
            return None
        name, children = DEFAULT_SLOT, self.read_body(content) if isinstance(content, Sequence) else ()
        if isinstance(content, Scalar) and content.value is not None:
            name = content.text
        elif isinstance(content, Mapping):
            message = "slot: expected a name, or a list of elements that show where it is left empty."
            self.diagnostics.error("wrong-value", message, content.position)
        for prop, value in rest:
            if prop.text == "body":
                children = self.read_body(value)
            elif not prop.broken:
                message = f'A slot has no "{prop.text}".'
                hint = "It has only a `body`, for what shows where it is left empty."
                self.diagnostics.error("unknown-property", message, prop.position, hint=hint)
        self._note(
            name, content.position if isinstance(content, Scalar) and content.value is not None else key.position
        )
        return SlotSpec(name, children, key.position)

    def _note(self, name: str, position: Position) -> None:
        """Report a slot whose name means something already."""
        first = self.region.slot_names.setdefault(name, position)
        if first is not position:
            message = f'The slot "{name}" stands twice in {self.region.what}.'
            hint = f"It is first at {first}; its elements can show in one place, or in several cases of a `match`."
            self.diagnostics.error("duplicate-slot", message, position, hint=hint)
        elif name in self.region.names:
            message = f'"{name}" is a prop and a slot of {self.region.what}.'
            hint = "Its users could not tell them apart: choose another name."
            self.diagnostics.error("duplicate-slot", message, position, hint=hint)

    def read_mount(self, key: Scalar, content: Node, rest: Entries) -> MountSpec | None:
        """The place of a shared element: `shared: name`."""
        if self.region.repeats:
            message = "A shared element can't show within `each`: it exists once, and shows once on a page."
            hint = "Put it beside the `each`, or make a component of it, which each row can have of its own."
            self.diagnostics.error("misplaced-shared", message, key.position, hint=hint)
            return None
        for prop, _ in rest:
            message = f'A shared element takes no "{prop.text}" where it shows.'
            hint = "Put it on an element around it, or on the elements under `shared:`."
            self.diagnostics.error("unknown-property", message, prop.position, hint=hint)
        if isinstance(content, Scalar) and content.broken:
            return None
        if not isinstance(content, Scalar) or content.value is None:
            message = "shared: expected the name of a shared element."
            self.diagnostics.error("wrong-value", message, content.position, hint=self._known())
            return None
        if content.text in self.vocabulary.shared:
            return MountSpec(content.text, content.position)
        if self.vocabulary.complete:
            message = f'There is no shared element "{content.text}".'
            hint = suggestion(content.text, self.vocabulary.shared) or self._known()
            self.diagnostics.error("unknown-shared", message, content.position, hint=hint)
        return None

    def _known(self) -> str:
        if not self.vocabulary.shared:
            return "Shared elements are defined at the top of the site's file, under `shared:`."
        return there_are(sorted(self.vocabulary.shared))
