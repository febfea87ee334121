from __future__ import annotations

import json

import pytest

from livepages.coediting.protocol.awareness import OUTDATED, SILENT, Awareness
from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.messages import ClientState


def at(client: int, clock: int, place: int | None) -> ClientState:
    return ClientState(client, clock, json.dumps({"at": place}) if place is not None else "null")


def awareness_of(*sockets: str) -> Awareness:
    awareness = Awareness()
    for socket in sockets:
        awareness.join(socket)
    return awareness


def test_what_a_client_tells_is_told_on_and_kept() -> None:
    awareness = awareness_of("a", "b")
    assert awareness.take([at(1, 1, 5)], "a", 0) == [at(1, 1, 5)]
    assert awareness.take([at(1, 2, 6)], "a", 0) == [at(1, 2, 6)]
    assert list(awareness.states()) == [at(1, 2, 6)]


def test_what_is_old_is_not_told() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 5, 5)], "a", 0)
    assert awareness.take([at(1, 5, 6), at(1, 4, 7)], "a", 0) == []


def test_a_client_that_says_it_goes_is_gone() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    assert awareness.take([at(1, 1, None)], "a", 0) == [at(1, 2, None)]
    assert len(awareness) == 0


def test_a_client_that_said_it_goes_can_come_back_with_another_socket() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    awareness.take([at(1, 2, None)], "a", 0)
    assert awareness.leave("a") == []
    awareness.join("a2")
    assert awareness.take([at(1, 3, 6)], "a2", 0) == [at(1, 3, 6)]


def test_the_client_of_a_socket_that_is_gone_is_gone() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    awareness.take([at(2, 1, 7)], "b", 0)
    assert awareness.leave("a") == [at(1, 1, None)]
    assert list(awareness.states()) == [at(2, 1, 7)]
    assert awareness.leave("a") == []


def test_what_a_socket_passes_on_of_others_counts_for_nothing() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    awareness.take([at(2, 1, 7)], "b", 0)
    assert awareness.take([at(1, 1, 5), at(1, 9, 0), at(1, 9, None)], "b", 0) == []
    awareness.leave("b")
    assert list(awareness.states()) == [at(1, 1, 5)]


def test_a_client_that_comes_back_is_told_with_a_clock_that_the_others_take() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 7, 5)], "a", 0)
    assert awareness.leave("a") == [at(1, 7, None)]
    awareness.join("a2")
    assert awareness.take([at(1, 7, 5)], "a2", 0) == [at(1, 8, 5)]
    assert awareness.take([at(1, 8, 6)], "a2", 0) == [at(1, 9, 6)]


def test_a_client_can_come_back_when_its_old_socket_has_been_silent_for_long() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    awareness.join("a2")
    assert awareness.take([at(1, 2, 6)], "a2", SILENT) == []
    assert awareness.take([at(1, 2, 6)], "a2", SILENT + 1) == [at(1, 2, 6)]
    assert awareness.leave("a") == []
    assert list(awareness.states()) == [at(1, 2, 6)]


def test_nobody_takes_the_cursor_of_one_who_is_there() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    assert awareness.take([at(1, 2**52, 0)], "b", 1) == []
    assert awareness.take([at(1, 2, 6)], "a", 2) == [at(1, 2, 6)]


def test_what_is_passed_on_of_one_who_has_gone_does_not_bring_them_back() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 3, 5)], "a", 0)
    awareness.leave("a")
    assert awareness.take([at(1, 3, 5)], "b", 0) == []
    assert awareness.take([at(2, 1, 7)], "b", 0) == [at(2, 1, 7)]


def test_who_tells_nothing_for_long_is_forgotten() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    awareness.take([at(2, 1, 5)], "b", 10)
    assert awareness.forget_outdated(OUTDATED) == []
    assert awareness.forget_outdated(OUTDATED + 1) == [at(1, 1, None)]
    assert list(awareness.states()) == [at(2, 1, 5)]
    assert awareness.take([at(1, 2, 5)], "a", OUTDATED + 1) == [at(1, 2, 5)]


def test_who_has_been_forgotten_can_come_back_or_go() -> None:
    awareness = awareness_of("a", "b")
    awareness.take([at(1, 1, 5)], "a", 0)
    awareness.take([at(2, 1, 5)], "b", 0)
    awareness.forget_outdated(OUTDATED + 1)
    assert awareness.leave("a") == []
    assert awareness.take([at(2, 2, 6)], "b", OUTDATED + 2) == [at(2, 2, 6)]
    assert awareness.leave("b") == [at(2, 2, None)]


@pytest.mark.parametrize("text", ["", "nope", "[1]", "3", '"a"', "[" * 5000, '{"a": "' + "x" * 5000 + '"}'])
def test_a_state_is_an_object_of_some_size(text: str) -> None:
    with pytest.raises(BadMessage, match="what a client tells of itself"):
        awareness_of("a").take([ClientState(1, 1, text)], "a", 0)
