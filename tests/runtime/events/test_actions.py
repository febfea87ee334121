"""Actions: what the file does by itself when something happens."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from livepages.runtime.hub.hub import StartupFailed
from livepages.testing import Tab, open_site
from tests.runtime.support import write_site

POLL = """
scope: shared
state: {votes: {tea: 0, coffee: 0}, open: true, names: [], step: {default: 1, ge: 1, le: 3}, text: ""}
body:
  - {p: "${votes.tea} ${votes.coffee} ${open} ${names} ${step} ${text}", id: out}
  - button: ${drink}
    each: drink, count in votes
    id: vote
    on: {click: {set: {"votes[drink]": "${count + 1}"}}}
  - {button: toggle, id: toggle, on: {click: {toggle: open}}}
  - {button: append, id: append, on: {click: {append: {names: "${names | length}"}}}}
  - {button: prepend, id: prepend, on: {click: {prepend: {names: first}}}}
  - {button: remove, id: remove, on: {click: {remove: {names: 1}}}}
  - {button: pop, id: pop, on: {click: {remove: "names[0]"}}}
  - {button: clear, id: clear, on: {click: [{clear: names}, {clear: text}, {clear: step}, {clear: votes}]}}
  - {button: next, id: next, on: {click: [{set: {text: before}}, {set: {step: "${step + 1}"}}, {set: {text: after}}]}}
  - {button: when, id: when, on: {click: [{set: {text: yes}, when: "${open}"}, {set: {text: no}, when: "${not open}"}]}}
  - {button: new, id: new, on: {click: {set: {votes.milk: 1}}}}
  - {button: key, id: key, on: {keydown: {set: {text: "${event.key}"}}}}
"""


async def out_after(tab: Tab, *clicks: str) -> str:
    for click in clicks:
        await tab.click(click)
    return tab["out"].text


async def test_state_is_set_toggled_and_listed(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, POLL)) as site:
        tab, other = await site.open(), await site.open()
        tea, coffee = (button for button in tab.find_all("button") if button.text in ("tea", "coffee"))
        await tab.click(tea)
        await tab.click(coffee)
        await tab.click(tea)
        assert tab["out"].text == "2 1 true [] 1 "
        assert await out_after(tab, "toggle") == "2 1 false [] 1 "
        assert await out_after(tab, "append", "append", "prepend") == '2 1 false ["first", 0, 1] 1 '
        assert await out_after(tab, "remove") == '2 1 false ["first", 0] 1 '
        assert await out_after(tab, "remove", "pop") == "2 1 false [0] 1 "
        assert await out_after(tab, "clear") == "  false [] 1 "
        assert await out_after(tab, "new") == "  false [] 1 "
        assert await out_after(tab, "when", "toggle", "when") == "  true [] 1 yes"
        await tab.press("key", "x")
        assert tab["out"].text == "  true [] 1 x"
        assert tab.errors == []
        assert other["out"].text == tab["out"].text
        await tab.verify()


async def test_an_action_that_fails_stops_the_rest_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_site(write_site(tmp_path, POLL)) as site:
        tab, other = await site.open(), await site.open()
        await tab.click("next")
        await tab.click("next")
        assert (tab["out"].text, tab.errors) == ("0 0 true [] 3 after", [])
        await tab.click("next")
        message = "set step: expected a whole number from 1 to 3, not 4."
        assert [(error["code"], error["message"]) for error in tab.errors] == [("action-failed", message)]
        (noted,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
        assert noted.endswith(f"site.yaml:15:73: {message}")
        assert tab["out"].text == other["out"].text == "0 0 true [] 3 before"
        await tab.click("pop")
        assert tab.errors[-1]["message"] == "remove names[0]: there is no item 0: the list has 0 items, counted from 0."


TABS = """
body:
  - {p: "${said}", id: out}
  - {input: "", id: name, on: {keydown.enter: [{set: {said: hello}}, {toast: "Hi ${params.who}", when: "${said}"}]}}
  - {button: go, id: go, on: {click: {go: "/?who=${said}"}}}
  - {button: bad, id: bad, on: {click: {go: "${said}"}}}
  - {button: show, id: show, on: {click: [{toggle: shown}, {focus: inner}]}}
  - {input: "", id: inner, show: "${shown}"}
  - {details: [{p: x}], id: more}
  - {button: open, id: open, on: {click: {open: more}}}
  - {button: close, id: close, on: {click: {close: more}}}
