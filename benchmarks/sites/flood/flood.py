import time

FILLER = "x" * 16_384


def tick(page):
    page["value"].text = f"@{time.monotonic_ns()}@{FILLER}"
