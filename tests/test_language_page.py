"""What docs/language.md says of its examples happens, section by section."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from livepages.testing import NoPage, OpenSite, Tab, open_site
from tests.doc_examples import ROOT, examples

PAGE = ROOT / "docs" / "language.md"


@asynccontextmanager
async def opened(folder: Path, heading: str, number: int = 0) -> AsyncIterator[OpenSite]:
    """The site of a section's example at work."""
    found = [example for example in examples(PAGE) if example.heading == heading]
    async with open_site(found[number].write(folder)) as site:
        yield site


def lines(tab: Tab) -> list[str]:
    return tab.text.split("\n")


async def test_routes_and_parameters(tmp_path: Path) -> None:
    async with opened(tmp_path, "Pages, scopes and parameters") as site:
        home = await site.open("/")
        assert (home.title, home.find("a")["href"]) == ("Rooms", "/room/kitchen?size=2")
        room = await site.open("/room/kitchen?size=2")
        assert (room.title, room.text) == ("The kitchen", "The kitchen, in size 2")
        assert (await site.open("/room/hall")).text == "The hall, in size 1"
        for wrong in ("/room/Hall", "/room/hall?size=10"):
            with pytest.raises(NoPage):
                await site.open(wrong)


async def test_who_shares_a_page_sees_its_state(tmp_path: Path) -> None:
    async with opened(tmp_path, "State") as site:
        ann, bob = await site.open(), await site.browser().open()
        await ann.click("Tea, 0")
        await ann.fill("input", "Again?")
        assert lines(bob) == ["Again?", "Tea, 1", "1 votes"]


async def test_state_is_checked(tmp_path: Path) -> None:
    async with opened(tmp_path, "State", 1) as site:
        tab = await site.open()
        name, cups = tab.find_all("input")
        await tab.fill(name, "Ann")
        await tab.fill("select", "coffee")
        await tab.fill(cups, 10)
        assert lines(tab)[-1] == "1 coffee for Ann"
        assert "We have nine cups." in [command.get("text") for command in tab.commands]
        await tab.fill(cups, 9)
        assert lines(tab)[-1] == "9 coffee for Ann"


async def test_four_places_for_state(tmp_path: Path) -> None:
    async with opened(tmp_path, "State", 2) as site:
        ann, same, bob = await site.open(), await site.open(), await site.browser().open()
        await ann.fill("input", "Hm")
        await ann.click("Done")
        await ann.click("Red")
        assert lines(ann)[0] == '2 tasks, in red; the draft is "Hm"'
        assert lines(same)[0] == '2 tasks, in red; the draft is ""'
        assert lines(bob)[0] == '2 tasks, in blue; the draft is ""'


async def test_expressions_follow_what_they_read(tmp_path: Path) -> None:
    async with opened(tmp_path, "Expressions") as site:
        tab = await site.open()
        await tab.click("Cy comes")
        assert lines(tab)[:2] == ["3 people, of whom Cy is the oldest.", "Together they are 98."]
        assert "font-bold" in tab.find_all("p")[1].classes


async def test_each(tmp_path: Path) -> None:
    async with opened(tmp_path, "Repetition: each") as site:
        tab = await site.open()
        await tab.click("Ann comes and has tea")
        assert lines(tab)[:3] == ["1. tea: 4", "2. coffee: 5", "Ann"]


async def test_show_and_match(tmp_path: Path) -> None:
    async with opened(tmp_path, "Conditions: show and match") as site:
        tab = await site.open()
        await tab.click("Next")
        await tab.fill("input", True)
        assert lines(tab) == ["Second step", "We will write to you."]


async def test_a_form(tmp_path: Path) -> None:
    async with opened(tmp_path, "Fields and forms") as site:
        tab = await site.open()
        name, cups, milk = tab.find_all("input")
        name.fill("Ann")
        cups.fill(3)
        milk.fill(True)
        await tab.click("Order")
        assert lines(tab)[-1] == "3 for Ann, with milk"
        assert name.value == ""
        assert [command["text"] for command in tab.commands if command["type"] == "toast"] == ["Thank you."]


async def test_actions(tmp_path: Path) -> None:
    async with opened(tmp_path, "Actions") as site:
        tab = await site.open()
        field = tab.find("input")
        field.fill("Cake")
        await tab.press(field, "Enter")
        await tab.press(field, "Enter")
        assert [each.text for each in tab.find_all("span")] == ["Tea: to do", "Cake: to do"]
        await tab.click("Tea: to do")
        await tab.click(tab.find_all("p > button")[1])
        assert [each.text for each in tab.find_all("span")] == ["Tea: done"]
        await tab.click("Help")
        assert "open" in tab["help"]


async def test_components(tmp_path: Path) -> None:
    async with opened(tmp_path, "Components") as site:
        tab = await site.open()
        await tab.click("Like")
        await tab.click("h2")
        assert lines(tab) == ["Green tea", "Read more", "Like", "You like Green tea."]


async def test_shared_elements(tmp_path: Path) -> None:
    async with opened(tmp_path, "Shared elements") as site:
        home, archive = await site.open("/"), await site.open("/archive")
        await home.fill("input", "Tea is ready")
        assert lines(home) == lines(archive) == ["News: Tea is ready"]


async def test_presence(tmp_path: Path) -> None:
    async with opened(tmp_path, "Presence") as site:
        ann, _, _ = await site.open(), await site.open(), await site.browser().open()
        await ann.until(lambda: ann.text == "2 of us in 3 tabs, after 3 visits")


async def test_timers(tmp_path: Path) -> None:
    async with opened(tmp_path, "What happens by itself") as site:
        tab = await site.open()
        await tab.until(lambda: tab.text == "8")
        await tab.until(lambda: tab.text == "Boom!", patience=20)


async def test_handlers(tmp_path: Path) -> None:
    async with opened(tmp_path, "Handlers") as site:
        tab = await site.open()
        assert lines(tab)[0] == "The longest is still to come."
        for word in ("tea", "coffee", "milk"):
            tab["word"].fill(word)
            await tab.press(tab["word"], "Enter")
        assert [each.text for each in tab.find_all("li")] == ["tea", "coffee", "milk"]
        assert (lines(tab)[0], tab["word"].value) == ("The longest is coffee.", "")
        await tab.click("Clear")
        assert tab.find_all("li") == []
        assert [command["text"] for command in tab.commands if command["type"] == "toast"] == ["All gone"]


async def test_a_timer_of_a_handler(tmp_path: Path) -> None:
    async with opened(tmp_path, "Handlers", 1) as site:
        tab = await site.open()
        await tab.until(lambda: tab["clock"].text != "--:--:--")
        assert len(tab["clock"].text.split(":")) == 3
