from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.schema.sites import body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("body:", []),
        ("body: []", []),
        ("body: Hello", [("span", {"text": "Hello"})]),
        ("body: [Hello, 3, true, '', null]", [("span", {"text": word}) for word in ("Hello", "3", "true")]),
        ("body: [[{p: a}, [{p: b}]], []]", [("p", {"text": "a"}), ("p", {"text": "b"})]),
        ("body: [{div: [a, {p: b}]}]", [("div", [("span", {"text": "a"}), ("p", {"text": "b"})])]),
        ("body: [{div: []}, {div: }]", [("div",), ("div",)]),
        ("body: [{id: a, classes: b, p: c}]", [("p", {"classes": "b", "text": "c", "id": "a"})]),
        ("body: [{title: A hint, p: c}]", [("p", {"title": "A hint", "text": "c"})]),
        ("body: [{p: , text: Hello}]", [("p", {"text": "Hello"})]),
        ("body: [{p: Hello, classes: , id: , on: , show: }]", [("p", {"text": "Hello"})]),
        (
            "body: [{p: '${7 // 2}'}, {p: '${1..3}', title: '${1 < 2}'}, '${1.0}']",
            [("p", {"text": "3"}), ("p", {"text": "[1, 2, 3]", "title": "true"}), ("span", {"text": "1"})],
        ),
    ],
)
def test_bodies(text: str, expected: list[Any], tmp_path: Path) -> None:
    assert body(tmp_path, text) == expected


def test_properties_of_every_element(tmp_path: Path) -> None:
    text = """
    body:
      - p: Hello
        id: hello
        classes: [m-2, p-2 text-xl]
        style: {color: red, line-height: 1.5, width: }
        show: false
        animate: flip
        title: 3
        attrs: {data-row: 1.50, data-on-top: true, aria-hidden: false, part: null, xml:lang: en}
      - p: Hello
        style: "color: red"
        classes: m-2
    """
    assert body(tmp_path, text) == [
        (
            "p",
            {
                "text": "Hello",
                "id": "hello",
                "classes": "m-2 p-2 text-xl",
                "style": "color: red; line-height: 1.5",
                "show": False,
                "animate": "flip",
                "title": "3",
                "attrs": {"data-row": "1.5", "data-on-top": "", "aria-hidden": "false", "xml:lang": "en"},
            },
        ),
        ("p", {"text": "Hello", "style": "color: red", "classes": "m-2"}),
    ]


def test_expressions_in_texts_and_properties(tmp_path: Path) -> None:
    text = """
    params: {num: 3, name: {type: str}}
    body:
      - p: Count to ${num}, ${ params.name }
        title: ${name}
        attrs: {data-num: "${num}", data-plain: x}
        style: {width: "${num}px"}
      - p: A literal $${name} and $$${num}
      - p: No $${name} at all
      - ${name}
    """
    given = body(tmp_path, text)
    assert given[0] == (
        "p",
        {"text": ("num", "params.name"), "title": ("name",), "attrs": ("num",), "style": ("num",)},
    )
    assert given[1:] == [
        ("p", {"text": ("num",)}),
        ("p", {"text": "No ${name} at all"}),
        ("span", {"text": ("name",)}),
    ]
