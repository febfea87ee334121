"""What becomes of components in use, in the file and by handlers, when the file defines them otherwise."""

from __future__ import annotations

from pathlib import Path

from tests.runtime.reload.edited import edited, kinds, news

PYTHON = """
def add(page):
    page["list"].prepend({"card": {"text": "made"}})

def mark(element):
    element.classes.add("marked")
"""


def cards(body: str = "{p: '${text}', classes: p-1}", props: str = "{text: str}", count: int = 50) -> str:
    return (
        f"components:\n  card: {{props: {props}, body: [{body}]}}\npages:\n  /:\n    scope: shared\n    body:\n"
        "      - {button: Add, on: {click: add}}\n      - div:\n"
        + "".join(f"          - card: {{text: t{number}}}\n" for number in range(count))
        + "        id: list\n  /other: {body: [{p: x}]}\n"
    )


async def test_one_that_is_used_in_fifty_places_and_by_handlers(tmp_path: Path) -> None:
    async with edited(tmp_path, cards(), PYTHON) as site:
        tab, other = await site.open(), await site.open("/other")
        for _ in range(2):
            await tab.click("Add")
        texts = ["made"] * 2 + [f"t{number}" for number in range(50)]
        news(tab), news(other)
        change = await site.save(cards("{p: '${text}', classes: p-2 font-bold}"), PYTHON)
        assert (change.pages, change.live_pages, change.tabs) == (("page /", "component card"), 1, 1)
        assert [each.text for each in tab.find_all("p")] == texts
        assert {each.classes for each in tab.find_all("p")} == {("p-2", "font-bold")}
        (patch,) = news(tab)
        assert sum(operation[0] == "attr" for operation in patch["ops"]) == 52
        assert kinds(other) == []
        await site.save(cards("{div: [{b: '!'}, {p: '${text}'}]}"), PYTHON)
        assert [each.text for each in tab.find_all("p")] == texts
        assert len(tab.find_all("b")) == 52
        await tab.click("Add")
        assert len(tab.find_all("b")) == 53
        await tab.verify()


async def test_what_its_props_come_to_be(tmp_path: Path) -> None:
    async with edited(tmp_path, cards(count=1), PYTHON) as site:
        tab = await site.open()
        await tab.click("Add")
        shown = "{p: '${text}${more}'}"
        await site.save(cards(shown, "{text: str, more: {type: str, default: '!'}}", 1), PYTHON)
        assert [each.text for each in tab.find_all("p")] == ["made!", "t0!"]
        change = await site.save(cards(shown, "{text: str, more: {type: str, default: '?'}}", 1), PYTHON)
        assert [each.text for each in tab.find_all("p")] == ["made?", "t0?"]
        assert change.notes == ()
        await tab.verify()


async def test_one_that_is_gone_stays_where_a_handler_has_put_it(tmp_path: Path) -> None:
    async with edited(tmp_path, cards(count=0).replace("      - div:\n", "      - div: []\n"), PYTHON) as site:
        tab = await site.open()
        await tab.click("Add")
        body = "      - {button: Add, on: {click: add}}\n      - {div: [], id: list}\n"
        bare = f"pages:\n  /:\n    scope: shared\n    body:\n{body}"
        change = await site.save(bare, PYTHON)
        (note,) = [note for note in change.notes if "card" in note]
        assert note.endswith('stays as a handler has made it: there is no component "card" any more.')
        assert [each.text for each in tab.find_all("p")] == ["made"]
        await tab.verify()


async def test_one_that_is_not_on_a_page_does_not_concern_it(tmp_path: Path) -> None:
    async with edited(tmp_path, cards(count=1), PYTHON) as site:
        other = await site.open("/other")
        news(other)
        change = await site.save(cards("{p: '${text}', classes: p-9}", count=1), PYTHON)
        assert (change.pages, change.live_pages, change.tabs) == (("page /", "component card"), 1, 0)
        assert kinds(other) == []