params: {who: all}
state: {said: "a b/c", shown: false}
"""


async def test_what_one_tab_is_told(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, TABS)) as site:
        tab, other = await site.open("/?who=Ann"), await site.open()
        await tab.click("go")
        await tab.press("name", "Enter")
        await tab.click("show")
        assert tab.commands == [
            {"type": "go", "url": "/?who=a%20b%2Fc"},
            {"type": "toast", "text": "Hi Ann", "kind": "info"},
            {"type": "focus", "stream": "page", "node": 6},
        ]
        assert "inner" in tab
        await tab.click("show")
        assert [error["message"] for error in tab.errors] == []
        assert (other.commands, other["out"].text) == ([], "a b/c")


PLACES = """
pages:
  /:
    state: {room: "a b/c?", tab: 2, day: null}
    body:
      - button: page
        on: {click: {go: {page: "/room/{name}", params: {name: "${room}", tab: "${tab}", day: "${day}"}}}}
      - {button: literal, on: {click: {go: {page: "/room/{name}", params: {name: "x/y", day: "a&b", all: true}}}}}
      - {button: home, on: {click: {go: {page: /}}}}
      - {button: gone, on: {click: [{set: {room: ""}}, {go: {page: "/room/{name}", params: {name: "${room}"}}}]}}
      - {way: {to: a b}}
      - {way: {to: "${room}!"}}
  /room/{name}:
    params: {tab: 1, day: "", all: false}
    body: [{p: "${name} ${tab} ${day} ${all}"}]
components:
  way:
    props: {to: str}
    body:
      - {button: "to ${to}", on: {click: {go: "/room/${to}"}}}
      - {button: "at ${to}", on: {click: {go: {page: "/room/{name}", params: {name: "${to}", tab: 3}}}}}
"""


@pytest.mark.parametrize(
    ("button", "url", "shown"),
    [
        ("page", "/room/a%20b%2Fc%3F?tab=2", "a b/c? 2  false"),
        ("literal", "/room/x%2Fy?day=a%26b&all=true", "x/y 1 a&b true"),
        ("home", "/", "page"),
        ("to a b", "/room/a%20b", "a b 1  false"),
        ("at a b", "/room/a%20b?tab=3", "a b 3  false"),
        ("to a b/c?!", "/room/a%20b%2Fc%3F%21", "a b/c?! 1  false"),
        ("at a b/c?!", "/room/a%20b%2Fc%3F%21?tab=3", "a b/c?! 3  false"),
    ],
)
async def test_a_page_is_gone_to_with_its_parameters(button: str, url: str, shown: str, tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, PLACES)) as site:
        tab = await site.open()
        await tab.click(button)
        assert (tab.commands, tab.errors) == ([{"type": "go", "url": url}], [])
        there = await site.open(url)
        assert there.find("button, p").text == shown


async def test_a_page_is_not_gone_to_without_what_its_route_needs(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, PLACES)) as site:
        tab = await site.open()
        await tab.click("gone")
        message = 'go: the page /room/{name} needs the parameter "name", which is empty.'
        assert ([error["message"] for error in tab.errors], tab.commands) == ([message], [])


ADDRESSES = """
state: {name: "a b/c", mail: "a+b@c.de", whole: "/x y?z=1#w"}
body:
  - {a: part, id: part, href: "/room/${name}"}
  - {a: query, id: query, href: "/?q=${name}&n=${name}#${name}"}
  - {a: once, id: once, href: "/room/${name | urlencode}"}
  - {a: whole, id: whole, href: "${whole}"}
  - {a: begins, id: begins, href: "${whole}&v=${name}"}
  - {a: far, id: far, href: "https://example.org/${name}"}
  - {a: mail, id: mail, href: "mailto:${mail}?subject=${name}"}
  - {img: , src: "/static/${name}.png", alt: "", id: src}
  - {form: [], id: form, action: "/find/${name}"}
  - {div: "", id: attrs, attrs: {cite: "/room/${name}", data-name: "/room/${name}"}}
  - {way: {to: "d e", from: "${name}"}}
components:
  way: {props: {to: str, from: str}, body: [{a: way, id: way, href: "/${to}/${from}"}]}
