"""Writing together: from a key in one tab to its glyph in another, and the server's part of that."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType

from playwright.async_api import Page, async_playwright

from benchmarks.browser import CHROMIUM, FLAGS
from benchmarks.contenders.contender import Contender, Work
from benchmarks.load import Load, load_on
from benchmarks.pace import paced
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes
from benchmarks.tab import percentile
from benchmarks.writer import Writer

SITE = Path(__file__).parents[1] / "sites" / "editor"
DOCUMENT = "/_livepages/documents/notes"
PARAGRAPHS, WORDS = 10, 50
"""Of the text that is written in, some 3,000 characters: all of it is on the screen."""
PAUSE = 0.1, 0.15
"""Seconds between two keys, at random, so that these keep no step with frames: eight keys a second."""
RUN = 8
"""Keys that are typed at one place before the caret goes to another."""
KEYS_EACH, WRITERS_EACH = 8, 5
"""Updates a second of the one who writes alone, and of each of many."""
PIECES = 30_000
"""What a long document is in: as Yjs keeps one that was written here and there, letter by letter."""
SYNCS = 100
"""How often the disk is tried alone."""
PATIENCE = 30.0
LOOKS = 20
"""How often a tab's clock is read; the quickest answer counts."""
APART = 0.002
"""Seconds that the clocks of two tabs can differ by, beside what can't be told."""
FRAMES = 20
SLOWEST_FRAME = 50
"""Milliseconds, at the median, that a frame can take of a tab that is not held back."""

VISIBLE = """async (frames) => {
  const times = [];
  for (let i = 0; i < frames; i++) times.push(await new Promise(requestAnimationFrame));
  const steps = times.slice(1).map((time, i) => time - times[i]).sort((one, other) => one - other);
  return [document.visibilityState, steps[steps.length >> 1]];
}"""
NOTE_KEYS = """() => {
  window.keys = [];
  const note = ({ key, timeStamp }) => key.length === 1 && keys.push(performance.timeOrigin + timeStamp);
  addEventListener("keydown", note, true);
}"""
NOTE_GLYPHS = """() => {
  window.seen = { text: [], frame: [], glyph: [] };
  const text = document.querySelector(".ql-editor");
  let length = text.textContent.length;
  new MutationObserver(() => {
    const more = text.textContent.length - length;
    if (more <= 0) return;
    length += more;
    const note = (what) => seen[what].push(...Array(more).fill(performance.timeOrigin + performance.now()));
    note("text");
    requestAnimationFrame(() => {
      scheduler.postTask(() => note("frame"), { priority: "user-blocking" });
      requestAnimationFrame(() => note("glyph"));
    });
  }).observe(text, { subtree: true, childList: true, characterData: true });
}"""
"""The task comes when the page has drawn the frame with the glyph, and the second frame begins when that is shown."""
MOVE = """(share) => {
  const text = document.querySelector(".ql-editor");
  const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = Math.floor(share * text.textContent.length);
  while (nodes.nextNode() && at > nodes.currentNode.length) at -= nodes.currentNode.length;
  text.focus();
  getSelection().collapse(nodes.currentNode, at);
}"""
TEXT = "() => document.querySelector('.ql-editor').innerText"
HAS_ALL = "(count) => seen.glyph.length >= count"
IS_FULL = "(count) => document.querySelector('.ql-editor')?.textContent.length >= count"


class Editor(Scenario):
    """A key in one tab until Chromium has painted its glyph in another, and an update from one socket to the next. No
    update goes on before it is on the disk."""

    name = "editor"
    units = MappingProxyType(
        {f"key to glyph, {share}": "ms" for share in ("p50", "p95", "p99")}
        | {
            f"{what}, {share}": "ms"
            for what in ("key to frame", "key to text", "one writer", "many writers", "long document")
            for share in ("p50", "p95")
        }
        | {"disk alone, p50": "ms"}
    )
    goals = (Goal("key to glyph, p50", 30), Goal("key to glyph, p95", 80))

    def title(self, sizes: Sizes) -> str:
        return (
            f"{sizes.keys} keys at random places of a text until another tab has painted them; updates from socket to "
            f"socket, {KEYS_EACH} a second of one writer, {WRITERS_EACH} of each of {sizes.writers}, "
            f"these in a document of {PIECES:,} pieces too"
        )

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        return {
            **await _tabs(contender, sizes, folder / "tabs"),
            **await _sockets(contender, sizes, folder / "one", 2, 1, KEYS_EACH, "one writer"),
            **await _sockets(
                contender, sizes, folder / "many", sizes.writers, sizes.writers, WRITERS_EACH, "many writers"
            ),
            **await _sockets(
                contender, sizes, folder / "long", sizes.writers, sizes.writers, WRITERS_EACH, "long document", PIECES
            ),
            "disk alone, p50": percentile(_syncs(folder / "synced"), 0.5) / 1e6,
        }


# In tabs


