"""Links that open an editor at a place in a file."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from livepages.runtime.hub.editor_links import EDITORS, Editor

FILE = Path("/home/ann/my site/<b>%.py")
WRITTEN = "/home/ann/my%20site/%3Cb%3E%25.py"


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("vscode", f"vscode://file{WRITTEN}:12:5"),
        ("vscode://file/{path}:{line}:{column}", f"vscode://file{WRITTEN}:12:5"),
        ("zed", f"zed://file{WRITTEN}:12:5"),
        ("pycharm", f"pycharm://open?file={WRITTEN}&line=12&column=5"),
        ("sublime", f"subl://open?url=file://{WRITTEN}&line=12&column=5"),
        ("http://localhost:9000{path}#{line}", f"http://localhost:9000{WRITTEN}#12"),
        ("none", None),
    ],
)
def test_an_editor_is_named_or_its_links_are_given(name: str, link: str | None) -> None:
    assert Editor.of_environment({"LIVEPAGES_EDITOR": name}).link(FILE, 12, 5) == link


@pytest.mark.parametrize("environment", [{}, {"LIVEPAGES_EDITOR": ""}])
def test_the_default(environment: dict[str, str]) -> None:
    assert Editor.of_environment(environment).link(FILE, 1) == f"vscode://file{WRITTEN}:1:1"


@pytest.mark.parametrize(
    "name",
    ["vim", "javascript:alert({path})", "javascript://{path}", "data://{path}", "file://{path}", "my://x", "{path}"],
)
def test_what_is_no_editor_is_said_in_one_line(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        editor = Editor.of_environment({"LIVEPAGES_EDITOR": name})
    assert editor.link(FILE, 1) == f"vscode://file{WRITTEN}:1:1"
    (record,) = caplog.records
    assert record.getMessage() == (
        f'LIVEPAGES_EDITOR: "{name}" is neither the name of an editor ({", ".join(EDITORS)}) nor an address with '
        "{path} in it, such as vscode://file/{path}:{line}:{column}. Links open vscode."
    )


def test_a_path_that_looks_like_a_field_stays_a_path() -> None:
    assert Editor("my://x{path}?{line}").link(Path("/{line}"), 3) == "my://x/%7Bline%7D?3"


def test_the_places_in_a_traceback() -> None:
    trace = 'Traceback:\n  File "board.py", line 1, in f\n    g()\n  File "more/board.py", line 12, in g\nOh: x'
    assert Editor("my://x{path}?{line}").links_in(trace, Path("/site")) == {
        'File "board.py", line 1': "my://x/site/board.py?1",
        'File "more/board.py", line 12': "my://x/site/more/board.py?12",
    }
    assert Editor("none").links_in(trace, Path("/site")) == {}
