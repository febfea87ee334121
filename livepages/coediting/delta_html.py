"""Rich text as clean HTML: elements that say what a text is, and styles for what only says how it looks.

And the other way round, for one element: the formats that its name, attributes and styles mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import groupby, takewhile
from types import MappingProxyType
from typing import Any

from livepages.coediting.delta import FORMATS, Attributes, Line, Op, cleaned_delta, lines

Tag = tuple[str, str]
"""A start tag and its end tag."""

SIZES = MappingProxyType({"small": "0.75em", "large": "1.5em", "huge": "2.5em"})
"""The sizes of Quill's own style sheet."""
INDENT = 3
"""By how many em a line is moved for each step, as in Quill's own style sheet."""
ELEMENTS = MappingProxyType({"bold": "strong", "italic": "em", "underline": "u", "strike": "s"})
SCRIPTS = MappingProxyType({"sub": "sub", "super": "sup"})
STYLES = MappingProxyType(
    {"color": "color", "background": "background-color", "font": "font-family", "size": "font-size"}
)
CHECKED = MappingProxyType({"checked": ' data-checked="true"', "unchecked": ' data-checked="false"'})
EMPTY = "<br>"

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
"""Formats that another value of their CSS property ends, such as `font-weight: normal`."""


def delta_html(ops: object) -> str:
    """The HTML of a document, safe in any page whatever the ops hold: see `cleaned_delta`.

    A line is a `p`, an `h1` to `h6` or an `li`; lines of a quotation stand in one `blockquote`, lines of code in one
    `pre`, lists in each other by their indent. An item to tick has `data-checked`. Spaces and tabs stay as they are.
    """
    grouped = groupby(lines(cleaned_delta(ops)), key=lambda line: _group(line.attributes))
    return "".join(piece for (kind, _), group in grouped for piece in GROUPS[kind](group))


def _group(attributes: Attributes) -> tuple[str, object]:
    """What a line shares with those next to it that belong into the same element."""
    kind = next((name for name in ("code-block", "list", "blockquote") if name in attributes), "")
    return kind, attributes["code-block"] if kind == "code-block" else None


def _paragraphs(group: Iterable[Line]) -> Iterator[str]:
    for line in group:
        tag = f"h{line.attributes['header']}" if "header" in line.attributes else "p"
        yield f"<{tag}{_look(line.attributes)}>{inline_html(line.runs)}</{tag}>"


def _quotation(group: Iterable[Line]) -> Iterator[str]:
    yield f"<blockquote>{''.join(_paragraphs(group))}</blockquote>"


def _code(group: Iterable[Line]) -> Iterator[str]:
    first, *others = group
    language = first.attributes["code-block"]
    yield "<pre><code>" if language is True else f'<pre><code class="language-{language}">'
    for line in (first, *others):
        yield _escaped("".join(run["insert"] for run in line.runs), quote=False) + "\n"
    yield "</code></pre>"


def _list(group: Iterable[Line]) -> Iterator[str]:
    """Lists in each other. Every list that is open has an open item; one without a line of its own is only a step."""
    open_lists: list[str] = []
    for runs, attributes in group:
        tag = "ol" if attributes["list"] == "ordered" else "ul"
        depth = attributes.get("indent", 0) + 1
        while len(open_lists) > depth or (len(open_lists) == depth and open_lists[-1] != tag):
            yield f"</li></{open_lists.pop()}>"
        if len(open_lists) == depth:
            yield "</li>"
        while len(open_lists) < depth:
            open_lists.append(tag)
            yield f"<{tag}>" if len(open_lists) == depth else f"<{tag}><li>"
        yield f"<li{CHECKED.get(attributes['list'], '')}{_look({**attributes, 'indent': 0})}>{inline_html(runs)}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"


GROUPS: Mapping[str, Callable[[Iterable[Line]], Iterator[str]]] = MappingProxyType(
    {"": _paragraphs, "blockquote": _quotation, "code-block": _code, "list": _list}
)


def _look(attributes: Attributes) -> str:
    """The HTML attributes of a line."""
    styles = [f"text-align:{attributes['align']}"] if "align" in attributes else []
    if indent := attributes.get("indent"):
        styles.append(f"padding-left:{indent * INDENT}em")
    style = f' style="{";".join(styles)}"' if styles else ""
    return style + (' dir="rtl"' if "direction" in attributes else "")


def inline_html(runs: Iterable[Op]) -> str:
    """The HTML of a line's content, of cleaned ops without "\\n"."""
    pieces: list[str] = []
    open_tags: list[Tag] = []
    for run in _kept_spaces(runs):
        tags = list(_tags(run.get("attributes", {})))
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(open_tags, tags, strict=False))))
        pieces += [end for _, end in reversed(open_tags[shared:])]
        pieces += [start for start, _ in tags[shared:]]
        pieces.append(_text(run["insert"]) if isinstance(run["insert"], str) else _image(run))
        open_tags = tags
    return "".join((*pieces, *(end for _, end in reversed(open_tags)))) or EMPTY


def _kept_spaces(runs: Iterable[Op]) -> Iterator[Op]:
    """Runs in which a no-break space stands for each space that a browser would leave out (CSS Text 3, 4.1)."""
    given = list(runs)
    is_bare = True
    for index, run in enumerate(given):
        if not isinstance(run["insert"], str):
            is_bare = False
            yield run
            continue
        text = re.sub(" {2,}", lambda found: " " + "\xa0" * (len(found[0]) - 1), run["insert"])
        if is_bare and text.startswith(" "):
            text = "\xa0" + text[1:]
        if index == len(given) - 1 and text.endswith(" "):
            text = text[:-1] + "\xa0"
        is_bare = text.endswith(" ")
        yield {**run, "insert": text}


def _tags(attributes: Attributes) -> Iterator[Tag]:
    """The elements around a run, from the outermost, in an order that is always the same."""
    if "link" in attributes:
        yield f'<a href="{_escaped(attributes["link"])}">', "</a>"
    styles = {css: attributes[name] for name, css in STYLES.items() if name in attributes}
    if styles:
        style = ";".join(f"{css}:{SIZES.get(value, value)}" for css, value in styles.items())
        yield f'<span style="{_escaped(style)}">', "</span>"
    names = [tag for name, tag in ELEMENTS.items() if name in attributes]
    names += [SCRIPTS[attributes["script"]]] if "script" in attributes else []
    for tag in names + ["code"] * ("code" in attributes):
        yield f"<{tag}>", f"</{tag}>"


def _text(text: str) -> str:
    return re.sub("\t+", r'<span style="white-space:pre">\g<0></span>', _escaped(text, quote=False))


def _image(run: Op) -> str:
    found = {"src": run["insert"]["image"], "alt": "", **run.get("attributes", {})}
    names = [name for name in ("src", "alt", "width", "height") if name in found]
    return "<img" + "".join(f' {name}="{_escaped(found[name])}"' for name in names) + ">"


def _escaped(text: str, quote: bool = True) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;").replace('"', "&quot;" if quote else '"')


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
            found |= {format_name: kept} if kept else {}
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
