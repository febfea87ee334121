"""The network goes away, the page is loaded anew meanwhile, the server is killed: nothing written is lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, WebSocketRoute, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.writing import code, editor, select, text, until
from tests.browser.network import network_to
from tests.browser.serving import Watched, live_tab, serving
from tests.cli.program import Program, program, write_site

SITE = """\
title: Away
scope: shared
body:
  - people: notes
  - editor: notes
    classes: h-40
  - textarea: Hello
    shared_text: plain
  - code: main
    language: text
    classes: h-20
"""
OFFLINE = "Offline: your changes are kept and sent later"
CUT = ("WebSocket connection to", "net::ERR_")


@contextmanager
def writer(browser: Browser, url: str) -> Iterator[Watched]:
    """A tab that shows all of the documents; it may complain of a connection that is cut."""
    with live_tab(browser, url) as watched:
        shown(watched)
        yield watched
        watched.page.goto("about:blank")  # so that nothing tries to come back any more
        watched.complaints[:] = [line for line in watched.complaints if not any(words in line for words in CUT)]


def shown(watched: Watched) -> None:
    expect(editor(watched.page)).to_be_visible()
    expect(watched.page.locator(".cm-content")).to_be_visible()


def field(page: Page) -> Locator:
    return page.locator("textarea")


def write(page: Page, word: str) -> None:
    """Put a word at the beginning of all three documents."""
    select(page, 0)
    page.keyboard.type(word)
    field(page).click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(word)
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type(word)


def same_words(words: tuple[str, ...], rest: tuple[str, str, str], *tabs: Watched) -> None:
    """Wait until all tabs show the same, with all of the words at the beginning, in whatever order, each once."""
    endings = dict(zip((text, value, code), rest, strict=True))
    for read, ending in endings.items():
        for watched in tabs:
            until(watched.page, lambda read=read, page=watched.page, ending=ending: complete(read(page), words, ending))
        until(tabs[0].page, lambda read=read: len({read(watched.page) for watched in tabs}) == 1)


def value(page: Page) -> str:
    return field(page).input_value()


def complete(found: str, words: tuple[str, ...], rest: str) -> bool:
    return sorted(found.removesuffix(rest).split()) == sorted(words) and found.endswith(rest)


def test_what_both_write_while_one_is_away_is_merged(browser: Browser, site: Site) -> None:
    with (
        network_to(site.url) as network,
        writer(browser, site.url) as ann,
        writer(browser, network.address) as bob,
    ):
        hint = bob.page.locator(".livepages-rich .livepages-hint")
        write(ann.page, "both ")
        same_words(("both",), ("\n", "Hello", ""), ann, bob)
        network.go()
        expect(hint).to_have_text(OFFLINE)
        expect(ann.page.get_by_role("listitem")).to_have_count(1)
        write(ann.page, "here ")
        write(bob.page, "away ")
        assert text(ann.page) == "here both \n"
        assert text(bob.page) == "away both \n"
        network.come_back()
        same_words(("away", "here", "both"), ("\n", "Hello", ""), ann, bob)
        expect(hint).to_have_text("")
        expect(ann.page.get_by_role("listitem")).to_have_count(2)
        bob.page.keyboard.press("Control+z")
        for watched in (ann, bob):
            until(watched.page, lambda page=watched.page: complete(code(page), ("here", "both"), ""))


class Restarted:
    """A server that is killed and started again at the same port, with the same data."""

    def __init__(self, folder: Path) -> None:
        self._site = write_site(folder / "site", SITE)
        self._data = folder / "data"
        self.url = "http://127.0.0.1:0"

    @contextmanager
    def runs(self) -> Iterator[Program]:
        port = urlsplit(self.url).port or 0
        with program("serve", self._site, "--port", str(port), "--data", self._data) as started:
            self.url = started.url().rstrip("/")
            assert port in (0, urlsplit(self.url).port)
            yield started


@pytest.mark.parametrize(("place", "read"), [(".ql-editor", text), ("textarea", value), (".cm-content", code)])
def test_who_writes_goes_on_where_he_was_when_a_server_comes_back(
    browser: Browser, tmp_path: Path, place: str, read: Callable[[Page], str]
) -> None:
    server = Restarted(tmp_path)
    with server.runs() as first, writer(browser, server.url) as ann:
        page = ann.page
        page.locator(place).click()
        page.keyboard.press("Control+Home")
        page.keyboard.type("before behind ")
        for _ in "behind ":
            page.keyboard.press("ArrowLeft")
        until(page, lambda: "before behind " in read(page))
        page.evaluate("window.isOld = true")
        first.end(signal.SIGKILL)
        with server.runs():
            until(page, lambda: page.evaluate("!window.isOld && document.activeElement !== document.body"))
            until(page, lambda: "before behind " in read(page))
            page.keyboard.type("here ")
            until(page, lambda: "before here behind " in read(page), lambda: read(page))


def test_a_server_that_is_killed_and_started_again(browser: Browser, tmp_path: Path) -> None:
    server = Restarted(tmp_path)
    with server.runs() as first, writer(browser, server.url) as ann, writer(browser, server.url) as bob:
        write(ann.page, "kept ")
        same_words(("kept",), ("\n", "Hello", ""), ann, bob)
        first.end(signal.SIGKILL)
        write(ann.page, "one ")
        write(bob.page, "two ")
        assert text(bob.page) == "two kept \n"
        with server.runs() as second:
            same_words(("kept", "one", "two"), ("\n", "Hello", ""), ann, bob)
            with writer(browser, server.url) as late:
                same_words(("kept", "one", "two"), ("\n", "Hello", ""), late, ann)
            write(bob.page, "last ")
            same_words(("kept", "one", "two", "last"), ("\n", "Hello", ""), ann, bob)
            second.end(signal.SIGTERM)


def test_what_was_written_offline_outlives_the_page(browser: Browser, tmp_path: Path) -> None:
    folder = write_site(tmp_path / "site", SITE)
    with (
        serving(folder) as url,
        network_to(url) as network,
        writer(browser, url) as ann,
        writer(browser, network.address) as bob,
    ):
        write(bob.page, "sent ")
        same_words(("sent",), ("\n", "Hello", ""), ann, bob)
        network.go()
        write(bob.page, "kept ")
        write(ann.page, "here ")
        with pytest.raises(Error, match="net::ERR_"):
            bob.page.reload()
        bob.page.wait_for_url("chrome-error://**")
        network.come_back()
        bob.page.goto(network.address)
        shown(bob)
        same_words(("kept", "sent", "here"), ("\n", "Hello", ""), ann, bob)
        bob.page.reload()
        shown(bob)
        same_words(("kept", "sent", "here"), ("\n", "Hello", ""), ann, bob)
        assert bob.page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('document'))") == []


QUIET = """\
title: Quiet
scope: shared
body:
  - editor: notes
    presence: false
