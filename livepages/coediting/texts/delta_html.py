"""Rich text as clean HTML: elements that say what a text is, and styles for what only says how it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import groupby, takewhile
from types import MappingProxyType
from typing import Any

from livepages.coediting.texts.delta import Attributes, Line, Op, cleaned_delta, lines
from livepages.coediting.texts.html_spaces import NO_BREAK, SPACE, unmarked, with_lasting_spaces

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
NONE: Mapping[str, Any] = MappingProxyType({})


def delta_html(ops: object) -> str:
    """The HTML of a document, safe in any page whatever the ops hold: see `cleaned_delta`.

    A line is a `p`, an `h1` to `h6` or an `li`; lines of a quotation stand in one `blockquote`, lines of code in one
    `pre`, lists in each other by their indent. An item to tick has `data-checked`. White space stays as it
    is.
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
    tags: list[str] = []
    looks: list[Attributes] = [{}]
    for runs, attributes in group:
        tag = "ol" if attributes["list"] == "ordered" else "ul"
        depth = attributes.get("indent", 0) + 1
        while len(tags) > depth or (len(tags) == depth and tags[-1] != tag):
            looks.pop()
            yield f"</li></{tags.pop()}>"
        if len(tags) == depth:
            looks.pop()
            yield "</li>"
        while len(tags) < depth - 1:
            tags.append(tag)
            looks.append(looks[-1])
            yield f"<{tag}><li>"
        if len(tags) < depth:
            tags.append(tag)
            yield f"<{tag}>"
        look = _look({**attributes, "indent": 0}, looks[-1])
        looks.append(attributes)
        yield f"<li{CHECKED.get(attributes['list'], '')}{look}>{inline_html(runs)}"
    while tags:
        yield f"</li></{tags.pop()}>"


GROUPS: Mapping[str, Callable[[Iterable[Line]], Iterator[str]]] = MappingProxyType(
    {"": _paragraphs, "blockquote": _quotation, "code-block": _code, "list": _list}
)


def _look(attributes: Attributes, above: Mapping[str, Any] = NONE) -> str:
    """The HTML attributes of a line in another, whose alignment and direction would be its own too."""
    align = attributes.get("align", "start" if "align" in above else "")
    direction = attributes.get("direction", "ltr" if "direction" in above else "")
    indent = attributes.get("indent", 0) * INDENT
    style = ";".join([f"text-align:{align}"] * bool(align) + [f"padding-left:{indent}em"] * bool(indent))
    return (f' style="{style}"' if style else "") + (f' dir="{direction}"' if direction else "")


def inline_html(runs: Iterable[Op]) -> str:
    """The HTML of a line's content, of cleaned ops without "\\n"."""
    pieces: list[str] = []
    open_tags: list[Tag] = []
    for run in with_lasting_spaces(runs):
        tags = list(_tags(run.get("attributes", {})))
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(open_tags, tags, strict=False))))
        pieces += [end for _, end in reversed(open_tags[shared:])]
        pieces += [start for start, _ in tags[shared:]]
        pieces.append(_text(run["insert"]) if isinstance(run["insert"], str) else _image(run))
        open_tags = tags
    return "".join((*pieces, *(end for _, end in reversed(open_tags)))) or EMPTY


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
    html = re.sub(f"[\t{SPACE}{NO_BREAK}]+", r'<span style="white-space:pre">\g<0></span>', _escaped(text, quote=False))
    return unmarked(html).replace("\xa0", "&nbsp;")


def _image(run: Op) -> str:
    found = {"src": run["insert"]["image"], "alt": "", **run.get("attributes", {})}
    names = [name for name in ("src", "alt", "width", "height") if name in found]
    return "<img" + "".join(f' {name}="{_escaped(found[name])}"' for name in names) + ">"


def _escaped(text: str, quote: bool = True) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;").replace('"', "&quot;" if quote else '"')
