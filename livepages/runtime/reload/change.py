"""What a change of the site has changed for those who have it open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What moved when the site changed.

    `pages` is what changed, in words: "page /", "component message", "handlers", "css". `live_pages` and
    `tabs` are those that followed, `reloaded` those of the tabs that load their page anew. `notes` are sentences about
    where the file and a handler disagree.
    """

    pages: tuple[str, ...] = ()
    live_pages: int = 0
    tabs: int = 0
    reloaded: int = 0
    notes: tuple[str, ...] = ()
