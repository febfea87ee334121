from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from livepages.schema.bindings import Binding, Nested, leaves, lookup_in, replace, substitute
from livepages.schema.expressions import Name, Template, as_text

NAMES = ("a", "b", "c", "d")
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5))
TEXTS = st.text(min_size=1, max_size=5)


def templates(names: tuple[str, ...]) -> st.SearchStrategy[Template]:
    """Templates as the parser makes them: no two texts beside each other, and a name in each."""
    part = st.one_of(TEXTS, st.sampled_from(names).map(lambda name: Name(name, 0)))
    return st.lists(part, min_size=1, max_size=5).map(joined).filter(lambda template: bool(template.names))


def joined(parts: list[str | Name]) -> Template:
    whole: list[str | Name] = []
    for part in parts:
        if isinstance(part, str) and whole and isinstance(whole[-1], str):
            whole[-1] += part
        else:
            whole.append(part)
    return Template(tuple(whole))


def bindings(names: tuple[str, ...]) -> st.SearchStrategy[Binding]:
    leaf = st.one_of(PLAIN, templates(names))
    tree = st.recursive(
        leaf, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3))
    )
    nested = tree.filter(lambda value: isinstance(value, list | dict) and bool(leaves(value))).map(Nested)
    return st.one_of(templates(names), nested)


def value_in(value: Any, outer: Mapping[str, Any]) -> Any:
    """What a value, or a binding over the names of another place, comes to."""
    return value.evaluate(lookup_in(outer)) if isinstance(value, Template | Nested) else value


@given(
    bindings(NAMES),
    st.fixed_dictionaries({name: st.one_of(PLAIN, templates(("x", "y"))) for name in NAMES}),
    st.fixed_dictionaries({"x": PLAIN, "y": PLAIN}),
)
def test_putting_in_then_evaluating_is_evaluating_with_both(
    binding: Binding, values: dict[str, Any], outer: dict[str, Any]
) -> None:
    expected = binding.evaluate(lambda path: value_in(lookup_in(values)(path), outer))
    assert value_in(substitute(binding, values), outer) == expected


@given(bindings(NAMES), st.fixed_dictionaries(dict.fromkeys(NAMES, PLAIN)))
def test_with_plain_values_nothing_is_left_to_evaluate(binding: Binding, values: dict[str, Any]) -> None:
    put = substitute(binding, values)
    assert not isinstance(put, Template | Nested)
    assert put == binding.evaluate(lookup_in(values))


@given(bindings(NAMES), st.fixed_dictionaries({name: st.one_of(PLAIN, templates(("x", "y"))) for name in NAMES}))
def test_what_is_left_reads_only_names_of_the_other_place(binding: Binding, values: dict[str, Any]) -> None:
    put = substitute(binding, values)
    if isinstance(put, Template | Nested):
        assert set(put.names) <= {"x", "y"}
        assert put.names


def test_an_only_expression_keeps_its_type() -> None:
    assert substitute(Template((Name("a", 0),)), {"a": [1]}) == [1]
    assert substitute(Template((Name("a", 0),)), {"a": None}) is None
    assert substitute(Template((Name("a.b", 0),)), {"a": {"b": 3}}) == 3
    inner = Template((Name("x", 0),))
    assert substitute(Template((Name("a", 0),)), {"a": inner}) == inner


def test_a_list_with_expressions_in_the_place_of_a_name() -> None:
    inner = Nested([Template((Name("x", 0),)), 2])
    assert substitute(Template((Name("a", 0),)), {"a": inner}) == inner


def test_lookups_read_mappings_only() -> None:
    class Secret:
        token = "s"

    lookup = lookup_in({"a": {"b": {"c": 1}}, "secret": Secret(), "text": "abc"})
    assert (lookup("a.b.c"), lookup("a.x.c"), lookup("x"), lookup("secret.token")) == (1, None, None, None)
    assert lookup("text.upper") is None


def test_leaves_and_replacing() -> None:
    one, two = Template((Name("a", 0),)), Template(("x", Name("b", 0)))
    value = {"k": [one, 1, {"m": two}], "n": "text"}
    assert leaves(value) == (one, two)
    assert Nested(value).names == ("a", "b")
    assert replace(value, lambda template: as_text(template.names)) == {"k": ['["a"]', 1, {"m": '["b"]'}], "n": "text"}
