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


STEPS = """
state: {n: 0}
shared:
  board: [{p: "${site.n}", id: count}, {button: More, id: more, on: {click: {set: {site.n: "${site.n + 1}"}}}}]
pages:
  /:
    state: {step: 1}
    body:
      - match: step
        cases:
          1: [{label: Name, for: name}, {input: , id: name}]
          2: [{label: Town, for: name}, {input: , id: name}, {shared: board}]
      - {button: Next, id: next, on: {click: [{set: {step: "${3 - step}"}}, {focus: name}]}}
      - {a: Link, id: link, href: "/room/${params.to}"}
      - {button: Go, id: go, on: {click: {go: {page: "/room/{name}", params: {name: "${params.to}", tab: 2}}}}}
    params: {to: "a b/c"}
  /room/{name}: {params: {tab: 1}, body: [{h1: "${name} ${tab}"}]}
"""


def test_cases_of_a_match_and_addresses_with_what_is_put_in(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(STEPS, encoding="utf-8")
    with serving(tmp_path) as url, live_tab(browser, url) as one, live_tab(browser, url) as two:
        page, other = one.page, two.page
        page.locator("#next").click()
        other.locator("#next").click()
        expect(page.get_by_label("Town")).to_be_focused()
        page.locator("#more").click()
        expect(other.locator("#count")).to_have_text("1")
        page.locator("#next").click()
        other.locator("#more").click()
        expect(page.locator("#count")).to_have_count(0)
        expect(page.get_by_label("Name")).to_be_focused()
        page.locator("#next").click()
        expect(page.locator("#count")).to_have_text("2")
        other.locator("#more").click()
        expect(page.locator("#count")).to_have_text("3")
        page.locator("#link").click()
        expect(page.locator("h1")).to_have_text("a b/c 1")
        page.go_back()
        page.locator("#go").click()
        expect(page.locator("h1")).to_have_text("a b/c 2")


DIALOGS = """
scope: shared
state: {asked: false, age: {default: 0, ge: 0, le: 120}}
body:
  - {p: "asked: ${asked}", id: out}
  - {button: Ask, id: ask, on: {click: {open: question}}}
  - {button: Tell, id: tell, on: {click: {open: news}}}
  - {button: Clear, id: clear, on: {click: {clear: age}}}
  - {input: , type: number, bind: age, id: age}
  - {dialog: [{p: Sure?}, {button: No, id: no, on: {click: {close: question}}}], bind: asked, id: question}
  - {dialog: [{p: News}, {button: Well, id: well, on: {click: {close: news}}}], modal: false, id: news}
"""


def test_dialogs_open_modally_and_close_by_an_action_or_by_escape(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(DIALOGS, encoding="utf-8")
    with serving(tmp_path) as url, live_tab(browser, url) as one:
        page = one.page
        modal = page.locator("#question:modal")
        for how in ("action", "escape"):
            page.locator("#ask").click()
            expect(modal).to_be_visible()
            expect(page.locator("#no")).to_be_focused()
            expect(page.locator("#out")).to_have_text("asked: true")
            if how == "action":
                page.locator("#no").click()
            else:
                page.keyboard.press("Escape")
            expect(page.locator("#question")).to_be_hidden()
            expect(page.locator("#out")).to_have_text("asked: false")
            expect(page.locator("#ask")).to_be_focused()
        page.locator("#ask").click()
        expect(modal).to_be_visible()
        page.reload()
        expect(modal).to_be_visible()
        with live_tab(browser, url) as two:
            expect(two.page.locator("#question:modal")).to_be_visible()
            two.page.keyboard.press("Escape")
            expect(page.locator("#question")).to_be_hidden()
            page.locator("#tell").click()
            expect(page.locator("#news")).to_be_visible()
            expect(page.locator("#news:modal")).to_have_count(0)
            page.locator("#ask").click()
            expect(two.page.locator("#question:modal")).to_be_visible()
            page.locator("#no").click()
            two.page.locator("#well").click()
            expect(page.locator("#news")).to_be_hidden()


def test_clearing_what_is_clear_already_takes_a_refused_value_away(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(DIALOGS, encoding="utf-8")
    with serving(tmp_path) as url, live_tab(browser, url) as one:
        field, message = one.page.locator("#age"), one.page.locator(".livepages-invalid")
        for typed, said in (("500", "not 500."), ("e", "not nothing.")):
            field.fill("")
            field.press_sequentially(typed)
            expect(message).to_contain_text(said)
            one.page.locator("#clear").click()
            expect(message).to_have_count(0)
            expect(field).to_have_value("0")
            assert field.evaluate("field => field.validity.valid && !field.hasAttribute('aria-invalid')")
