"""What is meant for one tab only."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.testing import open_site
from tests.runtime.support import write_site


async def test_what_is_for_one_tab_reaches_that_alone(tmp_path: Path) -> None:
    text = "scope: shared\nbody: [{button: Go, id: go, on: {click: go}}, {input: '', id: name}]"
    python = """
        def go(tab, page, session, shared, site, params, event):
            tab.toast("hi <b>", kind="success")
            tab.title("new")
            tab.focus(page["name"])
            tab.go("/other?x=1")
            tab.run_js("alert(1)")
            tab.download("a,b", "a.csv")
            tab.data["n"] = tab.data.get("n", 0) + 1
            session.data["n"] = session.data.get("n", 0) + 1
            page.data["n"] = site.data["n"] = 1
            tab.toast(f"{tab.data} {session.data} {event.id == tab.id + ':1'}")
        """
    async with open_site(write_site(tmp_path, text, python)) as opened:
        tab, other = await opened.open(), await opened.open()
        await tab.click("go")
        toast, title, focus, go, run, download, data = tab.commands
        assert toast == {"type": "toast", "text": "hi <b>", "kind": "success"}
        assert title == {"type": "title", "text": "new"} and tab.title == "new"
        assert focus == {"type": "focus", "stream": "page", "node": 2}
        assert go == {"type": "go", "url": "/other?x=1"}
        assert data["text"] == "{'n': 1} {'n': 1} True"
        script, file = await opened.get(run["url"]), await opened.get(download["url"])
        assert (script.status, script.text, script.header("content-type")) == (
            200,
            "alert(1)",
            "text/javascript; charset=utf-8",
        )
        assert (file.status, file.text, file.header("content-disposition")) == (
            200,
            "a,b",
            'attachment; filename="a.csv"',
        )
        assert (await opened.get(run["url"])).status == 404
        assert other.frames == [{"type": "ready"}]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('tab.go("javascript:alert(1)")', "tab.go: addresses that begin with javascript: are not allowed here."),
        ('tab.toast("x", kind="loud")', 'there is no kind "loud": there are info, success, warning and error.'),
    ],
)
async def test_commands_that_can_not_be(tmp_path: Path, call: str, message: str) -> None:
    text = "body: [{button: Go, id: go, on: {click: go}}]"
    async with open_site(write_site(tmp_path, text, f"def go(tab):\n    {call}"), development=True) as opened:
        tab = await opened.open()
        await tab.click("go")
        assert message in tab.errors[0]["message"]
        assert tab.commands == []
