"""Elements as handlers write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from livepages.runtime.pages.kit import ElementError, Kit
from livepages.styles.stylesheet import Stylesheet
from tests.schema.sites import load, plain

SITE = """
handlers: h.py
components:
  message: {props: {text: str, size: {type: int, default: 3, le: 5}}, body: [{p: "${text}"}, {slot: }]}
shared:
  board: [{p: Hello}]
body: []
"""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    folder: Path = tmp_path_factory.mktemp("site")
    site = load(folder, SITE, h__py="def save(page, row=0): pass")
    return Kit(site.components, site.vocabulary, Stylesheet(base=False))


def refusal(kit: Kit, value: object) -> str:
    with pytest.raises(ElementError) as error:
        kit.read(value)
    return str(error.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Hello", [("span", {"text": "Hello"})]),
        (3, [("span", {"text": "3"})]),
        ({"p": "Hello", "id": "a"}, [("p", {"text": "Hello", "id": "a"})]),
        (({"p": "a"}, ["b", {"hr": None}]), [("p", {"text": "a"}), ("span", {"text": "b"}), ("hr",)]),
        ({"message": {"text": "Hi"}}, [("message", {"text": "Hi", "size": 3})]),
        ({"message": {"text": "Hi", "body": ["x"]}}, [
            ("message", {"text": "Hi", "size": 3}, {"body": [("span", {"text": "x"})]}),
        ]),
        (None, []),
        ([], []),
    ],
)  # fmt: skip
def test_elements(kit: Kit, value: object, expected: list[Any]) -> None:
    assert [plain(spec) for spec in kit.read(value)] == expected


@pytest.mark.parametrize("text", ["${site}", "${", "$${x}", "a ${text} b", "${a + 1}", "$$${"])
def test_texts_of_handlers_are_never_expressions(kit: Kit, text: str) -> None:
    assert [plain(spec) for spec in kit.read(text)] == [("span", {"text": text})]
    given = {"p": text, "title": text, "style": {"--x": text}, "attrs": {"data-x": text}, "classes": text}
    (told,) = (plain(spec)[1] for spec in kit.read(given))
    assert (told["text"], told["title"], told["style"], told["attrs"]) == (text, text, f"--x: {text}", {"data-x": text})
    assert told["classes"] == " ".join(text.split())
    assert plain(kit.read({"message": {"text": text}})[0]) == ("message", {"text": text, "size": 3})
    (button,) = kit.read({"button": "Go", "on": {"click": {"call": "save", "with": {"row": text}}}})
    assert button.events["click"].arguments == {"row": text}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"dvi": "Hello"}, 'There is no element type "dvi". Did you mean "div"?'),
        ({"p": "Hello", "class": "m-2"}, '"p" has no property "class". Did you mean "classes"?'),
        ({"p": "Hello", "show": "yes"}, 'p.show: expected true or false, not "yes" (did you mean true?).'),
        ([{"p": "a", "id": "x"}, {"p": "b", "id": "x"}],
         'Within this element the id "x" is used twice. Give each element an id of its own.'),
        ({"message": {"size": 9, "text": "a"}}, "message.size: expected a whole number of at most 5, not 9."),
        ({"button": "Go", "on": {"click": "svae"}}, 'There is no handler "svae". Did you mean "save"?'),
        ({"slot": None}, "A slot has no meaning in this element: it stands in the body of a component."),
        ({"p": object()}, "A object can't stand in an element: write text, numbers, lists and dicts."),
        ({"p": "a", "attrs": {"onclick": "x"}}, "p.attrs.onclick: it would be a script: declare the event under `on`."),
        ({"a": "b", "href": "javascript:x"}, "a.href: addresses that begin with javascript: are not allowed here."),
    ],
)  # fmt: skip
def test_mistakes(kit: Kit, value: object, sentence: str) -> None:
    assert refusal(kit, value) == sentence


def test_nesting_has_a_limit(kit: Kit) -> None:
    value: object = "x"
    for _ in range(200):
        value = {"div": [value]}
    assert refusal(kit, value) == "Elements are nested more than 100 deep."
