"""What the log says, in short lines: the time, the level, the message."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from enum import StrEnum

from rich.text import Text

from livepages.cli.console import err
from livepages.schema.findings.snippet import printable

STARTUP_CALLS = "livepages.runtime.tasks.calls"
"""The logger of failing handlers; a failing startup handler is told as the reason why nothing is served."""


class LogLevel(StrEnum):
    """How much is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        """The level as `logging` counts."""
        return logging.getLevelNamesMapping()[self.upper()]

    @property
    def of_server(self) -> str:
        """The level of uvicorn's own messages, which tells of every connection at info."""
        return {LogLevel.DEBUG: "info", LogLevel.ERROR: "error"}.get(self, "warning")


class LogLines(logging.Handler):
    """Writes records to the terminal, safe to show there. `is_listening` says that startup is over."""

    def __init__(self) -> None:
        super().__init__()
        self.is_listening = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Leave out what is told otherwise."""
        return (self.is_listening or record.name != STARTUP_CALLS) and bool(super().filter(record))

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            message = "\n".join(printable(line) for line in self.format(record).splitlines())
            clock = time.strftime("%H:%M:%S", time.localtime(record.created))
            line = Text.assemble((clock, "dim"), " ", (f"{record.levelname:<7}", _style(record.levelno)), " ", message)
            err().print(line, soft_wrap=True)
        except Exception:
            self.handleError(record)


def _style(level: int) -> str:
    if level >= logging.ERROR:
        return "bold red"
    return "yellow" if level >= logging.WARNING else "blue"


def set_up_logging(level: LogLevel, own: Iterable[str]) -> LogLines:
    """Write what livepages and the site's own loggers say at `level`, and what all others say from warnings on."""
    handler = LogLines()
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level.number, logging.WARNING))
    for name in ("livepages", *own):
        logging.getLogger(name).setLevel(level.number)
    return handler
