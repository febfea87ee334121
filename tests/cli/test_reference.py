from __future__ import annotations

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.reference.topics import topics
from tests.cli.program import run


def test_the_list_has_every_topic_with_its_words() -> None:
    lines = run("reference").stdout.splitlines()
    for topic in topics():
        start = lines.index(topic.name)
        assert lines[start + 1] == topic.doc
        told = lines[start + 2 : start + 2 + len(topic.entries)]
        assert [line.strip().endswith(entry.doc) for line, entry in zip(told, topic.entries, strict=True)] == [
            True for _ in topic.entries
        ]


def test_a_filter() -> None:
    assert run("reference", "join").stdout == (
        "join([separator], [key]), filter\n"
        "The items of a list as one text.\n"
        "Takes a list.\n"
        "separator  What to put between them.        a text\n"
        "key        The entry of each item to take.  the name of an entry\n"
        "\n${['tea', 'cake'] | join(' and ')} → \"tea and cake\"\n"
    )


def test_an_action_with_an_example() -> None:
    assert run("reference", "toast").stdout == (
        "toast, action\n"
        "Show a short message: its text, or {text: Saved, kind: success}.\n"
        "Takes a text or a mapping.\n"
        "\n"
        "Example\n"
        "body:\n"
        "  - button: Save\n"
        "    on: {click: {toast: {text: Saved, kind: success}}}\n"
    )


def test_a_limit_with_its_default() -> None:
    assert run("reference", "room_time").stdout == (
        "room_time, limit\n"
        "How long a shared page with a parameter outlives its last tab.\n"
        "Takes a duration such as 500ms or 2s.\n"
        "Default: 1h.\n"
    )


def test_a_sign() -> None:
    told = "a // b, form of an expression\nThe quotient rounded down.\n\n${7 // 2} → 3\n"
    assert run("reference", "//").stdout == told


def test_all_that_a_word_means() -> None:
    told = run("reference", "title").stdout
    assert [line for line in told.splitlines() if line.startswith("title, ")] == [
        "title, key of a site",
        "title, key of a page",
        "title, filter",
    ]
    assert told.endswith(
        "\nProperty of elements\nall  A hint that is shown when the pointer rests on the element. Takes a text.\n"
    )


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (
            "placeholder",
            (
                "Property of elements\n"
                "editor and code     What shows while there is no text. Takes a text.\n"
                "input and textarea  A hint that shows while there is no value. Takes a text.\n"
                "select              What shows while nothing is chosen. Takes a text.\n"
            ),
        ),
        ("dblclick", "Event\nall  on: {dblclick: ...}\n"),
        ("reset", "Event\nform and fieldset  on: {reset: ...}\n"),
    ],
)
def test_properties_and_events_of_elements(word: str, told: str) -> None:
    assert run("reference", word).stdout == told


def test_an_element_is_told_as_by_components() -> None:
    assert run("reference", "dialog").stdout == run("components", "dialog").stdout
    assert "table" in ELEMENT_TYPES
    assert run("reference", "form").stdout.endswith("\nIt is an element type too: livepages components form\n")


def test_an_unknown_word() -> None:
    near, far = run("reference", "srot"), run("reference", "zzzz")
    assert (near.exit_code, far.exit_code) == (1, 1)
    assert near.stderr == 'Error: There is no "srot" in the language. Did you mean "sort"?\n'
    assert far.stderr == (
        'Error: There is no "zzzz" in the language. `livepages reference` and `livepages components` list the words.\n'
    )
