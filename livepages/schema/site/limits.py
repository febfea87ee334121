"""Limits on what tabs can make grow, each with a default; a site's file can set them under `limits`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from livepages.schema.site.properties import Milliseconds, Property

Count = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in milliseconds, sizes in bytes."""

    replay_patches: int = 500
    replay_bytes: int = 1_000_000
    replay_time: int = 300_000
    tab_time: int = 300_000
    room_time: int = 3_600_000
    unopened_time: int = 60_000
    live_pages: int = 50_000
    sessions: int = 50_000
    tabs: int = 20_000
    tabs_per_address: int = 20_000
    events_per_second: int = 200
    stall_time: int = 30_000
    documents: int = 10_000
    document_size: int = 10_000_000
    document_message: int = 1_000_000


DEFAULT_LIMITS = Limits()

LIMIT_KEYS: Mapping[str, Property] = MappingProxyType(
    {
        "replay_patches": Property(Count, "How many patches of a page are kept for tabs that come back."),
        "replay_bytes": Property(Count, "How many bytes of patches of a page are kept for tabs that come back."),
        "replay_time": Property(Milliseconds, "How long patches are kept for tabs that come back."),
        "tab_time": Property(
            Milliseconds, "How long a tab, and a page of its own or of its session, is kept after its last connection."
        ),
        "room_time": Property(Milliseconds, "How long a shared page with a parameter outlives its last tab."),
        "unopened_time": Property(Milliseconds, "How long a page that was sent waits for its tab to connect."),
        "live_pages": Property(Count, "How many live pages there may be; those not used for longest go first."),
        "sessions": Property(Count, "How many sessions there may be; those not used for longest go first."),
        "tabs": Property(Count, "How many tabs can be connected at once."),
        "tabs_per_address": Property(Count, "How many tabs can be connected at once from one network address."),
        "events_per_second": Property(Count, "How many events a tab can send a second, for longer than two seconds."),
        "stall_time": Property(Milliseconds, "How long a tab that does not read stays connected."),
        "documents": Property(Count, "How many documents that are written together the site keeps."),
        "document_size": Property(Count, "How many bytes a document can have, its history included."),
        "document_message": Property(Count, "How many bytes of changes to a document can come at once."),
    }
)
"""What a site's file can say under `limits`."""
