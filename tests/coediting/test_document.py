from __future__ import annotations

import logging
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.coediting.beginnings import SEED
from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.messages import ClientState
from livepages.coediting.reader import TOO_LARGE, UNSAVED, Refused
from livepages.coediting.stores.store import MemoryStore, StoreError
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.limits import Limits
from tests.coediting.hostile.updates import backwards
from tests.coediting.readers import Peer, SlowStore, document

SMALL = Limits(document_size=300)


def test_what_one_writes_the_others_get() -> None:
    held, one, other = document(), Peer(), Peer()
    one.joins(held)
    other.joins(held)
    assert one.writes(held, 0, "hello")
    assert (str(held.text), str(other.text)) == ("hello", "hello")
    assert len(one.told) == 2  # a question and an answer: its own change does not come back


def test_a_reader_is_asked_what_it_has() -> None:
    held, one = document(), Peer()
    one.text.insert(0, "from afar")
    one.joins(held)
    (asked,) = one.questions
    held.change(one.doc.get_update(asked.state), one)
    assert str(held.text) == "from afar"


def test_a_change_goes_no_further_in_a_document_that_can_not_be_kept(caplog: pytest.LogCaptureFixture) -> None:
    store = SlowStore()
    held, one = document(store), Peer()
    one.joins(held)
    work = held.changing(backwards(5, 1_000), one)
    while not store.waiting:
        next(work)
    store.keep(StoreError("no space"))
    with pytest.raises(Refused) as refused:
        next(work)
    assert refused.value.code == UNSAVED
    assert one.refused == [(UNSAVED, "The server can't save this document at the moment.")]


def test_a_change_goes_no_further_in_a_document_that_is_out_of_memory() -> None:
    held, one = document(), Peer()
    work = held.changing(backwards(5, 1_000), one)
    next(work)
    held.close()
    with pytest.raises(Refused):
        next(work)


def test_nobody_is_told_before_it_is_kept() -> None:
    store = SlowStore()
    held, one, other, late = document(store), Peer(), Peer(), Peer()
    one.joins(held)
    other.joins(held)
    one.writes(held, 0, "a")
    late.joins(held)
    assert (str(held.text), str(other.text), str(late.text)) == ("a", "", "")
    store.keep()
    assert (str(other.text), str(late.text)) == ("a", "a")


def test_what_cant_be_kept_nobody_is_told_and_all_are_sent_away(caplog: pytest.LogCaptureFixture) -> None:
    store = SlowStore()
    held, one, other = document(store), Peer(), Peer()
    one.joins(held)
    other.joins(held)
    one.writes(held, 0, "a")
    with caplog.at_level(logging.ERROR):
        store.keep(StoreError("the disk is full"))
    reason = "The server can't save this document at the moment."
    assert (str(other.text), one.refused, other.refused) == ("", [(UNSAVED, reason)], [(UNSAVED, reason)])
    assert held.is_lost
    assert caplog.messages == ["The document notes can't be saved: the disk is full"]


def test_the_servers_own_change_is_one_update_for_all() -> None:
    held, one = document(), Peer()
    one.joins(held)
    with held.writing() as text:
        text.insert(0, "b")
        text.insert(0, "a")
    assert (str(one.text), len(one.told)) == ("ab", 3)


def test_only_changes_of_readers_are_told_to_the_site() -> None:
    changes: list[str] = []
    held, one = document(changes=changes), Peer()
    one.joins(held)
    with held.writing() as text:
        text.insert(0, "server")
    assert changes == []
    one.writes(held, 0, "one")
    assert changes == ["notes"]
    held.change(one.doc.get_update(), one)
    assert changes == ["notes"]


def test_what_builds_on_what_is_not_here_changes_nothing() -> None:
    held, one, other = document(), Peer(), Peer()
    one.joins(held)
    other.joins(held)
    first = one.does(lambda text: text.insert(0, "a"))
    second = one.does(lambda text: text.insert(1, "b"))
    assert held.change(second, one) is False
    assert (str(held.text), str(other.text)) == ("", "")
    assert held.change(first, one) is True
    assert (str(held.text), str(other.text)) == ("a", "a")
    assert held.change(second, one) is True
    assert (str(held.text), str(other.text)) == ("ab", "ab")


def test_what_deletes_what_is_not_here_changes_nothing() -> None:
    held, one = document(), Peer()
    one.joins(held)
    written = one.does(lambda text: text.insert(0, "abc"))
    deleted = one.does(lambda text: text.clear())
    assert held.change(deleted, one) is False
    assert held.change(written, one) is True
    assert held.change(deleted, one) is True
    assert str(held.text) == ""


def test_many_write_at_random_and_all_that_is_whole_is_taken() -> None:
    held, peers = document(is_rich=True), [Peer() for _ in range(4)]
    chance = random.Random(1)
    for peer in peers:
        peer.joins(held)
    for number in range(300):
        peer = chance.choice(peers)
        if number % 5 or len(peer.text) < 2:
            place = chance.randrange(len(str(peer.text)) or 1)
            assert peer.writes(held, place, chance.choice(("x", "yz", "w")))
        else:
            size = {"size": f"{number}px"}
            assert held.change(peer.does(lambda text, size=size: text.format(0, len(text), size)), peer)
        if number % 7 == 0 and len(peer.text) > 3:
            assert held.change(peer.does(lambda text: text.__delitem__(slice(1, 3))), peer)
    assert {str(peer.text) for peer in peers} == {str(held.text)}


