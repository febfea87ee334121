"""Somebody else who asks a server for its page again and again, in a process of its own.

`python -m benchmarks.probe PORT` begins at once and ends when its standard input does; it prints the milliseconds
that the answers took, as JSON.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time

EVERY = 0.01
REQUEST = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"


def ask(connection: socket.socket) -> float:
    """The milliseconds until the whole answer is there."""
    start = time.monotonic()
    connection.sendall(REQUEST)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65_536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65_536)
    return (time.monotonic() - start) * 1000


def main() -> None:
    """Ask until there is nobody who listens."""
    times: list[float] = []
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
        times.append(ask(connection))
        sys.stdout.write("asking\n")
        sys.stdout.flush()
        while not select.select([sys.stdin], [], [], EVERY)[0]:
            times.append(ask(connection))
    sys.stdout.write(json.dumps(times) + "\n")


if __name__ == "__main__":
    main()
