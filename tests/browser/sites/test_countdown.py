"""The countdown in real tabs."""

from __future__ import annotations

import urllib.error
import urllib.request
from html import unescape

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.serving import live_tab

RECORD = """() => {
    window.seen = [];
    document.addEventListener("animationstart", event =>
        window.seen.push([event.animationName, event.target.textContent]));
}"""


def test_it_counts_down_in_one_tab_only(browser: Browser, site: str) -> None:
    address = f"{site}/?num=3&animation=bounceIn"
    with live_tab(browser, address) as one, live_tab(browser, address) as other:
        before = other.page.locator("body").inner_html()
        one.page.evaluate(RECORD)
        one.page.get_by_role("button").click()
        expect(one.page.get_by_role("button")).to_have_count(0)
        expect(one.page.get_by_text("Boom!")).to_be_visible()
        expect(one.page.get_by_role("button")).to_be_visible()
        one.page.wait_for_function("() => window.seen.some(([name]) => name.endsWith('zoomIn'))")
        seen = one.page.evaluate("() => window.seen")
        assert [text for _, text in seen] == ["3", "2", "1", "Boom!"]
        assert [name.removeprefix("animate__") for name, _ in seen] == ["bounceIn", "bounceIn", "bounceIn", "zoomIn"]
        assert other.page.locator("body").inner_html() == before
        assert other.patches() == []


def test_the_end_has_its_own_look(browser: Browser, site: str) -> None:
    with live_tab(browser, f"{site}/?num=1") as one:
        one.page.get_by_role("button").click()
        boom = one.page.get_by_text("Boom!")
        expect(boom).to_be_visible()
        classes = boom.get_attribute("class") or ""
        assert "bg-white" in classes.split()
        assert not {"bg-blue-500", "text-red-600"} & set(classes.split())
        assert boom.evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(255, 255, 255)"
        assert "text-red-700" in (one.page.locator("#stage svg").get_attribute("class") or "").split()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("num=abc", 'The parameter num: expected a whole number from 1 to 3600, not "abc".'),
        ("num=99999", 'The parameter num: expected a whole number from 1 to 3600, not "99999".'),
    ],
)
def test_a_bad_parameter_is_refused_with_its_limits(site: str, query: str, sentence: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{site}/?{query}")
    with caught.value as response:
        assert (response.code, sentence in unescape(response.read().decode())) == (400, True)
