"""animate.css, cut to the animations a site uses."""

import difflib
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from livepages.styles import vendor

PREFIX = "animate__"
SPEEDS = ("slow", "slower", "fast", "faster")
_KEYFRAMES = re.compile(r"@keyframes (\w+)(\{(?:[^{}]*\{[^{}]*\})*\})")
_RULE = re.compile(r"([^{}@]+)(\{[^{}]*\})")
_SPEED = re.compile(rf"\.animate__animated\.animate__({'|'.join(SPEEDS)})\{{")


class UnknownAnimation(LookupError):
    """animate.css has no animation of this name. `suggestions` are names close to it."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        hint = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f'There is no animation "{name[:60]}".{hint}')
        self.name = name
        self.suggestions = suggestions


@dataclass(frozen=True)
class _Library:
    """The rules all animations share, and each animation's keyframes and rules."""

    shared: str
    animations: dict[str, str]


def names() -> tuple[str, ...]:
    """The names of all animations, sorted: "backInDown", "bounce", ..."""
    return tuple(sorted(_library().animations))


def check(name: str) -> None:
    """Nothing, if there is an animation of this name.

    Raises:
        UnknownAnimation: there is none.
    """
    if name not in _library().animations:
        raise UnknownAnimation(name, tuple(difflib.get_close_matches(name[:60], names(), n=3)))


def css(wanted: Iterable[str]) -> str:
    """The CSS that elements with the classes `animate__animated animate__NAME` need for these names, minified.

    Without names there is none. The speeds also go by JustPy's unprefixed classes (`slow`, `slower`, `fast`,
    `faster`). The keyframes are called animate__NAME, because Tailwind has a `bounce` and a `pulse` of its own.

    Raises:
        UnknownAnimation: there is no such animation.
    """
    chosen = sorted(set(wanted))
    for name in chosen:
        check(name)
    library = _library()
    return library.shared + "".join(library.animations[name] for name in chosen) if chosen else ""


@functools.cache
def _library() -> _Library:
    source = re.sub(r'^@charset "[^"]*";', "", vendor.read("animate.min.css"))
    start = source.index("@keyframes")
    shared, rest = source[:start], source[start:]
    frames = dict(_KEYFRAMES.findall(rest))
    animations = {name: f"@keyframes {PREFIX}{name}{body}" for name, body in frames.items()}
    for selector, body in _RULE.findall(_KEYFRAMES.sub("", rest)):
        for name in re.findall(r"\.animate__(?!animated)(\w+)", selector):
            animations[name] += f".{PREFIX}{name}" + _renamed(body)
    return _Library(_SPEED.sub(r".animate__animated:is(.animate__\1,.\1){", shared), animations)


def _renamed(body: str) -> str:
    return re.sub(r"animation-name:(\w+)", rf"animation-name:{PREFIX}\1", body)
