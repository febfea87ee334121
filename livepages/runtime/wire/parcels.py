"""Things that a tab fetches once: downloads, and scripts that a handler runs in it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from secrets import token_urlsafe

MAX_PARCELS = 1_000
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Parcel:
    """Bytes under an address that can't be guessed."""

    content: bytes
    media_type: str
    name: str = ""


class Parcels:
    """The parcels of a site that nobody has fetched yet; the oldest go first when there are too many."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Parcel] = OrderedDict()
        self._bytes = 0

    def add(self, parcel: Parcel) -> str:
        """Keep a parcel until it is fetched. Returns its token."""
        token = token_urlsafe(18)
        self._waiting[token] = parcel
        self._bytes += len(parcel.content)
        while len(self._waiting) > MAX_PARCELS or (self._bytes > MAX_BYTES and len(self._waiting) > 1):
            self._bytes -= len(self._waiting.popitem(last=False)[1].content)
        return token

    def take(self, token: str) -> Parcel | None:
        """The parcel of a token; it can be taken once."""
        parcel = self._waiting.pop(token, None)
        if parcel is not None:
            self._bytes -= len(parcel.content)
        return parcel