@pytest.mark.parametrize("update", [b"", b"\x01", b"nonsense", b"\xff" * 50])
def test_what_is_no_update_changes_nothing(update: bytes) -> None:
    held, one = document(), Peer()
    one.joins(held)
    one.writes(held, 0, "a")
    with pytest.raises(BadMessage):
        held.change(update, one)
    with pytest.raises(BadMessage):
        held.since(b"\xff\xff")
    assert str(held.text) == "a"


@given(st.binary(max_size=40))
@settings(max_examples=300)
def test_any_bytes_leave_the_document_whole(update: bytes) -> None:
    held, one, other = document(), Peer(), Peer()
    one.joins(held)
    one.writes(held, 0, "text")
    try:
        held.change(update, one)
    except BadMessage:
        assert str(held.text) == "text"
    other.joins(held)
    assert str(other.text) == str(held.text)


def test_a_full_document_takes_nothing_but_deletions() -> None:
    held, one = document(limits=SMALL), Peer()
    one.joins(held)
    one.writes(held, 0, "x" * 200)
    with pytest.raises(Refused, match=r"This document is full: it can have 300 bytes") as refused:
        one.writes(held, 0, "y" * 200)
    assert refused.value.code == TOO_LARGE
    other = Peer()
    other.joins(held)
    assert held.change(other.does(lambda text: text.clear()), other)
    assert str(held.text) == ""


def test_a_site_keeps_so_many_documents_and_says_so_to_who_writes_in_another() -> None:
    store, one = MemoryStore(), Peer()
    store.append("other", SEED, lambda _: None)
    held = document(store, Limits(documents=1), initial="Hello")
    one.joins(held)
    with pytest.raises(Refused, match="There are 1 documents already, which is all that this site keeps"):
        one.writes(held, 0, "a")
    assert (str(held.text), store.count()) == ("Hello", 1)


def test_a_plain_document_becomes_a_rich_one_with_a_line_break_at_its_end() -> None:
    held, one = document(), Peer()
    one.joins(held)
    one.writes(held, 0, "plain")
    for _ in range(2):
        held.follow(DocumentUse("notes", is_rich=True, max_length=3))
        assert (str(held.text), str(one.text), held.max_length) == ("plain\n", "plain\n", 3)


def test_text_beyond_the_length_is_taken_out_again() -> None:
    held, one, other = document(max_length=5), Peer(), Peer()
    one.joins(held)
    other.joins(held)
    one.writes(held, 0, "abc")
    other.writes(held, 3, "😀é-too-much")
    assert str(held.text) == "abc😀é"
    assert (str(one.text), str(other.text)) == ("abc😀é", "abc😀é")


def test_the_last_line_break_of_a_rich_document_does_not_count() -> None:
    held, one = document(is_rich=True, max_length=3), Peer()
    one.joins(held)
    one.writes(held, 0, "abcd")
    assert str(held.text) == "abc\n"


def test_a_long_log_becomes_one_update() -> None:
    store = MemoryStore()
    held, one = document(store), Peer()
    one.joins(held)
    for index in range(1_000):
        one.writes(held, index, "x")
    assert store.log_size("notes") < 17_000
    assert str(document(store).text) == "x" * 1_000


def test_what_can_not_be_read_any_more_is_set_aside(caplog: pytest.LogCaptureFixture) -> None:
    store = MemoryStore()
    one = Peer()
    store.append("notes", one.does(lambda text: text.insert(0, "good")), lambda _: None)
    store.append("notes", b"damaged", lambda _: None)
    with caplog.at_level(logging.ERROR):
        held = document(store)
    assert str(held.text) == "good"
    assert "The document 'notes' was damaged" in caplog.text


def test_cursors_are_told_to_all_others_and_go_with_their_reader() -> None:
    held, one, other, late = document(), Peer(), Peer(), Peer()
    one.joins(held)
    other.joins(held)
    state = ClientState(7, 1, '{"cursor":1}')
    held.tell_of([state], one, 0.0)
    late.joins(held)
    assert (one.presences, [each.states for each in other.presences]) == ([], [(state,)])
    assert [each.states for each in late.presences] == [(state,)]
    held.leave(one)
    assert other.presences[-1].states == (ClientState(7, 1, "null"),)
    assert not held.is_idle
    held.leave(other)
    held.leave(late)
    assert held.is_idle


def test_a_document_keeps_its_text_when_its_fields_become_others() -> None:
    store = MemoryStore()
    rich, plain = {"is_rich": True}, {"is_rich": False}
    peer = Peer()
    first = document(store, **rich)
    peer.joins(first)
    peer.writes(first, 0, "all of our work")
    for use, text in ((plain, "all of our work\n"), (rich, "all of our work\n")):
        assert str(document(store, **use).text) == text
    other = MemoryStore()
    peer = Peer()
    first = document(other, **plain)
    peer.joins(first)
    peer.writes(first, 0, "plain")
    first.follow(DocumentUse("notes", is_rich=True))
    for use in (rich, plain, rich):
        assert str(document(other, **use).text) == "plain\n"


def test_what_will_never_be_kept_is_not_loaded_for_good() -> None:
    store = SlowStore()
    ann, bob, late = Peer(), Peer(), Peer()
    first = document(store, is_rich=False)
    ann.joins(first)
    store.keep()
    ann.writes(first, 0, "lost ")
    second = document(store, is_rich=False)
    second.join(late)
    bob.joins(second)
    assert (str(second.text), late.refused) == ("lost ", [])
    store.keep(StoreError("the disk is full"))
    assert second.is_lost
    assert [code for code, _ in late.refused] == [4500]
