"""A page of NiceGUI: each tab has its own; all are pushed to, or each has a button and rows.

Arguments: port, pushes a second (0 for none), bytes of filler in each push, rows.
"""

import sys
import time
import weakref

from nicegui import app, ui

PORT, RATE, FILLER, ROWS = int(sys.argv[1]), float(sys.argv[2]), "x" * int(sys.argv[3]), int(sys.argv[4])

labels: weakref.WeakSet[ui.label] = weakref.WeakSet()


def pushed_page() -> None:
    labels.add(ui.label("Waiting"))


def own_page() -> None:
    count = ui.label("0")
    ui.button("Count", on_click=lambda: count.set_text(str(int(count.text) + 1)))
    for row in range(ROWS):
        ui.label(f"Row {row}")


def push() -> None:
    text = f"@{time.monotonic_ns()}@{FILLER}"
    for label in list(labels):
        label.set_text(text)


ui.page("/")(pushed_page if RATE else own_page)
if RATE:
    app.timer(1 / RATE, push)
ui.run(host="127.0.0.1", port=PORT, reload=False, show=False, show_welcome_message=False)