"""


async def test_what_is_put_into_an_address_stays_one_part_of_it(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, ADDRESSES)) as site:
        tab = await site.open()
        found = {handle.text: handle["href"] for handle in tab.find_all("a")}
        assert found == {
            "part": "/room/a%20b%2Fc",
            "query": "/?q=a%20b%2Fc&n=a%20b%2Fc#a%20b%2Fc",
            "once": "/room/a%20b%2Fc",
            "whole": "/x y?z=1#w",
            "begins": "/x y?z=1#w&v=a%20b%2Fc",
            "far": "https://example.org/a%20b%2Fc",
            "mail": "mailto:a+b@c.de?subject=a%20b/c",
            "way": "/d%20e/a%20b%2Fc",
        }
        assert tab["src"]["src"] == "/static/a%20b%2Fc.png"
        assert tab["form"]["action"] == "/find/a%20b%2Fc"
        assert (tab["attrs"]["cite"], tab["attrs"]["data-name"]) == ("/room/a%20b%2Fc", "/room/a b/c")


async def test_addresses_that_run_scripts_are_refused(tmp_path: Path) -> None:
    text = "body: [{button: bad, on: {click: {go: '${said}'}}}]\nstate: {said: 'javascript:alert(1)'}"
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        await tab.click("bad")
        assert tab.commands == []
        assert [error["code"] for error in tab.errors] == ["action-failed"]


async def test_details_open_and_close_even_where_their_user_did_otherwise(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, TABS)) as site:
        tab = await site.open()
        await tab.click("open")
        await tab.click("open")
        await tab.click("close")
        assert tab.operations() == [["prop", 7, "open", value] for value in (True, True, False)]


CALLS = """
state: {log: []}
body:
  - {p: "log ${log}", id: out}
  - button: all
    id: all
    on: {click: [{append: {log: 1}}, {call: note, with: {what: "${log | length}"}}, {append: {log: 3}}]}
  - {button: fail, id: fail, on: {click: [{call: fail}, {append: {log: 9}}]}}
  - button: wait
    id: wait
    on: {click: [later, {append: {log: then}}, {call: note, with: {what: "${log | last}"}}, {append: {log: end}}]}
  - {button: lose, id: lose, on: {click: [{call: fail_later}, {append: {log: 9}}]}}
  - {button: quiet, id: quiet, on: {click: {call: quiet, when: "${log}"}}}
"""
HANDLERS = """
import asyncio
def note(page, what): page.state.log.append(f"note {what}")
def fail(page):
    page.state.log.append("failing")
    raise OSError("no disk")
async def later(page):
    page.state.log.append("soon")
    await page.update()
    await asyncio.sleep(0)
    page.state.log.append("later")
async def fail_later(page):
    await later(page)
    raise OSError("no disk")
def quiet(page):
    page.state.log.append("quiet")
    return page
"""


async def test_handlers_are_called_in_their_turn(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, CALLS, HANDLERS)) as site:
        tab = await site.open()
        assert await out_after(tab, "quiet", "all") == 'log [1, "note 1", 3]'
        assert await out_after(tab, "quiet") == 'log [1, "note 1", 3]'
        assert await out_after(tab, "fail") == 'log [1, "note 1", 3, "quiet", "failing"]'
        assert [error["code"] for error in tab.errors] == ["handler-failed"]
        assert (await out_after(tab, "wait")).endswith('"failing", "soon", "later", "then", "note then", "end"]')
        assert (await out_after(tab, "lose")).endswith('"note then", "end", "soon", "later"]')
        await tab.verify()


COMING = """
pages:
  /:
    scope: shared
    state: {log: []}
    startup: [later, {append: {log: started}}]
    on: {open: [later, {append: {log: opened}}]}
    body:
      - {p: "${log | join(' ')}", id: out}
"""


async def test_what_happens_by_itself_waits_for_async_handlers_too(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, COMING, HANDLERS)) as site:
        tab = await site.open()
        await tab.until(lambda: "opened" in tab["out"].text)
        words = tab["out"].text.split()
        assert sorted(words) == ["later", "later", "opened", "soon", "soon", "started"]
        assert words.index("later") < words.index("started") < words.index("opened")


COMPONENTS = """
state: {picked: nothing, total: 0, drinks: [tea, coffee]}
body:
  - {p: "${picked} ${total}", id: out}
  - choice: {name: "${drink}"}
    each: drink in drinks
    on:
      picked: [{set: {picked: "${drink} ${value}"}}, {set: {total: "${total + 1}"}}]
      gone: forget
  - choice: {name: water}
    on: {picked: {call: take, with: {what: "${picked}"}}}
components:
  choice:
    props: {name: ""}
    body:
      - button: ${name}
        on: {click: {emit: {picked: "<${name}>"}}}
      - {button: "no ${name}", on: {click: {emit: gone}}}
      - button: deep ${name}
        each: n in 1..1
        on: {click: {emit: {picked: "${n}"}}}
