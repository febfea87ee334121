from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.messages import (
    Change,
    ClientState,
    Presence,
    PresenceAsked,
    StateAsked,
    asking_for_state,
    change,
    denied,
    presence,
    read_message,
)

NUMBERS = st.integers(0, 2**53 - 1)
STATES = st.builds(ClientState, NUMBERS, NUMBERS, st.text())


@given(st.binary())
def test_sync_messages_are_read_as_they_were_written(data: bytes) -> None:
    assert read_message(asking_for_state(data)) == StateAsked(data)
    assert read_message(change(data)) == Change(data, is_answer=False)
    assert read_message(change(data, is_answer=True)) == Change(data, is_answer=True)


@given(st.lists(STATES, max_size=5))
def test_presence_is_read_as_it_was_written(states: list[ClientState]) -> None:
    assert read_message(presence(states)) == Presence(tuple(states))


def test_bytes_are_those_of_y_protocols() -> None:
    assert asking_for_state(b"\x00") == b"\x00\x00\x01\x00"
    assert change(b"\x00\x00", is_answer=True) == b"\x00\x01\x02\x00\x00"
    assert change(b"\x00\x00") == b"\x00\x02\x02\x00\x00"
    assert presence([ClientState(300, 1, "{}")]) == b"\x01\x07\x01\xac\x02\x01\x02{}"
    assert denied("no") == b"\x02\x00\x02no"
    assert read_message(b"\x03") == PresenceAsked()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "ends too early"),
        (b"\x80", "ends too early"),
        (b"\xff" * 20, "number in it is too large"),
        (b"\x00", "ends too early"),
        (b"\x00\x00\x05abc", "shorter than it says"),
        (b"\x00\x03\x00", "no sync message of type 3"),
        (b"\x02\x00\x00", "no message of type 2"),
        (b"\x09", "no message of type 9"),
        (b"\x00\x00\x00\x00", "after its end"),
        (b"\x03\x00", "after its end"),
        (b"\x01\x05\x01\x01\x01\x01\xff", "UTF-8"),
        (b"\x01\x02\xe9\x07", "at most 1000 clients"),
        (b"\x01\x01\x01", "ends too early"),
    ],
)
def test_what_is_no_message_is_told(data: bytes, why: str) -> None:
    with pytest.raises(BadMessage, match=why):
        read_message(data)


@given(st.binary(max_size=60))
def test_anything_is_a_message_or_is_told(data: bytes) -> None:
    try:
        message = read_message(data)
    except BadMessage:
        return
    assert isinstance(message, StateAsked | Change | Presence | PresenceAsked)
