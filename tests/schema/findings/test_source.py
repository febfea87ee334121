from pathlib import Path

from livepages.schema.findings.source import Position, Source


def source(text: str) -> Source:
    return Source(Path("/x/site.yaml"), "site.yaml", text)


def test_lines_of_all_systems() -> None:
    assert source("a\nb\r\nc\rd\n").lines == ("a", "b", "c", "d", "")


def test_line_counts_from_one_and_is_empty_outside_the_file() -> None:
    two = source("a\nb")
    assert [two.line(number) for number in (-1, 0, 1, 2, 3)] == ["", "", "a", "b", ""]


def test_other_line_separators_break_no_line() -> None:
    assert source("a\u2028b\x0bc").lines == ("a\u2028b\x0bc",)


def test_a_place_is_found_by_offset() -> None:
    text = source("a\r\nbcd\n")
    assert text.at(0) == Position(text, 1, 1, 1)
    assert text.at(4, 2) == Position(text, 2, 2, 2)
    assert text.at(7) == Position(text, 3, 1, 1)


def test_positions_are_written_as_editors_read_them() -> None:
    assert str(Position(source(""), 12, 7)) == "site.yaml:12:7"


def test_sources_are_equal_only_to_themselves() -> None:
    assert source("a") != source("a")
