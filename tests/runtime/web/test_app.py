"""HTTP: pages, assets, static files, errors."""

from __future__ import annotations

import gzip
import logging
import re
from pathlib import Path

import pytest

from livepages.testing import OpenSite, open_site
from livepages.testing.asgi import Response
from tests.runtime.support import write_site

SITE = """
title: Test
pages:
  /: {params: {num: {type: int, default: 10, ge: 1, le: 3600}}, body: [{h1: "Number ${num}"}, {a: Next, href: /room/x}]}
  /room/{name}: {body: [{h1: "Room ${name}", classes: text-5xl}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    static.mkdir()
    (static / "photo.svg").write_text("<svg/>")
    (static / "large.txt").write_text("x" * 5_000)
    (tmp_path / "secret.txt").write_text("secret")
    return write_site(tmp_path, SITE)


async def get(folder: Path, *urls: str, **headers: str) -> list[Response]:
    async with open_site(folder) as site:
        return [await site.get(url, **headers) for url in urls]


async def test_pages_and_links_between_them(folder: Path) -> None:
    first, room = await get(folder, "/?num=3", "/room/caf%C3%A9%20%2F")
    assert first.status == 200 and "Number 3" in first.text and 'href="/room/x"' in first.text
    assert "Room café /" in room.text
    assert first.header("content-type") == "text/html; charset=utf-8"
    assert first.header("cache-control") == "no-store"


async def test_every_page_has_a_strict_content_security_policy(folder: Path) -> None:
    for response in await get(folder, "/", "/nowhere", "/?num=x"):
        policy = dict(part.split(" ", 1) for part in (response.header("content-security-policy") or "").split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert policy["base-uri"] == "'none'"
        assert "unsafe-eval" not in str(policy)
        assert response.header("x-content-type-options") == "nosniff"
        assert response.header("referrer-policy") == "same-origin"


@pytest.mark.parametrize("value", ["abc", "99999", "0", "", "1e3", "٣٣٣٣"])
async def test_a_bad_parameter_is_a_page_that_names_it_and_its_limits(folder: Path, value: str) -> None:
    (response,) = await get(folder, f"/?num={value}")
    assert response.status == 400
    assert f"The parameter num: expected a whole number from 1 to 3600, not &quot;{value}&quot;." in response.text


async def test_what_a_bad_address_says_is_escaped(folder: Path) -> None:
    for response in await get(folder, "/%3Cscript%3E", "/?num=<script>"):
        assert response.status in (400, 404) and "<script>" not in response.text and "&lt;script&gt;" in response.text


@pytest.mark.parametrize("path", ["/nowhere", "/room/", "/_livepages/x", "/_livepages/css/x.css", "/static/none.txt"])
async def test_what_is_not_there(folder: Path, path: str) -> None:
    (response,) = await get(folder, path)
    assert response.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/..%2fsecret.txt",
        "/static/%5c..%5csecret.txt",
        "/static//../../secret.txt",
        "/static/%00",
        "/secret.txt",
        "/site.yaml",
    ],
)
async def test_no_file_is_served_from_outside_the_static_folder(folder: Path, path: str) -> None:
    (response,) = await get(folder, path)
    assert response.status == 404 and "secret" not in response.text.replace("secret.txt", "")


async def test_a_link_out_of_the_static_folder_is_not_followed(folder: Path) -> None:
    (folder / "static" / "out.txt").symlink_to(folder / "secret.txt")
    (response,) = await get(folder, "/static/out.txt")
    assert response.status == 404


async def test_static_files(folder: Path) -> None:
    svg, text = await get(folder, "/static/photo.svg", "/static/large.txt")
    assert (svg.status, svg.text, svg.header("content-type")) == (200, "<svg/>", "image/svg+xml")
    assert text.text == "x" * 5_000


async def test_a_site_without_a_static_folder(tmp_path: Path) -> None:
    (response,) = await get(write_site(tmp_path, "body: [{p: x}]"), "/static/x")
    assert response.status == 404


async def test_assets_are_compressed_and_kept_by_caches(folder: Path) -> None:
    async with open_site(folder) as site:
        page = await site.get("/")
        for url in re.findall(r'"(/_livepages/[^"]+)"', page.text):
            plain = await site.get(url)
            packed = await site.get(url, accept_encoding="gzip, br")
            assert plain.status == 200 and plain.header("cache-control") == "public, max-age=31536000, immutable"
            assert packed.header("content-encoding") == "gzip" and gzip.decompress(packed.content) == plain.content
            again = await site.get(url, if_none_match=plain.header("etag") or "")
            assert (again.status, again.content) == (304, b"")


async def test_pages_are_compressed(folder: Path) -> None:
    (response,) = await get(folder, "/", accept_encoding="gzip")
    assert response.header("content-encoding") == "gzip"
    assert b"Number 10" in gzip.decompress(response.content)


async def test_the_style_sheet_has_what_the_page_needs(folder: Path) -> None:
    async with open_site(folder) as site:
        page = await site.get("/room/x")
        url = re.findall(r'"(/_livepages/css/[^"]+)"', page.text)[0]
        assert ".text-5xl" in (await site.get(url)).text


async def test_the_favicon(folder: Path) -> None:
    async with open_site(folder) as site:
        own = await site.get("/favicon.ico")
        (folder / "static" / "favicon.svg").write_text("<svg>mine</svg>")
        given = await site.get("/favicon.ico")
    assert own.header("content-type") == "image/svg+xml" and own.content.startswith(b"<svg")
    assert given.text == "<svg>mine</svg>"


@pytest.mark.parametrize("development", [False, True])
async def test_an_error_of_the_servers_own(
    folder: Path, development: bool, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_site(folder, development=development) as site:
        break_pages(site)
        response = await site.get("/")
    assert response.status == 500
    identifier = re.findall(r"\((E-\w+)\)", response.text)[0]
    assert ("KeyError" in response.text) is development
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert identifier in record.getMessage()


def break_pages(site: OpenSite) -> None:
    """Take away what pages are made from."""
    site.app.state.hub.blueprints.pages.clear()
