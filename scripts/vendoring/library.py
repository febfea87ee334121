"""What is vendored of an npm package, in words that the rest goes by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Output:
    """One vendored file: its name is NAME-VERSION.SUFFIX, its content `make(unpacked package)`."""

    suffix: str
    make: Callable[[Path], str]
    how: str


@dataclass(frozen=True)
class Library:
    """An npm package, the licence of what is taken from it (SPDX), and the files made from it.

    `needs` has the version of every other package that its ES module is bundled from.
    """

    name: str
    package: str
    version: str
    licence: str
    outputs: tuple[Output, ...]
    needs: Mapping[str, str] = field(default_factory=dict)
