"""The documents are true: the reference is the program's own, every example is run, and shows what is said of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.expressions.expressions import parse_expression
from livepages.schema.loader import load_site
from livepages.testing import open_site
from scripts.reference import FOLDER, written
from tests.doc_examples import DOCUMENTS, ROOT, Example, examples, scripts

EXAMPLES = [example for path in DOCUMENTS for example in examples(path)]
SHOWING = [example for example in EXAMPLES if example.shows is not None]
LONGEST = 600
"""Lines that a file of the reference may have."""

WORKED = re.compile(r"`([^`]+)` (?:→|\|) `([^`]+)`")
"""An expression with its value, in a line or in a table."""


@pytest.mark.parametrize("name", written())
def test_the_reference_is_up_to_date(name: str) -> None:
    path = FOLDER / name
    found = path.read_text(encoding="utf-8") if path.is_file() else ""
    is_current = found == written()[name]
    assert is_current, f"docs/reference/{name} is out of date: run python scripts/reference.py"
    assert found.count("\n") <= LONGEST


def test_the_reference_has_no_other_files() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(written())


def test_the_reference_has_every_element_type() -> None:
    told = {
        name
        for text in written().values()
        for name in re.findall(r"^(?:### |\| )`([a-z0-9]+)`(?:$| \|)", text, re.MULTILINE)
    }
    assert set(ELEMENT_TYPES) - told == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_examples_have_no_errors_and_no_warnings(example: Example, tmp_path: Path) -> None:
    assert example.findings(tmp_path) == ""


@pytest.mark.parametrize("example", SHOWING, ids=str)
async def test_examples_show_what_stands_below_them(example: Example, tmp_path: Path) -> None:
    async with open_site(example.write(tmp_path)) as site:
        assert (await site.open("/")).text == example.shows


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_elements_in_lines_are_valid(path: Path, tmp_path: Path) -> None:
    found = re.findall(r"`(- \w[^`]*)`", path.read_text(encoding="utf-8").replace("\\|", "|"))
    (tmp_path / "site.yaml").write_text("body:\n  - hr:\n" + "".join(f"  {line}\n" for line in found))
    assert load_site(tmp_path, ELEMENT_TYPES).pages


def worked() -> list[tuple[str, str]]:
    """The expressions of all documents, each with the value that is told."""
    texts = [re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in DOCUMENTS]
    pairs = [pair for text in texts for pair in WORKED.findall(text.replace("\\|", "|").replace("| `${", ""))]
    return [(source, value) for source, value in pairs if re.fullmatch(r"null|true|false|-?[\d.]+|[\"\[{].*", value)]


@pytest.mark.parametrize(("source", "value"), worked())
def test_expressions_have_the_values_that_are_told(source: str, value: str) -> None:
    assert parse_expression(source).evaluate(lambda _: None) == json.loads(value)


def test_all_filters_but_those_of_the_time_are_worked_out() -> None:
    sources = " ".join(source for source, _ in worked())
    titles = re.findall(r"^## `(\w+)", (FOLDER / "filters.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for name in titles if not re.search(rf"\| {name}\b", sources)} <= {"ago"}


def test_the_example_of_a_test_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = scripts(FOLDER / "testing.md")
    names: dict[str, Any] = {}
    monkeypatch.chdir(ROOT)
    exec(text, names)
    names["test_example"]()


async def test_the_handler_of_the_readme_adds_an_element(tmp_path: Path) -> None:
    (text,) = scripts(ROOT / "README.md")
    (tmp_path / "add.py").write_text(text, encoding="utf-8")
    yaml = "handlers: add.py\nbody: [{input: , on: {keydown.enter: add}}, {ul: , id: list}]\n"
    (tmp_path / "site.yaml").write_text(yaml, encoding="utf-8")
    async with open_site(tmp_path) as site:
        tab = await site.open()
        tab.find("input").fill("Tea")
        await tab.press("input", "Enter")
        assert [(each.text, each.classes) for each in tab["list"].children] == [("Tea", ("p-2",))]


def test_all_python_is_run() -> None:
    assert {path.name for path in DOCUMENTS if scripts(path)} == {"README.md", "testing.md"}


def test_links_lead_somewhere() -> None:
    for path in DOCUMENTS:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            if not link.startswith("/"):
                assert (path.parent / link).exists(), f"{path.relative_to(ROOT)}: {link}"
