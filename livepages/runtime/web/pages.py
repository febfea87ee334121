"""Pages over HTTP, answered before anything else of the application sees the request."""

from __future__ import annotations

import logging
from secrets import token_hex
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from livepages.runtime.blueprints.session_use import site_uses_sessions
from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.addresses import BadParameter, PageNotFound
from livepages.runtime.pages.handles import Session
from livepages.runtime.web.assets import Assets
from livepages.runtime.web.page_document import HEADERS, error_document
from livepages.runtime.web.page_documents import Documents
from livepages.runtime.wire.compression import Compressible
from livepages.schema.code.handlers import own_traceback

log = logging.getLogger(__name__)

COOKIE: Final = "livepages"
PAGE_HEADERS = MappingProxyType({**HEADERS, "cache-control": "no-store", "vary": "accept-encoding"})
RAW_HEADERS: Final = (
    (b"content-type", b"text/html; charset=utf-8"),
    *((name.encode(), value.encode()) for name, value in PAGE_HEADERS.items()),
)


class Pages:
    """Answers the requests for the pages of one site. `development` shows what went wrong to those who look."""

    def __init__(self, hub: Hub, assets: Assets, *, development: bool) -> None:
        self.hub = hub
        self.documents = Documents(hub, assets)
        self.assets = assets
        self.development = development
        self._decided = (hub.blueprints, site_uses_sessions(hub.site, hub.blueprints))

    @property
    def uses_sessions(self) -> bool:
        """Whether anything on the site, as it is now, tells one browser from another."""
        if self._decided[0] is not self.hub.blueprints:
            self._decided = (self.hub.blueprints, site_uses_sessions(self.hub.site, self.hub.blueprints))
        return self._decided[1]

    def session(self, scope: Scope) -> Session | None:
        """The session of a request's cookie."""
        return self.hub.sessions.find(HTTPConnection(scope).cookies.get(COOKIE)) if self.uses_sessions else None

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page, or with the page that says why there is none."""
        try:
            document, cookies = self._page(scope)
        except PageNotFound:
            response = self.error(404, "Page not found", f"There is no page at {scope['path']}.")
        except BadParameter as error:
            response = self.error(400, "Bad address", str(error))
        except Exception as error:
            response = self.failed(error)
        else:
            await _send(document, cookies, scope, send)
            return
        await response(scope, receive, send)

    def _page(self, scope: Scope) -> tuple[Compressible, list[tuple[bytes, bytes]]]:
        """The document of a page, and the cookies that come with it."""
        path = (scope.get("raw_path") or quote(scope["path"]).encode()).decode("ascii", "replace")
        page, params = self.hub.match(path, QueryParams(scope["query_string"]) if scope["query_string"] else {})
        session = self.session(scope)
        cookies = []
        if session is None and self.uses_sessions:
            session = self.hub.sessions.create()
            cookies.append(_cookie(session, secure=scope["scheme"] == "https"))
        return self.documents.of(self.hub.room(page, params, session)), cookies

    def failed(self, error: Exception) -> Response:
        """The page for an error of the server's own, which the log has under its id."""
        identifier = f"E-{token_hex(3)}"
        log.error(
            "%s: a page could not be made.\n%s", identifier, own_traceback(error, self.hub.site.folder), exc_info=error
        )
        told = f"{type(error).__name__}: {error}" if self.development else "Something went wrong on the server."
        return self.error(500, "Server error", f"{told} ({identifier})")

    def error(self, status: int, title: str, message: str) -> Response:
        """A page that says why there is no other."""
        return HTMLResponse(error_document(status, title, message, self.assets), status, headers=PAGE_HEADERS)


class PagesFirst:
    """ASGI middleware: requests for pages go to `pages`, all others to the application.

    `others` are the beginnings of the paths that are no pages.
    """

    def __init__(self, app: ASGIApp, pages: Pages, others: tuple[str, ...]) -> None:
        self.app = app
        self.pages = pages
        self.others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and not scope["path"].startswith(self.others):
            await self.pages.answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def _send(document: Compressible, cookies: list[tuple[bytes, bytes]], scope: Scope, send: Send) -> None:
    """Send a document, compressed if the browser takes that."""
    headers = [*RAW_HEADERS, *cookies]
    if any(b"gzip" in value for name, value in scope["headers"] if name == b"accept-encoding"):
        body = document.compressed
        headers.append((b"content-encoding", b"gzip"))
    else:
        body = document.plain
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _cookie(session: Session, *, secure: bool) -> tuple[bytes, bytes]:
    """The header that sets a session's cookie."""
    response = Response()
    response.set_cookie(COOKIE, session.id, httponly=True, samesite="lax", secure=secure)
    return response.raw_headers[-1]
