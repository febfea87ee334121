from __future__ import annotations

from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES, by_group
from livepages.schema.loader import load_site
from livepages.schema.site.element import ElementSpec, walk

BODY_ELEMENTS = frozenset(
    "article section nav aside h1 h2 h3 h4 h5 h6 hgroup header footer address "
    "p hr pre blockquote ol ul menu li dl dt dd figure figcaption main search div "
    "a em strong small s cite q dfn abbr ruby rt rp data time code var samp kbd sub sup i b u mark bdi bdo span br wbr "
    "ins del picture source img iframe video audio track map area "
    "table caption colgroup col tbody thead tfoot tr td th "
    "form label input button select datalist optgroup option textarea output progress meter fieldset legend "
    "details summary dialog canvas".split()
)
"""The elements of the HTML Standard (index of elements) for a body, without scripts, plug-ins and foreign content."""

OWN_TYPES = frozenset(("icon", "image", "markdown", "editor", "people"))
OF_THE_FIELD = frozenset("language placeholder readonly max_length presence line_numbers".split())
"""What `code` has as a field for documents."""

STANDARD_ATTRIBUTES = {
    "a": "href target download ping rel hreflang type referrerpolicy",
    "area": "alt coords shape href target download ping rel referrerpolicy",
    "audio": "src crossorigin preload autoplay loop muted controls loading",
    "blockquote": "cite",
    "button": "command commandfor disabled form formaction formenctype formmethod formnovalidate formtarget name "
    "popovertarget popovertargetaction type value",
    "canvas": "width height",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "name open",
    "dialog": "closedby open",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate rel target",
    "iframe": "src name sandbox allow allowfullscreen width height referrerpolicy loading",
    "img": "alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading fetchpriority",
    "input": "accept alpha alt autocomplete checked colorspace dirname disabled form formaction formenctype formmethod "
    "formnovalidate formtarget height list max maxlength min minlength multiple name pattern placeholder popovertarget "
    "popovertargetaction readonly required size src step type value width",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "map": "name",
    "meter": "value min max low high optimum",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "progress": "value max",
    "q": "cite",
    "select": "autocomplete disabled form multiple name required size",
    "source": "type media src srcset sizes width height",
    "td": "colspan rowspan headers",
    "textarea": "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows "
    "wrap",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "default kind label src srclang",
    "video": "src crossorigin poster preload autoplay playsinline loop muted controls width height loading",
}
"""The attributes of elements in the HTML Standard, beside the global ones; `srcdoc` would be a way around its CSP."""


def test_every_element_of_a_body_has_a_type() -> None:
    assert set(ELEMENT_TYPES) == BODY_ELEMENTS | OWN_TYPES


@pytest.mark.parametrize("name", sorted(STANDARD_ATTRIBUTES))
def test_elements_have_the_attributes_of_the_standard(name: str) -> None:
    assert set(STANDARD_ATTRIBUTES[name].split()) <= set(ELEMENT_TYPES[name].own)


def test_other_elements_have_no_attributes_of_their_own() -> None:
    shared = set(ELEMENT_TYPES["br"].own) | {"text"}
    plain = BODY_ELEMENTS - set(STANDARD_ATTRIBUTES)
    own = {name: set(ELEMENT_TYPES[name].own) - shared for name in plain}
    assert own == {name: set() for name in plain} | {"code": set(OF_THE_FIELD)}


@pytest.mark.parametrize("name", sorted(ELEMENT_TYPES))
def test_types_explain_themselves(name: str) -> None:
    kind = ELEMENT_TYPES[name]
    assert kind.doc.endswith(".")
    assert kind.group
    assert f"{name}:" in kind.example
    assert all(entry.doc.endswith(".") for entry in kind.properties.values())


@pytest.mark.parametrize("name", sorted(ELEMENT_TYPES))
def test_examples_are_valid(name: str, tmp_path: Path) -> None:
    lines = ELEMENT_TYPES[name].example.splitlines()
    file = tmp_path / "site.yaml"
    file.write_text("body:\n" + "".join(f"  {line}\n" for line in lines))
    body = load_site(file, ELEMENT_TYPES).pages[0].body
    assert name in {spec.type.name for spec in walk(body) if isinstance(spec, ElementSpec)}


@pytest.mark.parametrize("name", sorted(ELEMENT_TYPES))
def test_properties_have_a_json_schema(name: str) -> None:
    assert all(isinstance(entry.adapter.json_schema(), dict) for entry in ELEMENT_TYPES[name].properties.values())


@pytest.mark.parametrize("name", sorted(ELEMENT_TYPES))
def test_a_text_shown_as_it_is_changes_nothing_else(name: str) -> None:
    kind = ELEMENT_TYPES[name]
    if kind.shows_text_as_it_is and "text" in kind.properties:
        props = {"classes": "a", "text": "<b>"}
        assert kind.view(props) == kind.view({"classes": "a"})._replace(inner="<b>")


def test_groups_keep_the_order_of_the_standard() -> None:
    assert list(by_group()) == [
        "livepages",
        "Sections",
        "Grouping content",
        "Text-level semantics",
        "Edits",
        "Embedded content",
        "Tabular data",
        "Forms",
        "Interactive elements",
    ]
    assert [kind.name for kind in by_group()["livepages"]] == ["icon", "image", "markdown", "editor", "people"]
    assert sum(len(kinds) for kinds in by_group().values()) == len(ELEMENT_TYPES)


@pytest.mark.parametrize("name", "area br col hr img input source track wbr".split())
def test_void_elements_take_no_children(name: str) -> None:
    assert not ELEMENT_TYPES[name].children


@pytest.mark.parametrize("name", "area br col hr img source track wbr iframe table tr ul ol picture".split())
def test_elements_without_text_have_no_content_property(name: str) -> None:
    assert ELEMENT_TYPES[name].content is None
    assert "text" not in ELEMENT_TYPES[name].properties


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p", "text"),
        ("pre", "text"),
        ("option", "text"),
        ("input", "value"),
        ("textarea", "value"),
        ("select", "value"),
        ("progress", "value"),
        ("meter", "value"),
        ("icon", "icon"),
        ("image", "src"),
        ("markdown", "markdown"),
    ],
)
def test_content_has_a_property(name: str, content: str) -> None:
    assert ELEMENT_TYPES[name].content == content
    assert content in ELEMENT_TYPES[name].properties


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("div", "click"),
        ("form", "submit"),
        ("textarea", "input"),
        ("select", "change"),
        ("video", "ended"),
        ("img", "error"),
        ("dialog", "close"),
        ("details", "toggle"),
    ],
)
def test_elements_have_their_events(name: str, event: str) -> None:
    assert event in ELEMENT_TYPES[name].events


def test_elements_have_no_events_of_others() -> None:
    assert "submit" not in ELEMENT_TYPES["div"].events
    assert "ended" not in ELEMENT_TYPES["img"].events
