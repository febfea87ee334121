"""State, actions and tied fields in Chromium, with nothing but YAML."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.serving import live_tab, serving

SITE = """
title: Signup
scope: shared
state:
  name: {default: "", max_length: 20, pattern: "^[A-Z]?"}
  age: {default: 30, ge: 18, le: 120}
  drink: tea
  sent: []
  more: false
body:
  - {p: "${name} is ${age}, drinks ${drink}; more: ${more}; ${tabs} here", id: out}
  - form:
      - {input: , bind: name, id: name}
      - {input: , type: number, bind: age, id: age, min: 0}
      - {input: tea, type: radio, name: drink, bind: drink, id: tea}
      - {input: milk, type: radio, name: drink, bind: drink, id: milk}
      - {button: Send, type: submit, id: send}
    on:
      submit.prevent:
        - append: {sent: "${name}"}
        - clear: name
        - focus: name
        - toast: Thanks, ${sent | length}
  - ul:
      - li: ${person}
        each: person in sent
        empty: [{li: Nobody}]
    id: list
  - {details: [{summary: More}, {p: The rest}], bind: more, id: more}
  - {button: Open, id: open, on: {click: {open: more}}}
"""


NOTE = """
title: Note
scope: shared
state: {note: "**Hot** tea"}
body:
  - {div: "${note | markdown}", id: note}
  - {textarea: , bind: note, id: text}
"""


def test_markdown_shows_as_html_and_scripts_in_it_as_text(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(NOTE, encoding="utf-8")
    with serving(tmp_path) as url, live_tab(browser, url) as one, live_tab(browser, url) as two:
        page, other = one.page, two.page
        expect(page.locator("#note strong")).to_have_text("Hot")
        page.locator("#text").fill("**Iced** <script>document.title = 'x'</script> <img src=x onerror=alert(1)>")
        for shown in (page, other):
            expect(shown.locator("#note strong")).to_have_text("Iced")
            expect(shown.locator("#note")).to_contain_text("<script>document.title = 'x'</script> <img src=x")
            expect(shown.locator("#note script, #note img")).to_have_count(0)
            expect(shown).to_have_title("Note")


def test_a_form_of_tied_fields_in_two_tabs(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    with serving(tmp_path) as url, live_tab(browser, url) as one, live_tab(browser, url) as two:
        page, other = one.page, two.page
        expect(page.locator("#out")).to_have_text("is 30, drinks tea; more: false; 2 here")
        page.locator("#name").press_sequentially("Ann")
        expect(other.locator("#name")).to_have_value("Ann")
        other.locator("#milk").check()
        expect(page.locator("#milk")).to_be_checked()
        expect(page.locator("#tea")).not_to_be_checked()
        page.locator("#age").fill("12")
        expect(page.locator(".livepages-invalid")).to_have_text("Expected a whole number from 18 to 120, not 12.")
        expect(other.locator("#age")).to_have_value("30")
        page.locator("#send").click()
        expect(page.locator("#list")).to_have_text("Nobody")
        page.locator("#age").fill("31")
        page.locator("#send").click()
        expect(page.locator("#list")).to_have_text("Ann")
        expect(page.locator(".livepages-invalid")).to_have_count(0)
        expect(page.locator("#name")).to_have_value("")
        expect(page.locator("#name")).to_be_focused()
        expect(other.locator("#name")).to_have_value("")
        expect(page.locator(".livepages-toast")).to_have_text("Thanks, 1")
        page.locator("summary").click()
        expect(other.locator("#more")).to_have_attribute("open", "")
        other.locator("summary").click()
        expect(page.locator("#out")).to_have_text("is 31, drinks milk; more: false; 2 here")
        page.locator("#open").click()
        expect(other.locator("#out")).to_have_text("is 31, drinks milk; more: true; 2 here")
        other.close()
        expect(page.locator("#out")).to_contain_text("1 here")
