"""What livepages says about sites with mistakes: the table in `bad/`, and what can't be written there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from livepages.schema.findings.diagnostics import Diagnostic
from livepages.schema.findings.reports import text_report
from tests.schema.bad_sites import BadSite, bad_sites, diagnostics_of, write_files

CASES = bad_sites()
JARGON = re.compile(
    r"Input should|unable to|valid (string|integer|dictionary)|NoneType|\bdict\b|\bNone\b|\bTrue\b|\bFalse\b|pydantic"
)
"""Words of pydantic and of Python that users of the language need not know."""


def write(folder: Path, text: str) -> Path:
    (folder / "site.yaml").write_text(text, encoding="utf-8")
    return folder / "site.yaml"


def messages(file: Path) -> list[str]:
    return [found.message for found in diagnostics_of(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_report_on_a_bad_site(case: BadSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, case.files)
    monkeypatch.chdir(tmp_path)
    assert text_report(diagnostics_of(Path("site.yaml"))).strip("\n") == case.report


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_style_of_messages(case: BadSite, tmp_path: Path) -> None:
    write_files(tmp_path, case.files)
    found = list(diagnostics_of(tmp_path / "site.yaml"))
    assert found
    for diagnostic in found:
        assert style_mistakes(diagnostic) == []


def style_mistakes(found: Diagnostic) -> list[str]:
    """What is not as in the other messages: one sentence, plain words, a place, and a hint that is a sentence too."""
    mistakes = []
    if not found.message.endswith(".") or found.message.endswith(".."):
        mistakes.append(f"no sentence: {found.message}")
    if found.hint is not None and (found.hint[-1] not in ".?:`" or found.hint.endswith("..")):
        mistakes.append(f"no sentence: {found.hint}")
    for text in (found.message, found.hint or ""):
        if JARGON.search(text):
            mistakes.append(f"jargon: {text}")
    if found.position is None:
        mistakes.append(f"no place: {found.message}")
    return mistakes


def test_the_table_is_large_and_its_names_are_unique() -> None:
    assert len(CASES) >= 100
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_an_error_not_a_crash(opening: str, tmp_path: Path) -> None:
    file = write(tmp_path, "body: " + ("\n" if opening == "- " else "") + opening * 200_000)
    assert messages(file) == ["Lists and mappings are nested more than 100 deep here."]


def test_components_nested_too_deep(tmp_path: Path) -> None:
    chain = "".join(f"  c{number}: {{body: [{{div: [{{c{number + 1}: }}]}}]}}\n" for number in range(600))
    file = write(tmp_path, f"components:\n{chain}  c600: {{body: [{{p: Hello}}]}}\nbody: [{{c0: }}]\n")
    expected = 'With all components put in, the elements of the component "c0" are nested more than 100 deep.'
    assert messages(file) == [expected]


def test_a_component_that_multiplies_its_mounts(tmp_path: Path) -> None:
    doubling = "".join(f"  c{number}: {{body: [{{c{number + 1}: }}, {{c{number + 1}: }}]}}\n" for number in range(12))
    text = f"shared: {{s: [{{p: Hello}}]}}\ncomponents:\n{doubling}  c12: {{body: [{{shared: s}}]}}\nbody: [{{c0: }}]\n"
    assert messages(write(tmp_path, text)) == ['The shared element "s" shows twice on the page /.']


def test_mistakes_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    file = write(tmp_path, "body:\n" + "  - dvi: Hello\n" * 300)
    report = text_report(diagnostics_of(file))
    assert report.count("There is no element type") == 200
    assert report.endswith("error: ... and 100 more.\n\n300 errors\n")


@pytest.mark.parametrize(
    ("key", "name"), [("handlers", "link.py"), ("css", "link.css"), ("body", "!include link.yaml")]
)
def test_a_link_out_of_the_folder_is_not_followed(key: str, name: str, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    folder.mkdir()
    link = name.removeprefix("!include ")
    (outside / link).write_text("")
    (folder / link).symlink_to(outside / link)
    (found,) = messages(write(folder, f"{key}: {name}\n" + "body: []\n" * (key != "body")))
    assert "is outside of the site" in found


@pytest.mark.parametrize("name", ['"a\\0.py"', "x" * 5000 + ".py", "loop.py"])
def test_names_that_can_be_no_files(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    (found,) = diagnostics_of(write(tmp_path, f"handlers: {name}\nbody: []\n"))
    assert (found.code, str(found.position)) == ("missing-file", f"{tmp_path}/site.yaml:1:11")


def test_a_folder_is_no_handler_module(tmp_path: Path) -> None:
    (tmp_path / "board.py").mkdir()
    file = write(tmp_path, "handlers: board.py\nbody: []\n")
    assert messages(file) == ['handlers: "board.py" can\'t be read.']


def test_a_large_style_sheet(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text(" " * (2 * 1024 * 1024 + 1))
    file = write(tmp_path, "css: style.css\nbody: []\n")
    assert messages(file) == ['css: "style.css" has more than 2 MiB.']


@pytest.mark.parametrize("code", [b"x = '\xff'\n", b"\0", b"# coding: wobble\n"])
def test_a_handler_module_that_is_not_text(code: bytes, tmp_path: Path) -> None:
    (tmp_path / "board.py").write_bytes(code)
    (found,) = diagnostics_of(write(tmp_path, "handlers: board.py\nbody: []\n"))
    assert found.code == "handler-syntax"
    assert str(found.position).startswith(f"{tmp_path}/board.py:1:")
    assert found.message.startswith("Python can't read this: ")


def test_a_syntax_error_that_the_code_itself_raises_shows_its_traceback(tmp_path: Path) -> None:
    (tmp_path / "board.py").write_text("compile('(', '<text>', 'eval')\n")
    (found,) = diagnostics_of(write(tmp_path, "handlers: board.py\nbody: []\n"))
    assert found.code == "handler-import"
    assert found.detail is not None
    assert found.detail.startswith('Traceback (most recent call last):\n  File "board.py", line 1, in <module>\n')


def test_a_mistake_in_an_installed_package_is_shown_where_the_site_calls_it(tmp_path: Path) -> None:
    package = tmp_path / ".venv" / "lib" / "site-packages"
    package.mkdir(parents=True)
    (package / "far.py").write_text("def call():\n    raise RuntimeError('no')\n")
    code = f"import importlib.util as u\ns = u.spec_from_file_location('far', r'{package / 'far.py'}')\n"
    code += "far = u.module_from_spec(s)\ns.loader.exec_module(far)\nfar.call()\n"
    (tmp_path / "board.py").write_text(code)
    (found,) = diagnostics_of(write(tmp_path, "handlers: board.py\nbody: []\n"))
    expected = 'Traceback (most recent call last):\n  File "board.py", line 5, in <module>\n    far.call()\n'
    assert found.detail == expected + "RuntimeError: no"
