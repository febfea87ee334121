from __future__ import annotations

import pytest

from livepages.testing.fields import Field, merge, same


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("", "", "new", "new"),
        ("a", "ab", "x", "xb"),
        ("a", "ab", "ab", "ab"),
        ("a", "b", "x", "b"),
        (1, 2, 3, 2),
        (False, True, False, True),
        ("", "half", "", "half"),
    ],
)
def test_merging(base: object, mine: object, theirs: object, merged: object) -> None:
    assert merge(base, mine, theirs) == merged  # type: ignore[arg-type]


def test_true_is_not_one() -> None:
    assert not same(True, 1) and same(1, 1.0) and same([], [])


def test_what_comes_back_is_not_put_in_again() -> None:
    field = Field("text", "")
    field.held = "a"
    field.sent()
    field.held = "ab"
    field.receive("a", is_own=True)
    assert (field.held, field.waits) == ("ab", True)
    field.receive("", is_own=False)
    assert (field.held, field.base) == ("b", "")


@pytest.mark.parametrize(
    ("kind", "value"),
    [("checkbox", "on"), ("number", "3"), ("number", True), ("select-multiple", "a"), ("file", [1]), ("text", ["a"])],
)
def test_what_a_field_can_not_hold(kind: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"a field of the kind {kind} can't hold"):
        Field(kind, None).fit(value)


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [("text", None, ""), ("text", 3, "3"), ("number", "", None), ("file", None, []), ("select-multiple", ["a"], ["a"])],
)
def test_what_a_field_makes_of_values(kind: str, value: object, held: object) -> None:
    assert Field(kind, None).fit(value) == held
