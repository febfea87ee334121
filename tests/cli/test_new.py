from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import SITES, run


def test_a_clock_unless_another_is_wanted(tmp_path: Path) -> None:
    target = tmp_path / "my site"
    result = run("new", target)
    assert result.exit_code == 0
    assert sorted(path.name for path in target.iterdir()) == ["clock.py", "livepages.schema.json", "site.yaml"]
    assert result.stdout.splitlines() == [
        f"Made {target} with clock.py, livepages.schema.json, site.yaml.",
        "What to do next:",
        f"  cd '{target}'",
        "  livepages serve",
    ]


@pytest.mark.parametrize("template", sorted(path.parent.name for path in SITES.glob("*/site.yaml")))
def test_every_template_makes_a_site_that_is_right(tmp_path: Path, template: str) -> None:
    assert run("new", tmp_path / "made", "--template", template).exit_code == 0
    assert run("check", tmp_path / "made").stdout.startswith("No problems: ")
    first, *_ = (tmp_path / "made" / "site.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=livepages.schema.json"
    schema = (tmp_path / "made" / "livepages.schema.json").read_text(encoding="utf-8")
    assert schema == run("schema").stdout
    assert json.loads(schema)["title"] == "A site of livepages"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    result = run("new", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path} is not empty; choose another name.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_an_unknown_template(tmp_path: Path) -> None:
    near, far = run("new", tmp_path / "made", "-t", "clok"), run("new", tmp_path / "made", "-t", "zzz")
    assert (near.exit_code, far.exit_code) == (1, 1)
    assert near.stderr == 'Error: There is no template "clok". Did you mean "clock"?\n'
    assert far.stderr.startswith('Error: There is no template "zzz". There are board, clock, countdown')
    assert not (tmp_path / "made").exists()
