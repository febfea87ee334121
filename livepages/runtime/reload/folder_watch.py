"""A thread that listens to what the operating system says of folders."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from watchfiles import watch

log = logging.getLogger(__name__)

STEP_MS: Final = 5
"""How often the thread looks for events; those of one step go together."""
DEEP_STEP_MS: Final = 20
"""How often it does for whole trees of folders: what is in those is never waited for as the site's own files are."""
LONGEST_MS: Final = 50
"""How long events that don't end are held back."""
TICK_MS: Final = 250
"""A silence after which files are looked at without an event: some network drives have none."""

Heard = Callable[[frozenset[Path]], None]
"""Is told which files and folders something happened to, and nothing at all where anything may have."""


class FolderWatch:
    """Calls `heard`, in its thread, whenever something happens in folders, and all the time when nothing does.

    `deep` folders are watched with all that is below them. Where the system refuses to watch, that is logged, and
    `heard` is called again and again.
    """

    def __init__(self, folders: Iterable[Path], heard: Heard, *, deep: bool = False) -> None:
        self._folders = tuple(folders)
        self._heard = heard
        self._deep = deep
        self._end = threading.Event()
        self.thread = threading.Thread(target=self._run, name="livepages-watch", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Say no more; the thread ends by itself."""
        self._end.set()

    def _run(self) -> None:
        try:
            self._listen()
        except FileNotFoundError:
            log.debug("A folder went away before it could be watched.")
        except (OSError, RuntimeError) as error:
            log.warning(
                "Folders can't be watched (%s): the site's files are looked at every %s s instead. "
                "On Linux, fs.inotify.max_user_watches and max_user_instances are the limits.",
                error,
                TICK_MS / 1000,
            )
        while not self._end.wait(TICK_MS / 1000):
            self._heard(frozenset())

    def _listen(self) -> None:
        for changes in watch(
            *self._folders,
            watch_filter=None,
            step=DEEP_STEP_MS if self._deep else STEP_MS,
            debounce=LONGEST_MS,
            rust_timeout=TICK_MS,
            yield_on_timeout=not self._deep,
            recursive=self._deep,
            ignore_permission_denied=True,
            stop_event=self._end,
        ):
            self._heard(frozenset(Path(path) for _, path in changes))
