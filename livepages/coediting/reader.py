"""Who follows a document, and why one is refused."""

from __future__ import annotations

from typing import Protocol

REFUSED, GONE, TOO_LARGE = 4400, 4404, 4413
"""Close codes for what would be refused again: y-websocket does not come back after 4400 to 4499."""
UNSAVED = 4500
"""The close code for what may go well later: y-websocket comes back after 4500 to 4599."""


class Refused(Exception):
    """What a socket sent is not taken. The text is a sentence for its user, the code that of the close."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Reader(Protocol):
    """Who follows a document over a socket."""

    def send(self, message: bytes) -> None:
        """Take a message, at once and without waiting."""

    def refuse(self, code: int, reason: str) -> None:
        """Say why nothing more is taken, and close with a code."""