"""


async def test_components_raise_events_to_those_who_use_them(tmp_path: Path) -> None:
    python = """
        def take(page, value, what, element): page.state.picked = f"{value} after {what}"
        def forget(page): page.state.picked = "forgotten"
        """
    async with open_site(write_site(tmp_path, COMPONENTS, python)) as site:
        tab = await site.open()
        assert await out_after(tab, "tea") == "tea <tea> 1"
        assert await out_after(tab, "deep coffee") == "coffee 1 2"
        assert await out_after(tab, "water") == "<water> after coffee 1 2"
        assert await out_after(tab, "no tea") == "forgotten 2"
        assert await out_after(tab, "no water") == "forgotten 2"
        assert tab.errors == []


async def test_no_tab_can_raise_the_events_of_a_component_by_itself(tmp_path: Path) -> None:
    python = "def take(page, value, what, element): page.state.picked = 'forged'\ndef forget(page): pass"
    async with open_site(write_site(tmp_path, COMPONENTS, python)) as site:
        tab = await site.open()
        for number in range(-30, 30):
            tab.send({"type": "event", "id": number + 31, "stream": "page", "node": number, "on": "picked", "data": {}})
        await tab.settle()
        assert tab["out"].text == "nothing 0"


async def test_timers_startup_and_tabs_that_come_and_go(tmp_path: Path) -> None:
    text = """
        state: {count: 0, log: []}
        startup: [{set: {site.count: 5}}, note]
        every: {1h: {set: {site.count: "${site.count + 1}"}}}
        pages:
          /:
            scope: shared
            state: {here: 0, log: []}
            startup: {set: {here: "${site.count}"}}
            every: {1h: [{append: {log: tick}}, {toast: tick}]}
            on:
              open: [{append: {log: open}}, {toast: welcome}]
              close: {append: {log: close}}
            body: [{p: "${site.count} ${site.log} ${here} ${log}", id: out}]
        """
    python = "def note(site): site.state.log.append(site.state.count)"
    async with open_site(write_site(tmp_path, text, python)) as site:
        tab = await site.open()
        assert tab["out"].text == '6 [5] 5 ["tick", "open"]'
        other = await site.open()
        assert tab["out"].text == '6 [5] 5 ["tick", "open", "open"]'
        assert [command["text"] for command in tab.commands] == ["welcome"]
        await other.close()
        await tab.until(lambda: tab["out"].text == '6 [5] 5 ["tick", "open", "open", "close"]')
        await other.connect()
        assert other["out"].text == '6 [5] 5 ["tick", "open", "open", "close", "open"]'
        await other.verify()


async def test_a_startup_that_fails_is_told(tmp_path: Path) -> None:
    text = """
        state: {step: {default: 1, le: 3}, by: 9}
        startup: {set: {site.step: "${site.by}"}}
        pages: {/: {body: [x]}}
        """
    with pytest.raises(StartupFailed, match=r"set site\.step: expected a whole number of at most 3, not 9"):
        async with open_site(write_site(tmp_path, text)):
            pass


async def test_on_a_shared_page_the_session_is_that_of_whoever_acts(tmp_path: Path) -> None:
    text = """
        session: {name: nobody}
        pages:
          /:
            scope: shared
            state: {said: ""}
            body:
              - {p: "${said}", id: out}
              - {button: say, id: say, on: {click: {set: {said: "${session.name}"}}}}
          /me:
            body:
              - {p: "${session.name}", id: out}
              - {input: "", id: name, on: {change: {set: {session.name: "${value}"}}}}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        ann, bob = site.browser(), site.browser()
        mine, theirs = await ann.open("/me"), await bob.open("/me")
        mine["name"].fill("Ann")
        await mine.fire("name", "change")
        assert (mine["out"].text, theirs["out"].text) == ("Ann", "nobody")
        said, heard = await ann.open("/"), await bob.open("/")
        await said.click("say")
        assert heard["out"].text == "Ann"
        await heard.click("say")
        assert said["out"].text == "nobody"


async def test_components_act_on_state_of_their_own(tmp_path: Path) -> None:
    text = """
        state: {open: false, count: 7, said: ""}
        body:
          - {p: "${open} ${count} ${said}", id: out}
          - counter: {start: "${count}"}
            each: n in 1..2
            on: {told: {set: {said: "${n} says ${value} of ${count}"}}}
        components:
          counter:
            props: {start: 0}
            state: {count: {default: 0, le: 2}, open: true}
            body:
              - button: "plus ${start} ${count} ${open}"
                on: {click: [{set: {count: "${count + 1}"}}, {toggle: open}, {emit: {told: "${count}"}}]}
              - {input: , type: number, bind: count}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        first, second = tab.find_all("button")
        await tab.click(second)
        assert (first.text, second.text) == ("plus 7 0 true", "plus 7 1 false")
        assert tab["out"].text == "false 7 2 says 1 of 7"
        fields = tab.find_all("input")
        await tab.fill(fields[0], 2)
        assert (first.text, fields[1].value) == ("plus 7 2 true", 1)
        await tab.click(first)
        assert [error["message"] for error in tab.errors] == ["set count: expected a whole number of at most 2, not 3."]
        await tab.verify()
