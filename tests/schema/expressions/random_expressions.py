"""What the tests of expressions share: expressions made at random, and values for their names."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = ("a", "b", "c", "d")
"""The names that they read."""

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.text(max_size=5),
)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abk"), inner, max_size=3)),
    max_leaves=5,
)
"""Values of every type."""

OPERATORS = ("+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", ">=", "and", "or", "in", "not in")
FILTERS = ("upper", "length", "first", "default(3)", "string", "json", "abs", "sort", "keys", "map('k')", "where('a')")
LITERALS = ("1", "2.5", "0", "'tea'", '"k"', "true", "null", "[1, 'x']", "{a: 1, k: [2]}", "1..3")


def sources(names: tuple[str, ...] = NAMES) -> st.SearchStrategy[str]:
    """Texts of expressions."""
    leaf = st.sampled_from((*names, *LITERALS))

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(inner, st.sampled_from(OPERATORS), inner).map(lambda three: "({}) {} ({})".format(*three)),
            st.tuples(inner, inner, inner).map(lambda three: "({}) if ({}) else ({})".format(*three)),
            st.tuples(inner, st.sampled_from(FILTERS)).map(lambda two: "({}) | {}".format(*two)),
            st.tuples(inner, inner).map(lambda two: "({})[{}]".format(*two)),
            inner.map(lambda one: f"({one}).k"),
            inner.map(lambda one: f"not ({one})"),
            inner.map(lambda one: f"-({one})"),
            st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
            st.tuples(inner, inner).map(lambda two: "{{k: {}, 'a': {}}}".format(*two)),
        )

    return st.recursive(leaf, larger, max_leaves=8)