async def _tabs(contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
    """Keys in one tab, seen in another."""
    with contender.serving(_editor_in(folder), folder) as server:
        with load_on(server.port) as load:
            length = await _fill(load)
        async with _two_tabs(f"http://127.0.0.1:{server.port}/") as tabs:
            for tab in tabs:
                await tab.wait_for_function(IS_FULL, arg=length)
            await _check(tabs)
            keys, seen = await _type(*tabs, sizes.keys)
    figures: dict[str, float] = {}
    for what, moments in seen.items():
        figures |= _figures(f"key to {what}", _apart(keys, moments), ("p50", "p95", "p99"))
    return {name: value for name, value in figures.items() if name in Editor.units}


def _editor_in(folder: Path) -> Work:
    """The site in a folder, in which its documents are kept too."""
    site = folder / "site"
    shutil.copytree(SITE, site, ignore=shutil.ignore_patterns(".livepages", "__pycache__"))
    return Work(site=site)


async def _fill(load: Load) -> int:
    """Write the text to begin with, and wait until it is kept; how many glyphs it has."""
    writer, reader = await _open(load, 2)
    text = "\n".join([" ".join(["lorem"] * WORDS)] * PARAGRAPHS)
    load.deliveries.record()
    writer.write(text)
    await asyncio.wait_for(load.deliveries.gather(1), PATIENCE)
    reader.cut()
    return len(text) - text.count("\n")


@asynccontextmanager
async def _two_tabs(url: str) -> AsyncIterator[tuple[Page, Page]]:
    """Two people's tabs, each in a window of its own. They stand for two machines: Chromium has all cores."""
    path = os.environ.get("LIVEPAGES_CHROMIUM", CHROMIUM)
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    async with async_playwright() as playwright:
        os.sched_setaffinity(0, own)
        chromium = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        tabs = [await (await chromium.new_context()).new_page() for _ in range(2)]
        for tab in tabs:
            await tab.goto(url)
        yield tabs[0], tabs[1]
        await chromium.close()


async def _check(tabs: Sequence[Page]) -> None:
    """Raises RuntimeError where a tab is hidden or held back, or the clocks of tabs do not agree."""
    for tab in tabs:
        state, frame = await tab.evaluate(VISIBLE, FRAMES)
        if state != "visible" or frame > SLOWEST_FRAME:
            raise RuntimeError(f"a tab is {state} and has a frame every {frame:.0f} ms")
    (one, vague), (other, as_vague) = [await _clock(tab) for tab in tabs]
    if abs(one - other) > APART + vague + as_vague:
        raise RuntimeError(f"the clocks of the tabs are {abs(one - other) * 1000:.1f} ms apart")


async def _clock(tab: Page) -> tuple[float, float]:
    """Seconds by which a tab's clock is ahead of the machine's, and how far off that can be."""
    found = []
    for _ in range(LOOKS):
        asked = time.time()
        told: float = await tab.evaluate("() => performance.timeOrigin + performance.now()")
        answered = time.time()
        found.append(((answered - asked) / 2, told / 1000 - (asked + answered) / 2))
    vague, ahead = min(found)
    return ahead, vague


async def _type(writing: Page, reading: Page, count: int) -> tuple[list[float], dict[str, list[float]]]:
    """Milliseconds at which each key was pressed, and at which the other tab had it, in each of its ways."""
    await writing.evaluate(NOTE_KEYS)
    await reading.evaluate(NOTE_GLYPHS)
    for number in range(count):
        await asyncio.sleep(random.uniform(*PAUSE))  # noqa: S311
        if number % RUN == 0:
            await writing.evaluate(MOVE, random.random())  # noqa: S311
            await asyncio.sleep(PAUSE[1])
        await writing.keyboard.press(random.choice("abcdefghijklmnopqrstuvwxyz"))  # noqa: S311
    await reading.wait_for_function(HAS_ALL, arg=count)
    if await writing.evaluate(TEXT) != await reading.evaluate(TEXT):
        raise RuntimeError("the tabs show different texts")
    return await writing.evaluate("() => keys"), await reading.evaluate("() => seen")


def _apart(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    """Nanoseconds from each start to its end; both are in milliseconds."""
    return [round((end - start) * 1e6) for start, end in zip(starts, ends, strict=True)]


# From socket to socket


async def _open(load: Load, count: int) -> list[Writer]:
    """Clients that have the document."""
    sent: dict[tuple[int, int], int] = {}
    writers = [Writer(load.deliveries, 1000 + number, sent) for number in range(count)]
    for writer in writers:
        await load.connect(writer, DOCUMENT)
    load.tabs += writers
    return writers


async def _sockets(
    contender: Contender, sizes: Sizes, folder: Path, count: int, writing: int, rate: float, name: str, pieces: int = 0
) -> dict[str, float]:
    """From each update's sending to each arrival of it: `writing` of so many clients write, so many times a second.

    The document has so many pieces before.
    """
    with contender.serving(_editor_in(folder), folder) as server, load_on(server.port) as load:
        writers = await _open(load, count)
        if pieces:
            await _lengthen(load, writers, pieces)
        await asyncio.sleep(sizes.warm_up)
        load.deliveries.record()
        written, _ = await paced([writer.press for writer in writers[:writing]], 1 / rate, sizes.writing_time)
        latencies = await asyncio.wait_for(load.deliveries.gather(written * (count - 1)), PATIENCE)
    return _figures(name, latencies)


async def _lengthen(load: Load, writers: Sequence[Writer], pieces: int) -> None:
    """Have the last of them write a long document, after which the others write, and wait until all have it."""
    *others, last = writers
    load.deliveries.record()
    last.write_backwards(pieces)
    last.write()  # comes to the others when all of that has
    await asyncio.wait_for(load.deliveries.gather(len(others)), PATIENCE)
    for writer in others:
        writer.after = last.client, 0


# Of both


def _syncs(file: Path) -> list[int]:
    """Nanoseconds that it takes to have a page of a file on the disk, again and again."""
    times = []
    with file.open("wb", buffering=0) as opened:
        for _ in range(SYNCS):
            start = time.monotonic_ns()
            opened.write(bytes(4096))
            os.fdatasync(opened.fileno())
            times.append(time.monotonic_ns() - start)
    return times


def _figures(name: str, times: list[int], shares: Sequence[str] = ("p50", "p95")) -> dict[str, float]:
    """Percentiles of nanoseconds, in milliseconds."""
    return {f"{name}, {share}": percentile(times, int(share[1:]) / 100) / 1e6 for share in shares}
