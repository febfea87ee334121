"""A page of JustPy: one that all share and that is pushed to, or one of its own for each tab, with a button and rows.

Arguments: port, pushes a second (0 for pages of their own), bytes of filler in each push, rows.
"""

import asyncio
import sys
import time

import justpy as jp
from starlette.requests import Request

PORT, RATE, FILLER, ROWS = int(sys.argv[1]), float(sys.argv[2]), "x" * int(sys.argv[3]), int(sys.argv[4])


def own_page(_request: Request) -> jp.WebPage:
    page = jp.WebPage()
    count = jp.Div(text="0", a=page)

    def click(_button: jp.Button, _event: object) -> None:
        count.text = str(int(count.text) + 1)

    jp.Button(text="Count", a=page, click=click)
    for row in range(ROWS):
        jp.Div(text=f"Row {row}", a=page)
    return page


def shared_page(_request: Request) -> jp.WebPage:
    return shared


async def push() -> None:
    beat = time.monotonic()
    while True:
        value.text = f"@{time.monotonic_ns()}@{FILLER}"
        await shared.update()
        beat = max(beat + 1 / RATE, time.monotonic())
        await asyncio.sleep(beat - time.monotonic())


async def startup() -> None:
    jp.run_task(push())


if RATE:
    shared = jp.WebPage(delete_flag=False)
    value = jp.Div(text="Waiting", a=shared)
    jp.justpy(shared_page, host="127.0.0.1", port=PORT, startup=startup)
else:
    jp.justpy(own_page, host="127.0.0.1", port=PORT)
