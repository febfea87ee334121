import math

import pytest

from livepages.schema.yaml.scalars import CORE_TAG, ScalarValue, resolve_plain, resolve_tagged


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("0", 0),
        ("010", 10),
        ("-12", -12),
        ("+7", 7),
        ("0o17", 15),
        ("0xfF", 255),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1.25", -1.25),
        ("1e3", 1000.0),
        ("12.5E-1", 1.25),
        (".inf", math.inf),
        ("-.Inf", -math.inf),
        ("+.INF", math.inf),
    ],
)
def test_values_of_the_core_schema(text: str, value: ScalarValue) -> None:
    resolved = resolve_plain(text)
    assert (resolved, type(resolved)) == (value, type(value))


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    value = resolve_plain(text)
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "off",
        "yes",
        "no",
        "y",
        "n",
        "On",
        "NO",
        "tRUE",
        "nULL",
        "12:30",
        "1_000",
        "0b1",
        "0O17",
        "-0x1",
        "0x",
        "0o8",
        ".",
        "-",
        "+",
        "-.",
        ".e3",
        "1e",
        "1.2.3",
        "2024-01-02",
        "2024-01-02T10:00:00Z",
        "inf",
        "nan",
        "-.nan",
        ".iNF",
        "1,000",
        "½",
        "٣",
        "=",
        "<<",
    ],
)
def test_all_else_is_text(text: str) -> None:
    assert resolve_plain(text) == text


def test_a_number_of_absurd_length_is_text() -> None:
    assert resolve_plain("1" * 5000) == "1" * 5000
    assert resolve_plain("1" * 400) == int("1" * 400)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("str", "12", "12"),
        ("int", "12", 12),
        ("float", "12", 12.0),
        ("float", "1.5", 1.5),
        ("bool", "true", True),
        ("null", "", None),
    ],
)
def test_tags(tag: str, text: str, value: ScalarValue) -> None:
    resolved = resolve_tagged(CORE_TAG + tag, text)
    assert (resolved, type(resolved)) == (value, type(value))


@pytest.mark.parametrize(
    ("tag", "text"), [("int", "1.5"), ("int", "true"), ("float", "x"), ("float", "true"), ("bool", "1"), ("null", "0")]
)
def test_text_that_is_not_of_its_tag(tag: str, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        resolve_tagged(CORE_TAG + tag, text)


@pytest.mark.parametrize("tag", ["!", "str", "!include", CORE_TAG + "timestamp", CORE_TAG + "map"])
def test_other_tags(tag: str) -> None:
    with pytest.raises(KeyError):
        resolve_tagged(tag, "x")
