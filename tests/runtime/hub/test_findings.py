"""What is wrong with a site, told to the tabs of those who develop it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.hub.findings import Findings
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import text_report
from livepages.schema.loader import read_site
from livepages.testing import OpenSite, Tab, open_site
from tests.runtime.support import write_site

SITE = """
every: {10s: tick}
pages:
  /: {body: [{p: Hello, id: out}, {button: Fail, on: {click: fail}}]}
  /start: {startup: fail, body: []}
  /timed: {scope: shared, every: {1s: fail}, body: []}
"""
HANDLERS = """
def fail(page):
    int("<b>")

def tick(site):
    raise RuntimeError("tock")
"""
BROKEN = """
body:
  - dvi: Hello
  - p: ${
"""


def read(folder: Path) -> Diagnostics:
    diagnostics = Diagnostics()
    read_site(folder, ELEMENT_TYPES, diagnostics)
    return diagnostics


def findings_of(site: OpenSite) -> Findings:
    findings: Findings = site.app.state.findings  # type: ignore[attr-defined]
    return findings


def tell(site: OpenSite, diagnostics: Diagnostics | None) -> None:
    findings_of(site).tell(diagnostics, site.app.state.hub.rooms.tabs)  # type: ignore[attr-defined]


def problems(tab: Tab) -> list[dict[str, Any]]:
    return [frame for frame in tab.frames if frame["type"] == "problems"]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "broken"
    folder.mkdir()
    return write_site(folder, BROKEN)


async def test_every_tab_gets_what_the_terminal_shows(tmp_path: Path, broken: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS), development=True) as site:
        tab, other = await site.open(), await site.open("/timed")
        diagnostics = read(broken)
        tell(site, diagnostics)
        await site.settle()
        (message,) = problems(tab)
        assert problems(other)[0] == message
        file = (broken / "site.yaml").as_posix()
        assert message["title"] == "site.yaml can't be loaded: 2 errors"
        assert [finding["where"] for finding in message["findings"]] == [f"{file}:2:5", f"{file}:3:8"]
        assert [finding["link"] for finding in message["findings"]] == [
            f"vscode://file{file}:2:5",
            f"vscode://file{file}:3:8",
        ]
        shown = "".join(f"{text}\n\n" for text in tab.problems) + "2 errors\n"
        assert shown == text_report(diagnostics)
        tell(site, None)
        await site.settle()
        assert problems(tab)[1] == {"type": "problems", "title": "", "findings": []}
        assert tab.problems == other.problems == []


async def test_a_traceback_in_a_finding_has_links_of_its_own(tmp_path: Path) -> None:
    folder = write_site(tmp_path, SITE, HANDLERS)
    async with open_site(folder, development=True) as site:
        tab = await site.open()
        write_site(tmp_path, SITE, "import os\n1 / 0\n")
        tell(site, read(folder))
        await site.settle()
        (finding,) = problems(tab)[0]["findings"]
        assert finding["links"] == {'File "handlers.py", line 2': f"vscode://file{folder}/handlers.py:2:1"}
        assert 'File "handlers.py", line 2' in finding["text"]


async def test_a_tab_that_comes_is_told_and_one_that_was_away_is_told_that_it_is_over(
    tmp_path: Path, broken: Path
) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS), development=True) as site:
        away = await site.open()
        assert problems(away) == []
        tell(site, read(broken))
        late = await site.open()
        types = [frame["type"] for frame in late.frames]
        assert len(late.problems) == 2 and types.index("problems") > types.index("ready")
        await site.settle()
        assert len(away.problems) == 2
        await away.disconnect()
        tell(site, None)
        await away.connect()
        assert away.problems == []


async def test_warnings_keep_nothing_from_being_loaded(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS), development=True) as site:
        tab = await site.open()
        diagnostics = Diagnostics()
        diagnostics.warning("short", "This is short.")
        tell(site, diagnostics)
        await site.settle()
        assert [message["findings"] for message in problems(tab)] == [[]]


async def test_errors_in_several_files_or_in_none(tmp_path: Path, broken: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS), development=True) as site:
        tab = await site.open()
        diagnostics = read(broken)
        diagnostics.error("lost", "There is no site.\x1b[0m")
        tell(site, diagnostics)
        await site.settle()
        (message,) = problems(tab)
        assert message["title"] == "The site can't be loaded: 3 errors"
        assert message["findings"][0] == {
            "where": "",
            "link": None,
            "text": "error: There is no site.\N{REPLACEMENT CHARACTER}[0m",
            "links": {},
        }


async def test_nobody_is_told_in_production(tmp_path: Path, broken: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        tab = await site.open()
        timed = await site.open("/timed")
        tell(site, read(broken))
        await timed.until(lambda: findings_of(site).development is False)
        await site.settle()
        await tab.click("Fail")
        assert problems(tab) == problems(await site.open()) == [] and timed.errors == []
        (error,) = tab.errors
        assert error == {
            "type": "error",
            "code": "handler-failed",
            "message": "Something went wrong on the server.",
            "event": 1,
            "id": error["id"],
            "trace": None,
        }


async def test_a_failing_handler_comes_with_links_into_its_file(tmp_path: Path) -> None:
    folder = write_site(tmp_path, SITE, HANDLERS)
    async with open_site(folder, development=True) as site:
        tab, other = await site.open(), await site.open()
        await tab.click("Fail")
        (error,) = tab.errors
        assert error["message"] == "ValueError: invalid literal for int() with base 10: '<b>'"
        assert error["links"] == {'File "handlers.py", line 2': f"vscode://file{folder}/handlers.py:2:1"}
        assert 'File "handlers.py", line 2, in fail' in error["trace"]
        assert other.errors == []


async def test_failures_that_no_event_called_are_told_to_those_whom_they_concern(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS), development=True) as site:
        tab, timed = await site.open(), await site.open("/timed")
        await timed.until(lambda: timed.errors)
        assert timed.errors[0]["message"].startswith("ValueError:") and timed.errors[0]["event"] is None
        assert tab.errors == []
        await tab.until(lambda: tab.errors, 20)
        assert tab.errors[0]["message"] == "RuntimeError: tock"
        assert timed.errors[-1]["message"] == "RuntimeError: tock"


def test_the_environment_names_the_editor(tmp_path: Path, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "LIVEPAGES_EDITOR", "none")
    findings = Findings(True, broken)
    findings.tell(read(broken), [])
    told: list[Any] = []

    class Listener:
        def send(self, message: Any) -> None:
            told.append(message)

    findings.greet(Listener())  # type: ignore[arg-type]
    assert [finding.link for finding in told[0].findings] == [None, None]
