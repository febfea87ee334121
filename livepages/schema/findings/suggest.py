"""Which known word somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

CUTOFF = 0.66
LONGEST = 64
"""Longer words are no misspelt names, and comparing them takes time."""


def did_you_mean(word: str, known: Iterable[str], cutoff: float = CUTOFF) -> str | None:
    """The known word nearest to `word`, or None when none is near.

    Case, hyphens, underscores, spaces and a plural s make no difference. `cutoff` is how alike they have to be, 1 being
    the same.
    """
    if not word or len(word) > LONGEST:
        return None
    candidates = sorted(set(known) - {word})
    by_stem = {_stem(candidate): candidate for candidate in reversed(candidates)}
    if same := by_stem.get(_stem(word)):
        return same
    by_case = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    close = get_close_matches(word.casefold(), by_case, n=1, cutoff=cutoff)
    return by_case[close[0]] if close else None


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """The sentence 'Did you mean "…"?', or None when no known word is near."""
    match = did_you_mean(word, known)
    return f'Did you mean "{match}"?' if match else None


def _stem(word: str) -> str:
    folded = word.casefold().translate({ord(mark): None for mark in "-_ "})
    return folded.removesuffix("s") or folded
