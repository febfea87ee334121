"""The floor: a bare picows server. It writes one prebuilt frame to every transport, and echoes what it gets.

Arguments: port, pushes a second (0 for none), bytes of filler in each push.
"""

import asyncio
import sys
import time

import picows
import uvloop

PORT, RATE, FILLER = int(sys.argv[1]), float(sys.argv[2]), "x" * int(sys.argv[3])
Transports = dict[picows.WSTransport, None]
PATCH = '{"type":"patch","stream":"page","prev":%d,"pos":%d,"ops":[["text",1,"@%d@%s"]]}'


def frame(text: str) -> bytes:
    """A text frame of a server (RFC 6455, 5.2)."""
    payload = text.encode()
    size = len(payload)
    return (bytes((0x81, size)) if size < 126 else bytes((0x81, 126)) + size.to_bytes(2, "big")) + payload


class Listener(picows.WSListener):
    def __init__(self, transports: Transports) -> None:
        self.transports = transports

    def on_ws_connected(self, transport: picows.WSTransport) -> None:
        self.transports[transport] = None

    def on_ws_disconnected(self, transport: picows.WSTransport) -> None:
        self.transports.pop(transport, None)

    def on_ws_frame(self, transport: picows.WSTransport, received: picows.WSFrame) -> None:
        if received.msg_type == picows.WSMsgType.TEXT:
            transport.send(picows.WSMsgType.TEXT, received.get_payload_as_bytes())


async def push(transports: Transports) -> None:
    beat = time.monotonic()
    position = 0
    while True:
        data = frame(PATCH % (position, position + 1, time.monotonic_ns(), FILLER))
        position += 1
        for transport in list(transports):
            transport.underlying_transport.write(data)
        beat = max(beat + 1 / RATE, time.monotonic())
        await asyncio.sleep(beat - time.monotonic())


async def main() -> None:
    transports: Transports = {}
    server = await picows.ws_create_server(
        lambda _request: Listener(transports), "127.0.0.1", PORT, websocket_handshake_timeout=30, backlog=2048
    )
    async with server:
        if RATE:
            await push(transports)
        await server.serve_forever()


uvloop.run(main())
