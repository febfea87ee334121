"""Large updates in parts: each is an update of its own, and all of them lead where the whole does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Text, merge_updates

from livepages.coediting.protocol.encoding import BadMessage, number
from livepages.coediting.protocol.parts import AT_ONCE, MOST_RANGES, MOST_STRUCTS, Part, parts_of
from livepages.coediting.protocol.update import Clocks, Update, clocks_of
from tests.coediting.hostile.updates import backwards, item

Steps = list[tuple[str, int, int]]
STEPS = st.lists(
    st.tuples(st.sampled_from("insert insert format delete meet".split()), st.integers(0, 2), st.integers(0, 30)),
    max_size=40,
)


def written(steps: Steps, docs: list[Doc[Text]]) -> None:
    """Have several write, who now and then hear of one another."""
    for kind, who, at in steps:
        doc = docs[who]
        text = doc.get("text", type=Text)
        at = min(at, len(text))
        if kind == "insert":
            text.insert(at, "abc")
        elif kind == "format":
            text.format(at, min(len(text), at + 2), {"bold": True})
        elif kind == "delete":
            del text[at : min(len(text), at + 4)]
        else:
            doc.apply_update(docs[(who + 1) % len(docs)].get_update())


def taken_apart(data: bytes, clocks: Clocks, searches: int = 1) -> list[Part]:
    return [part for part in parts_of(Update.of(data), clocks, lambda: searches) if part is not None]


@given(STEPS, STEPS, st.integers(1, 4))
@settings(deadline=None)
def test_parts_lead_where_the_whole_does(before: Steps, steps: Steps, searches: int) -> None:
    docs: list[Doc[Text]] = [Doc(client_id=number) for number in (7, 5, 900)]
    written(before, docs)
    one, other = docs[0].get_update(), docs[0].get_state()
    written(steps, docs)
    for source in docs[1:]:
        docs[0].apply_update(source.get_update())
    copy: Doc[Text] = Doc()
    copy.apply_update(one)
    for part in taken_apart(docs[0].get_update(other), clocks_of(other), searches):
        clocks = clocks_of(copy.get_state())
        assert Update.of(part.data).builds_on(clocks)
        copy.apply_update(part.data)
        assert part.ends.items() <= clocks_of(copy.get_state()).items()
    assert copy.get("text", type=Text).diff() == docs[0].get("text", type=Text).diff()
    assert clocks_of(copy.get_state()) == clocks_of(docs[0].get_state())


def test_no_part_searches_for_more_places_than_it_may() -> None:
    update = backwards(6, 1_000)
    parts = taken_apart(update, {}, 30)
    assert [Update.of(part.data).structs[6].searches[-1] for part in parts] == [30] * 33 + [10]
    assert [part.ends for part in parts] == [{6: min(1_000, 30 * (each + 1))} for each in range(34)]
    assert [len(Update.of(part.data).structs[6]) for part in taken_apart(update, {6: 990}, 30)] == [10]


def test_what_is_not_much_is_one_part_as_it_came() -> None:
    update = backwards(6, 30)
    assert taken_apart(update, {}, 30) == [Part(update, {6: 30})]


def test_what_follows_what_the_same_client_wrote_needs_no_search() -> None:
    doc: Doc[Text] = Doc(client_id=5)
    text = doc.get("text", type=Text)
    with doc.transaction():
        for _ in range(3 * MOST_STRUCTS):
            text.insert_embed(len(text), {"image": "x"})
    parts = taken_apart(doc.get_update(), {})
    assert [len(Update.of(part.data).structs[5]) for part in parts] == [MOST_STRUCTS] * 3


def test_many_deletions_are_parted_and_in_order() -> None:
    doc: Doc[Text] = Doc(client_id=5)
    text = doc.get("text", type=Text)
    text += "ab" * 3 * MOST_RANGES
    whole, state = doc.get_update(), clocks_of(doc.get_state())
    ranges = [(2 * at, 1) for at in range(3 * MOST_RANGES)]
    backward = b"".join(number(start) + number(size) for start, size in reversed(ranges))
    update = b"\x00\x01\x05" + number(len(ranges)) + backward
    parts = taken_apart(update, state)
    assert [len(Update.of(part.data).deletions[5]) for part in parts] == [MOST_RANGES] * 3
    starts = [start for part in parts for start, _ in Update.of(part.data).deletions[5]]
    assert all(before < after for before, after in pairwise(starts))
    copy: Doc[Text] = Doc()
    copy.apply_update(whole)
    for part in parts:
        copy.apply_update(part.data)
    assert str(copy.get("text", type=Text)) == "b" * 3 * MOST_RANGES


def test_where_a_text_is_replaced_the_old_one_goes_first() -> None:
    """Else the two together could be longer than the field allows, and some of the new one would be taken out."""
    doc: Doc[Text] = Doc(client_id=5)
    text = doc.get("text", type=Text)
    text += "old"
    state = doc.get_state()
    with doc.transaction():
        for letter in "new":
            text.insert(0, letter)
        del text[3:]
        del text[0:1]
    copy: Doc[Text] = Doc()
    copy.apply_update(item(0, b"\x03old"))
    seen = []
    for part in taken_apart(doc.get_update(state), clocks_of(state)):
        copy.apply_update(part.data)
        seen.append(str(copy.get("text", type=Text)))
    assert seen == ["", "n", "en", "en"]


def test_what_is_deleted_beyond_what_is_brought_again_is_deleted() -> None:
    """As where somebody's first changes are merged with a later one, which takes out what the server has already."""
    doc: Doc[Text] = Doc(client_id=5)
    made: list[bytes] = []
    watching = doc.observe(lambda event: made.append(event.update))
    text = doc.get("text", type=Text)
    for letter in "abcdef":
        text.insert(0, letter)
    copy: Doc[Text] = Doc()
    copy.apply_update(doc.get_update())
    del text[0:2]
    for part in taken_apart(merge_updates(*made[:3], made[-1]), clocks_of(copy.get_state())):
        copy.apply_update(part.data)
    assert str(copy.get("text", type=Text)) == str(text) == "dcba"
    doc.unobserve(watching)


