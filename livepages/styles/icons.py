"""Font Awesome Free's icons as drawings, by the names people know them by."""

import difflib
import functools
import json
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from livepages.styles import vendor

STYLES = ("solid", "regular", "brands")
_STYLE_OF = MappingProxyType(
    {
        **{style: style for style in STYLES},
        **{f"fa-{style}": style for style in STYLES},
        "fas": "solid",
        "far": "regular",
        "fab": "brands",
    }
)
# Font Awesome's own helper classes, which people copy along with the name.
_HELPER = re.compile(
    r"fa|fa-(?:fw|border|spin|pulse|inverse|beat|fade|bounce|flip|shake|classic|2?xs|sm|lg|2?xl|\d+x|li|stack"
    r"|pull-(?:left|right)|rotate-\d+|flip-\w+)"
)
_LONGEST = 60


class UnknownIcon(LookupError):
    """No icon of Font Awesome Free has this name. `suggestions` are names close to it."""

    def __init__(self, name: str, problem: str, suggestions: tuple[str, ...]) -> None:
        hint = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(problem + hint)
        self.name = name
        self.suggestions = suggestions


class IconDrawing(NamedTuple):
    """One icon: the width and height of its viewBox and its path's data. Paths may reach a little past the viewBox,
    so show it with `overflow: visible`."""

    width: int
    height: int
    path: str


@dataclass(frozen=True)
class _Table:
    icons: dict[str, dict[str, tuple[int, int, str]]]
    aliases: dict[str, str]


def find(name: str) -> IconDrawing:
    """The drawing of an icon.

    Args:
        name: today's name or an old one ("comments", "comments-o"), with a style where it matters
            ("regular/heart", "brands/github"), or Font Awesome's classes ("far fa-heart", "fa-brands fa-github").
            Without a style it is the solid drawing if there is one.

    Raises:
        UnknownIcon: no such icon, or not in that style.
    """
    style, plain = _parsed(name)
    table = _table()
    if plain not in table.icons:
        wanted, _, plain = table.aliases.get(plain, plain).rpartition("/")
        style = style or wanted
    if plain not in table.icons:
        raise UnknownIcon(name, f'There is no icon "{name[:_LONGEST]}".', suggest(plain))
    drawings = table.icons[plain]
    if style and style not in drawings:
        offers = tuple(f"{other}/{plain}" for other in STYLES if other in drawings)
        raise UnknownIcon(name, f'The icon "{plain}" has no {style} drawing.', offers)
    return IconDrawing(*(drawings[style] if style else next(drawings[s] for s in STYLES if s in drawings)))


def names() -> tuple[str, ...]:
    """The names of all icons, sorted; old names are not among them."""
    return tuple(sorted(_table().icons))


def suggest(name: str) -> tuple[str, ...]:
    """Up to three names close to this one, closest first; old names only where no name of today is close."""
    word, table = _parsed(name)[1][:_LONGEST], _table()
    close = difflib.get_close_matches(word, table.icons, cutoff=0.7)
    return tuple(close or difflib.get_close_matches(word, table.aliases, cutoff=0.7))


def _parsed(name: str) -> tuple[str, str]:
    """The style, or "", and the name without prefixes."""
    style, plain = "", ""
    for word in name.replace("/", " ").split():
        if word in _STYLE_OF and not (plain or word == name):
            style = _STYLE_OF[word]
        elif not _HELPER.fullmatch(word):
            plain = plain or word.removeprefix("fa-")
    return style, plain or name.strip().removeprefix("fa-")


@functools.cache
def _table() -> _Table:
    # Not through vendor.read, which would keep the text of 1.5 MB beside the table.
    data = json.loads(vendor.path("fontawesome-free.json").read_text("utf-8"))
    icons = {name: {style: tuple(d) for style, d in drawings.items()} for name, drawings in data["icons"].items()}
    return _Table(icons, data["aliases"])
