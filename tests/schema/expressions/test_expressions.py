import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.schema.expressions.expressions import (
    Expression,
    ExpressionError,
    ExpressionFailed,
    Read,
    Template,
    as_text,
    parse,
    parse_expression,
)

VALUES = {
    "num": 3,
    "text": "hi",
    "params": {"num": 7},
    "none": None,
    "yes": True,
    "ratio": 0.1 + 0.2,
    "items": [1, "é"],
}


def value(text: str) -> object:
    template = parse(text)
    return template.evaluate(VALUES.get) if template else text


@pytest.mark.parametrize("text", ["", "plain", "$", "$5", "{x}", "$ {x}", "a}b", "$$"])
def test_text_without_expressions_is_no_template(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("name", ["num", "params", "none", "yes", "items", "gone"])
def test_a_whole_value_keeps_its_type(name: str) -> None:
    assert value(f"${{{name}}}") is VALUES.get(name)
    assert value(f"${{ {name}\n}}") is VALUES.get(name)


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
        ("${'}'}${'${'}", "}${"),
        ("${ {a: num}.a }${{a: {b: 1}}['a']}", '3{"b": 1}'),
        ("${num + 1} of ${params.num * 2}", "4 of 14"),
    ],
)
def test_texts_are_joined(text: str, expected: str) -> None:
    assert value(text) == expected


def test_parts_and_names() -> None:
    template = parse("a ${b.c} d ${e}${ b.c }")
    assert template is not None
    assert [part if isinstance(part, str) else (part.source, part.offset) for part in template.parts] == [
        "a ",
        ("b.c", 2),
        " d ",
        ("e", 11),
        ("b.c", 15),
    ]
    assert template.names == ("b.c", "e")
    assert [part.names for part in template.expressions] == [("b.c",), ("e",), ("b.c",)]
    assert parse("a ${b.c} d ${e}${ b.c }") == template


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("${votes.tea + votes['coffee']}", [("votes.tea", "votes.tea"), ("votes.coffee", "votes['coffee']")]),
        ("${votes[drink].count}", [("votes", "votes"), ("drink", "drink")]),
        ("${items[0].name}", [("items", "items")]),
        ("${(a.b).c | where('x', y)}", [("a.b.c", "a.b).c"), ("y", "y")]),
        ("x ${a if b else c} ${[d, {e: f}, 1..g]}", [(name, name) for name in "abcdfg"]),
        ("${not a and -b or c in d ~ a}", [("a", "a"), ("b", "b"), ("c", "c"), ("d", "d"), ("a", "a")]),
        ("${'a' ~ true ~ null ~ 1}", []),
    ],
)
def test_what_is_read_and_where(text: str, reads: list[tuple[str, str]]) -> None:
    template = parse(text)
    assert template is not None
    found = [(read.dotted, text[read.offset : read.offset + read.length]) for read in template.reads]
    assert found == reads
    assert template.names == tuple(dict.fromkeys(path for path, _ in reads))
    assert template.is_constant is not reads or not reads


def test_an_expression_without_brackets() -> None:
    expression = parse_expression("drink in votes.hot", 9)
    assert expression == Expression("votes.hot", 9, expression.tree)
    assert expression.reads == (Read(("votes", "hot"), 9, 9),)
    assert expression.evaluate({"votes": {"hot": [1]}}.get) == [1]


def test_an_expression_in_brackets_alone() -> None:
    assert parse_expression(" ${num + 1} ").evaluate(VALUES.get) == 4
    with pytest.raises(ExpressionError, match=r"^Only one expression can stand here\.$") as caught:
        parse_expression("${num} items")
    assert (caught.value.offset, caught.value.length) == (7, 5)
    with pytest.raises(ExpressionError, match=r"^This expression has more than 4,000 characters\.$"):
        parse_expression(f"'{'a' * 4000}'")
    with pytest.raises(ExpressionError, match=r"^There is no expression here\.$"):
        parse_expression("  ")


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
        ((1, [2]), "[1, [2]]"),
        (range(3), "[0, 1, 2]"),
    ],
)
def test_values_in_texts(given: object, expected: str) -> None:
    assert as_text(given) == expected


def test_texts_that_get_too_long() -> None:
    assert value("${'x' * 1000}y") == "x" * 1000 + "y"
    with pytest.raises(ExpressionFailed, match=r"^expected a text of at most 1,000,000 characters, not 1,000,001$"):
        value("${'x' * 1000000}y")


@pytest.mark.parametrize(
    ("text", "message", "stretch"),
    [
        ("a ${b", "This ${ is never closed by a }.", "${"),
        ("${a ${b}", "This ${ is never closed by a }.", "${"),
        ("${ {a: 1}", "This ${ is never closed by a }.", "${"),
        ("x ${}", "There is no expression between ${ and }.", "${}"),
        ("${  }", "There is no expression between ${ and }.", "${  }"),
        ("${num} ${a b}", 'Expected an operator, not "b".', "b"),
        ("$$${a b}", 'Expected an operator, not "b".', "b"),
        ("${a + }", "Expected a value after this.", "+"),
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
@given(st.text("${}ab.1 \n'|+([", max_size=20))
def test_an_error_points_into_its_text(text: str) -> None:
    if error := error_of(text):
        assert 0 <= error.offset < len(text)
        assert 0 < error.length <= len(text) - error.offset
        assert error.message.endswith(".")


@settings(deadline=None)
@given(st.text("${}a \n"))
def test_escaped_text_reads_as_itself(text: str) -> None:
    escaped = re.sub(r"\$+(?={)", lambda dollars: dollars[0] * 2, text)
    assert value(escaped + " ${num}") == text + " 3"


def test_templates_are_plain_values_that_can_be_compared() -> None:
    assert parse("${a | round(1)}") == parse("${a | round(1)}") != parse("${a | round(2)}")
    assert isinstance(hash(parse("${a.b} x")), int)
    assert isinstance(parse("x ${a}"), Template)
