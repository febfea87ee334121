"""The CSS of one site, which grows with the class names that turn up."""

import hashlib
import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from livepages.styles import animations
from livepages.styles.safety import is_safe
from livepages.styles.tailwind import LAYERS, Compiled, Tailwind

MOST_NAMES = 20_000
LARGEST = 256 * 1024  # characters of growing CSS

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Edition:
    """The CSS after some number of changes. `renewed` is the version since when what does not grow is as it is."""

    version: int
    renewed: int
    fixed: str
    growing: str
    own: str

    @cached_property
    def css(self) -> str:
        return LAYERS + self.fixed + self.growing + self.own

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.css.encode()).hexdigest()[:16]

    def has_same_rest(self, other: "_Edition") -> bool:
        """Whether the two differ in nothing but what grows."""
        return (self.fixed, self.own) == (other.fixed, other.own)


class Stylesheet:
    """One site's CSS. Names that were seen before cost next to nothing; it may be used from any thread.

    A new name makes a build of a few milliseconds, in which other threads run: from an event loop, add in a thread
    what may be new, or find out with `knows` first.

    Args:
        classes: class names known at the start; each string may hold several.
        base: whether elements without classes get a pleasant look (base.css).
        own_css: CSS to end with, in no layer, so that it wins over everything.
    """

    def __init__(self, classes: Iterable[str] = (), *, base: bool = True, own_css: str = "") -> None:
        self._base = base
        self._seen: set[str] = set()
        self._animations: set[str] = set()
        self._full = False
        self._lock = threading.Lock()
        self._tailwind = Tailwind(base=base)
        names = self._admitted(self._unseen(classes))
        self._edition = _Edition(1, 1, *self._parts(self._tailwind.build(names)), own_css)

    @property
    def version(self) -> int:
        """1 at first, and one more with each change."""
        return self._edition.version

    @property
    def renewed(self) -> int:
        """The version since when only what grows has changed: who has a lower one needs all of it."""
        return self._edition.renewed

    @property
    def is_renewed(self) -> bool:
        """Whether anything but what grows has ever changed."""
        return self._edition.renewed > 1

    @property
    def css(self) -> str:
        """All of it, minified: what a page links to."""
        return self._edition.css

    @property
    def growing(self) -> str:
        """What may change as names are added, in the same layers: put after `css` or an earlier `growing`, it
        replaces them."""
        return self._edition.growing

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that change with `css`."""
        return self._edition.digest

    def knows(self, classes: Iterable[str]) -> bool:
        """Whether adding these would need no build."""
        return self._full or not any(True for _ in self._unseen(classes))

    def add(self, classes: Iterable[str]) -> bool:
        """Take in class names; whether the CSS changed, and with it the version.

        Names that may not be asked for (see safety.py), and all new ones of a site that has gone past its limits, make
        no CSS.
        """
        if self.knows(classes := tuple(classes)):
            return False
        with self._lock:
            names = self._admitted(self._unseen(classes))
            return bool(names) and self._changed(self._tailwind.build(names), self._edition.own)

    def renew(self, classes: Iterable[str] = (), *, base: bool = True, own_css: str = "") -> bool:
        """Take in what a site says of its looks now, as at the start; whether the CSS changed, and with it the version.

        Names that were seen before stay known. Another `base` costs a start of the compiler, some 60 ms.
        """
        with self._lock:
            names = self._admitted(self._unseen(classes))
            if base != self._base:
                self._base, self._tailwind = base, Tailwind(base=base)
                names = list(self._seen)
            return self._changed(self._tailwind.build(names), own_css)

    def _unseen(self, classes: Iterable[str]) -> Iterator[str]:
        seen = self._seen
        for text in classes:
            if text not in seen:
                yield from (name for name in text.split() if name not in seen and is_safe(name))

    def _admitted(self, names: Iterable[str]) -> list[str]:
        """Those names that the limits allow, remembered."""
        admitted = []
        for name in names:
            if self._full or len(self._seen) >= MOST_NAMES:
                self._refuse_from_now_on(f"{MOST_NAMES} class names")
                break
            if name not in self._seen:
                self._seen.add(name)
                admitted.append(name)
        self._animations.update(_animations_of(admitted))
        return admitted

    def _changed(self, built: Compiled, own_css: str) -> bool:
        before = self._edition
        after = _Edition(before.version + 1, before.renewed, *self._parts(built), own_css)
        if after.css == before.css:
            return False
        self._edition = after if after.has_same_rest(before) else replace(after, renewed=after.version)
        if len(after.growing) > LARGEST:
            self._refuse_from_now_on(f"{LARGEST // 1024} KiB of CSS")
        return True

    def _parts(self, built: Compiled) -> tuple[str, str]:
        """What does not grow and what does, animations included."""
        moving = animations.css(self._animations)
        return built.fixed, built.growing + (f"@layer components{{{moving}}}" if moving else "")

    def _refuse_from_now_on(self, limit: str) -> None:
        if not self._full:
            _log.warning("The site has reached %s: new class names are ignored. Does a handler make them up?", limit)
        self._full = True


def _animations_of(classes: Iterable[str]) -> set[str]:
    prefix = animations.PREFIX
    return {name.removeprefix(prefix) for name in classes if name.startswith(prefix)} & set(animations.names())
