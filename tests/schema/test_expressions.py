import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.schema.expressions import ExpressionError, Name, Template, as_text, parse

VALUES = {"num": 3, "text": "hi", "params.num": 7, "none": None, "yes": True, "ratio": 0.1 + 0.2, "items": [1, "é"]}


def value(text: str) -> object:
    template = parse(text)
    return template.evaluate(VALUES.__getitem__) if template else text


@pytest.mark.parametrize("text", ["", "plain", "$", "$5", "{x}", "$ {x}", "a}b", "$$"])
def test_text_without_expressions_is_no_template(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", ["${num}", "${ num }", "${params.num}", "${none}", "${yes}", "${items}"])
def test_a_whole_value_keeps_its_type(text: str) -> None:
    assert value(text) is VALUES[text[2:-1].strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n=${num}", "n=3"),
        ("${num}${params.num}", "37"),
        ("${text}, ${none}!", "hi, !"),
        ("${yes} ", "true "),
        ("${ratio} left", "0.3 left"),
        ("is ${items}", 'is [1, "é"]'),
        ("a\n${text}\nb", "a\nhi\nb"),
        ("$${num}", "${num}"),
        ("a $${ b", "a ${ b"),
        ("$$${num}", "$3"),
        ("$$$${num}", "$${num}"),
        ("$5 and ${num}", "$5 and 3"),
        ("$${a} ${num}", "${a} 3"),
        ("${num}}", "3}"),
    ],
)
def test_texts_are_joined(text: str, expected: str) -> None:
    assert value(text) == expected


def test_parts_and_names() -> None:
    template = parse("a ${b.c} d ${e}${b.c}")
    assert template == Template(("a ", Name("b.c", 2), " d ", Name("e", 11), Name("b.c", 15)))
    assert template.names == ("b.c", "e")


def test_a_lookup_may_raise() -> None:
    with pytest.raises(KeyError, match="gone"):
        value("${gone}")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (3.0, "3"),
        (0.1, "0.1"),
        (1e21, "1e+21"),
        (float("inf"), "inf"),
        ("x", "x"),
        ({"a": None}, '{"a": null}'),
    ],
)
def test_values_in_texts(given: object, expected: str) -> None:
    assert as_text(given) == expected


@pytest.mark.parametrize(
    ("text", "message", "stretch"),
    [
        ("a ${b", "This ${ is never closed by a }.", "${"),
        ("${a ${b}", "This ${ is never closed by a }.", "${"),
        ("x ${}", "There is no name between ${ and }.", "${}"),
        ("${  }", "There is no name between ${ and }.", "${  }"),
        ("${a + 1} x", '"a + 1" is not a name: only a name or a dotted name can stand in ${ }.', "${a + 1}"),
        ("${a|upper}", '"a|upper" is not a name: only a name or a dotted name can stand in ${ }.', "${a|upper}"),
        ("${1a}", '"1a" is not a name: only a name or a dotted name can stand in ${ }.', "${1a}"),
        ("${a.}", '"a." is not a name: only a name or a dotted name can stand in ${ }.', "${a.}"),
        ("${a..b}", '"a..b" is not a name: only a name or a dotted name can stand in ${ }.', "${a..b}"),
        ("$$${a b}", '"a b" is not a name: only a name or a dotted name can stand in ${ }.', "${a b}"),
    ],
)
def test_mistakes(text: str, message: str, stretch: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    error = caught.value
    assert error.message == message == str(error)
    assert text[error.offset : error.offset + error.length] == stretch


def error_of(text: str) -> ExpressionError | None:
    try:
        parse(text)
    except ExpressionError as error:
        return error
    return None


@settings(deadline=None)
@given(st.text("${}ab. \n", max_size=20))
def test_an_error_points_into_its_text(text: str) -> None:
    if error := error_of(text):
        assert text[error.offset :].startswith("${")
        assert 0 < error.length <= len(text) - error.offset


@settings(deadline=None)
@given(st.text("${}a \n"))
def test_escaped_text_reads_as_itself(text: str) -> None:
    escaped = re.sub(r"\$+(?={)", lambda dollars: dollars[0] * 2, text)
    assert value(escaped + " ${num}") == text + " 3"
