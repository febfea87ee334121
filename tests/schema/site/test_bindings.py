from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.schema.expressions.expressions import Expression, ExpressionFailed, Template, as_text, parse
from livepages.schema.site.bindings import Binding, Nested, leaves, lookup_in, replace, substitute
from tests.schema.expressions.random_expressions import NAMES, PLAIN, sources

FAILED = object()
WORDS = st.text("ab -", min_size=1, max_size=4)


def template(text: str) -> Template:
    found = parse(text)
    assert found is not None
    return found


def templates(names: tuple[str, ...]) -> st.SearchStrategy[Template]:
    """Templates that read at least one name, of one expression or of texts and expressions in turn."""
    expression = sources(names).map(lambda source: f"${{{source}}}")
    others = st.lists(st.one_of(WORDS, expression), max_size=2).map("".join)
    return st.tuples(others, expression, others).map("".join).map(template).filter(lambda found: bool(found.names))


def bindings(names: tuple[str, ...]) -> st.SearchStrategy[Binding]:
    leaf = st.one_of(PLAIN, templates(names))
    tree = st.recursive(
        leaf, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3))
    )
    nested = tree.filter(lambda value: isinstance(value, list | dict) and bool(leaves(value))).map(Nested)
    return st.one_of(templates(names), nested)


def value_in(value: Any, outer: Mapping[str, Any]) -> Any:
    """What a value, or a binding over the names of another place, comes to."""
    return value.evaluate(lookup_in(outer)) if isinstance(value, Binding) else value


def put_in(binding: Binding, values: Mapping[str, Any], outer: Mapping[str, Any]) -> Any:
    try:
        return value_in(substitute(binding, values), outer)
    except ExpressionFailed:
        return FAILED


def with_both(binding: Binding, values: Mapping[str, Any], outer: Mapping[str, Any]) -> Any:
    try:
        return binding.evaluate(lambda name: value_in(values.get(name), outer))
    except ExpressionFailed:
        return FAILED


@given(
    bindings(NAMES),
    st.fixed_dictionaries({name: st.one_of(PLAIN, templates(("x", "y"))) for name in NAMES}),
    st.fixed_dictionaries({"x": PLAIN, "y": PLAIN}),
)
def test_putting_in_then_evaluating_is_evaluating_with_both(
    binding: Binding, values: dict[str, Any], outer: dict[str, Any]
) -> None:
    assert put_in(binding, values, outer) == with_both(binding, values, outer)


@given(bindings(NAMES), st.fixed_dictionaries(dict.fromkeys(NAMES, PLAIN)))
def test_with_plain_values_nothing_is_left_to_evaluate(binding: Binding, values: dict[str, Any]) -> None:
    try:
        put = substitute(binding, values)
    except ExpressionFailed:
        put = FAILED
    assert not isinstance(put, Binding)
    assert put == with_both(binding, values, {})


@given(bindings(NAMES), st.fixed_dictionaries({name: st.one_of(PLAIN, templates(("x", "y"))) for name in NAMES}))
def test_what_is_left_reads_only_names_of_the_other_place(binding: Binding, values: dict[str, Any]) -> None:
    try:
        put = substitute(binding, values)
    except ExpressionFailed:
        return
    if isinstance(put, Binding):
        assert {name.partition(".")[0] for name in put.names} <= {"x", "y"}
        assert put.names


def test_an_only_expression_keeps_its_type() -> None:
    assert substitute(template("${a}"), {"a": [1]}) == [1]
    assert substitute(template("${a}"), {"a": None}) is None
    assert substitute(template("${a.b}"), {"a": {"b": 3}}) == 3
    assert substitute(template("${a + 1}"), {"a": 3}) == 4
    inner = template("${x}")
    assert substitute(template("${a}"), {"a": inner}) == inner


def test_a_template_in_the_place_of_a_name() -> None:
    put = substitute(template("${(a | upper)[0]}"), {"a": template("to ${x}")})
    assert isinstance(put, Template)
    assert (put.names, put.evaluate({"x": "me"}.get)) == (("x",), "T")
    put = substitute(template("Dear ${a}!"), {"a": template("to ${x}")})
    assert put.evaluate({"x": "me"}.get) == "Dear to me!"


def test_a_list_with_expressions_in_the_place_of_a_name() -> None:
    inner = Nested([template("${x}"), {"b": template("${y + 1}")}, 2])
    put = substitute(template("${a}"), {"a": inner})
    assert put.evaluate({"x": 5, "y": 6}.get) == [5, {"b": 7}, 2]
    assert substitute(template("${a[2]}"), {"a": inner}).evaluate({"y": 0}.get) == 2


def test_names_of_elsewhere_stay() -> None:
    put = substitute(template("${a + b}"), {"a": 1})
    assert put.names == ("b",)
    assert put.evaluate({"a": 100, "b": 2}.get) == 3


def test_what_tells_the_time_is_not_put_in_for_good() -> None:
    put = substitute(template("${a | ago}"), {"a": "2000-01-01"})
    assert isinstance(put, Template)
    assert put.names == ("now",)
    assert not put.is_constant


def test_a_value_that_does_not_fit_is_found_when_it_is_put_in() -> None:
    with pytest.raises(
        ExpressionFailed, match=r'^\+ needs two numbers, two texts or two lists, not "x" and 1; ~ joins'
    ):
        substitute(template("${a + 1}"), {"a": "x"})


def test_expressions_that_grow_with_each_component_end() -> None:
    value = template("${x}")
    with pytest.raises(ExpressionFailed, match=r"^expected a smaller expression"):
        for _ in range(40):
            value = substitute(template("${a ~ a}"), {"a": value})
    value = template("${x}")
    with pytest.raises(ExpressionFailed, match=r"^expected a smaller expression"):
        for _ in range(400):
            value = substitute(template("${a + 1}"), {"a": value})


def test_only_entries_of_mappings_are_read() -> None:
    class Secret:
        token = "s"

    scope = lookup_in({"a": {"b": {"c": 1}}, "secret": Secret(), "text": "abc"})
    found = [template(f"${{{path}}}").evaluate(scope) for path in ("a.b.c", "a.x.c", "x", "secret.token", "text.upper")]
    assert found == [1, None, None, None, None]


def test_leaves_and_replacing() -> None:
    one, two = template("${a}"), template("x${b + a}")
    value = {"k": [one, 1, {"m": two}], "n": "text"}
    assert leaves(value) == (one, two)
    assert Nested(value).names == ("a", "b")
    assert [read.dotted for read in Nested(value).reads] == ["a", "b", "a"]
    replaced = replace(value, lambda found: as_text(found.names))
    assert replaced == {"k": ['["a"]', 1, {"m": '["b", "a"]'}], "n": "text"}


def test_an_expression_alone_can_be_substituted_too() -> None:
    (part,) = template("${a + b}").parts
    assert isinstance(part, Expression)
    assert part.substitute({"a": 1, "b": 2}) == 3
