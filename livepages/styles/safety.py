"""Which class names may be handed to Tailwind: a handler may pass on what a user typed.

Tailwind's arbitrary values and variants, such as p-[3px] and [&_p]:p-2, let a class name carry CSS of its own. Refused
here is what could end its declaration or rule, fetch from another host, or style anything but the element's own
subtree and the siblings after it.
"""

import re
from types import MappingProxyType

LONGEST = 200
_CLOSING = MappingProxyType({"[": "]", "(": ")"})
_PLAIN = re.compile(r"[\w!@*:./%-]+")
# What any other name may consist of: strings, Tailwind's \_ for an underscore, and characters that neither end
# a declaration or rule nor begin a string, an escape or a comment (Tailwind puts a * for the & of some variants).
_TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\\_|/(?![*&])|[^'"\\/{};]""")
_ADDRESS = re.compile(r"""url\((?!'[^'\\]*'\)|"[^"\\]*"\)|(?:\\_|[^'"()\\])*\))""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"//|(?:https?|ftp|wss?|file|blob|javascript):", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[\s_]?|(.))", re.DOTALL)
_AT_RULES = ("@media", "@supports", "@container", "@starting-style")


def is_safe(name: str) -> bool:
    """Whether Tailwind may be asked for the CSS of this class name."""
    if len(name) > LONGEST or not name.isprintable():
        return False
    if _PLAIN.fullmatch(name):
        return True
    tokens = _TOKEN.findall(name)
    if "".join(tokens) != name or "</" in name or _ADDRESS.search(name) or _leads_elsewhere(name):
        return False
    variants = _variants(tokens)
    return variants is not None and all(map(_stays_home, variants))


def _leads_elsewhere(name: str) -> bool:
    # As a browser reads an address: escapes undone, spaces and control characters skipped, \ for /.
    text = _ESCAPE.sub(_unescaped, name).replace("\\", "/")
    return _ELSEWHERE.search("".join(c for c in text if c.isprintable() and c not in " _")) is not None


def _unescaped(found: re.Match[str]) -> str:
    number, character = found.groups()
    if number is None:
        return str(character)
    code = int(number, 16)
    return chr(code) if code <= 0x10FFFF else ""


def _variants(tokens: list[str]) -> list[list[str]] | None:
    """The tokens of each part before an outermost colon, or None when the brackets don't match."""
    parts: list[list[str]] = [[]]
    closers: list[str] = []
    for piece in tokens:
        if piece in _CLOSING:
            closers.append(_CLOSING[piece])
        elif piece in (")", "]") and (not closers or closers.pop() != piece):
            return None
        if piece == ":" and not closers:
            parts.append([])
        else:
            parts[-1].append(piece)
    return None if closers else parts[:-1]


def _stays_home(variant: list[str]) -> bool:
    """Whether a variant selects the element, its subtree or later siblings; other variants than [...] always do.

    That is so of a selector with a single &, outside parentheses, and no list.
    """
    if variant[:1] != ["["]:
        return True
    selector = variant[1:-1]
    if selector[:1] == ["@"]:
        return "".join(selector).startswith(_AT_RULES)
    depth, outside = 0, []
    for piece in selector:
        depth += (piece in _CLOSING) - (piece in (")", "]"))
        if depth == 0:
            outside.append(piece)
    return selector.count("&") == outside.count("&") == 1 and "," not in outside
