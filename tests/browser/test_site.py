"""A site that uses most of the language, in real tabs: fields, forms, keys, pages, sessions, effects on one tab."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import live_tab, serving, tab

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

SITE = """
title: Everything
handlers: everything.py
css: own.css
pages:
  /:
    body:
      - form:
          - label: Name
            for: name
          - input:
            id: name
            name: name
          - input: false
            type: checkbox
            id: agree
            name: agree
          - input: tea
            type: radio
            name: drink
            checked: true
            id: tea
          - input: coffee
            type: radio
            name: drink
            id: coffee
          - select: red
            id: colour
            name: colour
            options: [red, green]
          - input:
            type: file
            id: file
            multiple: true
          - button: Submit
            type: submit
        on: {submit: save}
      - p:
        id: told
      - input:
        id: keys
        on: {keydown.enter: entered}
      - button: Toast
        on: {click: toast}
      - button: Script
        on: {click: script}
      - button: Focus
        on: {click: focus}
      - button: Title
        on: {click: title}
      - button: Download
        on: {click: download}
      - button: Away
        on: {click: away}
      - button: Fail
        on: {click: fail}
      - a: Other page
        href: /other
        classes: own
      - image: pixel.png
        id: picture
        alt: A pixel
      - markdown: "**bold** <script>"
        id: prose
      - button: Grow
        on: {click: grow}
      - div:
        id: grown
  /other:
    title: The other page
    scope: session
    body:
      - button: Count
        on: {click: count}
      - p: "0"
        id: counted
"""

HANDLERS = """
from pathlib import Path

def save(page, value):
    page["told"].text = ", ".join(f"{name}={value[name]}" for name in sorted(value))

def entered(page, value, event):
    page["told"].text = f"{event.key}: {value}"

def toast(tab): tab.toast("Saved <b>it</b>", "success")
def script(tab): tab.run_js("document.querySelector('#told').dataset.ran = String(1 + 1)")
def focus(tab, page): tab.focus(page["name"])
def title(tab): tab.title("Another title")
def download(tab): tab.download("a,b", "table.csv")
def away(tab): tab.go("/other")
def fail(page):
    page["told"].text = "half done"
    raise RuntimeError("the reason")

def grow(page):
    page["grown"].append({"p": "grown", "classes": "bg-[rgb(1,2,3)] " + "w-" + "[123px]", "id": "new"})

def count(page, session):
    session.data["n"] = session.data.get("n", 0) + 1
    page["counted"].text = session.data["n"]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("everything")
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    (folder / "everything.py").write_text(HANDLERS, encoding="utf-8")
    (folder / "own.css").write_text(".own { letter-spacing: 3px }", encoding="utf-8")
    (folder / "static").mkdir()
    (folder / "static" / "pixel.png").write_bytes(PIXEL)
    with serving(folder) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with live_tab(browser, site) as watched:
        yield watched.page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_form_is_sent_with_all_its_fields(page: Page, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("x", encoding="utf-8")
    page.get_by_label("Name").fill("Ada")
    page.locator("#agree").check()
    page.locator("#coffee").check()
    page.locator("#colour").select_option("green")
    page.locator("#file").set_input_files(tmp_path / "report.txt")
    press(page, "Submit")
    expect(page.locator("#told")).to_have_text("agree=True, colour=green, drink=coffee, name=Ada")


def test_a_key_fires_only_what_is_declared(page: Page) -> None:
    page.locator("#keys").press_sequentially("abc")
    page.locator("#keys").press("Enter")
    expect(page.locator("#told")).to_have_text("Enter: abc")


def test_what_one_tab_only_gets(page: Page) -> None:
    press(page, "Toast")
    expect(page.get_by_text("Saved <b>it</b>")).to_be_visible()
    press(page, "Script")
    expect(page.locator("#told")).to_have_attribute("data-ran", "2")
    press(page, "Focus")
    expect(page.locator("#name")).to_be_focused()
    press(page, "Title")
    expect(page).to_have_title("Another title")
    with page.expect_download() as download:
        press(page, "Download")
    assert download.value.suggested_filename == "table.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8") == "a,b"
    press(page, "Away")
    expect(page).to_have_title("The other page")


def test_a_failing_handler_says_so_and_shows_what_the_server_holds(page: Page) -> None:
    press(page, "Fail")
    expect(page.locator("#told")).to_have_text("half done")
    problems = page.get_by_role("region", name="A handler failed")
    expect(problems).to_contain_text("RuntimeError: the reason")
    problems.get_by_role("button", name="Close").click()
    expect(problems).to_have_count(0)


def test_links_pictures_markdown_and_own_css(page: Page) -> None:
    assert page.locator("#picture").evaluate("picture => picture.naturalWidth") == 1
    assert page.locator("#prose").inner_html() == "<p><strong>bold</strong> &lt;script&gt;</p>"
    assert page.locator(".own").evaluate("link => getComputedStyle(link).letterSpacing") == "3px"
    page.get_by_role("link", name="Other page").click()
    expect(page).to_have_title("The other page")


def test_a_class_that_no_page_had_comes_with_its_css(page: Page) -> None:
    press(page, "Grow")
    style = page.locator("#new").evaluate("new_ => [getComputedStyle(new_).backgroundColor, new_.offsetWidth]")
    assert style == ["rgb(1, 2, 3)", 123]


def test_a_session_is_one_browser(browser: Browser, site: str) -> None:
    context: BrowserContext = browser.new_context()
    one, other = context.new_page(), context.new_page()
    for each in (one, other):
        each.goto(f"{site}/other")
    with live_tab(browser, f"{site}/other") as stranger:
        press(one, "Count")
        expect(other.locator("#counted")).to_have_text("1")
        press(other, "Count")
        expect(one.locator("#counted")).to_have_text("2")
        expect(stranger.page.locator("#counted")).to_have_text("0")
    context.close()


def test_an_unknown_page_says_so(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    response = page.goto(f"{site}/nowhere")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    assert page.goto(f"{site}/static/../site.yaml") is not None
    assert "handlers" not in page.content()
    context.close()


def test_it_is_readable_without_a_script(browser: Browser, site: str) -> None:
    with tab(browser, site, java_script_enabled=False) as watched:
        expect(watched.page.get_by_role("button", name="Toast")).to_be_visible()
        expect(watched.page.locator("#colour")).to_have_value("red")