"""
KEPT = "Object.keys(sessionStorage).filter((key) => key.includes('document'))"


def test_a_tab_that_nobody_is_told_of_stays_connected(browser: Browser, tmp_path: Path) -> None:
    with serving(write_site(tmp_path / "site", QUIET)) as url, live_tab(browser, url) as ann:
        ann.page.clock.install()
        ann.page.reload()
        expect(editor(ann.page)).to_be_visible()
        asked = len(ann.requests)
        select(ann.page, 0)
        ann.page.keyboard.type("word")
        ann.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        assert len(ann.page.evaluate(KEPT)) == 1
        ann.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        until(ann.page, lambda: ann.page.evaluate(KEPT) == [])
        back = len(ann.requests)
        for _ in range(20):
            ann.page.clock.run_for(2500)
            ann.page.wait_for_timeout(50)
        assert [address for address in ann.requests[back:] if "/documents/" in address] == []
        ann.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        assert ann.page.evaluate(KEPT) == []  # the server has it for certain
        assert text(ann.page) == "word\n"
        assert len(ann.requests) > asked


def test_a_page_that_comes_without_its_documents(browser: Browser, tmp_path: Path) -> None:
    """Their connections are refused, for two loads of the page: what was kept stays kept."""
    folder = write_site(tmp_path / "site", SITE)
    with serving(folder) as url, writer(browser, url) as ann, writer(browser, url) as bob:
        is_cut = False
        links: list[WebSocketRoute] = []

        def route(link: WebSocketRoute) -> None:
            if is_cut:
                link.close(code=1011)
            else:
                link.connect_to_server()
                links.append(link)

        bob.page.route_web_socket("**/_livepages/documents/**", route)
        bob.page.reload()
        shown(bob)
        write(bob.page, "sent ")
        same_words(("sent",), ("\n", "Hello", ""), ann, bob)
        is_cut = True
        for link in links:
            link.close(code=1011)
        hint = bob.page.locator(".livepages-rich .livepages-hint")
        expect(hint).to_have_text(OFFLINE)
        write(bob.page, "kept ")
        for _ in range(2):
            bob.page.reload()
            expect(hint).to_have_text("Connecting…")
            assert editor(bob.page).count() == 0
        is_cut = False
        shown(bob)
        same_words(("kept", "sent"), ("\n", "Hello", ""), ann, bob)
