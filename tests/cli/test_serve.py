from __future__ import annotations

import json
import re
import signal
import socket
import sys
import urllib.request
from pathlib import Path

import pytest
from websockets.sync.client import connect

from livepages.cli.serve import address, is_loopback
from tests.cli.program import SITES, program, write_site


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as response:
        assert response.status == 200
        text: str = response.read().decode()
        return text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_site_is_served_until_a_signal_ends_it_though_tabs_are_open(number: int) -> None:
    with program("serve", SITES / "clock", "-p", "0") as served:
        url = served.url()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
        assert [served.line(), served.line()] == ["Pages: /", "Ctrl-C ends it."]
        html = get(url)
        token = re.search(r'data-page="([^"]+)"', html)
        assert token is not None
        hello: dict[str, object] = {
            "type": "hello",
            "page": token[1],
            "tab": "tab-of-a-test",
            "secret": "s" * 24,
            "streams": {},
        }
        with connect(f"ws{url.removeprefix('http')}_livepages/socket", open_timeout=60) as tab:
            tab.send(json.dumps({**hello, "build": "", "css": 0}))
            while json.loads(tab.recv(timeout=60))["type"] != "ready":
                pass
            ended = served.end(number)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert ended.seconds < 10, "it was not waited for; a busy machine is not a failure"


def test_a_half_written_request_does_not_hold_the_end_up() -> None:
    with program("serve", SITES / "clock", "-p", "0") as served:
        host, port = served.url().removeprefix("http://").removesuffix("/").split(":")
        with socket.create_connection((host, int(port)), timeout=60) as half:
            half.send(b"GET / HTTP/1.1\r\nHost: x\r\n")
            ended = served.end(signal.SIGINT)
    assert (ended.code, ended.err) == (0, "")
    assert ended.seconds < 10, "nothing was waited for; a busy machine is not a failure"


def test_a_task_that_does_not_end_is_left_behind(tmp_path: Path) -> None:
    code = (
        "import asyncio\n"
        "async def begin(site):\n    site.run_task(hold_on())\n"
        "async def hold_on():\n"
        "    while True:\n"
        "        try:\n            await asyncio.sleep(60)\n"
        "        except asyncio.CancelledError:\n            pass\n"
    )
    site = write_site(tmp_path, "handlers: h.py\nstartup: begin\nbody: [hello]\n", h=code)
    with program("serve", site, "-p", "0") as served:
        served.url()
        ended = served.end(signal.SIGINT)
    assert ended.code == 128 + signal.SIGINT
    assert "ERROR   Something in the site did not end within 3 seconds; it is left behind." in ended.err


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with program("serve", SITES / "clock", "--port", str(port)) as served:
            ended = served.end()
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"Error: Port {port} of 127.0.0.1 is in use; choose another with --port, or 0 for a free one.\n"
    )


def test_a_host_that_is_none() -> None:
    with program("serve", SITES / "clock", "--host", "no.such.host.invalid") as served:
        ended = served.end()
    assert ended.code == 1
    assert ended.err.startswith("Error: There is no host 'no.such.host.invalid'; use 127.0.0.1 ")


def test_a_startup_handler_that_fails_is_told_once(tmp_path: Path) -> None:
    code = 'def begin(shared):\n    shared["nothing"].clear()\n'
    site = write_site(tmp_path, "handlers: h.py\nstartup: begin\nbody: [hello]\n", h=code)
    with program("serve", site, "-p", "0") as served:
        ended = served.end()
    assert (ended.code, ended.out) == (1, "")
    lines = ended.err.splitlines()
    assert lines[0] == "Error: The startup handler begin failed."
    assert '  File "h.py", line 2, in begin' in lines
    assert lines[-1] == "Nothing is served."
    assert ended.err.count("Traceback") == 1
    assert "uvicorn" not in ended.err


def test_a_long_startup_can_be_interrupted(tmp_path: Path) -> None:
    code = "import asyncio\nasync def begin():\n    print('begun', flush=True)\n    await asyncio.sleep(60)\n"
    site = write_site(tmp_path, "handlers: h.py\nstartup: begin\nbody: [hello]\n", h=code)
    with program("serve", site, "-p", "0") as served:
        assert served.line() == "begun"
        ended = served.end(signal.SIGINT)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert ended.seconds < 10, "it was not waited for; a busy machine is not a failure"


def test_a_handler_that_fails_is_logged_in_short_lines(tmp_path: Path) -> None:
    code = (
        "import logging\nlogging.getLogger('asyncio').info('not this')\n"
        "async def begin(site):\n    site.run_task(fail())\n"
        "async def fail():\n    logging.getLogger(__name__).info('\\x1b[31mred')\n    raise ValueError('gone')\n"
    )
    site = write_site(tmp_path, "title: T\nhandlers: acts.py\nstartup: begin\nbody: [hello]\n", acts=code)
    with program("serve", site, "-p", "0") as served:
        served.url()
        ended = served.end(signal.SIGINT)
    lines = ended.err.splitlines()
    assert ended.code == 0
    assert re.fullmatch("\\d\\d:\\d\\d:\\d\\d INFO    \N{REPLACEMENT CHARACTER}\\[31mred", lines[0])
    assert re.fullmatch(r"\d\d:\d\d:\d\d ERROR   The task \S+ failed\.", lines[1])
    assert lines[-1] == "ValueError: gone"


def test_the_browser_is_opened_once_the_site_can_be_seen(tmp_path: Path) -> None:
    browser = tmp_path / "browser.py"
    with socket.create_server(("127.0.0.1", 0)) as told:
        told.settimeout(60)
        code = f"import socket, sys\nsocket.create_connection({told.getsockname()}).sendall(sys.argv[1].encode())\n"
        browser.write_text(code, encoding="utf-8")
        command = f"{sys.executable} {browser} %s"
        with program("serve", SITES / "clock", "-p", "0", "--open", BROWSER=command) as served:
            url = served.url()
            connection, _ = told.accept()
            with connection:
                opened = connection.makefile().read()
            assert opened == url
            assert "Clock" in get(opened)
            assert served.end(signal.SIGINT).code == 0


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("box", False)],
)
def test_only_loopback_addresses_show_tracebacks(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_addresses() -> None:
    assert address("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert address("::1", 80) == "http://[::1]:80/"
