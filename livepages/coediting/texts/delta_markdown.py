"""Rich text as Markdown: CommonMark with ~~strikethrough~~ and lists to tick, which reads back as the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from string import punctuation
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import category
from urllib.parse import quote

from livepages.coediting.texts.delta import Attributes, Line, Op, cleaned_delta, lines

MARKS = MappingProxyType({"bold": "**", "italic": "_", "strike": "~~"})
"""Different characters, so that two next to each other can be read in one way only."""
KEPT = (*MARKS, "link", "code", "alt")
SPACE = " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""White space as CommonMark has it (0.31, 2.1)."""
SPECIAL = re.compile(r"[\\`*_\[\]<~]|&(?=[#A-Za-z])")
"""What can begin something anywhere in a text."""
LINE_START = re.compile(r"((?:#{1,6}|\+|-+|=+)(?![^ \t])|>)|[0-9]{1,9}(?=[.)](?![^ \t]))")
"""What begins something at the start of a line, numbers up to what has to be escaped."""
SHARP_AT_END = re.compile(r"(?<!\\)#$")
BULLETS, NUMBERS = "-*", ".)"
CHECKS = MappingProxyType({"checked": "[x] ", "unchecked": "[ ] "})
BLANK = "&#32;"


class Piece(NamedTuple):
    """A part of a line, `words`, `space`, `code` or `image`, as Markdown, with what stands around it, outermost first.

    What stands around it are marks, and for a link what ends it, such as `](/page)`.
    """

    kind: str
    source: str
    around: tuple[str, ...]


class Level(NamedTuple):
    """A list that is open: the indent of its items in the document, the number of the last one, and the column at which
    what belongs to that one begins.
    """

    indent: int
    is_ordered: bool
    number: int
    inner_column: int


def delta_markdown(ops: object) -> str:
    """The Markdown of a document, whatever the ops hold: see `cleaned_delta`.

    What Markdown doesn't have is left out: underlines, scripts, colours, fonts, sizes, alignment, indent but in lists,
    and empty lines but in code.
    """
    blocks: list[str] = []
    last, style = "", 0
    for kind, group in groupby(lines(cleaned_delta(ops)), key=_kind):
        if kind == "list":
            # Lists with only empty lines between them would be one if they looked the same.
            style = 1 - style if last == "list" else 0
            blocks.append("\n".join(_list(group, style)))
        elif kind.startswith("code-block"):
            blocks.append(_code(list(group)))
        elif texts := [text for line in group if (text := _paragraph(line))]:
            blocks += [_quoted(texts)] if kind == "blockquote" else texts
        else:
            continue
        last = kind
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _kind(line: Line) -> str:
    kind = next((name for name in ("code-block", "list", "blockquote") if name in line.attributes), "")
    return f"{kind} {line.attributes[kind]}" if kind == "code-block" else kind


def _paragraph(line: Line) -> str:
    text, level = _inline(line.runs), line.attributes.get("header", 0)
    return f"{'#' * level} " + SHARP_AT_END.sub(r"\\#", text) if text and level else text


def _quoted(texts: Iterable[str]) -> str:
    return "\n>\n".join(f"> {text}" for text in texts)


def _code(group: list[Line]) -> str:
    code = "\n".join("".join(run["insert"] for run in line.runs) for line in group)
    language = group[0].attributes["code-block"]
    fence = "`" * max(3, _longest_run("`", code) + 1)
    return f"{fence}{'' if language is True else language}\n{code}\n{fence}"


def _list(group: Iterable[Line], style: int) -> Iterator[str]:
    levels: list[Level] = []
    for runs, attributes in group:
        indent, is_ordered = attributes.get("indent", 0), attributes["list"] == "ordered"
        while levels and levels[-1].indent > indent:
            levels.pop()
        same = levels.pop() if levels and levels[-1].indent == indent else None
        column = levels[-1].inner_column if levels else 0
        number = same.number + 1 if same and same.is_ordered == is_ordered else 1
        mark = f"{number}{NUMBERS[style]}" if is_ordered else BULLETS[style]
        levels.append(Level(indent, is_ordered, number, column + len(mark) + 1))
        yield f"{' ' * column}{mark} {CHECKS.get(attributes['list'], '')}{_inline(runs) or BLANK}"


def _inline(runs: Iterable[Op]) -> str:
    """A line's content. Empty for one of nothing but white space."""
    pieces = _pieces(runs)
    if all(piece.kind == "space" for piece in pieces):
        return ""
    for index in (0, -1):
        if pieces[index].kind == "space":
            # Markdown has no white space at the ends of a line, but for what is written as a number.
            pieces[index] = pieces[index]._replace(source="".join(map(_number, pieces[index].source)))
    if pieces[0].kind == "words" and not pieces[0].around and (found := LINE_START.match(pieces[0].source)):
        place = 0 if found[1] else found.end()
        pieces[0] = pieces[0]._replace(source=f"{pieces[0].source[:place]}\\{pieces[0].source[place:]}")
    return "".join(_joined(pieces))


