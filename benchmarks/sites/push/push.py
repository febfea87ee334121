import time

FILLER = "x" * 24


def tick(page):
    page["value"].text = f"@{time.monotonic_ns()}@{FILLER}"
