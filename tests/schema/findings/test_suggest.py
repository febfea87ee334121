import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.schema.findings.suggest import did_you_mean, suggestion

KNOWN = (
    "classes",
    "style",
    "show",
    "id",
    "on",
    "on_click",
    "div",
    "span",
    "button",
    "textarea",
    "mouseEnter",
    "h1",
    "h2",
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("clases", "classes"),
        ("class", "classes"),
        ("Classes", "classes"),
        ("styles", "style"),
        ("STYLE", "style"),
        ("onclick", "on_click"),
        ("on-click", "on_click"),
        ("mouse_enter", "mouseEnter"),
        ("mouseentre", "mouseEnter"),
        ("dvi", "div"),
        ("sapn", "span"),
        ("buton", "button"),
        ("text_area", "textarea"),
        ("shwo", "show"),
        ("h3", None),
        ("zebra", None),
        ("", None),
        ("s", None),
        ("div", None),
        ("x" * 1000, None),
    ],
)
def test_near_words(word: str, expected: str | None) -> None:
    assert did_you_mean(word, KNOWN) == expected


def test_the_sentence() -> None:
    assert suggestion("clases", KNOWN) == 'Did you mean "classes"?'
    assert suggestion("zebra", KNOWN) is None


def test_nothing_known() -> None:
    assert did_you_mean("div", []) is None


@settings(deadline=None)
@given(st.text(max_size=70), st.lists(st.text(max_size=10)))
def test_only_known_words_are_suggested(word: str, known: list[str]) -> None:
    match = did_you_mean(word, known)
    assert match is None or (match in known and match != word)
