"""Tailwind 1 to 3's opacity utilities, such as bg-opacity-50, over Tailwind 4's colours.

Tailwind 4 writes `background-color: var(--color-red-500)`. For a site that uses one of the old utilities each such
colour is mixed with the opacity its element has been given; other sites' CSS stays as it is.
"""

import re
from types import MappingProxyType

_KIND = MappingProxyType({"background-color": "bg", "color": "text", "--tw-ring-color": "ring"})
_USED = re.compile(r"--tw-(?:bg|text|border|ring)-opacity:")
_COLOUR = re.compile(
    r"^( *)(background-color|color|border(?:-[\w-]+)?-color|--tw-ring-color): (var\(--color-[\w-]+\));$", re.MULTILINE
)
# Not inherited: an opacity is for its own element's colours.
_PROPERTIES = "".join(
    f'@property --tw-{kind}-opacity {{\n  syntax: "*";\n  inherits: false;\n  initial-value: 100%;\n}}\n'
    for kind in ("bg", "text", "border", "ring")
)


def heeded(css: str) -> str:
    """The CSS of the utilities, one declaration a line, with colours that heed the opacity utilities among them."""
    return _COLOUR.sub(_mixed, css) + _PROPERTIES if _USED.search(css) else css


def _mixed(found: re.Match[str]) -> str:
    indent, name, colour = found.groups()
    opacity = f"var(--tw-{_KIND.get(name, 'border')}-opacity, 100%)"
    return f"{indent}{name}: color-mix(in oklab, {colour} {opacity}, transparent);"
