"""Rich text as Quill 2 keeps it, a Delta: what it can hold, and how one that comes from elsewhere becomes one."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from livepages.schema.expressions.mistakes import in_words, listed
from livepages.schema.findings.suggest import did_you_mean

Op = dict[str, Any]
"""`{"insert": text or {"image": address}}`, with `"attributes": {name: value}` where it has formats."""
Attributes = dict[str, Any]

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no text of HTML can hold: control characters, and surrogates, which can't be encoded."""
BLOCKS = ("code-block", "list", "header", "blockquote")
"""What a line is: one of these, as in Quill, where each replaces the other. The first wins."""
LISTS = ("ordered", "bullet", "checked", "unchecked")
HTTP = re.compile(
    r"https?://(?:[^\s/?#@\\]*@)?(?:[^\s/?#@:\\<>^|%\[\]]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#\\].*)?", re.I | re.S
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
IMAGE_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=]+", re.I)
RGB = re.compile(r"rgba?\( *(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3}) *(?:[,/] *(\d{1,3}(?:\.\d+)?|\.\d+)(%?) *)?\)")
COLORS = frozenset(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
    cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
    darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
    firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
    hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
    lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
    mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
    midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
    rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
    slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white
    whitesmoke yellow yellowgreen
    """.split()
)
"""The names of colours (CSS Color 4, 6.1)."""


class Line(NamedTuple):
    """A line: its inline content, ops without "\\n", and the attributes that stand on the "\\n" which ends it."""

    runs: list[Op]
    attributes: Attributes


class Format(NamedTuple):
    """A format: what it belongs to, its values in words, and a value as the document keeps it, None for a wrong one."""

    of: Literal["text", "line", "image"]
    expected: str
    kept: Callable[[object], Any]


def _true(value: object) -> bool | None:
    return True if value is True else None


def _one_of(*words: str) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in words else None


def _up_to(most: int) -> Callable[[object], int | None]:
    def kept(value: object) -> int | None:
        # Yjs hands over the numbers of JavaScript as floats.
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        return whole if isinstance(whole, int) and not isinstance(whole, bool) and 1 <= whole <= most else None

    return kept


def _like(pattern: str) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and re.fullmatch(pattern, value) else None


def _language(value: object) -> str | bool | None:
    return _true(value) or _like("[a-z][a-z0-9+#._-]{0,39}")(value)


def _bare(value: object) -> str:
    """An address without what browsers pass over (URL Standard, 4.4), so that it can't hide a scheme."""
    return re.sub(r"[\t\n]", "", CONTROLS.sub("", value)).strip() if isinstance(value, str) else ""


def _link(value: object) -> str | None:
    url = _bare(value)
    scheme = SCHEME.match(url)
    is_safe = not scheme or scheme[0].lower() in ("mailto:", "tel:") or HTTP.fullmatch(url)
    return url if url and is_safe else None


def image_url(value: object) -> str | None:
    """The address of an image that a document can hold, None for any other."""
    url = _bare(value)
    is_safe = not SCHEME.match(url) or HTTP.fullmatch(url) or IMAGE_DATA.fullmatch(url)
    return url if url and is_safe else None


def _color(value: object) -> str | None:
    """A colour in lower case; rgb() as #rrggbb, as Quill reads it."""
    text = value.strip().lower() if isinstance(value, str) and len(value) <= 64 else ""
    if text in COLORS or re.fullmatch("#(?:[0-9a-f]{3}){1,2}", text):
        return text
    parts = RGB.fullmatch(text)
    if not parts or any(int(part) > 255 for part in parts.group(1, 2, 3)):
        return None
    red, green, blue = map(int, parts.group(1, 2, 3))
    alpha = float(parts[4] or 1) / (100 if parts[5] else 1)
    return f"#{red:02x}{green:02x}{blue:02x}" if alpha >= 1 else f"rgba({red}, {green}, {blue}, {round(alpha, 3):g})"


def _length(value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 100_000:
        return f"{round(value, 2):g}" if value < 10_000 else str(int(value))
    text = value.removesuffix("px") if isinstance(value, str) else ""
    return text if re.fullmatch(r"[0-9]{1,5}(?:\.[0-9]{1,3})?%?", text) else None


def _alt(value: object) -> str | None:
    return " ".join(CONTROLS.sub("", value).split()) if isinstance(value, str) else None


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        **{name: Format("text", "true", _true) for name in ("bold", "italic", "underline", "strike", "code")},
        "script": Format("text", '"sub" or "super"', _one_of("sub", "super")),
        "link": Format("text", "an address of http, https, mailto, tel or this site", _link),
        "color": Format("text", 'a colour such as "#c00", "rgb(204, 0, 0)" or "red"', _color),
        "background": Format("text", 'a colour such as "#c00", "rgb(204, 0, 0)" or "red"', _color),
        "font": Format("text", 'a word such as "serif" or "monospace"', _like("[a-z][a-z0-9-]{0,39}")),
        "size": Format("text", '"small", "large" or "huge"', _one_of("small", "large", "huge")),
        "header": Format("line", "a whole number from 1 to 6", _up_to(6)),
        "list": Format("line", listed(f'"{name}"' for name in LISTS), _one_of(*LISTS)),
        "blockquote": Format("line", "true", _true),
        "code-block": Format("line", 'true or a language such as "python"', _language),
        "align": Format("line", '"center", "right" or "justify"', _one_of("center", "right", "justify")),
        "indent": Format("line", "a whole number from 1 to 8", _up_to(8)),
        "direction": Format("line", '"rtl"', _one_of("rtl")),
        "alt": Format("image", "text", _alt),
        "width": Format("image", 'a number of pixels or a share such as "50%"', _length),
        "height": Format("image", 'a number of pixels or a share such as "50%"', _length),
    }
)
"""The formats of Quill 2.0, by name."""


