from __future__ import annotations

import pytest

from livepages.schema.site.events import (
    FLOW_MODIFIERS,
    GLOBAL_EVENTS,
    HELD_MODIFIERS,
    KEY_NAMES,
    EventSpec,
    milliseconds,
    modifiers_in_words,
    modifiers_of,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("500ms", 500), ("1s", 1000), ("1.5m", 90_000), ("2h", 7_200_000), ("1d", 86_400_000), (" 1 s ", 1000), ("0s", 0)],
)
def test_durations(text: str, expected: int) -> None:
    assert milliseconds(text) == expected


@pytest.mark.parametrize(
    ("value", "end"),
    [
        (500, 'not "500" (did you mean 500ms?)'),
        ("5", 'not "5" (did you mean 5s?)'),
        ("1 hour", 'not "1 hour"'),
        ("-1s", 'not "-1s"'),
        ("1e3s", 'not "1e3s"'),
        ("", 'not ""'),
        (None, "5m or 2h"),
        ([], "5m or 2h"),
        (True, 'not "True"'),
        ("9" * 400 + "d", "of at most 24d"),
        ("25d", "of at most 24d"),
    ],
)
def test_what_is_no_duration(value: object, end: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a duration") as error:
        milliseconds(value)
    assert str(error.value).endswith(end)


def test_modifiers() -> None:
    assert modifiers_of("keydown") == FLOW_MODIFIERS | HELD_MODIFIERS | KEY_NAMES
    assert modifiers_of("click") == FLOW_MODIFIERS | HELD_MODIFIERS
    assert modifiers_of("submit") == FLOW_MODIFIERS


@pytest.mark.parametrize("event", sorted(GLOBAL_EVENTS))
def test_the_words_name_modifiers_that_there_are(event: str) -> None:
    words = set(modifiers_in_words(event).replace(",", "").replace(";", "").rstrip(".").split())
    known = FLOW_MODIFIERS | HELD_MODIFIERS
    assert words & known == modifiers_of(event) & known


def test_tokens() -> None:
    assert EventSpec("keydown.enter", "save").token == "keydown.enter"
    assert EventSpec("input", "save", debounce=500).token == "input/d500"
    assert EventSpec("mousemove", "save", throttle=100).token == "mousemove/t100"
    assert EventSpec("keydown.enter").type == "keydown"
