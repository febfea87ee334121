from __future__ import annotations

from pathlib import Path

import pytest

from livepages.schema.findings.errors import SiteError
from livepages.testing import NoPage, NotDeclared, open_site
from tests.runtime.support import write_site

SITE = """
title: Test
body:
  - h1: Title
  - div:
      - button: [{icon: bomb}, {span: Press me}]
        id: press
        on: {click: say}
      - p: Not a button
    id: box
  - div: Outer
    id: outer
    on: {click.self: say, mouseenter: say, dblclick.once: say}
  - div: [{b: inner, id: inner, on: {click.stop: say}}, {i: other, id: other}]
    on: {click: say, click.shift: say}
    id: both
  - button: Off
    id: off
    disabled: true
    on: {click: say}
  - textarea: ""
    id: text
    on: {change: say, keydown.enter: say, keydown.up.alt: say}
  - {input: locked, readonly: true, id: locked}
  - {input: false, type: checkbox, id: tick}
  - {input: x, type: password, id: password}
  - form: [{input: Ann, name: who}, {button: Go, type: submit, id: go}]
    id: form
    on: {submit: say}
  - p: ""
    id: out
"""
HANDLERS = """
def say(page, element, event):
    page["out"].text = f"{page['out'].text or ''} {element.id}:{event.on}".strip()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_site(tmp_path, SITE, HANDLERS)


async def test_finding(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        assert tab.title == "Test"
        assert tab.find("press") == tab["press"] == tab.find("#press") == tab.find("div > button")
        assert tab.find("Press me").tag == "span" and tab.find("h1").text == "Title"
        assert [each.tag for each in tab.find_all("#box *")] == ["button", "svg", "path", "span", "p"]
        assert tab["box"].children[0] == tab["press"] and len({tab["press"], tab.find("button")}) == 1
        assert "press" in tab and "prss" not in tab
        assert tab["box"].text == "Press me\nNot a button" and tab["press"]["type"] == "button" and "id" in tab["press"]
        assert tab["press"].inner_html.startswith("<svg") and tab["press"].html.startswith("<button")
        assert tab["press"].events == ("click",) and tab["press"].id == "press"
        assert repr(tab["out"]) == '<Handle <p data-n="19" id="out"></p>>'
        with pytest.raises(KeyError, match=r'no element with the id "prss"\. Did you mean "press"'):
            tab["prss"]
        with pytest.raises(LookupError, match="shows nothing that 'Press' finds"):
            tab.find("Press")


async def test_clicks_go_up_to_all_that_listen(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        await tab.click("Press me")
        assert tab["out"].text == "press:click"
        await tab.click("other")
        await tab.click("other", shift=True)
        await tab.click("inner")
        assert tab["out"].text.split()[1:] == ["both:click", "both:click", "both:click.shift", "inner:click.stop"]


@pytest.mark.parametrize("what", ["Title", "Not a button", "box", "off", "text"])
async def test_what_does_not_listen_is_not_clicked(folder: Path, what: str) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        with pytest.raises(NotDeclared, match="is disabled" if what == "off" else "does not listen to click; here is"):
            await tab.click(what)
        assert tab.sent == []


async def test_other_events(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        await tab.click("outer")
        await tab.fire("outer", "mouseenter", x=3)
        await tab.fire("outer", "dblclick")
        assert tab["out"].text == "outer:click.self outer:mouseenter outer:dblclick.once"
        for event in ("dblclick", "keydown"):
            with pytest.raises(NotDeclared):
                await tab.fire("outer", event)
        with pytest.raises(TypeError):
            await tab.fire("outer", "click", colour="red")


async def test_keys(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        await tab.press("text", "Enter")
        await tab.press("text", "ArrowUp", alt=True)
        assert tab["out"].text == "text:keydown.enter text:keydown.up.alt"
        for key in ("ArrowUp", "a"):
            with pytest.raises(NotDeclared, match="the key"):
                await tab.press("text", key)


async def test_fields(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        tab["text"].type("a")
        tab["text"].type("b")
        assert tab.sent == [] and tab["text"].value == "ab" and tab["text"].html.endswith(">ab</textarea>")
        await tab.settle()
        assert [(event.on, event.data.value) for event in tab.sent] == [("input", "ab")]
        await tab.fire("text", "change")
        assert tab["out"].text == "text:change"
        await tab.click("tick")
        assert tab["tick"].value is True
        await tab.fill("password", "secret")
        assert "secret" not in tab.html
        await tab.verify()
        with pytest.raises(ValueError, match="can't be changed by a user"):
            tab["locked"].type("x")
        with pytest.raises(TypeError, match="is no field"):
            tab["out"].fill("x")
        with pytest.raises(TypeError, match="is no field"):
            _ = tab["out"].value


async def test_forms(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        await tab.click("go")
        await tab.submit("form")
        assert tab["out"].text == "form:submit form:submit"
        assert [event.data.form for event in tab.sent] == [{"who": "Ann"}] * 2


async def test_waiting(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        with pytest.raises(TimeoutError, match="This is not what was waited for in 5 s:\nTitle"):
            await tab.until(lambda: "never" in tab)
        with pytest.raises(TimeoutError, match=r"in 0\.5 s"):
            await tab.until(lambda: False, patience=0.5)


async def test_an_address_that_leads_nowhere(folder: Path) -> None:
    async with open_site(folder) as site:
        with pytest.raises(NoPage, match="/nowhere is answered with 404") as caught:
            await site.open("/nowhere")
        assert "There is no page at /nowhere." in caught.value.response.text


async def test_a_site_with_mistakes(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match='There is no element type "dvi"'):
        async with open_site(write_site(tmp_path, "body: [{dvi: x}]")):
            pass


async def test_a_tab_that_shows_something_else_than_the_server_has(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        tab.find("h1").element.attributes["title"] = "changed"
        with pytest.raises(AssertionError, match="The tab shows"):
            await tab.verify()


async def test_what_goes_wrong_with_a_frame_is_raised_where_the_test_waits(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        tab["out"].element.detach()
        tab._streams.mounts[0].nodes.pop(19)
        with pytest.raises(AssertionError, match="shows no element 19"):
            await tab.click("press")
