"""Saving files while commands are at work that follow them."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.program import Program, program, write_site

GOOD = "body: [{h1: Hello}]\n"
BROKEN = "body: [{dvi: Hello}]\n"
VERDICT = r"── \d\d:\d\d:\d\d  %s; waiting for changes, Ctrl-C ends it"


def error_lines(running: Program, last: str) -> list[str]:
    """The lines of its errors up to one that begins in this way."""
    assert running.process.stderr is not None
    lines = []
    for line in running.process.stderr:
        lines.append(line.rstrip("\n"))
        if line.startswith(last):
            break
    return lines


def test_a_broken_save_is_told_and_the_site_goes_on(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD)
    with program("serve", site, "-p", "0") as served:
        served.url()
        assert served.line() == "Pages: /"
        assert served.line() == "Ctrl-C ends it."
        (site / "site.yaml").write_text(BROKEN)
        lines = error_lines(served, "The site goes on as it was.")
        ended = served.end(signal.SIGINT)
    assert lines[0].startswith(f"{site}/site.yaml:1:9: error: There is no element type")
    assert lines[-2] == "1 error"
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert ended.seconds < 10, "nothing was waited for; a busy machine is not a failure"


def test_a_static_file_is_told(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD)
    with program("serve", site, "-p", "0") as served:
        served.url()
        served.line()
        served.line()
        (site / "site.yaml").write_text(BROKEN)
        error_lines(served, "The site goes on as it was.")
        (site / "static").mkdir()
        (site / "static" / "logo.svg").write_text("<svg/>")
        assert served.line() == "static/logo.svg: 0 tabs told to load it anew."
        served.end(signal.SIGINT)


@pytest.mark.parametrize(
    ("options", "follows"),
    [
        ([], True),
        (["--no-reload"], False),
        (["--host", "0.0.0.0"], False),
        (["--host", "0.0.0.0", "--reload"], True),
    ],
)
def test_by_default_a_site_follows_its_files_where_only_this_machine_reaches_it(
    tmp_path: Path, options: list[str], follows: bool
) -> None:
    code = (
        "import threading\n"
        "def tell():\n    print('watching', any('watch' in each.name for each in threading.enumerate()), flush=True)\n"
    )
    site = write_site(tmp_path / "site", "handlers: h.py\nscope: shared\nevery: {1s: tell}\nbody: [x]\n", h=code)
    with program("serve", site, "-p", "0", *options) as served:
        told = []
        while len(told) < 2:
            line = served.line()
            told += [line] if line.startswith("watching") else []
        assert served.end(signal.SIGINT).code == 0
    assert told[1] == f"watching {follows}"


def test_check_again_and_again(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD)
    with program("check", site, "--watch") as checking:
        assert checking.line() == "No problems: 1 page, 1 element."
        assert re.fullmatch(VERDICT % "no errors", error_lines(checking, "──")[-1])
        (site / "site.yaml").write_text(BROKEN)
        assert checking.line().startswith(f"{site}/site.yaml:1:9: error: There is no element type")
        assert re.fullmatch(VERDICT % "1 error", error_lines(checking, "──")[-1])
        (site / "site.yaml").unlink()
        while not (line := checking.line()).startswith("error: "):
            pass
        assert line == f"error: There is no site.yaml in the folder {site}."
        (site / "site.yaml").write_text(GOOD)
        while not checking.line().startswith("No problems"):
            pass
        ended = checking.end(signal.SIGINT)
    assert ended.code == 130
    assert "Traceback" not in ended.err


def test_check_again_and_again_for_programs(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD)
    with program("check", site, "--watch", "--format", "json") as checking:
        assert checking.line() == "[]"
        (site / "site.yaml").write_text(BROKEN)
        assert [checking.line(), checking.line()] == ["[", "  {"]
        assert checking.end(signal.SIGINT).code == 130


def test_there_has_to_be_a_site_at_first(tmp_path: Path) -> None:
    with program("check", tmp_path, "--watch") as checking:
        ended = checking.end()
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"Error: There is no site.yaml in the folder {tmp_path}. `livepages new NAME` makes a site.\n"


def test_a_good_save_is_a_line_and_the_page_is_the_new_one(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD)
    with program("serve", site, "-p", "0") as served:
        url = served.url()
        served.line()
        served.line()
        (site / "site.yaml").write_text(GOOD.replace("Hello", "Bye"))
        assert re.fullmatch(r"site\.yaml: page / changed in \d+ ms\.", served.line())
        with urlopen(url) as answer:
            assert b">Bye</h1>" in answer.read()
        (site / "h.py").write_text("def begin():\n    1 / 0\n")
        (site / "site.yaml").write_text("handlers: h.py\nstartup: begin\nbody: [{h1: Bye}]\n")
        line = served.line()
        assert re.fullmatch(
            r"(h\.py and )?site\.yaml: startup and handlers changed; 1 live page followed in \d+ ms\.", line
        )
        assert served.line() == "  startup: it failed; the site goes on without it."
        ended = served.end(signal.SIGINT)
    assert "ZeroDivisionError" in ended.err
