"""The web application of a site: pages, assets, static files and sockets, for any ASGI server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from starlette.websockets import WebSocket

from livepages.coediting.protocol.messages import denied
from livepages.coediting.stores.sqlite_store import SqliteStore
from livepages.runtime.hub.dispatch import Dispatcher
from livepages.runtime.hub.findings import Findings
from livepages.runtime.hub.hub import Hub
from livepages.runtime.reload.reloader import Reload, Reloader
from livepages.runtime.reload.succession import Succession
from livepages.runtime.rooms.tab import PREFIX
from livepages.runtime.sockets.conversation import Conversation, Desk
from livepages.runtime.sockets.document_conversation import TOO_FAST, DocumentConversation
from livepages.runtime.sockets.socket import Kind, Socket
from livepages.runtime.sockets.turns import Turns
from livepages.runtime.tasks.tasks import Tasks
from livepages.runtime.web.assets import Asset, Assets
from livepages.runtime.web.pages import Pages, PagesFirst
from livepages.runtime.web.static_files import FreshFiles
from livepages.runtime.wire.compression import LEVEL
from livepages.schema.site.site import Site
from livepages.schema.values.clock import Wall

DOCUMENTS = f"{PREFIX}/documents/"
"""Where the sockets of documents are, by their keys."""
TOO_MANY = "Too many people have documents of this site open: this one has to wait."
OF_DOCUMENTS = Kind("document", TOO_FAST, TOO_MANY, each=8, message=denied(TOO_MANY))
FOREVER = "public, max-age=31536000, immutable"
SMALLEST_COMPRESSED = 500
"""Bytes below which compressing a response is not worth it."""


class Web:
    """Answers the HTTP requests of one site that are not for pages."""

    def __init__(self, hub: Hub, assets: Assets, pages: Pages) -> None:
        self.hub = hub
        self.assets = assets
        self.pages = pages

    async def asset(self, request: Request) -> Response:
        """The client or a style sheet, which caches may keep for good."""
        asset = self.assets.find(request.url.path)
        if asset is None:
            return self.pages.error(404, "Page not found", f"There is nothing at {request.url.path}.")
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
            return self.pages.error(404, "Page not found", "This was fetched already, or has never been there.")
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


def make_app(
    site: Site,
    *,
    development: bool = False,
    reload: Reload | None = None,
    wall: Wall = time,
    data: Path | None = None,
) -> Starlette:
    """The ASGI application of a site; its startup handlers run in the application's lifespan.

    `development` shows what is wrong, with its place or traceback, to those who look at the page. With `reload`, the
    site follows its files as they are saved. `wall` tells the time. Documents are kept in the folder `data`, or without
    one in memory.
    """
    hub = Hub(site, wall)
    findings = _findings(hub, development=development)
    succession = Succession(hub)
    reloader = Reloader(succession, reload, lambda found: findings.tell(found, hub.rooms.tabs)) if reload else None
    assets = Assets(hub.kit.styles, development=development)
    pages = Pages(hub, assets, development=development)
    web = Web(hub, assets, pages)
    desk = Desk(hub, Dispatcher(hub, findings), assets, findings)

    routes: list[Route | Mount | WebSocketRoute] = [
        *_sockets(desk, pages),
        Route(f"{PREFIX}/run/{{token}}.js", web.parcel),
        Route(f"{PREFIX}/download/{{token}}", web.parcel),
        Route("/favicon.ico", web.favicon),
    ]
    others = [f"{PREFIX}/", "/favicon.ico"]
    if reload is not None or site.static.is_dir():
        others.append("/static/")
        files = StaticFiles(directory=site.static) if reload is None else FreshFiles(site.static)
        routes.append(Mount("/static", files))
    routes.append(Route("/{rest:path}", web.asset))
    middleware = [
        Middleware(PagesFirst, pages=pages, others=tuple(others)),
        Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=LEVEL),
    ]
    app = Starlette(routes=routes, middleware=middleware, lifespan=lambda _: _life(hub, reloader, data))
    app.state.hub, app.state.findings, app.state.succession = hub, findings, succession
    return app


@asynccontextmanager
async def _life(hub: Hub, reloader: Reloader[Any] | None, data: Path | None) -> AsyncIterator[None]:
    """From the site's startup to its end."""
    loop = asyncio.get_running_loop()
    await hub.start(None if data is None else lambda: SqliteStore(data, loop))
    following = Tasks()
    if reloader is not None:
        following.run(reloader.run(), "reload")
    try:
        yield
    finally:
        await following.close()
        await hub.close()


def _sockets(desk: Desk, pages: Pages) -> tuple[WebSocketRoute, WebSocketRoute]:
    """Where the sockets of tabs are, and those of documents."""
    hub = desk.hub
    tabs = Socket(lambda: hub.site.limits)
    documents = Socket(lambda: hub.site.limits, OF_DOCUMENTS)
    turns = Turns()

    async def serve_tab(connection: WebSocket) -> None:
        session = pages.session(connection.scope)
        await tabs.serve(connection, lambda: Conversation(desk, session))

    async def serve_document(connection: WebSocket) -> None:
        session, key = pages.session(connection.scope), document_key(connection.scope)
        await documents.serve(connection, lambda: DocumentConversation(hub, key, session, turns))

    return (
        WebSocketRoute(f"{PREFIX}/socket", serve_tab),
        WebSocketRoute(f"{DOCUMENTS}{{key:path}}", serve_document),
    )


def document_key(scope: Scope) -> str:
    """The key of the document whose socket has this address, which is what stands there as it is encoded."""
    raw: bytes | None = scope.get("raw_path")
    path = raw.decode("ascii", "replace").partition("?")[0] if raw is not None else quote(scope["path"], safe="/~=&%")
    return path.removeprefix(DOCUMENTS)


def _findings(hub: Hub, *, development: bool) -> Findings:
    """Who tells the tabs of a site what is wrong."""
    findings = Findings(development, hub.site.folder)
    if development:
        hub.kit.fault_listeners.append(findings.tell_faults)
        hub.happenings.failed = lambda failure, tabs: findings.tell_failure(failure, tabs or hub.rooms.tabs)
    return findings
