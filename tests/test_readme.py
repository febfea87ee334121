"""The README is true: its examples load, and what it says of the command line is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from livepages.cli import app
from livepages.components.table import ELEMENT_TYPES
from livepages.schema.handlers import EVENT_NAMES
from livepages.schema.loader import load_site

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
YAML = [text for language, text in BLOCK.findall(README) if language == "yaml"]
MODULES = {
    Path(text.split("\n")[0].removeprefix("# ")).name: text
    for language, text in BLOCK.findall(README)
    if language == "python" and text.startswith("# ")
}
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", YAML)
def test_examples_load(text: str, tmp_path: Path) -> None:
    for name, code in MODULES.items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    if "body:" not in text:
        text += "pages:\n  /:\n    body:\n      - shared: news\n"
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    assert load_site(tmp_path, ELEMENT_TYPES).pages


def test_all_commands_and_options_are_told() -> None:
    told = re.findall(r"^\| `livepages (\w+)", README, re.MULTILINE)
    assert sorted(told) == sorted(COMMANDS)
    for line in re.findall(r"^\| `livepages \w+.*", README, re.MULTILINE):
        command = COMMANDS[line.split()[2].strip("`")]
        known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
        assert set(re.findall(r"--[\w-]+", line)) <= known
        assert {"--help"} | set(re.findall(r"--[\w-]+", line)) >= {name for name in known if name.startswith("--")}


def test_all_names_for_handlers_are_told() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)) == set(EVENT_NAMES)


def test_its_element_types_and_sites_exist() -> None:
    assert {"icon", "image", "markdown"} <= set(ELEMENT_TYPES)
    for folder in re.findall(r"`(sites/\w+)`", README):
        assert (Path(__file__).parent.parent / folder / "site.yaml").is_file()


def test_version_is_that_of_the_package() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
