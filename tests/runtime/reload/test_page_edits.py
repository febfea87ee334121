"""What becomes of open pages when the file says something else of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.testing import NoPage
from tests.runtime.reload.edited import edited, kinds, news

TWO = """
pages:
  /:
    title: {title}
    scope: shared
    classes: {classes}
    body:
      - h1: {heading}
      - textarea: ""
        id: notes
  /other:
    title: Other
    scope: shared
    body: [{{p: untouched}}]
"""


def two(title: str = "One", classes: str = "p-1", heading: str = "Hello") -> str:
    return TWO.format(title=title, classes=classes, heading=heading)


async def test_the_title_changes_in_the_tabs_of_the_page_and_in_no_other(tmp_path: Path) -> None:
    async with edited(tmp_path, two()) as site:
        first, second, other = await site.open(), await site.open(), await site.open("/other")
        first["notes"].type("half a sen")
        for tab in (first, second, other):
            news(tab)
        change = await site.save(two(title="Two"))
        assert (first.title, second.title, other.title) == ("Two", "Two", "Other")
        assert [kinds(tab) for tab in (first, second, other)] == [["title"], ["title"], []]
        assert first["notes"].value == "half a sen"
        assert (change.pages, change.live_pages, change.tabs, change.reloaded) == (("page /",), 1, 2, 0)
        assert (await site.open()).title == "Two"


async def test_the_classes_of_a_page(tmp_path: Path) -> None:
    async with edited(tmp_path, two()) as site:
        tab, other = await site.open(), await site.open("/other")
        news(tab), news(other)
        await site.save(two(classes="p-[3.21px]"))
        (patch,) = news(tab)
        assert patch["ops"][0][0] == "css" and "3.21px" in patch["ops"][0][2]
        assert patch["ops"][1:] == [["attr", 0, "class", "p-[3.21px]"]]
        assert kinds(other) == []
        await site.save(two(classes='""'))
        assert news(tab)[0]["ops"] == [["attr", 0, "class", None]]
        assert 'class="p-' not in (await site.open()).html


async def test_a_changed_text_is_one_operation(tmp_path: Path) -> None:
    async with edited(tmp_path, two()) as site:
        tab, other = await site.open(), await site.open("/other")
        await tab.fill("notes", "kept")
        await other.settle()
        news(tab), news(other)
        change = await site.save(two(heading="Bye"))
        (patch,) = news(tab)
        assert [operation[0] for operation in patch["ops"]] == ["text"]
        assert (tab.text, tab["notes"].value, kinds(other)) == ("Bye", "kept", [])
        assert (change.pages, change.live_pages, change.tabs) == (("page /",), 1, 1)
        await tab.verify()


async def test_a_file_that_says_the_same_changes_nothing(tmp_path: Path) -> None:
    async with edited(tmp_path, two()) as site:
        tab = await site.open()
        news(tab)
        change = await site.save("# a comment\n\n" + two())
        assert (change.pages, change.notes, change.reloaded) == ((), (), 0)
        assert (change.live_pages, change.tabs) == (0, 0)
        assert kinds(tab) == []


async def test_a_removed_page_ends_and_may_come_back(tmp_path: Path) -> None:
    async with edited(tmp_path, two()) as site:
        tab, other = await site.open(), await site.open("/other")
        news(tab), news(other)
        change = await site.save("pages: {/: {title: One, scope: shared, body: [{h1: Hello}]}}\n")
        (frame,) = news(other)
        assert frame == {"type": "reload", "reason": "The page has ended: the site has no such page any more."}
        assert other.closed == (1012, "the page has ended")
        assert (change.pages, change.reloaded) == (("page /", "page /other"), 1)
        with pytest.raises(NoPage, match="/other is answered with 404"):
            await site.open("/other")
        await other.connect()
        assert other.closed == (4404, "the page is gone")
        change = await site.save(two())
        assert change.pages == ("page /", "page /other")
        again = await site.open("/other")
        assert (again.text, again.page != other.page) == ("untouched", True)
        assert tab.closed is None and tab.text == "Hello"


async def test_an_added_page_is_there_at_once(tmp_path: Path) -> None:
    async with edited(tmp_path, "pages: {/: {body: [{h1: Hello}]}}\n") as site:
        tab = await site.open()
        news(tab)
        change = await site.save("pages: {/: {body: [{h1: Hello}]}, /other: {body: [{p: untouched}]}}\n")
        assert (change.pages, change.live_pages, change.reloaded, kinds(tab)) == (("page /other",), 0, 0, [])
        assert (await site.open("/other")).text == "untouched"


async def test_a_page_that_all_share_begins_with_the_edit_that_adds_it(tmp_path: Path) -> None:
    python = "def begin(page):\n    page['log'].text = 'begun'\n"
    text = "pages:\n  /: {body: [x]}\n"
    async with edited(tmp_path, text, python) as site:
        await site.save(text + "  /wall: {scope: shared, startup: begin, body: [{p: '', id: log}]}\n", python)
        (room,) = [room for room in site.hub.rooms if room.page.route.path == "/wall"]
        assert "begun" in room.live.inner_html()
        tab = await site.open("/wall")
        assert (tab.page, tab.text) == (room.live.token, "begun")


@pytest.mark.parametrize(("before", "after"), [("tab", "shared"), ("shared", "session"), ("session", "tab")])
async def test_another_scope_loads_the_tabs_of_that_page_anew(tmp_path: Path, before: str, after: str) -> None:
    text = "pages:\n  /: {{scope: {}, body: [{{p: here}}]}}\n  /other: {{scope: {}, body: [{{p: there}}]}}\n"
    async with edited(tmp_path, text.format(before, before)) as site:
        tab, other = await site.open(), await site.open("/other")
        news(tab), news(other)
        change = await site.save(text.format(after, before))
        assert news(tab) == [{"type": "reload", "reason": "The page has ended: its scope has changed."}]
        assert kinds(other) == [] and other.closed is None
        assert (change.pages, change.live_pages, change.tabs, change.reloaded) == (("page /",), 0, 0, 1)
        assert (await site.open()).text == "here"


ROOM = """
pages:
  {route}:
    title: "{title}"
    scope: {scope}
    params: {params}
    body: [{{p: "{told}", id: told}}, {{input: "", id: typed}}]
