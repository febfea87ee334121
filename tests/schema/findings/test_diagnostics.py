from pathlib import Path

from livepages.schema.findings.diagnostics import Diagnostic, Diagnostics
from livepages.schema.findings.source import Position, Source

FIRST = Source(Path("a.yaml"), "a.yaml", "x: 1\ny: 2")
SECOND = Source(Path("b.yaml"), "b.yaml", "x: 1\ny: 2")


def messages(diagnostics: Diagnostics) -> list[str]:
    return [found.message for found in diagnostics]


def test_empty() -> None:
    diagnostics = Diagnostics()
    assert (list(diagnostics), len(diagnostics), diagnostics.has_errors) == ([], 0, False)


def test_findings_come_by_file_and_place_and_those_without_one_first() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("c", "five", Position(SECOND, 1, 1))
    diagnostics.error("c", "four", Position(FIRST, 2, 4))
    diagnostics.warning("c", "three", Position(FIRST, 2, 1))
    diagnostics.error("c", "two", Position(FIRST, 1, 9))
    diagnostics.error("c", "one")
    assert messages(diagnostics) == ["one", "two", "three", "four", "five"]


def test_findings_of_one_place_keep_their_order() -> None:
    diagnostics = Diagnostics()
    for word in ("b", "a", "c"):
        diagnostics.error("c", word, Position(FIRST, 1, 1))
    assert messages(diagnostics) == ["b", "a", "c"]


def test_the_same_finding_counts_once() -> None:
    diagnostics = Diagnostics()
    for _ in range(2):
        diagnostics.error("c", "m", Position(FIRST, 1, 1), hint="h")
    assert list(diagnostics) == [Diagnostic("error", "c", "m", Position(FIRST, 1, 1), "h")]


def test_warnings_are_no_errors() -> None:
    diagnostics = Diagnostics()
    diagnostics.warning("c", "w")
    assert not diagnostics.has_errors
    diagnostics.error("c", "e")
    assert diagnostics.has_errors
    assert (diagnostics.count("error"), diagnostics.count("warning"), len(diagnostics)) == (1, 1, 2)


def test_only_so_many_are_shown_and_errors_before_warnings() -> None:
    diagnostics = Diagnostics(limit=2)
    for word in ("w1", "w2", "w3"):
        diagnostics.warning("c", word)
    diagnostics.error("c", "e1")
    assert messages(diagnostics) == ["e1", "w1", "... and 2 more."]
    assert [found.severity for found in diagnostics] == ["error", "warning", "warning"]
    for word in ("e2", "e3"):
        diagnostics.error("c", word)
    assert messages(diagnostics) == ["e1", "e2", "... and 4 more."]
    assert [found.severity for found in diagnostics] == ["error", "error", "error"]
    assert (len(diagnostics), diagnostics.count("error")) == (6, 3)


def test_collections_can_be_joined() -> None:
    one, other = Diagnostics(), Diagnostics()
    one.error("c", "a")
    other.error("c", "a")
    other.error("c", "b")
    one.extend(other)
    assert messages(one) == ["a", "b"]
