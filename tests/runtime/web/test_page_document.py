from __future__ import annotations

import re
from pathlib import Path

from livepages.testing import open_site
from tests.runtime.support import write_site


async def test_a_page_is_complete_before_any_script_runs(tmp_path: Path) -> None:
    text = """
        title: "Hello ${name} & co"
        description: A "test" page
        lang: de
        classes: bg-white p-4
        params: {name: Ann}
        body: [{h1: "Hello ${name}", id: head}]
        """
    async with open_site(write_site(tmp_path, text)) as site:
        html = (await site.get("/?name=<Bob>")).text
    document = re.sub(r'(data-page|data-build|href|src|data-at|data-css)="[^"]*"', r'\1=""', html)
    assert document == (
        '<!doctype html>\n<html lang="de" data-page="" data-build="">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Hello &lt;Bob&gt; &amp; co</title>\n"
        '<meta name="description" content="A &quot;test&quot; page">\n<link rel="icon" href="">\n'
        '<link rel="stylesheet" href="" data-css="">\n<script type="module" src=""></script>\n</head>\n'
        '<body>\n<div data-stream="page" data-at="" data-documents="~" class="bg-white p-4">'
        '<h1 data-n="1" id="head">Hello &lt;Bob&gt;</h1>'
        "</div>\n</body>\n</html>\n"
    )


async def test_tokens_can_not_be_guessed(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "body: [{p: x}]")) as site:
        tokens = {re.findall(r'data-page="([^"]+)"', (await site.get("/")).text)[0] for _ in range(5)}
    assert len(tokens) == 5 and {len(token) for token in tokens} == {24}


async def test_a_shared_element_is_a_stream_of_its_own(tmp_path: Path) -> None:
    text = "shared: {board: [{p: x}]}\npages: {/: {title: T, body: [{h1: y}, {shared: board}]}}"
    async with open_site(write_site(tmp_path, text)) as site:
        html = (await site.get("/")).text
    assert re.search(
        r'<div data-stream="page" data-at="[\w-]+:0" data-documents="~"><h1 data-n="1">y</h1>'
        r'<livepages-shared data-n="2" data-stream="shared/board" data-at="[\w-]+:0">'
        r'<p data-n="1">x</p></livepages-shared></div>',
        html,
    )


async def test_a_page_shows_what_is_so_now(tmp_path: Path) -> None:
    text = "scope: shared\nbody: [{input: '', id: name}]"
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        await tab.fill("name", '"<x>')
        html = (await site.get("/")).text
        assert 'value="&quot;&lt;x&gt;"' in html and re.search(r'data-at="[\w-]+:1"', html)


async def test_the_title_shows_state_as_it_is_now(tmp_path: Path) -> None:
    for scope in ("shared", "tab"):
        text = f"""
            state: {{count: 1}}
            pages:
              /:
                scope: {scope}
                title: ${{site.count}} new
                body: [{{button: more, on: {{click: {{set: {{site.count: "${{site.count + 1}}"}}}}}}}}]
            """
        async with open_site(write_site(tmp_path, text)) as site:
            tab = await site.open()
            assert tab.title == "1 new"
            await tab.click("more")
            assert (await site.open()).title == "2 new"
