"""What counts as a change of a file, and what as a file that is in the middle of being saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from livepages.runtime.reload.contents import Contents, Look

NOTHING = Look(frozenset(), True)
WAIT = Look(frozenset(), False)
HOUR = 3600


def aged(path: Path, content: str | None = None) -> Path:
    """A file that was written long ago; each time a little later."""
    before = path.stat().st_mtime if path.exists() else 1_000_000
    if content is not None:
        path.write_text(content)
    os.utime(path, (before + HOUR, before + HOUR))
    return path


def noted(*paths: Path) -> Contents:
    contents = Contents()
    contents.note(paths)
    return contents


def test_another_content_is_a_change_once(tmp_path: Path) -> None:
    file = aged(tmp_path / "a", "one")
    contents = noted(file)
    aged(file, "two")
    assert contents.look([file], patiently=True) == Look(frozenset([file]), True)
    assert contents.look([file], patiently=True) == NOTHING


def test_a_touch_and_the_same_content_again_are_none(tmp_path: Path) -> None:
    file = aged(tmp_path / "a", "one")
    contents = noted(file)
    assert contents.look([aged(file)], patiently=True) == NOTHING
    assert contents.look([aged(file, "one")], patiently=True) == NOTHING


@pytest.mark.parametrize("action", [Path.unlink, lambda path: path.write_text("")])
def test_a_file_that_is_emptied_or_taken_away_is_waited_for(tmp_path: Path, action: object) -> None:
    file = aged(tmp_path / "a", "one")
    contents = noted(file)
    assert callable(action)
    action(file)
    assert contents.look([file], patiently=True) == WAIT
    aged(file, "one")
    assert contents.look([file], patiently=True) == NOTHING
    action(file)
    assert contents.look([file], patiently=False) == Look(frozenset([file]), True)
    assert contents.look([file], patiently=True) == NOTHING


def test_a_file_that_was_just_written_is_waited_for(tmp_path: Path) -> None:
    file = aged(tmp_path / "a", "one")
    now = file.stat().st_mtime + HOUR
    contents = Contents(lambda: now)
    contents.note([file])
    aged(file, "half")
    assert contents.look([file], patiently=True) == WAIT
    aged(file, "whole")
    now += HOUR + 0.01
    assert contents.look([file], patiently=True) == Look(frozenset([file]), True)


def test_a_clock_that_is_behind_holds_nothing_up(tmp_path: Path) -> None:
    file = aged(tmp_path / "a", "one")
    contents = Contents(lambda: 0.0)
    contents.note([file])
    assert contents.look([aged(file, "two")], patiently=True) == Look(frozenset([file]), True)


def test_two_writes_at_the_same_time_on_the_clock_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    stamp = file.stat().st_mtime_ns
    contents = noted(file)
    file.write_text("two")
    os.utime(file, ns=(stamp, stamp))
    assert contents.look([file], patiently=True).changed == {file}


def test_a_missing_file_may_come_and_go(tmp_path: Path) -> None:
    file = tmp_path / "a"
    contents = noted(file)
    assert contents.look([file], patiently=True) == NOTHING
    aged(file, "")
    assert contents.look([file], patiently=True) == Look(frozenset([file]), True)
    file.unlink()
    assert contents.look([file], patiently=True) == Look(frozenset([file]), True)


def test_a_link_that_leads_elsewhere_is_a_change_if_the_content_is(tmp_path: Path) -> None:
    one, same, other = aged(tmp_path / "1", "x"), aged(tmp_path / "2", "x"), aged(tmp_path / "3", "y")
    link = tmp_path / "link"
    link.symlink_to(one)
    contents = noted(link)
    for target, changed in ((same, set()), (other, {link})):
        link.unlink()
        link.symlink_to(target)
        assert contents.look([link], patiently=True).changed == changed


def test_folders_and_names_that_are_none_are_no_files(tmp_path: Path) -> None:
    assert noted(tmp_path).look([tmp_path, tmp_path / "\0"], patiently=True) == NOTHING


def test_large_files_are_compared_by_size_and_time(tmp_path: Path) -> None:
    file = tmp_path / "film"
    with file.open("wb") as film:
        film.truncate(2**40)
    contents = noted(aged(file))
    assert contents.look([file], patiently=True) == NOTHING
    assert contents.look([aged(file)], patiently=True).changed == {file}


def test_what_is_forgotten_is_new(tmp_path: Path) -> None:
    file = aged(tmp_path / "a", "one")
    contents = noted(file)
    assert contents.below(tmp_path) == {file}
    contents.forget([file])
    assert contents.below(tmp_path) == frozenset()
    assert contents.look([file], patiently=True).changed == {file}
