from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from livepages.schema.findings.snippet import WIDTH, Snippet, printable, snippet
from livepages.schema.findings.source import Position, Source


def at(line: str, column: int, length: int = 1) -> Snippet:
    return snippet(Position(Source(Path("x"), "x", line), 1, column, length))


def test_carets_stand_under_the_stretch() -> None:
    assert at("  clases: m-2", 3, 6) == ("  clases: m-2", "  ^^^^^^")


def test_tabs_become_four_spaces() -> None:
    assert at("\ta:\tb", 5) == ("    a:    b", " " * 10 + "^")
    assert at("\ta", 1) == ("    a", "^^^^")


def test_wide_and_combining_characters() -> None:
    assert at("日本: x", 3) == ("日本: x", "    ^")
    assert at("日本: x", 1, 2) == ("日本: x", "^^^^")
    assert at("e\u0301: x", 3) == ("e\u0301: x", " ^")


def test_after_the_end_of_the_line() -> None:
    assert at("a:", 3) == ("a:", "  ^")
    assert at("a:", 3, 9) == ("a:", "  ^")
    assert at("a:", 99) == ("a:", "  ^")
    assert at("", 1) == ("", "^")


def test_a_stretch_ends_with_its_line() -> None:
    assert at("abc", 2, 50) == ("abc", " ^^")


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "".join(str(number % 10) for number in range(1000))
    middle = at(line, 501, 3)
    assert middle.text == "…" + line[460:560] + "…"
    assert middle.carets == " " * 41 + "^^^"
    assert at(line, 1, 3) == (line[:100] + "…", "^^^")
    assert at(line, 1000) == ("…" + line[900:], " " * 100 + "^")
    assert at(line, 501, 400).carets == " " * 41 + "^" * 60


def test_characters_that_could_fool_a_terminal_are_not_shown() -> None:
    assert at("a\x1b[31m\u202eb", 8) == ("a\ufffd[31m\ufffdb", " " * 7 + "^")
    assert printable("a\x1b[0m\r\nb\tc") == "a\ufffd[0m b\tc"


@settings(deadline=None)
@given(
    st.text("ab \t日é\u0301☃", max_size=WIDTH * 2),
    st.integers(1, WIDTH * 2),
    st.integers(1, 30),
)
def test_the_caret_is_as_far_right_as_its_character(line: str, column: int, length: int) -> None:
    text, carets = at(line, column, length)
    start = min(column - 1, len(line))
    cut = text.startswith("…")
    first = max(0, min(start - 40, len(line) - WIDTH)) if cut else 0
    before = ("…" if cut else "") + line[first:start].replace("\t", "    ")
    assert len(carets) - len(carets.lstrip()) == cell_len(before)
    assert set(carets.strip()) == {"^"}
    assert text.startswith(before.rstrip())
