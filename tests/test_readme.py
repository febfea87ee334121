"""The README is true: what it says of the command line, of handlers and of the language is there.

Its examples are run with those of all documents, in test_docs.py.
"""

from __future__ import annotations

import re

from typer.main import get_command
from typer.testing import CliRunner

from livepages import __version__
from livepages.cli import app
from livepages.components.table import ELEMENT_TYPES
from livepages.schema.code.handlers import EVENT_NAMES
from livepages.schema.site.limits import LIMIT_KEYS
from tests.doc_examples import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


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


def test_its_element_types_sites_and_limits_exist() -> None:
    assert {"icon", "image", "markdown"} <= set(ELEMENT_TYPES)
    for folder in re.findall(r"`(sites/\w+)`", README):
        assert (ROOT / folder / "site.yaml").is_file()
    (limits,) = re.findall(r"`limits: \{(.*?)\}`", README)
    assert {each.partition(":")[0].strip() for each in limits.split(",")} <= set(LIMIT_KEYS)


def test_version_is_that_of_the_package() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"livepages {__version__}\n")
