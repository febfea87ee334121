"""The document of a tab: what it shows, and how elements in it are found."""

from __future__ import annotations

from livepages.testing.dom import Element, Text, inner_html
from livepages.testing.handle import visible_text
from livepages.testing.markup import parse
from livepages.testing.selectors import compile_selector, select


class Document:
    """A page as the server first sent it, and as patches change it. Raises MarkupError for HTML that is not one."""

    def __init__(self, html: str) -> None:
        self.root = next(node for node in parse(html) if isinstance(node, Element) and node.tag == "html")
        self.head, self.body = (
            next(each for each in self.root.elements if each.tag == tag) for tag in ("head", "body")
        )

    @property
    def page(self) -> str:
        """The token of the live page."""
        return self.root.attributes["data-page"]

    @property
    def build(self) -> str:
        """The build of the client that goes with it."""
        return self.root.attributes["data-build"]

    @property
    def css_version(self) -> int:
        """The version of the style sheet that it links to."""
        return next(int(each.attributes["data-css"]) for each in self.head.elements if "data-css" in each.attributes)

    @property
    def title(self) -> str:
        """The title of the tab."""
        return self._title.content

    @title.setter
    def title(self, text: str) -> None:
        self._title.fill([Text(text)])

    @property
    def _title(self) -> Element:
        return next(each for each in self.head.elements if each.tag == "title")

    @property
    def html(self) -> str:
        """The HTML of the body, with what its fields hold."""
        return inner_html(self.body).strip()

    @property
    def text(self) -> str:
        """What a reader reads in the body."""
        return visible_text(self.body)

    @property
    def ids(self) -> list[str]:
        """All ids in the body."""
        return [each.attributes["id"] for each in self.body.walk() if "id" in each.attributes]

    def by_id(self, identifier: str) -> Element | None:
        """The element with an id."""
        return next((each for each in self.body.walk() if each.attributes.get("id") == identifier), None)

    def find(self, what: str) -> list[Element]:
        """The element with an id; else those that a selector finds; else the innermost with exactly a text."""
        by_id = self.by_id(what)
        if by_id is not None:
            return [by_id]
        selector = compile_selector(what)
        found = list(select(self.body, selector)) if selector is not None else []
        if found:
            return found
        having = [each for each in self.body.walk() if visible_text(each) == what]
        return [each for each in having if not any(each in inner.ancestors() for inner in having)]

    def radios_beside(self, radio: Element) -> list[Element]:
        """The other radio buttons of the group of one."""
        name = radio.attributes.get("name")
        if radio.field is None or radio.field.kind != "radio" or not name:
            return []
        form = form_of(radio)
        return [
            each
            for each in self.body.walk()
            if each is not radio
            and each.field is not None
            and each.field.kind == "radio"
            and each.attributes.get("name") == name
            and form_of(each) is form
        ]

    def address(self, element: Element) -> tuple[str, int] | None:
        """The stream that an element is in and its number there, None where it is in none."""
        stream = next((each for each in element.ancestors() if each.is_stream), None)
        if stream is None or element.number is None or self.body not in element.ancestors():
            return None
        return stream.attributes["data-stream"], element.number


def form_of(element: Element) -> Element | None:
    """The form around an element."""
    return next((each for each in element.ancestors() if each.tag == "form"), None)