def lines(ops: Iterable[Op]) -> Iterator[Line]:
    """The lines of a document: of ops as `checked_delta` and `cleaned_delta` give them."""
    runs: list[Op] = []
    for op in ops:
        insert, attributes = op["insert"], op.get("attributes", {})
        if not isinstance(insert, str):
            runs.append(op)
            continue
        for index, text in enumerate(insert.split("\n")):
            if index:
                yield Line(runs, dict(attributes))
                runs = []
            if text:
                runs.append(_op(text, attributes))
    if runs:
        yield Line(runs, {})


def plain_text(ops: Iterable[Op]) -> str:
    """The text of a document, without images and without the "\\n" that ends every document."""
    return "".join(op["insert"] for op in ops if isinstance(op["insert"], str)).removesuffix("\n")


def cleaned_text(text: str) -> str:
    """A text as documents have it: with "\n" alone between lines, without control characters and half characters."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def checked_delta(value: object) -> list[Op]:
    """A document that a handler gives, a list of ops or `{"ops": [...]}`, in its shortest form.

    Attributes that are None, False, 0 or empty are left out, as in Quill; a document always ends with "\\n". Raises
    ValueError for what is no document: other ops, unknown formats, wrong values, formats in the wrong place.
    """
    ops = value.get("ops") if isinstance(value, Mapping) else value
    if not isinstance(ops, list | tuple):
        raise ValueError(f'expected a list of ops such as {{"insert": "Hello\\n"}}, not {_said(value)}')
    return _normal([_checked_op(op, f"ops[{index}]") for index, op in enumerate(ops)])


def cleaned_delta(ops: object) -> list[Op]:
    """A document that anybody may have written, as `checked_delta` gives it, without what is unknown or wrong in it."""
    given = ops.get("ops") if isinstance(ops, Mapping) else ops
    return _normal(op for op in map(_cleaned_op, given if isinstance(given, list | tuple) else ()) if op)


def _checked_op(op: object, place: str) -> Op:
    if not isinstance(op, Mapping) or "insert" not in op:
        raise ValueError(f'expected {place} to be an op such as {{"insert": "Hello\\n"}}, not {_said(op)}')
    if other := [key for key in op if key not in ("insert", "attributes")]:
        raise ValueError(f'expected "insert" and "attributes" in {place}, not {_said(other[0])}')
    if (insert := _insert(op["insert"])) is None:
        raise ValueError(
            f'expected the insert of {place} to be text or an image such as {{"image": "/static/photo.jpg"}}, '
            f"not {_said(op['insert'])}"
        )
    attributes = op.get("attributes") or {}
    if not isinstance(attributes, Mapping):
        raise ValueError(f"expected the attributes of {place} to be a mapping, not {_said(attributes)}")
    kept = {name: _checked(name, value, place) for name, value in attributes.items()}
    kept = {name: value for name, value in kept.items() if value}
    _check_places(kept, insert, place)
    return _op(insert, kept)


def _checked(name: object, value: object, place: str) -> object:
    """A format's value. Raises ValueError."""
    known = FORMATS.get(name) if isinstance(name, str) else None
    if known is None:
        near = did_you_mean(name, FORMATS) if isinstance(name, str) else None
        hint = f' (did you mean "{near}"?)' if near else ""
        raise ValueError(f"{place} has an unknown attribute {_said(name)}{hint}")
    if not value:
        return None
    if (kept := known.kept(value)) is None:
        raise ValueError(f'expected "{name}" of {place} to be {known.expected}, not {_said(value)}')
    return kept