def test_what_is_deleted_goes_with_its_own_part() -> None:
    """Else a text could be too long for a moment, and what fits would be taken out."""
    count = MOST_RANGES + 100
    follows = b"".join(b"\x84\x05" + number(clock) + b"\x01d" for clock in range(2 * count))
    deleted = b"".join(number(2 * at + 1) + b"\x01" for at in range(count))
    update = b"\x01" + number(2 * count + 1) + item(0, b"\x01k")[2:-1] + follows + b"\x01\x05" + number(count) + deleted
    assert [len(Update.of(part.data).deletions[5]) for part in taken_apart(update, {})] == [count]


def test_there_are_pauses_however_many_clients_there_are() -> None:
    count = 5 * AT_ONCE
    chain = b"".join(
        b"\x01" + number(client) + b"\x00\x84" + number(client + 1) + b"\x00\x01a" for client in range(9, count + 9)
    )
    data = number(count + 1) + chain + b"\x01" + number(count + 9) + b"\x00\x04\x01\x04text\x01a\x00"
    update = Update(data)
    assert sum(1 for _ in update.reading()) >= 5
    parts = list(parts_of(update, {}, lambda: 500))
    assert parts[:10] == [None] * 10
    assert sum(len(part.ends) for part in parts if part is not None) == count + 1


def circle() -> bytes:
    """Two clients: the second thing of each stands behind the second of the other, and a third writes as he should."""
    five = b"\x02\x05\x00\x04\x01\x04text\x01a\x84\x06\x01\x01b"
    six = b"\x02\x06\x00\x04\x01\x04text\x01c\x84\x05\x01\x01d"
    seven = b"\x01\x07\x00\x04\x01\x04text\x01e"
    return b"\x03" + seven + five + six + b"\x00"


def test_what_builds_on_itself_in_a_circle_is_none() -> None:
    with pytest.raises(BadMessage, match="builds on itself"):
        taken_apart(circle(), {})


def test_clients_that_build_on_each_other_by_turns_are_put_in_order() -> None:
    docs: list[Doc[Text]] = [Doc(client_id=5), Doc(client_id=6)]
    for turn in range(50):
        doc, other = docs[turn % 2], docs[1 - turn % 2]
        text = doc.get("text", type=Text)
        text.insert(len(text) // 2, "ab")
        other.apply_update(doc.get_update(other.get_state()))
    update = merge_updates(*(doc.get_update() for doc in docs))
    parts = taken_apart(update, {})
    assert len(parts) == 50
    copy: Doc[Text] = Doc()
    for part in parts:
        copy.apply_update(part.data)
        assert clocks_of(copy.get_state()).items() >= part.ends.items()
    assert str(copy.get("text", type=Text)) == str(docs[0].get("text", type=Text))
