"""The other floor: bare Starlette under uvicorn with the settings that livepages has.

It sends one text to every socket, echoes what it gets, and answers `GET` with constant bytes.
Arguments: port, pushes a second (0 for none), bytes of filler in each push, a file to answer `GET` with.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

PORT, RATE, FILLER = int(sys.argv[1]), float(sys.argv[2]), "x" * int(sys.argv[3])
BODY = Path(sys.argv[4]).read_bytes() if len(sys.argv) > 4 else b"<!doctype html>"
PATCH = '{"type":"patch","stream":"page","prev":%d,"pos":%d,"ops":[["text",1,"@%d@%s"]]}'


async def page(_request: Request) -> Response:
    return HTMLResponse(BODY)


async def serve(socket: WebSocket) -> None:
    sockets = socket.app.state.sockets
    await socket.accept()
    sockets[socket] = None
    try:
        while True:
            await socket.send_text(await socket.receive_text())
    except WebSocketDisconnect:
        sockets.pop(socket, None)


async def push(sockets: dict[WebSocket, None]) -> None:
    beat = time.monotonic()
    position = 0
    while True:
        text = PATCH % (position, position + 1, time.monotonic_ns(), FILLER)
        position += 1
        for socket in list(sockets):
            try:
                await socket.send_text(text)
            except (WebSocketDisconnect, RuntimeError):
                sockets.pop(socket, None)
        beat = max(beat + 1 / RATE, time.monotonic())
        await asyncio.sleep(beat - time.monotonic())


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.sockets = {}
    task = asyncio.create_task(push(app.state.sockets)) if RATE else None
    yield
    if task is not None:
        task.cancel()


app = Starlette(
    routes=[Route("/", page), WebSocketRoute("/socket", serve)],
    middleware=[Middleware(GZipMiddleware, minimum_size=500)],
    lifespan=lifespan,
)
uvicorn.run(
    app,
    host="127.0.0.1",
    port=PORT,
    ws="websockets-sansio",
    ws_per_message_deflate=False,
    log_level="warning",
    access_log=False,
    server_header=False,
)
