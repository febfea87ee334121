"""Texts put together from parts that were compressed on their own."""

from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from livepages.runtime.wire.compression import Compressible, Part, Stored


@given(st.lists(st.tuples(st.sampled_from((Part, Stored)), st.binary(max_size=2_000))))
def test_any_parts_unpack_to_the_text(drawn: list[tuple[type[Part], bytes]]) -> None:
    text = Compressible(*(kind(plain) for kind, plain in drawn))
    assert text.plain == b"".join(plain for _, plain in drawn)
    assert gzip.decompress(text.compressed) == text.plain


def test_a_part_refers_to_nothing_before_it() -> None:
    part = Part(b"the same words again and again, " * 100)
    assert gzip.decompress(Compressible(part, Stored(b"!"), part).compressed) == part.plain + b"!" + part.plain
    assert len(part.packed) < 100
