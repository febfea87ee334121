"""What the reference is made from tells of all that there is, and its expressions have the values that it says."""

from __future__ import annotations

import msgspec
import pytest

from livepages.runtime.wire.wire import EventData
from livepages.schema.expressions.expressions import parse_expression
from livepages.schema.expressions.forms import FORMS, Form
from livepages.schema.expressions.operators import OPERATORS
from livepages.schema.reference.action_examples import ACTION_EXAMPLES
from livepages.schema.reference.key_examples import COMPONENT_EXAMPLES, PAGE_EXAMPLES, SITE_EXAMPLES
from livepages.schema.reference.topics import Topic, topics
from livepages.schema.site.action_keys import ACTION_KEYS, ACTION_OPTIONS, TIMES
from livepages.schema.site.events import FLOW_MODIFIERS, HELD_MODIFIERS, MODIFIERS
from livepages.schema.site.keys import COMPONENT_KEYS, PAGE_KEYS, SITE_KEYS
from livepages.schema.site.names import EVENT, EVENT_FIELDS, PRESENCE, RESERVED

TOPICS = {topic.name: topic for topic in topics()}


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_every_word_is_explained(topic: Topic) -> None:
    assert topic.doc.rstrip(":").endswith((".", "are"))
    names = [entry.name for entry in topic.entries]
    assert len(set(names)) == len(names) > 0
    assert [entry.name for entry in topic.entries if not entry.doc.endswith(".")] == []
    assert [part.name for entry in topic.entries for part in entry.parts if not part.doc.endswith(".")] == []


def test_keys_and_actions_have_examples() -> None:
    assert set(SITE_EXAMPLES) == set(SITE_KEYS)
    assert set(COMPONENT_EXAMPLES) == set(COMPONENT_KEYS)
    assert set(PAGE_EXAMPLES) == set(PAGE_KEYS) - {"description", "lang"}
    assert set(ACTION_EXAMPLES) == {*ACTION_KEYS, *ACTION_OPTIONS, *TIMES}


def test_what_events_tell_is_what_browsers_send() -> None:
    assert set(EVENT_FIELDS) == {field.name for field in msgspec.structs.fields(EventData)}
    assert set(MODIFIERS) == FLOW_MODIFIERS | HELD_MODIFIERS


def test_names_with_a_meaning_of_their_own_are_told() -> None:
    words = set("true false null and or not in if else".split())
    assert {entry.name for entry in TOPICS["Names"].entries} == RESERVED - words
    assert {*PRESENCE, *EVENT} <= RESERVED


def test_every_operator_is_told() -> None:
    words = {word for form in FORMS for word in form.written.split()}
    assert {*OPERATORS, "and", "or", "not", "if", "else", "|"} - {*words, "..", "not in"} == set()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.written)
def test_forms_have_the_values_that_are_told(form: Form) -> None:
    value = parse_expression(form.example).evaluate(lambda _: None)
    assert (value, type(value)) == (form.result, type(form.result))


def test_limits_are_told_as_a_file_has_them() -> None:
    told = {entry.name: entry.default for entry in TOPICS["Limits"].entries}
    assert (told["replay_time"], told["room_time"], told["stall_time"]) == ("5m", "1h", "30s")
    assert (told["tabs"], told["events_per_second"]) == ("20,000", "200")


def test_filters_are_told_with_their_brackets() -> None:
    (entry,) = (entry for entry in TOPICS["Filters"].entries if entry.name == "join")
    assert (entry.written, entry.takes) == ("join([separator], [key])", "a list")
    assert [(part.name, part.takes, part.default) for part in entry.parts] == [
        ("separator", "a text", "''"),
        ("key", "the name of an entry", ""),
    ]


def test_a_word_can_be_a_sign() -> None:
    found = {word: [e.name for e in TOPICS["Expressions"].entries if e.is_about(word)] for word in ("//", "in", "a")}
    assert found == {"//": ["a // b"], "in": ["a in b", "a not in b"], "a": []}
