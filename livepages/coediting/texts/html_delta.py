"""HTML that comes from elsewhere as rich text: what a Delta can hold of it, and nothing else.

It is read tag by tag, in time that grows with its length: nh3 needs a minute for 100,000 elements in each other, and
html.parser one for 65,000 comments without an end. Nothing of it is passed on as it stands: every text, format and
address of the result is one that `cleaned_delta` lets through.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape
from types import MappingProxyType
from typing import Any

from livepages.coediting.texts.delta import FORMATS, Attributes, Op, cleaned_delta, image_url
from livepages.coediting.texts.delta_html import NONE
from livepages.coediting.texts.html_formats import BLOCKS, INLINES, element_formats, language
from livepages.coediting.texts.html_spaces import marked, settle_spaces, without_marks

TOKEN = re.compile(
    r"""
    (?P<text>(?:[^<]++|<(?![a-z!?/]))++)
    | <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?:svg|math)(?=[ \t\n\f/>])[^>"']*+(?<=/)>
    | <(?P<hidden>script|style|title|textarea|iframe|noembed|noframes|xmp|template|svg|math)(?=[ \t\n\f/>])
      .*?(?:</(?P=hidden)(?=[ \t\n\f/>])[^>]*+(?:>|\Z)|\Z)
    | <(?P<end>/?)(?P<tag>[a-z][^ \t\n\f/>]*+)
      (?P<attributes>(?:[^>"'=]++|=[ \t\n\f]*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)(?:>|\Z)
    | <[!?/][^>]*+(?:>|\Z)
    """,
    re.I | re.S | re.X,
)
"""Text, what isn't shown, and tags (HTML Standard, 13.2.5). Hardly anything in it is looked at twice."""
ATTRIBUTE = re.compile(
    r"""([^ \t\n\f"'>/=][^ \t\n\f>/=]*+)(?:[ \t\n\f]*+=[ \t\n\f]*+("[^"]*+"|'[^']*+'|[^ \t\n\f>]*+))?+"""
)
OTHERS = frozenset(("br", "img", "input"))
KEYS = MappingProxyType({**{f"h{level}": "h" for level in range(1, 7)}, "th": "td"})
"""Elements that end each other, under one name."""
SCOPES = MappingProxyType({"li": ("ul", "ol"), "td": ("table",), "tr": ("table",)})
"""Elements that end the one before, within the nearest of others (HTML Standard, 13.1.2.4)."""
LINES = frozenset(("p", "h", "li", "blockquote", "pre"))
"""Elements that are an empty line when nothing is in them, as in Quill."""
TEXT_FORMATS = tuple(name for name, known in FORMATS.items() if known.of == "text")
LINE_FORMATS = tuple(name for name, known in FORMATS.items() if known.of == "line" and name != "indent")


class Element:
    """An element that is open, or was: how many came before it, and how many lines."""

    __slots__ = ("elements", "is_open", "key", "lines")

    def __init__(self, key: str, elements: int, lines: int) -> None:
        self.key, self.elements, self.lines, self.is_open = key, elements, lines, True


def html_delta(html: str) -> list[Op]:
    """The document that HTML shows, with the formats that a document has; any text is HTML.

    White space is as a browser shows it, but that a no-break space next to a space, or at an end of a line, stands for
    a space. A row of a table is a line with tabs between its cells. What isn't shown, scripts and styles among it, is
    left out.
    """
    reader = _Reader()
    for token in TOKEN.finditer(without_marks(html).replace("\r\n", "\n").replace("\r", "\n")):
        if text := token["text"]:
            reader.text(_unescaped(text))
        elif token["tag"]:
            name = token["tag"].lower()
            if token["end"]:
                reader.end(name)
            elif name in BLOCKS or name in INLINES or name in OTHERS:
                reader.start(name, _attributes(token["attributes"]))
    return reader.document()


def _unescaped(text: str) -> str:
    if "&#" in text:
        # Python refuses to read an int of more than 4,300 digits.
        text = re.sub("&#(x?)0+(?=[0-9a-f])", r"&#\1", text, flags=re.I)
        text = re.sub("&#(?:[0-9]{8,}|x[0-9a-f]{7,});?", "\ufffd", text, flags=re.I)
    return unescape(text) if "&" in text else text


def _attributes(source: str) -> dict[str, str]:
    """The attributes of a tag. The first of a name counts (HTML Standard, 13.2.5.33)."""
    found: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(source):
        is_quoted = len(value) > 1 and value[0] in "\"'" and value[0] == value[-1]
        found.setdefault(name.lower(), _unescaped(value[1:-1] if is_quoted else value))
    return found


class _Reader:
    """Where in the HTML the reading is: the line so far, the elements that are open, and what they make of text.

    `values` has the values of each format, that of the innermost element last; those of elements that were closed go
    when they are met. `is_bare` is whether a space would be left out here, `is_after_pre` whether a "\\n" would.
    """

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.runs: list[Op] = []
        self.lines = self.elements = self.cells = 0
        self.blocks: list[Element] = []
        self.opened: defaultdict[str, list[Element]] = defaultdict(list)
        self.values: defaultdict[str, list[tuple[Element, Any]]] = defaultdict(list)
        self.text_formats: Attributes | None = None
        self.is_bare, self.is_after_pre = True, False

    def document(self) -> list[Op]:
        """What was read, with all elements closed."""
        while self.blocks:
            self._close_block()
        self._end_line("")
        return cleaned_delta(self.ops)

    def text(self, text: str) -> None:
        """Reads text between tags (CSS Text 3, 4.1)."""
        if self.is_after_pre:
            text = text.removeprefix("\n")
        self.is_after_pre = False
        if self._now("space"):
            for index, part in enumerate(marked(text).split("\n")):
                if index:
                    self._break()
                if part:
                    self._add(part)
            return
        text = re.sub("[ \t\n\f]+", " ", text)
        text = text.removeprefix(" ") if self.is_bare else text
        if text:
            self._add(text, is_bare=text.endswith(" "))

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Reads a start tag of a known element."""
        self.is_after_pre = False
        if name == "br":
            self._break()
        elif name == "img":
            self._add_image(attributes)
        elif name == "input":
            if attributes.get("type") == "checkbox" and self.opened["li"]:
                value = "checked" if "checked" in attributes else "unchecked"
                self.values["list"].append((self.opened["li"][-1], value))
        elif name in INLINES:
            self._open_inline(name, attributes)
        else:
            self._open_block(KEYS.get(name, name), element_formats(name, attributes))
            self.is_after_pre = name == "pre"

    def end(self, name: str) -> None:
        """Reads an end tag; one of an element that isn't open is passed over."""
        self.is_after_pre = False
        key = KEYS.get(name, name)
        if not self.opened[key]:
            return
        last = self.opened[key][-1]
        if name in INLINES:
            self.opened[key].pop()
            self._close(last)
        while last.is_open:
            self._close_block()

    def _open_inline(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "a":
            self.end(name)
        formats = element_formats(name, attributes)
        if name == "code" and self.opened["pre"]:
            self.values["code-block"].append((self.opened["pre"][-1], language(attributes)))
        self._open(name, formats)

    def _open_block(self, key: str, formats: Mapping[str, Any]) -> None:
        self.end("p")
        if key in SCOPES and self._place(key) > max(map(self._place, SCOPES[key])):
            self.end(key)
        self._end_line(key)
        if key == "tr":
            self.cells = 0
        elif key == "td":
            if self._place("tr") <= self._place("table"):
                self._open_block("tr", NONE)
            self.cells += 1
            if self.cells > 1:
                self._trim()
                self._add("\t", is_bare=True)
        elif key == "li" and not self.opened["ul"] and not self.opened["ol"]:
            formats = {"list": "bullet", **formats}
        if key != "hr":
            self.blocks.append(self._open(key, formats))

    def _place(self, key: str) -> int:
        """How many elements come before the innermost of these that is open, -1 if none is."""
        return self.opened[key][-1].elements if self.opened[key] else -1

    def _open(self, key: str, formats: Mapping[str, Any]) -> Element:
        element = Element(key, self.elements, self.lines)
        self.elements += 1
        self.opened[key].append(element)
        for name, value in formats.items():
            self.values[name].append((element, value))
        self.text_formats = None
        return element

    def _close(self, element: Element) -> None:
        element.is_open = False
        self.text_formats = None

    def _close_block(self) -> None:
        element = self.blocks.pop()
        self._end_line(element.key)
        self.opened[element.key].pop()
        if element.key in LINES and element.lines == self.lines and not self._is_in_row():
            self._add_line()
        self._close(element)

    def _is_in_row(self) -> bool:
        return bool(self.opened["tr"] or self.opened["td"])

    def _now(self, name: str) -> Any:
        """The value of a format for what comes now."""
        values = self.values[name]
        while values and not values[-1][0].is_open:
            values.pop()
        return values[-1][1] if values else None

    def _add(self, insert: object, is_bare: bool = False, own: Mapping[str, str] = NONE) -> None:
        if self.text_formats is None:
            self.text_formats = {name: value for name in TEXT_FORMATS if (value := self._now(name))}
        self.runs.append({"insert": insert, "attributes": {**self.text_formats, **own}})
        self.is_bare = is_bare

    def _add_image(self, attributes: Mapping[str, str]) -> None:
        if url := image_url(attributes.get("src")):
            own = {name: attributes[name] for name in ("alt", "width", "height") if name in attributes}
            self._add({"image": url}, own=own)

    def _break(self) -> None:
        if self._is_in_row():
            self._end_line("")
        else:
            self._add_line()

    def _end_line(self, key: str) -> None:
        """Ends a line that has begun; within the row of a table it becomes a space."""
        if self.runs and (key in ("tr", "table") or not self._is_in_row()):
            self._add_line()
        elif self.runs and not self.is_bare:
            self._add(" ", is_bare=True)

    def _trim(self) -> None:
        """Leaves out a space at the end."""
        if self.runs and isinstance(text := self.runs[-1]["insert"], str):
            self.runs[-1]["insert"] = text.removesuffix(" ")

    def _add_line(self) -> None:
        self._trim()
        settle_spaces(self.runs)
        attributes = {name: value for name in LINE_FORMATS if (value := self._now(name))}
        steps = self._now("indent") or 0
        if "list" in attributes:
            steps += max(len(self.opened["ul"]) + len(self.opened["ol"]) - 1, 0)
        attributes["indent"] = min(steps or ("list" not in attributes and self._now("padding")) or 0, 8)
        self.ops += [*self.runs, {"insert": "\n", "attributes": attributes}]
        self.runs = []
        self.lines += 1
        self.is_bare = True