def _check_places(attributes: Attributes, insert: object, place: str) -> None:
    """Raises ValueError for a format that says nothing of its op."""
    is_text = isinstance(insert, str)
    for name in attributes:
        if FORMATS[name].of == "line" and not (is_text and "\n" in str(insert)):
            raise ValueError(f'expected "{name}" on the "\\n" that ends its line: {place} has none')
        if FORMATS[name].of == "image" and is_text:
            raise ValueError(f'expected "{name}" on an image: {place} is text')
    if len(blocks := [f'"{name}"' for name in BLOCKS if name in attributes]) > 1:
        raise ValueError(f"a line can't be {listed(blocks, 'and')} at once: {place}")


def _cleaned_op(op: object) -> Op | None:
    if not isinstance(op, Mapping) or (insert := _insert(op.get("insert"))) is None:
        return None
    attributes = op.get("attributes")
    if not isinstance(attributes, Mapping):
        return _op(insert, {})
    known = {name: FORMATS[name].kept(value) for name, value in attributes.items() if name in FORMATS}
    return _op(insert, {name: value for name, value in known.items() if value})


def _insert(value: object) -> str | dict[str, str] | None:
    """Text with line ends as Quill has them, an image, or None for anything else."""
    if isinstance(value, str):
        return cleaned_text(value)
    url = image_url(value.get("image")) if isinstance(value, Mapping) and len(value) == 1 else None
    return {"image": url} if url else None


def _normal(ops: Iterable[Op]) -> list[Op]:
    """Ops with every format where it belongs, equal neighbours merged, and "\\n" at the end.

    Quill does the same: formats of text on a "\\n" say nothing, nor those of lines on text; code has none of text.
    """
    pieces = [piece for line in lines(ops) for piece in _pieces(line)]
    return _merged(pieces or [("\n", {})])


def _pieces(line: Line) -> Iterator[tuple[Any, Attributes]]:
    block = next((name for name in BLOCKS if name in line.attributes), "")
    is_code = block == "code-block"
    for run in line.runs:
        is_text = isinstance(run["insert"], str)
        if is_text or not is_code:
            kinds = () if is_code else ("text",) if is_text else ("text", "image")
            yield run["insert"], _of(run.get("attributes", {}), kinds)
    other = (block,) if is_code else FORMATS.keys() - set(BLOCKS) | {block}
    yield "\n", _of({name: value for name, value in line.attributes.items() if name in other}, ("line",))


def _of(attributes: Attributes, kinds: Container[str]) -> Attributes:
    return {name: value for name, value in attributes.items() if FORMATS[name].of in kinds}


def _merged(pieces: Iterable[tuple[Any, Attributes]]) -> list[Op]:
    ops: list[Op] = []
    for (is_text, attributes), group in groupby(pieces, key=lambda piece: (isinstance(piece[0], str), piece[1])):
        inserts = [insert for insert, _ in group]
        ops += [_op(insert, attributes) for insert in (["".join(inserts)] if is_text else inserts)]
    return ops


def _op(insert: object, attributes: Mapping[str, Any]) -> Op:
    return {"insert": insert, "attributes": dict(attributes)} if attributes else {"insert": insert}


def _said(value: object) -> str:
    # Python refuses to write out an int of more than 4,300 digits.
    return "a large number" if isinstance(value, int) and abs(value) > 10**15 else in_words(value)
