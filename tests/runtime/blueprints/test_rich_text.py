"""Texts in Markdown: shown as HTML where that can be, as text anywhere else, and refused where it is a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.hub.hub import Hub
from livepages.schema.findings.errors import SiteError
from livepages.schema.loader import load_site
from livepages.testing import open_site
from tests.runtime.support import write_site

NOTES = """
state: {note: "**Hot** <b>tea</b>", raw: false, kept: "", notes: [{text: "*a*"}, {text: b}]}
components:
  card: {props: {text: str}, body: [{div: "${text}", id: text}]}
  plain: {props: {text: str}, body: [{div: "${text | markdown}", id: text}]}
body:
  - {input: , bind: note, id: input}
  - {div: "${note | markdown}", id: note}
  - {div: "${note if raw else note | markdown}", id: either}
  - {card: {text: "${note | markdown}"}, id: card}
  - {plain: {text: "**fixed**"}}
  - ul: [{li: "${each_note.text | markdown}", each: each_note in notes}]
  - {button: Raw, on: {click: {toggle: raw}}}
  - {button: Keep, on: {click: [{set: {kept: "${note | markdown}"}}, {append: {notes: {text: "__c__"}}}]}}
  - {p: "${kept}", id: kept}
"""
HOT = "<p><strong>Hot</strong> &lt;b&gt;tea&lt;/b&gt;</p>"


async def test_markdown_is_shown_in_the_first_document_and_in_patches(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, NOTES)) as site:
        text = (await site.get("/")).text
        assert text.count(HOT) == 3
        assert "<p><strong>fixed</strong></p>" in text
        assert '<li data-n="-2"><p><em>a</em></p></li>' in text
        tab = await site.open()
        count = len(tab.operations())
        await tab.fill("input", "_x_ <script>alert(1)</script> [y](javascript:z)")
        shown = "<p><em>x</em> &lt;script&gt;alert(1)&lt;/script&gt; [y](javascript:z)</p>"
        changes = [operation for operation in tab.operations()[count:] if operation[0] != "value"]
        assert [change[0] for change in changes] == ["html"] * 3
        assert {change[2] for change in changes} == {shown}
        assert tab["note"].inner_html == tab["either"].inner_html == shown
        await tab.click("Keep")
        assert tab["kept"].text == shown
        assert tab.find_all("li")[2].inner_html == "<p><strong>c</strong></p>"
        await tab.verify()


async def test_text_and_markup_that_look_the_same_are_told_apart(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, NOTES)) as site:
        tab = await site.open()
        await tab.fill("input", "")
        assert tab["note"].inner_html == ""
        await tab.fill("input", "<p>a</p>")
        await tab.click("Raw")
        assert tab["either"].inner_html == "&lt;p&gt;a&lt;/p&gt;"
        assert tab["note"].inner_html == "<p>&lt;p&gt;a&lt;/p&gt;</p>"
        await tab.verify()


async def test_too_much_markdown_is_no_value(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = """
        state: {note: a}
        body: [{div: "${note | markdown}", id: a}, {markdown: "${note}", id: b}, {button: Go, on: {click: go}}]
        """
    code = "def go(page):\n    page.state.note = 'a' * 1_000_000\n"
    async with open_site(write_site(tmp_path, text, code)) as site:
        tab = await site.open()
        assert tab["a"].inner_html == tab["b"].inner_html == "<p>a</p>"
        await tab.click("Go")
        assert tab["a"].inner_html == tab["b"].inner_html == ""
        sentence = "expected Markdown with at most 10,000 characters, not 1,000,000."
        assert [record.message.partition(": ")[2] for record in caplog.records] == [
            f'div "a".text: {sentence}',
            f'markdown "b".markdown: {sentence}',
        ]
        await tab.verify()


async def test_handlers_can_not_show_too_much_markdown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = "body: [{markdown: a, id: a}, {button: Set, on: {click: set}}, {button: Add, on: {click: add}}]"
    code = """
        def set(page):
            page["a"].markdown = "a" * 20_000
        def add(page):
            page.append({"markdown": "a" * 20_000})
        """
    async with open_site(write_site(tmp_path, text, code)) as site:
        tab = await site.open()
        before = tab.html
        await tab.click("Set")
        await tab.click("Add")
        assert tab.html == before
        assert caplog.text.count("expected Markdown with at most 10,000 characters, not 20,000.") == 2


def mistakes(folder: Path, text: str) -> str:
    """What the site's report says."""
    with pytest.raises(SiteError) as caught:
        Hub(load_site(write_site(folder, text), ELEMENT_TYPES))
    return str(caught.value)


WHOLE = 'What "markdown" makes can only be all of the text of an element, and no part of anything else.'
DIV = 'what "markdown" makes can\'t stand in a paragraph, a heading, a link or a part of a table: use "div".'


ALL = 'what "markdown" makes can only be all of the text of an element, such as a "div".'


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        ("div: a ${x | markdown}", "3:18", WHOLE),
        ("div: ${x | markdown | upper}", "3:16", WHOLE),
        ("div: ${(x | markdown) ~ 'a'}", "3:17", WHOLE),
        ("div: ${[x | markdown] | first}", "3:17", WHOLE),
        ("div: ${1 if x | markdown else 2}", "3:21", WHOLE),
        ("div: ${x | default(x | markdown)}", "3:28", WHOLE),
        ("p: ${x | markdown}", "3:5", f"P.text: {DIV}"),
        ("h1: ${x | markdown}", "3:5", f"H1.text: {DIV}"),
        ("a: ${x | markdown}", "3:5", f"A.text: {DIV}"),
        ("p: [{span: '${x | markdown}'}]", "3:10", f"Span.text: {DIV}"),
        ("{div: a, title: '${x | markdown}'}", "3:6", f"Div.title: {ALL}"),
        ("{div: a, show: '${x | markdown}'}", "3:6", f"Div.show: {ALL}"),
        ("{div: a, attrs: {data-x: '${x | markdown}'}}", "3:6", f"Div.attrs: {ALL}"),
        ("markdown: ${x | markdown}", "3:5", f"Markdown.markdown: {ALL}"),
        ("textarea: ${x | markdown}", "3:5", f"Textarea.value: {ALL}"),
    ],
)
def test_markup_in_a_wrong_place_is_found_when_the_site_is_loaded(
    tmp_path: Path, body: str, where: str, message: str
) -> None:
    assert f"site.yaml:{where}: error: {message}\n" in mistakes(tmp_path, f"state: {{x: a}}\nbody:\n  - {body}\n")


def test_markup_that_a_component_puts_into_something_else_is_found(tmp_path: Path) -> None:
    text = """
        state: {x: a}
        components:
          card: {props: {t: str}, body: [{div: "- ${t}"}]}
        body: [{card: {t: "${x | markdown}"}}]
        """
    assert f"site.yaml:3:35: error: Div.text: {ALL}\n" in mistakes(tmp_path, text)
