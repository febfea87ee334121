from __future__ import annotations

import json

from livepages.runtime.wire.frame import Frame, text_of
from livepages.runtime.wire.operations import Remove
from livepages.runtime.wire.stream import Stream
from livepages.schema.site.limits import Limits


class Follower:
    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def send(self, frame: Frame) -> None:
        self.frames.append(frame)


def published(count: int, **limits: int) -> Stream:
    stream = Stream("page", Limits(**limits))
    for number in range(count):
        stream.publish([Remove(number)])
    return stream


def test_a_patch_goes_to_all_followers_as_the_same_bytes() -> None:
    stream, one, two = Stream("page"), Follower(), Follower()
    stream.followers.update({one: one, two: two})
    stream.publish([Remove(3)])
    assert one.frames[0] is two.frames[0]
    told = json.loads(text_of(one.frames[0]))
    assert told == {
        "type": "patch",
        "stream": "page",
        "prev": 0,
        "pos": 1,
        "ops": [["remove", 3]],
    }
    assert stream.at == f"{stream.epoch}:1"


def test_the_last_patches_are_kept() -> None:
    stream = published(5, replay_patches=3)
    assert stream.since(stream.epoch, 5) == []
    assert [json.loads(text_of(frame))["pos"] for frame in stream.since(stream.epoch, 2) or ()] == [3, 4, 5]
    assert stream.since(stream.epoch, 1) is None


def test_no_more_bytes_are_kept_than_allowed() -> None:
    stream = published(100, replay_bytes=500)
    kept = next(count for count in range(100) if stream.since(stream.epoch, 100 - count - 1) is None)
    assert 0 < kept < 10


def test_positions_of_other_lives_and_of_the_future_are_unknown() -> None:
    stream = published(2)
    assert stream.since("other", 2) is None
    assert stream.since(stream.epoch, 3) is None
    assert stream.since(stream.epoch, -1) is None
