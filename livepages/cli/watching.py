"""Does something again each time that a site's files change."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import typer

from livepages.runtime.reload.rereading import site_file
from livepages.runtime.reload.watcher import Watcher
from livepages.schema.site.site import Site

INTERRUPTED = 130
"""The exit code of what Ctrl-C has ended, as shells have it."""


def again_and_again(path: Path, run: Callable[[], Site | None]) -> None:
    """Call `run`, which reads a site, now and after each change of that site's files, until Ctrl-C ends the program."""
    try:
        asyncio.run(_run(site_file(path), run))
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(INTERRUPTED) from None


async def _run(file: Path, run: Callable[[], Site | None]) -> None:
    _end_with_signal()
    async with Watcher([file]) as watcher:
        while True:
            since = time.time()
            site = await asyncio.to_thread(run)
            watcher.follow({file} | (site.files if site is not None else watcher.files), since)
            await watcher.changed()


def _end_with_signal() -> None:
    """Have Ctrl-C end this task between two steps of the loop: asyncio's own way does so in the midst of one."""
    task = asyncio.current_task()
    assert task is not None, "it is run by a task"
    with suppress(NotImplementedError):  # not every system's loop can
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, task.cancel)
