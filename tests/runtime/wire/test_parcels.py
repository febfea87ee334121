from __future__ import annotations

from livepages.runtime.wire.parcels import MAX_BYTES, MAX_PARCELS, Parcel, Parcels


def test_a_parcel_can_be_taken_once() -> None:
    parcels = Parcels()
    token = parcels.add(Parcel(b"x", "text/plain"))
    assert len(token) >= 24
    assert parcels.take(token) == Parcel(b"x", "text/plain")
    assert parcels.take(token) is None
    assert parcels.take("other") is None


def test_the_oldest_go_when_there_are_too_many() -> None:
    parcels = Parcels()
    tokens = [parcels.add(Parcel(b"x", "text/plain")) for _ in range(MAX_PARCELS + 2)]
    assert [parcels.take(token) is None for token in (*tokens[:3], tokens[-1])] == [True, True, False, False]


def test_the_oldest_go_when_they_are_too_large() -> None:
    parcels, content = Parcels(), bytes(MAX_BYTES // 2)
    first, second, third = (parcels.add(Parcel(content, "text/plain")) for _ in range(3))
    assert parcels.take(first) is None
    assert parcels.take(second) is not None and parcels.take(third) is not None
    huge = parcels.add(Parcel(bytes(MAX_BYTES + 1), "text/plain"))
    assert parcels.take(huge) is not None
