"""What becomes of state when the file declares it otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.testing import Tab
from tests.runtime.reload.edited import Edited, edited, kinds, news

PLACES = ("site", "session", "page")


def declaring(place: str, state: str, shown: str = "n") -> str:
    """A site that declares state in one of its places, shows it and has buttons that write it."""
    root = {"site": "site.", "session": "session.", "page": ""}[place]
    head = {"site": f"state: {state}\n", "session": f"session: {state}\n", "page": ""}[place]
    own = f"    state: {state}\n" if place == "page" else ""
    return (
        f"{head}pages:\n  /:\n    scope: {'session' if place == 'session' else 'shared'}\n{own}    body:\n"
        f'      - {{p: "${{{root}{shown}}}", id: told}}\n'
        f'      - {{button: write, on: {{click: {{set: {{{root}{shown}: "${{{root}{shown} * 0 + 7}}"}}}}}}}}\n'
    )


def told(tab: Tab) -> str:
    return tab["told"].text


@pytest.mark.parametrize("place", PLACES)
async def test_what_was_written_stays_and_defaults_follow_the_file(tmp_path: Path, place: str) -> None:
    async with edited(tmp_path, declaring(place, "{n: 1}")) as site:
        tab = await site.open()
        await site.save(declaring(place, "{n: 2}"))
        assert told(tab) == "2"
        await tab.click("write")
        change = await site.save(declaring(place, "{n: 3}"))
        assert (told(tab), change.notes) == ("7", ())
        change = await site.save(declaring(place, "{n: {type: float, default: 3.5}}"))
        assert (told(tab), change.notes) == ("7", ())
        change = await site.save(declaring(place, "{n: {type: int, default: 3, le: 5}}"))
        assert told(tab) == "3"
        named = {"site": "site.state.n", "session": "session.state.n", "page": "page.state.n"}[place]
        assert change.notes == (f"{named}: expected a whole number of at most 5, not 7; it is as declared now.",)


@pytest.mark.parametrize("place", PLACES)
async def test_a_name_that_comes_in_the_place_of_another(
    tmp_path: Path, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is worked out in between, when the state is another already and the page is not."""
    async with edited(tmp_path, declaring(place, "{n: 1}")) as site:
        tab = await site.open()
        news(tab)
        await site.save(declaring(place, "{count: 5}", "count"))
        assert (told(tab), kinds(tab), tab.faults) == ("5", ["patch"], [])
        assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
        await tab.click("write")
        assert told(tab) == "7"


async def test_every_session_keeps_its_own(tmp_path: Path) -> None:
    async with edited(tmp_path, declaring("session", "{n: 1}")) as site:
        ann, bob = await site.browser().open("/"), await site.browser().open("/")
        await ann.click("write")
        await site.save(declaring("session", "{n: 2, more: x}"))
        assert (told(ann), told(bob)) == ("7", "2")


async def test_components_keep_theirs(tmp_path: Path) -> None:
    text = (
        "components:\n  counter:\n    state: {{n: {}}}\n    body:\n"
        "      - {{button: '${{n}}{}', on: {{click: {{set: {{n: '${{n + 1}}'}}}}}}}}\n"
        "scope: shared\nbody: [{{counter: }}, {{counter: }}]\n"
    )
    async with edited(tmp_path, text.format(1, "")) as site:
        tab = await site.open()
        await tab.click(tab.find_all("button")[0])
        await site.save(text.format(5, "!"))
        assert [each.text for each in tab.find_all("button")] == ["2!", "5!"]
        await tab.click(tab.find_all("button")[1])
        assert [each.text for each in tab.find_all("button")] == ["2!", "6!"]
        await tab.verify()


FIELDS = """
scope: shared
state: {{n: {{type: int, default: {n}, le: 9}}, m: {m}, names: {{type: list, default: [a]}}}}
body:
  - {{h1: "{heading}"}}
  - {{input: , type: {kind}, bind: n, id: number}}
  - {{p: "${{n}} ${{m}} ${{names}}", id: told}}
"""


def fields(n: int = 1, m: int = 1, heading: str = "One", kind: str = "number") -> str:
    return FIELDS.format(n=n, m=m, heading=heading, kind=kind)


async def refused(site: Edited) -> Tab:
    tab = await site.open()
    await tab.fill("number", 50)
    assert (tab["number"].value, tab["told"].text.split()[0]) == (50, "1")
    return tab


async def test_a_value_that_was_refused_stays_in_its_field(tmp_path: Path) -> None:
    async with edited(tmp_path, fields()) as site:
        tab, other = await refused(site), await site.open()
        await site.save(fields(heading="Two"))
        assert ("Two" in tab.text, tab["number"].value, other["number"].value) == (True, 50, 1)
        await tab.fill("number", 4)
        assert (tab["told"].text.split()[0], other["number"].value) == ("4", 4)


async def test_a_value_that_was_refused_stays_when_other_state_is_declared_otherwise(tmp_path: Path) -> None:
    async with edited(tmp_path, fields()) as site:
        tab = await refused(site)
        await site.save(fields(m=2))
        assert (tab["number"].value, tab["told"].text.split()[:2]) == (50, ["1", "2"])


async def test_a_value_that_was_refused_stays_in_a_shared_element(tmp_path: Path) -> None:
    text = (
        "state: {{n: {{type: int, default: 1, le: 9}}}}\n"
        "shared: {{board: [{{h1: {}}}, {{input: , type: number, bind: site.n, id: number}}]}}\n"
        "pages: {{/: {{body: [{{shared: board}}]}}}}\n"
    )
    async with edited(tmp_path, text.format("One")) as site:
        tab = await site.open()
        await tab.fill("number", 50)
        await site.save(text.format("Two"))
        assert (tab["number"].value, "Two" in tab.text) == (50, True)
        await tab.fill("number", 5)
        assert (await site.open())["number"].value == 5


async def test_a_field_whose_state_is_declared_otherwise_shows_that(tmp_path: Path) -> None:
    async with edited(tmp_path, fields()) as site:
        tab = await refused(site)
        await site.save(fields(n=3))
        assert (tab["number"].value, tab["told"].text.split()[0]) == (3, "3")


async def test_a_list_that_a_handler_holds_is_still_the_state(tmp_path: Path) -> None:
    python = """
    def keep(page):
        page.data["held"] = page.state.names

    def add(page):
        page.data["held"].append("b")
    """
    body = "  - {button: keep, on: {click: keep}}\n  - {button: add, on: {click: add}}\n"
    async with edited(tmp_path, fields() + body, python) as site:
        tab = await site.open()
        await tab.click("keep")
        await site.save(fields(m=2) + body, python)
        await tab.click("add")
        assert tab["told"].text == '1 2 ["a", "b"]'
