"""The modules as files: they run unjoined too, keep the rule that joining needs, and stay small."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from livepages.runtime.web.assets import read_client, read_parts

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

CLIENT = Path(__file__).parents[3] / "livepages" / "client"
FOLDERS = (CLIENT, CLIENT / "parts")
"""Those whose modules are joined to one file each."""
MODULES = tuple(sorted(path for folder in FOLDERS for path in folder.glob("*.js")))
TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let|var)\b\*? (\w+)", re.MULTILINE)


def test_unjoined_modules_run_too(live: Live) -> None:
    live.open('<p data-n="1">a</p><button data-n="2" data-on="click">b</button>', script="/client/main.js")
    live.patch(["text", 1, "b"])
    live.page.locator("button").click()
    assert (live.text(1), live.event_of(2)[0]) == ("b", "click")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(CLIENT).as_posix())
def test_rule_of_joining(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("import"):
            assert re.fullmatch(r'import \{ [\w, ]+ \} from "\./\w+\.js";', line) and " as " not in line
        if line.startswith("export"):
            assert re.match(r"export (async function|function|class|const) \w+", line)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_names_are_used_once_in_the_folder(folder: Path) -> None:
    names = Counter(name for path in folder.glob("*.js") for name in TOP_LEVEL.findall(path.read_text("utf-8")))
    assert [name for name, count in names.items() if count > 1] == []


def test_joined_client_is_small(joined: str) -> None:
    assert len(gzip.compress(joined.encode(), 9)) < 13_500


def test_what_shows_documents_is_small_beside_its_libraries() -> None:
    parts = read_parts()
    assert len(parts["documents.js"].compressed) < 26_000
    assert len(parts["quill.js"].compressed) < 85_000


def test_only_who_develops_a_site_gets_what_shows_problems(joined: str) -> None:
    assert "livepages-problems" not in re.sub(r"--livepages-problems", "", joined)
    assert len(read_client(development=True).compressed) < 17_000
