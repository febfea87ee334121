"""The web application of a site: pages, assets, static files and sockets, for any ASGI server."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from secrets import token_hex
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from livepages.runtime.assets import Asset, Assets
from livepages.runtime.conversation import Desk
from livepages.runtime.dispatch import Dispatcher
from livepages.runtime.document import HEADERS, error_document, page_document
from livepages.runtime.handles import Session
from livepages.runtime.hub import BadParameter, Hub, PageNotFound
from livepages.runtime.room import Room
from livepages.runtime.socket import Socket
from livepages.runtime.tab import PREFIX
from livepages.schema.handlers import own_traceback
from livepages.schema.site import Site

log = logging.getLogger(__name__)

COOKIE = "livepages"
FOREVER = "public, max-age=31536000, immutable"
PAGE_HEADERS = MappingProxyType({**HEADERS, "cache-control": "no-store"})
SMALLEST_COMPRESSED = 500
"""Bytes below which compressing a response is not worth it."""


class Web:
    """Answers the HTTP requests of one site."""

    def __init__(self, hub: Hub, assets: Assets, *, development: bool) -> None:
        self.hub = hub
        self.assets = assets
        self.development = development
        self.uses_sessions = any(page.scope == "session" for page in hub.site.pages) or any(
            "session" in handler.asks for handler in hub.site.handlers.values()
        )

    def session(self, connection: HTTPConnection) -> Session | None:
        """The session of a request's cookie."""
        return self.hub.sessions.find(connection.cookies.get(COOKIE)) if self.uses_sessions else None

    async def page(self, request: Request) -> Response:
        """A page, or the page that says why there is none."""
        try:
            return self._page(request)
        except PageNotFound:
            return self._error(404, "Page not found", f"There is no page at {request.url.path}.")
        except BadParameter as error:
            return self._error(400, "Bad address", str(error))
        except Exception as error:
            return self.failed(error)

    def _page(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("ascii", "replace")
        page, params = self.hub.match(path, request.query_params)
        session = self.session(request)
        is_new = self.uses_sessions and session is None
        session = self.hub.sessions.create() if is_new else session
        room = self.hub.room(page, params, session)
        response = HTMLResponse(self._document(room), headers=PAGE_HEADERS)
        if is_new and session is not None:
            secure = request.url.scheme == "https"
            response.set_cookie(COOKIE, session.id, httponly=True, samesite="lax", secure=secure)
        return response

    def _document(self, room: Room) -> bytes:
        """The document of a live page; that of a page which tabs share is kept until something on it changes."""
        if room.page.scope == "tab":
            return self._new_document(room)
        room.live.commit_all()
        state = (self.hub.kit.styles.digest, *(live.stream.pos for live in room.streams.values()))
        if room.document is None or room.document[0] != state:
            room.document = (state, self._new_document(room))
        return room.document[1]

    def _new_document(self, room: Room) -> bytes:
        return page_document(room.page, room.live, self.hub.site.title, self.assets).encode()

    def failed(self, error: Exception) -> Response:
        """The page for an error of the server's own, which the log has under its id."""
        identifier = f"E-{token_hex(3)}"
        log.error(
            "%s: a page could not be made.\n%s", identifier, own_traceback(error, self.hub.site.folder), exc_info=error
        )
        told = f"{type(error).__name__}: {error}" if self.development else "Something went wrong on the server."
        return self._error(500, "Server error", f"{told} ({identifier})")

    def _error(self, status: int, title: str, message: str) -> Response:
        document = error_document(status, title, message, self.assets)
        return HTMLResponse(document, status, headers=PAGE_HEADERS)

    async def asset(self, request: Request) -> Response:
        """The client or a style sheet, which caches may keep for good."""
        asset = self.assets.find(request.url.path)
        if asset is None:
            return self._error(404, "Page not found", f"There is nothing at {request.url.path}.")
        return asset_response(asset, request, {"cache-control": FOREVER})

    async def favicon(self, request: Request) -> Response:
        """The site's icon: `favicon.ico`, `.svg` or `.png` of its static folder, or livepages' own."""
        for name in ("favicon.ico", "favicon.svg", "favicon.png"):
            if (self.hub.site.static / name).is_file():
                return FileResponse(self.hub.site.static / name)
        return asset_response(self.assets.icon, request, {"cache-control": "public, max-age=86400"})

    async def parcel(self, request: Request) -> Response:
        """A download or a script for one tab, which can be fetched once."""
        parcel = self.hub.parcels.take(request.path_params["token"])
        if parcel is None:
            return self._error(404, "Page not found", "This was fetched already, or has never been there.")
        headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        response = Response(parcel.content, media_type=parcel.media_type, headers=headers)
        if parcel.name:
            name = parcel.name.encode("ascii", "replace").decode().replace('"', "'").replace("\\", "_")
            response.headers["content-disposition"] = f'attachment; filename="{name}"'
        return response


def asset_response(asset: Asset, request: Request, headers: Mapping[str, str]) -> Response:
    """An asset, compressed if the browser takes that, or nothing new if it has it already."""
    etag = f'"{asset.digest}"'
    headers = {**headers, "etag": etag, "vary": "accept-encoding", "x-content-type-options": "nosniff"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.compressed, media_type=asset.media_type, headers={**headers, "content-encoding": "gzip"})
    return Response(asset.content, media_type=asset.media_type, headers=headers)


def make_app(site: Site, *, development: bool = False) -> Starlette:
    """The ASGI application of a site; its startup handlers run in the application's lifespan.

    `development` shows errors with their tracebacks to those who look at the page.
    """
    hub = Hub(site)
    assets = Assets(hub.kit.styles)
    web = Web(hub, assets, development=development)
    socket = Socket(Desk(hub, Dispatcher(hub, development=development), assets))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await hub.start()
        try:
            yield
        finally:
            await hub.close()

    async def serve_socket(connection: WebSocket) -> None:
        await socket.serve(connection, web.session(connection))

    routes: list[Route | Mount | WebSocketRoute] = [
        WebSocketRoute(f"{PREFIX}/socket", serve_socket),
        Route(f"{PREFIX}/run/{{token}}.js", web.parcel),
        Route(f"{PREFIX}/download/{{token}}", web.parcel),
        Route(f"{PREFIX}/{{rest:path}}", web.asset),
        Route("/favicon.ico", web.favicon),
    ]
    if site.static.is_dir():
        routes.append(Mount("/static", StaticFiles(directory=site.static)))
    routes.append(Route("/{rest:path}", web.page))
    middleware = [Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED)]
    app = Starlette(routes=routes, middleware=middleware, lifespan=lifespan)
    app.state.hub = hub
    return app
