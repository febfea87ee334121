from __future__ import annotations

import subprocess
import sys

import pytest

from livepages import __version__
from tests.cli.program import ROOT, run

COMMANDS = ("serve", "check", "new", "tree", "schema", "components", "reference")


def test_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"livepages {__version__}\n")


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "livepages", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"livepages {__version__}\n"


def test_help_lists_all_commands() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert [name for name in COMMANDS if f"│ {name} " not in result.stdout] == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_of_a_command_has_examples(command: str, option: str) -> None:
    result = run(command, option)
    assert result.exit_code == 0
    assert "Examples" in result.stdout
    assert result.stdout.count(f"livepages {command}") >= 2


def test_without_a_command_there_is_help() -> None:
    result = run()
    assert "Usage: livepages" in result.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["serv"], "No such command 'serv'"),
        (["serve", "-p", "x"], "valid integer"),
        (["serve", "-p", "65536"], "less than or equal to 65535"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["new"], "Missing argument 'NAME'"),
        (["serve", "--prot", "1"], "No such option: --prot"),
    ],
)
def test_a_mistake_in_the_command_is_told_and_ends_with_2(arguments: list[str], sentence: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.output