def _pieces(runs: Iterable[Op]) -> list[Piece]:
    pieces: list[Piece] = []
    kept = ((run["insert"], _kept(run)) for run in runs)
    for (is_text, attributes), group in groupby(kept, key=lambda run: (isinstance(run[0], str), run[1])):
        inserts = [insert for insert, _ in group]
        link = [f"]({_url(attributes['link'])})"] if "link" in attributes else []
        around = (*link, *(mark for name, mark in MARKS.items() if name in attributes))
        if not is_text:
            alt = _escaped(attributes.get("alt", ""))
            pieces += [Piece("image", f"![{alt}]({_url(insert['image'])})", around) for insert in inserts]
        elif "code" in attributes:
            pieces.append(Piece("code", _code_span("".join(inserts)), around))
        else:
            text = "".join(inserts)
            words = text.strip(SPACE)
            before, _, after = text.partition(words) if words else (text, "", "")
            kinds = ("space", before), ("words", _escaped(words)), ("space", after)
            pieces += [Piece(kind, source, around) for kind, source in kinds if source]
    return _with_spaces(pieces)


def _kept(run: Op) -> Attributes:
    return {name: value for name, value in run.get("attributes", {}).items() if name in KEPT}


def _with_spaces(pieces: list[Piece]) -> list[Piece]:
    """Pieces with one of white space between others at most, and around it what is around both of its neighbours.

    A mark next to white space inside it would be no mark (CommonMark 0.31, 6.2).
    """
    merged: list[Piece] = []
    for is_space, group in groupby(pieces, key=lambda piece: piece.kind == "space"):
        same = list(group)
        merged += [Piece("space", "".join(piece.source for piece in same), ())] if is_space else same
    for index in range(1, len(merged) - 1):
        before, piece, after = merged[index - 1 : index + 2]
        if piece.kind == "space":
            merged[index] = piece._replace(around=before.around[: _shared(before.around, after.around)])
    return merged


def _joined(pieces: Iterable[Piece]) -> Iterator[str]:
    """The Markdown of pieces, with the marks between them.

    Next to a letter, a mark that stands before or after anything but a letter would be none (CommonMark 0.31, 6.2):
    the letter is written as a number then.
    """
    last, written = Piece("", "", ()), ""
    for piece in (*pieces, Piece("", "", ())):
        shared = _shared(last.around, piece.around)
        ends, starts, source = last.around[shared:], piece.around[shared:], piece.source
        if not starts and piece.kind == "words" and _is_torn(ends, written):
            source = _no_letter(source[0]) + source[1:]
        elif not ends and last.kind == "words" and _is_torn(starts, source[:1]):
            written = written[:-1] + _no_letter(written[-1])
        elif starts and starts[0] not in MARKS.values() and not ends and written.endswith("!"):
            # With the bracket after it, it would be an image.
            written = written[:-1] + "\\!"
        yield written
        yield from reversed(ends)
        yield from (mark if mark in MARKS.values() else "[" for mark in starts)
        last, written = piece, source


def _shared(some: tuple[str, ...], other: tuple[str, ...]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(some, other, strict=False))))


def _is_torn(marks: tuple[str, ...], inside: str) -> bool:
    """Whether marks, the outermost first, are none next to a letter outside. The text inside ends at them."""
    if not marks or marks[0] not in MARKS.values():
        return False
    return len(marks) > 1 or marks[0] == "_" or not inside[-1].isalnum()


def _no_letter(character: str) -> str:
    is_mark = character in punctuation or category(character).startswith("P")
    return character if is_mark else _number(character)


def _number(character: str) -> str:
    return f"&#{ord(character)};"


def _escaped(text: str) -> str:
    return re.sub("[\u2028\u2029\ufeff]", lambda found: _number(found[0]), SPECIAL.sub(r"\\\g<0>", text))


def _url(url: str) -> str:
    whole = re.sub(r"[\s`]", lambda found: quote(found[0]), url)
    return re.sub(r"[()<>\\]|&(?=[#A-Za-z])", r"\\\g<0>", whole)


def _code_span(text: str) -> str:
    fence = "`" * (_longest_run("`", text) + 1)
    is_spaced = text.startswith(" ") and text.endswith(" ") and not text.isspace()
    pad = " " if is_spaced or text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _longest_run(character: str, text: str) -> int:
    return max(map(len, re.findall(f"{character}+", text)), default=0)
