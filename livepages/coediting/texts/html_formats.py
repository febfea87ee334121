"""What elements of HTML mean for a text: the formats of their names, attributes and styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from livepages.coediting.texts.delta import FORMATS, Attributes
from livepages.coediting.texts.delta_html import INDENT

BLOCK_NAMES = """
address article aside body caption dd details div dl dt fieldset figcaption figure footer form header hr html li main
nav p section summary table tbody td tfoot th thead tr
"""
BLOCKS: Mapping[str, Attributes] = MappingProxyType(
    {
        **{name: {} for name in BLOCK_NAMES.split()},
        **{f"h{level}": {"header": level} for level in range(1, 7)},
        "blockquote": {"blockquote": True},
        "center": {"align": "center"},
        "ol": {"list": "ordered"},
        "pre": {"code-block": True, "space": True},
        "ul": {"list": "bullet"},
    }
)
"""The elements that begin and end lines, and their formats. `space` is white space that stays as it is."""
INLINES: Mapping[str, Attributes] = MappingProxyType(
    {
        **{name: {"bold": True} for name in ("b", "strong")},
        **{name: {"italic": True} for name in ("i", "em")},
        **{name: {"underline": True} for name in ("u", "ins")},
        **{name: {"strike": True} for name in ("s", "strike", "del")},
        **{name: {"code": True} for name in ("code", "kbd", "samp", "tt")},
        **{name: {} for name in ("a", "font", "span")},
        "sub": {"script": "sub"},
        "sup": {"script": "super"},
    }
)
READ_ATTRIBUTES = MappingProxyType(
    {"href": "link", "color": "color", "align": "align", "dir": "direction", "data-list": "list"}
)
QUILL_CLASS = re.compile(r"(?:^|[ \t\n\f])ql-(size|font|align|direction|indent)-([a-z0-9-]+)")
LANGUAGE = re.compile(r"(?:^|[ \t\n\f])lang(?:uage)?-([^ \t\n\f]+)")
READ_SIZES = MappingProxyType(
    {
        **dict.fromkeys(("0.75em", ".75em", "10px", "small", "x-small"), "small"),
        **dict.fromkeys(("1.5em", "18px", "large", "x-large"), "large"),
        **dict.fromkeys(("2.5em", "32px", "xx-large"), "huge"),
    }
)
RESET = frozenset(("bold", "italic", "size", "align", "direction", "space"))
"""Formats that another value ends, such as `font-weight: normal` or `dir="ltr"`."""


def element_formats(name: str, attributes: Mapping[str, str]) -> Mapping[str, Any]:
    """The formats of an element's text and lines, by its name, attributes, Quill's classes and styles.

    None for a format that it ends. Beside those of a Delta there are `space`, for white space that stays as it is, and
    `padding`, the indent of lines that are in no list.
    """
    own = BLOCKS.get(name) or INLINES.get(name) or {}
    if not attributes:
        return own
    found = dict(own)
    if "class" in attributes:
        found |= _class_formats(attributes["class"])
    if "code-block" in found:
        found["code-block"] = language(attributes)
    if "data-checked" in attributes:
        found["list"] = "checked" if attributes["data-checked"] == "true" else "unchecked"
    for attribute, value in attributes.items():
        if format_name := READ_ATTRIBUTES.get(attribute):
            kept = FORMATS[format_name].kept(value if attribute == "href" else value.lower())
            found |= {format_name: kept} if kept or format_name in RESET else {}
    if face := _font(attributes.get("face", "").lower()):
        found["font"] = face
    return found | _styles(attributes.get("style", ""))


def _class_formats(classes: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in QUILL_CLASS.findall(classes):
        if kept := FORMATS[name].kept(int(value) if re.fullmatch("[1-8]", value) else value):
            found[name] = kept
    return found | (BLOCKS["pre"] if "ql-code-block" in classes.split() else {})


def language(attributes: Mapping[str, str]) -> str | bool:
    """The language of the code in an element, True where it has none."""
    named = LANGUAGE.search(attributes.get("class", ""))
    word = (named[1] if named else attributes.get("data-language", "")).lower()
    return word if FORMATS["code-block"].kept(word) else True


def _styles(style: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for declaration in style.lower().split(";"):
        css, _, value = declaration.partition(":")
        for name, read in READ_STYLES.get(css.strip(), ()):
            kept = read(value.replace("!important", "").strip())
            if kept is not None or name in RESET:
                found[name] = kept
    return found


def _font(value: str) -> str | None:
    words = (word.strip(" \t\n\f\"'") for word in value.split(","))
    return next((word for word in words if FORMATS["font"].kept(word)), None)


def _steps(value: str) -> int | None:
    found = re.fullmatch("([0-9]{1,2})em", value)
    return int(found[1]) // INDENT if found and int(found[1]) % INDENT == 0 else None


def _any_of(*words: str) -> Callable[[str], bool | None]:
    return lambda text: True if any(word in text.split() for word in words) else None


READ_STYLES: Mapping[str, tuple[tuple[str, Callable[[str], Any]], ...]] = MappingProxyType(
    {
        "color": (("color", FORMATS["color"].kept),),
        **dict.fromkeys(("background", "background-color"), (("background", FORMATS["background"].kept),)),
        "font-family": (("font", _font),),
        "font-size": (("size", READ_SIZES.get),),
        "font-weight": (("bold", _any_of("bold", "bolder", "600", "700", "800", "900")),),
        "font-style": (("italic", _any_of("italic", "oblique")),),
        **dict.fromkeys(
            ("text-decoration", "text-decoration-line"),
            (("underline", _any_of("underline")), ("strike", _any_of("line-through"))),
        ),
        "vertical-align": (("script", FORMATS["script"].kept),),
        "text-align": (("align", FORMATS["align"].kept),),
        "direction": (("direction", FORMATS["direction"].kept),),
        "white-space": (("space", _any_of("pre", "pre-wrap", "break-spaces")),),
        **dict.fromkeys(("padding-left", "margin-left"), (("padding", _steps),)),
    }
)
