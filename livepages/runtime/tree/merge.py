"""Three-way merges: what the file said, what was made of it at run time, and what the file says now."""

from __future__ import annotations

from collections.abc import Sequence


def merge_children(base: Sequence[int], ours: Sequence[int], theirs: Sequence[int]) -> list[int]:
    """The children of an element: `base` by the former file, `ours` on the page, `theirs` by the new file.

    What was taken away on the page stays away, and what was put in stays behind what it stood behind. The order is
    that of the new file, but for those whose order was changed on the page.
    """
    there, told = frozenset(ours), frozenset(base)
    result = [each for each in theirs if each in there or each not in told]
    common = told.intersection(ours, result)
    order = [each for each in ours if each in common]
    if order != [each for each in base if each in common]:
        following = iter(order)
        result = [next(following) if each in common else each for each in result]
    return _put_in(result, [each for each in ours if each not in told and each not in result], ours)


def _put_in(result: list[int], added: list[int], ours: Sequence[int]) -> list[int]:
    """`result` with `added`, each behind the last one before it in `ours` that is there."""
    if not added:
        return result
    coming, there = frozenset(added), frozenset(result)
    behind: dict[int | None, list[int]] = {}
    anchor = None
    for each in ours:
        if each in coming:
            behind.setdefault(anchor, []).append(each)
        elif each in there:
            anchor = each
    merged = behind.get(None, [])[:]
    for each in result:
        merged += [each, *behind.get(each, ())]
    return merged


def merge_classes(base: str, ours: str, theirs: str) -> str:
    """The classes of an element: those of the new file, with what was added and taken away on the page."""
    former, own = base.split(), ours.split()
    gone = frozenset(former) - frozenset(own)
    kept = [name for name in theirs.split() if name not in gone]
    return " ".join(dict.fromkeys([*kept, *(name for name in own if name not in former)]))
