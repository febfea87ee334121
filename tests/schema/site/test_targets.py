"""What actions write, taken apart."""

from __future__ import annotations

import pytest

from livepages.schema.expressions.expressions import Expression, ExpressionError
from livepages.schema.site.actions import Target
from livepages.schema.site.targets import parse_target


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("votes", ()),
        (" votes ", ()),
        ("votes.tea", ("tea",)),
        ("votes['green tea']", ("green tea",)),
        ('votes["]"].a', ("]", "a")),
        ("votes['it\\'s']", ("it's",)),
        ("votes[0][-1]", (0, -1)),
        ("votes[1 + 1].a.b", (2, "a", "b")),
    ],
)
def test_steps_that_are_known_now(text: str, steps: tuple[str | int, ...]) -> None:
    assert parse_target(text) == ("votes", steps)


def test_steps_that_are_evaluated() -> None:
    root, steps = parse_target("rows[loop.index0][names[ drink ]].done")
    assert (root, steps[2]) == ("rows", "done")
    first, second = steps[:2]
    assert isinstance(first, Expression)
    assert isinstance(second, Expression)
    assert [read.path for read in first.reads] == [("loop", "index0")]
    assert [(read.path, read.offset) for read in second.reads] == [(("names",), 18), (("drink",), 25)]
    target = Target(root, steps)
    assert str(target) == "rows[loop.index0][names[ drink ]].done"
    assert target.expressions == (first, second)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", " "),
        ("3", "3"),
        ("votes.", "."),
        ("votes.3", ".3"),
        ("votes tea", " tea"),
        ("votes[tea", "["),
        ("votes['tea]", "["),
        ("votes[1.5]", "[1.5]"),
        ("votes[true]", "[true]"),
    ],
)
def test_what_is_no_target(text: str, wrong: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_target(text)
    error = caught.value
    assert f"{text} "[error.offset : error.offset + error.length] == wrong


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (Target("votes"), "votes"),
        (Target("votes", ("tea",)), "votes"),
        (Target("site", ("messages", 0)), "site.messages"),
        (Target("session", ("name",)), "session.name"),
    ],
)
def test_the_state_that_a_target_leads_into(target: Target, name: str) -> None:
    assert target.name == name
