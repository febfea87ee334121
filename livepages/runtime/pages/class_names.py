"""The CSS classes of an element, as handlers see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from livepages.styles.merge import merge


class ClassNames:
    """The CSS classes of an element, in order and each once."""

    __slots__ = ("_change", "_text")

    def __init__(self, text: str, change: Callable[[str], None]) -> None:
        self._text = text
        self._change = change

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"ClassNames({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self._text)

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.split())

    def __contains__(self, name: object) -> bool:
        return name in self._text.split()

    def _set(self, names: list[str]) -> None:
        self._text = " ".join(dict.fromkeys(names))
        self._change(self._text)

    def add(self, names: str) -> None:
        """Add classes; those that are there stay where they are."""
        self._set([*self, *names.split()])

    def remove(self, names: str) -> None:
        """Take classes away; those that aren't there don't matter."""
        gone = names.split()
        self._set([name for name in self if name not in gone])

    def toggle(self, name: str, on: bool | None = None) -> None:
        """Add a class if it isn't there, else take it away; or as `on` says."""
        wanted = name not in self if on is None else on
        (self.add if wanted else self.remove)(name)

    def merge(self, names: str) -> None:
        """Add classes in place of those that they contradict, by the rules of tailwind-merge."""
        self._set(merge(self._text, names).split())
