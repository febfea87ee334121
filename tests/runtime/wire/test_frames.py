"""Frames of the server, and the short ones of its tabs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.runtime.sockets.direct_protocol import short_texts
from livepages.runtime.wire.frame import frame_of, text_of
from tests.delivery.raw import BINARY, CLOSE, PING, TEXT, frame

SHORT = st.text(max_size=125).filter(lambda text: len(text.encode()) < 126)
MASKS = st.binary(min_size=4, max_size=4)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_message_of_any_size_is_framed_as_the_standard_says(size: int) -> None:
    made = frame_of(b"x" * size)
    assert made == frame(TEXT, b"x" * size, mask=None)
    assert text_of(made) == "x" * size


@given(st.lists(st.tuples(SHORT, MASKS), min_size=1, max_size=5))
def test_short_texts_are_read_as_they_were_written(drawn: list[tuple[str, bytes]]) -> None:
    data = b"".join(frame(TEXT, text.encode(), mask=mask) for text, mask in drawn)
    assert short_texts(data) == [text for text, _ in drawn]


@given(st.lists(SHORT, min_size=1, max_size=3), st.data())
def test_what_is_cut_off_is_left_to_the_parser(texts: list[str], draw: st.DataObject) -> None:
    last = frame(TEXT, texts[-1].encode())
    whole = b"".join(frame(TEXT, text.encode()) for text in texts[:-1])
    assert short_texts(whole + last[: draw.draw(st.integers(1, len(last) - 1))]) == []


@pytest.mark.parametrize(
    "other",
    [
        frame(BINARY, b"{}"),
        frame(CLOSE, b"\x03\xe8"),
        frame(PING, b""),
        frame(TEXT, b"{", fin=False),
        frame(TEXT, b"{}", reserved=4),
        frame(TEXT, b"{}", mask=None),
        frame(TEXT, b"\xff"),
        frame(TEXT, b"x" * 126),
    ],
)
def test_anything_else_is_left_to_the_parser(other: bytes) -> None:
    assert short_texts(frame(TEXT, b"{}") + other) == []
    assert short_texts(other + frame(TEXT, b"{}")) == []