"""


def room(
    route: str = "/r/{name}",
    title: str = "Room",
    scope: str = "shared",
    params: str = "{name: {type: str}}",
    told: str = "${name}",
) -> str:
    return ROOM.format(route=route, title=title, scope=scope, params=params, told=told)


async def test_a_page_under_another_address_is_the_same_page(tmp_path: Path) -> None:
    async with edited(tmp_path, room()) as site:
        tab = await site.open("/r/tea")
        await tab.fill("typed", "kept")
        news(tab)
        change = await site.save(room("/rooms/{name}"))
        assert news(tab) == [{"type": "address", "url": "/rooms/tea"}]
        assert change.pages == ("page /r/{name}, now /rooms/{name},",)
        again = await site.open("/rooms/tea")
        assert (again.page, again["typed"].value) == (tab.page, "kept")
        with pytest.raises(NoPage):
            await site.open("/r/tea")


async def test_a_parameter_that_comes_has_its_default_on_pages_that_are_open(tmp_path: Path) -> None:
    def sized(default: int) -> str:
        params = f"{{name: str, size: {{type: int, default: {default}}}}}"
        return room(scope="tab", params=params, title="${name} ${size}", told="${size}")

    async with edited(tmp_path, room(scope="tab")) as site:
        tab = await site.open("/r/tea")
        await tab.fill("typed", "kept")
        await site.save(sized(3))
        assert (tab.title, tab["typed"].value, tab["told"].text) == ("tea 3", "kept", "3")
        await site.save(sized(4))
        assert (tab.title, tab["told"].text) == ("tea 3", "3")
        await tab.verify()


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ("{name: {type: str, max_length: 2}}", "the parameter name does not fit any more: expected"),
        ("{name: str, size: int}", "it needs the parameter size now"),
    ],
)
async def test_parameters_that_do_not_do_any_more(tmp_path: Path, params: str, why: str) -> None:
    async with edited(tmp_path, room(scope="tab")) as site:
        long, short = await site.open("/r/tea"), await site.open("/r/te")
        news(long), news(short)
        change = await site.save(room(scope="tab", params=params))
        (frame,) = news(long)
        assert frame["reason"].startswith(f"The page has ended: {why}")
        fits = "max_length" in params
        assert kinds(short) == ([] if fits else ["reload"])
        assert (change.live_pages, change.reloaded) == ((1, 1) if fits else (0, 2))


async def test_a_page_that_moves_to_the_address_of_one_that_goes(tmp_path: Path) -> None:
    going = "  /{kind}/tea: {scope: shared, params: {kind: str}, body: [{h1: Tea}]}\n"
    async with edited(tmp_path, room() + going) as site:
        tab, gone = await site.open("/r/tea"), await site.open("/s/tea")
        change = await site.save(room("/s/{name}"))
        assert (tab.url, gone.closed is not None, change.reloaded) == ("/s/tea", True, 1)
        assert (await site.open("/s/tea")).page == tab.page


async def test_language_and_description_show_with_the_next_load(tmp_path: Path) -> None:
    async with edited(tmp_path, "scope: shared\nbody: [{p: x}]\n") as site:
        tab = await site.open()
        news(tab)
        change = await site.save("scope: shared\nlang: de\ndescription: Neu\nbody: [{p: x}]\n")
        assert (change.pages, kinds(tab)) == (("page /",), [])
        html = (await site.site.get("/")).text
        assert '<html lang="de"' in html and 'content="Neu"' in html


async def test_a_title_that_comes_to_follow_state(tmp_path: Path) -> None:
    button = "{{button: more, on: {{click: {{set: {{n: '${{n + 1}}'}}}}}}}}"
    text = f"title: {{}}\nscope: shared\nstate: {{{{n: 1}}}}\nbody: [{button}]\n"
    async with edited(tmp_path, text.format("Plain")) as site:
        tab, other = await site.open(), await site.open()
        await tab.click("more")
        await site.save(text.format("'${n} votes'"))
        assert (tab.title, other.title) == ("2 votes", "2 votes")
        await tab.click("more")
        assert (tab.title, other.title) == ("3 votes", "3 votes")
        await site.save(text.format("'${n} teas'"))
        news(tab)
        await tab.click("more")
        assert [frame["text"] for frame in news(tab) if frame["type"] == "title"] == ["4 teas"]
        await site.save(text.format("Plain"))
        await tab.click("more")
        assert (tab.title, other.title) == ("Plain", "Plain")
