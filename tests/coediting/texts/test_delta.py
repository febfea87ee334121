"""Deltas: what is one, what is kept of one that anybody wrote, and how it divides into lines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.coediting.texts.delta import FORMATS, Line, checked_delta, cleaned_delta, lines, plain_text

PNG = "data:image/png;base64,iVBORw0KGgo="

VALUES: dict[str, tuple[list[tuple[Any, Any]], list[Any]]] = {
    **{
        name: ([(True, True)], ["true", 1, "yes", [True], 1.0])
        for name in ("bold", "italic", "underline", "strike", "code", "blockquote")
    },
    "script": ([("sub", "sub"), ("super", "super")], ["sup", "Sub", True]),
    "link": (
        [
            ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("HTTP://[::1]:8000/", "HTTP://[::1]:8000/"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("tel:+49123", "tel:+49123"),
            ("/page", "/page"),
            ("#part", "#part"),
            ("page.html?q=a:b", "page.html?q=a:b"),
            (" /pa\nge\x00 ", "/page"),
        ],
        [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "java\nscript:x", "\x01javascript:x",
            "java\tscript:x", "vbscript:x", "data:text/html,x", PNG, "ftp://example.org", "file:///etc/passwd",
            "blob:https://example.org/1", "http:", "http://", "https:example.org", "http://a b/", "  ", 7, ["/a"], True,
        ],
    ),
    **{
        name: (
            [
                ("#C00", "#c00"),
                ("#cc0000", "#cc0000"),
                ("Red", "red"),
                ("rgb(204, 0, 0)", "#cc0000"),
                ("rgb(204 0 0)", "#cc0000"),
                ("rgba(204,0,0,.5)", "rgba(204, 0, 0, 0.5)"),
                ("rgb(204 0 0 / 50%)", "rgba(204, 0, 0, 0.5)"),
                ("rgba(1, 2, 3, 1)", "#010203"),
            ],
            ["#c", "#cc00000", "reddish", "rgb(256, 0, 0)", "url(x)", "red;x:y", "red}", "expression(x)", 7, [1]],
        )
        for name in ("color", "background")
    },
    "font": ([("serif", "serif"), ("times-new-roman", "times-new-roman")], ["Serif", "a b", "a;b", "1a", "x" * 41, 7]),
    "size": ([("small", "small"), ("large", "large"), ("huge", "huge")], ["big", "10px", 3]),
    "header": ([(1, 1), (6, 6), (2.0, 2)], [7, -1, 1.5, "1", True, float("nan"), float("inf"), 10**5000]),
    "list": ([(name, name) for name in ("ordered", "bullet", "checked", "unchecked")], ["dash", True, ["bullet"]]),
    "code-block": ([(True, True), ("plain", "plain"), ("c++", "c++")], ["Python", 'a"b', 1]),
    "align": ([(name, name) for name in ("center", "right", "justify")], ["left", True]),
    "indent": ([(1, 1), (8, 8), (3.0, 3)], [9, "1", True]),
    "direction": ([("rtl", "rtl")], ["ltr", True]),
    "alt": ([("a  cat\n", "a cat")], [7, ["x"]]),
    **{
        name: ([("200", "200"), ("200px", "200"), (200, "200"), (20.5, "20.5"), ("50%", "50%")], ["a", "1;2", -1, [1]])
        for name in ("width", "height")
    },
}  # fmt: skip
"""For each format: values with what is kept of them, and values that are none."""

HUGE = pytest.param(10**5000, id="huge")
RIGHT = [(name, given_, kept) for name, (right, _) in VALUES.items() for given_, kept in right]
WRONG = [
    pytest.param(name, value, id=f"{name}-{number}")
    for name, (_, wrong) in VALUES.items()
    for number, value in enumerate(wrong)
]


def with_format(name: str, value: object) -> list[dict[str, Any]]:
    """A document in which a format stands where it belongs."""
    insert: object = {"text": "a", "line": "\n", "image": {"image": "/a.png"}}[FORMATS[name].of]
    op = {"insert": insert, "attributes": {name: value}}
    return [op, {"insert": "\n"}] if FORMATS[name].of != "line" else [op]


def test_every_format_has_values_here() -> None:
    assert VALUES.keys() == FORMATS.keys()


@pytest.mark.parametrize(("name", "value", "kept"), RIGHT)
def test_values_are_kept_in_one_form(name: str, value: object, kept: object) -> None:
    expected = with_format(name, kept)
    for made in (checked_delta(with_format(name, value)), cleaned_delta(with_format(name, value))):
        assert made == expected
        assert type(made[0]["attributes"][name]) is type(kept)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_values_are_an_error_or_left_out(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf'(?s)^expected "{name}" of ops\[0\] to be .*, not .*[^.]$'):
        checked_delta(with_format(name, value))
    assert all("attributes" not in op for op in cleaned_delta(with_format(name, value)))


@pytest.mark.parametrize("value", [None, False, 0, ""])
@pytest.mark.parametrize("name", VALUES)
def test_what_is_nothing_is_left_out(name: str, value: object) -> None:
    for made in (checked_delta(with_format(name, value)), cleaned_delta(with_format(name, value))):
        assert all("attributes" not in op for op in made)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("text", 'expected a list of ops such as {"insert": "Hello\\n"}, not "text"'),
        (None, 'expected a list of ops such as {"insert": "Hello\\n"}, not nothing'),
        pytest.param(10**5000, 'expected a list of ops such as {"insert": "Hello\\n"}, not a large number', id="huge"),
        ({"ops": 1}, 'expected a list of ops such as {"insert": "Hello\\n"}, not a mapping'),
        (["a"], 'expected ops[0] to be an op such as {"insert": "Hello\\n"}, not "a"'),
        ([{"insert": "a"}, {"retain": 1}], 'expected ops[1] to be an op such as {"insert": "Hello\\n"}, not a mapping'),
        ([{"insert": "a", "delete": 1}], 'expected "insert" and "attributes" in ops[0], not "delete"'),
        ([{"insert": "a", "attributes": [1]}], "expected the attributes of ops[0] to be a mapping, not a list"),
        (
            [{"insert": {"x": 1}}],
            (
                "expected the insert of ops[0] to be text or an image such as "
                '{"image": "/static/photo.jpg"}, not a mapping'
            ),
        ),
        (
            [{"insert": "a", "attributes": {"colour": "red"}}],
            'ops[0] has an unknown attribute "colour" (did you mean "color"?)',
        ),
        ([{"insert": "a", "attributes": {7: "red"}}], "ops[0] has an unknown attribute 7"),
        (
            [{"insert": "a", "attributes": {"header": 1}}],
            'expected "header" on the "\\n" that ends its line: ops[0] has none',
        ),
        (
            [{"insert": {"image": "/a"}, "attributes": {"list": "bullet"}}],
            'expected "list" on the "\\n" that ends its line: ops[0] has none',
        ),
        ([{"insert": "a", "attributes": {"alt": "x"}}], 'expected "alt" on an image: ops[0] is text'),
        (
            [{"insert": "a\n", "attributes": {"header": 1, "list": "bullet"}}],
            'a line can\'t be "list" and "header" at once: ops[0]',
        ),
    ],
)  # fmt: skip
def test_what_is_no_document_is_an_error(value: object, message: str) -> None:
    with pytest.raises(ValueError) as raised:
        checked_delta(value)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    "url",
    [PNG, "/a.png", "photos/a.png", "https://example.org/a.png", "//example.org/a.png", PNG.replace("png", "webp")],
)
def test_images_of_these_addresses_are_kept(url: str) -> None:
    ops = [{"insert": {"image": url}}, {"insert": "\n"}]
    assert checked_delta(ops) == cleaned_delta(ops) == ops


@pytest.mark.parametrize(
    "insert",
    [
        {"image": "data:image/svg+xml;base64,AA=="}, {"image": "data:image/svg+xml,<svg onload=alert(1)>"},
        {"image": "data:text/html;base64,AA=="}, {"image": "data:image/png,<b>"}, {"image": "javascript:alert(1)"},
        {"image": "java\nscript:alert(1)"}, {"image": "mailto:a@b.c"}, {"image": ""}, {"image": 7}, {"image": None},
        {"image": "/a.png", "video": "/a.mp4"}, {"video": "/a.mp4"}, {"formula": "x"}, {}, None, 7, HUGE,
        ["a"], True,
    ],
)  # fmt: skip
def test_other_embeds_are_an_error_or_left_out(insert: object) -> None:
    with pytest.raises(ValueError, match=r"^expected the insert of ops\[0\]"):
        checked_delta([{"insert": insert}])
    assert cleaned_delta([{"insert": insert}, {"insert": "a\n"}]) == [{"insert": "a\n"}]


def test_neighbours_that_are_equal_become_one() -> None:
    bold = {"bold": True}
    assert checked_delta(
        {
            "ops": [
                {"insert": "a", "attributes": bold},
                {"insert": "", "attributes": {"italic": True}},
                {"insert": "b", "attributes": {"bold": True, "italic": None}},
                {"insert": "c\n"},
                {"insert": "d"},
                {"insert": {"image": "/a"}},
                {"insert": {"image": "/a"}},
            ]
        }
    ) == [
        {"insert": "ab", "attributes": bold},
        {"insert": "c\nd"},
        {"insert": {"image": "/a"}},
        {"insert": {"image": "/a"}},
        {"insert": "\n"},
    ]


def test_formats_stand_where_they_belong() -> None:
    given_ = [{"insert": "a\nb", "attributes": {"bold": True, "align": "right"}}, {"insert": "\n"}]
    expected = [
        {"insert": "a", "attributes": {"bold": True}},
        {"insert": "\n", "attributes": {"align": "right"}},
        {"insert": "b", "attributes": {"bold": True}},
        {"insert": "\n"},
    ]
    assert checked_delta(given_) == cleaned_delta(given_) == expected


def test_code_has_no_formats_and_no_images() -> None:
    code = {"code-block": "python"}
    assert cleaned_delta(
        [
            {"insert": "a", "attributes": {"bold": True}},
            {"insert": {"image": "/a"}},
            {"insert": "b"},
            {"insert": "\n", "attributes": {**code, "align": "right", "indent": 1, "list": "bullet"}},
        ]
    ) == [{"insert": "ab"}, {"insert": "\n", "attributes": code}]


def test_a_line_is_one_thing() -> None:
    both = {"blockquote": True, "header": 2, "list": "bullet", "indent": 1}
    assert cleaned_delta([{"insert": "\n", "attributes": both}]) == [
        {"insert": "\n", "attributes": {"list": "bullet", "indent": 1}}
    ]


@pytest.mark.parametrize(
    "ops", [None, 7, "text", [], [None, 7, "a", [], {}, {"retain": 3}], {"ops": None}, {"ops": [[]]}]
)
def test_what_is_nothing_is_an_empty_document(ops: object) -> None:
    assert cleaned_delta(ops) == [{"insert": "\n"}]


def test_attributes_that_are_none_are_left_out() -> None:
    for attributes in (None, [], 7, "bold", {7: True}, {"x": 1, "bold": {}, "__proto__": []}):
        assert cleaned_delta([{"insert": "a\n", "attributes": attributes}]) == [{"insert": "a\n"}]


def test_text_has_line_ends_and_characters_that_html_can_hold() -> None:
    assert cleaned_delta([{"insert": "a\r\nb\rc\x00\x0b\x7f\x85\ud800\t\xa0😀"}]) == [{"insert": "a\nb\nc\t\xa0😀\n"}]


def test_lines() -> None:
    image = {"insert": {"image": "/a"}}
    ops = [
        {"insert": "a"},
        {"insert": "b", "attributes": {"bold": True}},
        {"insert": "\n\n", "attributes": {"header": 1}},
        image,
        {"insert": "\nc\nd"},
    ]
    assert list(lines(ops)) == [
        Line([{"insert": "a"}, {"insert": "b", "attributes": {"bold": True}}], {"header": 1}),
        Line([], {"header": 1}),
        Line([image], {}),
        Line([{"insert": "c"}], {}),
        Line([{"insert": "d"}], {}),
    ]


def test_plain_text() -> None:
    ops = [
        {"insert": "a\n"},
        {"insert": {"image": "/a"}},
        {"insert": "b", "attributes": {"bold": True}},
        {"insert": "\n\n"},
    ]
    assert plain_text(ops) == "a\nb\n"
    assert plain_text([{"insert": "\n"}]) == plain_text([]) == ""


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.builds(lambda: 10**5000),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ANY_OPS = st.lists(
    st.fixed_dictionaries({"insert": st.text(max_size=5) | st.just({"image": "/a"}) | ANYTHING})
    | st.fixed_dictionaries(
        {
            "insert": st.text(max_size=5),
            "attributes": st.dictionaries(st.sampled_from([*FORMATS]), ANYTHING, max_size=3),
        }
    )
    | ANYTHING,
    max_size=5,
)


@settings(deadline=None, max_examples=60)
@given(ANY_OPS)
def test_what_is_cleaned_is_a_document(ops: list[object]) -> None:
    cleaned = cleaned_delta(ops)
    assert checked_delta(cleaned) == cleaned_delta(cleaned) == cleaned
    assert cleaned[-1]["insert"].endswith("\n")


@settings(deadline=None, max_examples=60)
@given(ANYTHING)
def test_what_is_checked_is_a_document_or_a_value_error(value: object) -> None:
    try:
        checked = checked_delta(value)
    except ValueError as error:
        assert str(error)[0].islower()
        assert not str(error).endswith(".")
    else:
        assert cleaned_delta(value) == checked
