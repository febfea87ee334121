"""What documents begin with: a line break, or the content of their fields, once."""

from __future__ import annotations

import pytest
from pycrdt import Doc, Text

from livepages.coediting.beginnings import ROOT, SEED, beginning_with
from livepages.coediting.document import Document
from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.stores.store import MemoryStore
from tests.coediting.readers import Peer, document


def test_the_seed_is_a_line_break_by_client_1() -> None:
    doc = Doc(client_id=1)
    doc.get(ROOT, type=Text).insert(0, "\n")
    assert doc.get_update() == SEED


def test_a_rich_document_ends_with_one_line_break_however_often_it_is_loaded() -> None:
    store = MemoryStore()
    first = document(store, is_rich=True)
    one = Peer()
    one.joins(first)
    assert store.count() == 0  # nothing has to be kept of what nobody has written in
    second = document(store, is_rich=True)
    one.joins(second)
    one.writes(second, 0, "a")
    third, late = document(store, is_rich=True), Peer()
    late.joins(third)
    assert (str(third.text), str(late.text), str(one.text)) == ("a\n", "a\n", "a\n")


def test_a_text_begins_once_with_what_its_field_says() -> None:
    store = MemoryStore()
    first, one = document(store, initial="Hello"), Peer()
    one.joins(first)
    assert (str(one.text), store.count()) == ("Hello", 0)  # nothing has to be kept of what nobody has written in
    one.writes(first, 5, "!")
    assert str(document(store, initial="Another").text) == "Hello!"
    with first.writing() as text:
        text.clear()
    assert str(document(store, initial="Hello").text) == ""


def test_what_a_field_begins_with_is_not_there_twice_after_a_server_has_forgotten_it() -> None:
    one = Peer()
    one.joins(document(initial="Hello"))
    again = document(initial="Hello")
    one.joins(again)
    (_, asked) = one.questions
    again.change(one.doc.get_update(asked.state), one)
    assert (str(again.text), str(one.text)) == ("Hello", "Hello")


def come_back(peer: Peer, held: Document) -> None:
    """Somebody who had the document of another server brings what this one lacks."""
    peer.joins(held)
    update = peer.doc.get_update(peer.questions[-1].state)
    assert held.change(update, peer)


def test_who_has_an_old_beginning_gets_the_new_one() -> None:
    store, one, other = MemoryStore(), Peer(), Peer()
    one.joins(document(initial="Hello"))
    held = document(store, initial="Good morning")
    other.joins(held)
    come_back(one, held)
    assert (str(held.text), str(one.text), str(other.text)) == ("Good morning",) * 3
    one.writes(held, 4, "!")
    other.writes(held, 0, "?")
    assert (str(held.text), str(one.text), str(other.text)) == ("?Good! morning",) * 3
    assert str(document(store, initial="Another").text) == "?Good! morning"


def test_who_has_written_in_an_old_beginning_keeps_it() -> None:
    one, other = Peer(), Peer()
    one.joins(document(initial="Hello"))
    one.does(lambda text: text.insert(5, ", everybody"))
    held = document(initial="Good morning", max_length=17)
    other.joins(held)
    come_back(one, held)
    assert (str(held.text), str(one.text), str(other.text)) == ("Hello, everybody",) * 3


def test_what_is_refused_does_not_take_the_beginning_out() -> None:
    held, one = document(initial="Hello"), Peer()
    one.joins(held)
    other = beginning_with("Good morning")
    circle = b"\x01\x05\x00\x84\x06\x00\x01a\x01\x06\x00\x84\x05\x00\x01b\x00"
    with pytest.raises(BadMessage, match="builds on itself"):
        held.change(b"\x03" + other[1:-1] + circle, one)
    assert (str(held.text), str(one.text)) == ("Hello", "Hello")


def test_what_is_written_in_two_beginnings_is_kept() -> None:
    one, other = Peer(), Peer()
    one.joins(document(initial="Hello"))
    one.does(lambda text: text.insert(5, "!"))
    held = document(initial="Good morning")
    other.joins(held)
    other.writes(held, 12, "?")
    come_back(one, held)
    assert sorted(str(held.text)) == sorted("Hello!Good morning?")
    assert (str(one.text), str(other.text)) == (str(held.text),) * 2


def test_an_old_beginning_goes_though_somebody_has_written_in_the_new_one() -> None:
    one, other = Peer(), Peer()
    one.joins(document(initial="Hello"))
    held = document(initial="Good morning")
    other.joins(held)
    other.writes(held, 12, "?")
    come_back(one, held)
    assert (str(held.text), str(one.text), str(other.text)) == ("Good morning?",) * 3


def test_what_a_document_begins_with_is_kept_and_told_to_nobody_again() -> None:
    store, one, other = MemoryStore(), Peer(), Peer()
    held = document(store, is_rich=True)
    one.joins(held)
    other.joins(held)
    told = len(other.told)
    assert one.writes(held, 0, "a")
    assert len(other.told) == told + 1
    assert store.load("notes")[0] == SEED
