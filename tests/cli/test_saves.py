from __future__ import annotations

import pytest

from livepages.cli.saves import followed, listed, tell_save
from livepages.runtime.reload.change import Change
from livepages.runtime.reload.save import Followed, Refreshed, Refused
from livepages.schema.findings.diagnostics import Diagnostics


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            Change(("page /", "component message"), 3, 5),
            "page / and component message changed; 3 live pages and 5 tabs followed in 42 ms.",
        ),
        (Change(("handlers",), 1), "handlers changed; 1 live page followed in 42 ms."),
        (Change(("page /",)), "page / changed in 42 ms."),
        (
            Change(("page /",), 1, 1, 2),
            "page / changed; 1 live page and 1 tab followed in 42 ms; 2 tabs told to load the page anew.",
        ),
        (Change(), "nothing that the site shows or does changed (42 ms)."),
    ],
)
def test_a_line_says_what_changed_and_who_followed(change: Change, told: str) -> None:
    assert followed(change, 0.0423) == told


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c", "d"], "a, b, c and d"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
        (["a\x1b[31m"], "a\N{REPLACEMENT CHARACTER}[31m"),
    ],
)
def test_names(names: list[str], told: str) -> None:
    assert listed(names) == told


def test_a_save_is_a_line_and_one_for_each_note(capsys: pytest.CaptureFixture[str]) -> None:
    change = Change(("page /",), 1, 1, notes=("page /: the text of #title stays as its handler set it.",))
    tell_save(Followed(("board.py", "board.yaml"), change, 0.01))
    tell_save(Refreshed(("static/logo.png",), 2))
    tell_save(Refreshed(("static/a.png", "static/b.png"), 1))
    assert capsys.readouterr().out.splitlines() == [
        "board.py and board.yaml: page / changed; 1 live page and 1 tab followed in 10 ms.",
        "  page /: the text of #title stays as its handler set it.",
        "static/logo.png: 2 tabs told to load it anew.",
        "static/a.png and static/b.png: 1 tab told to load them anew.",
    ]


def test_a_broken_save_is_told_as_check_does(capsys: pytest.CaptureFixture[str]) -> None:
    findings = Diagnostics()
    findings.error("no-site", "There is no site.yaml in the folder board.")
    tell_save(Refused(("site.yaml",), findings))
    assert capsys.readouterr().err == (
        "error: There is no site.yaml in the folder board.\n\n1 error\nThe site goes on as it was.\n"
    )
