from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import SITES, run, write_site

BROKEN = """\
title: Broken
handlers: acts.py
body:
  - dvi: Hello
  - button: Send
    on: {click: sned}
"""
ACTS = "def send():\n    pass\n"
WARNED = "params: {n: integer}\nbody: [hello]\n"


@pytest.mark.parametrize(
    ("name", "counted"),
    [("clock", "1 page, 1 element"), ("board", "1 page, 13 elements"), ("countdown", "1 page, 2 elements")],
)
def test_a_site_without_mistakes(name: str, counted: str) -> None:
    result = run("check", SITES / name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"No problems: {counted}.\n", "")


def test_all_mistakes_are_reported_with_their_places(tmp_path: Path) -> None:
    site = write_site(tmp_path, BROKEN, acts=ACTS)
    result = run("check", site)
    assert result.exit_code == 1
    assert f"{site}/site.yaml:4:5: error: " in result.stdout
    assert f"{site}/site.yaml:6:17: error: " in result.stdout
    assert 'Did you mean "send"?' in result.stdout
    assert result.stdout.endswith("2 errors\n")


def test_a_mistake_that_only_the_compiled_page_shows(tmp_path: Path) -> None:
    result = run("check", write_site(tmp_path, "body:\n  - p: [{div: x}]\n"))
    assert result.exit_code == 1
    assert "1 error\n" in result.stdout


def test_warnings_alone_end_with_0(tmp_path: Path) -> None:
    result = run("check", write_site(tmp_path, WARNED))
    assert result.exit_code == 0
    assert result.stdout.endswith("1 warning\n")


def test_handlers_are_imported_but_startup_does_not_run(tmp_path: Path) -> None:
    code = "print('imported')\ndef begin():\n    print('started')\n"
    result = run("check", write_site(tmp_path, "handlers: h.py\nstartup: begin\nbody: [hello]\n", h=code))
    assert result.stdout == "imported\nNo problems: 1 page, 1 element.\n"


def test_json(tmp_path: Path) -> None:
    site = write_site(tmp_path, BROKEN, acts=ACTS)
    result = run("check", site, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(entry["code"], entry["line"], entry["severity"]) for entry in found] == [
        ("unknown-element", 4, "error"),
        ("unknown-handler", 6, "error"),
    ]


def test_json_without_findings() -> None:
    result = run("check", SITES / "clock", "-f", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_github(tmp_path: Path) -> None:
    site = write_site(tmp_path, BROKEN, acts=ACTS)
    lines = run("check", site, "--format", "github").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"::error file={site}/site.yaml,line=4,col=5,endColumn=8,title=unknown-element::")


def test_github_without_findings_writes_nothing() -> None:
    result = run("check", SITES / "clock", "--format", "github")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_long_path_is_not_wrapped(tmp_path: Path) -> None:
    folder = tmp_path / ("a-long-name-" * 10)
    result = run("check", write_site(folder, "body:\n  - dvi: x\n"))
    assert result.stdout.splitlines()[0].startswith(f"{folder}/site.yaml:2:5: error: There is no element type")


@pytest.mark.parametrize("command", ["check", "tree", "serve"])
def test_no_site_is_one_sentence(tmp_path: Path, command: str) -> None:
    empty = run(command, tmp_path)
    missing = run(command, tmp_path / "nothing")
    assert (empty.exit_code, missing.exit_code) == (1, 1)
    assert (
        empty.stderr == f"Error: There is no site.yaml in the folder {tmp_path}. `livepages new NAME` makes a site.\n"
    )
    assert missing.stderr.startswith(f"Error: There is no file or folder {tmp_path}/nothing. ")
    assert empty.stdout == missing.stdout == ""


@pytest.mark.parametrize("command", ["tree", "serve"])
def test_a_broken_site_is_reported_before_anything_else(tmp_path: Path, command: str) -> None:
    result = run(command, write_site(tmp_path, BROKEN, acts=ACTS))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith("2 errors\n")


def test_an_empty_file(tmp_path: Path) -> None:
    result = run("check", write_site(tmp_path, ""))
    assert result.exit_code == 1
    assert result.stdout.endswith("1 error\n")


def test_what_the_time_or_markdown_gives_is_not_taken_for_constant(tmp_path: Path) -> None:
    body = 'title: ${now}\nbody: [{p: "${now}"}, {p: "${\'2020-01-01\' | ago}"}, {div: "${\'*a*\' | markdown}"}]\n'
    result = run("check", write_site(tmp_path / "site", body))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No problems: 1 page, 3 elements.\n", "")
