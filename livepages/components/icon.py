"""The icon: one drawing of Font Awesome Free as an inline SVG."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Annotated, Any

from pydantic import AfterValidator

from livepages.components.html import HtmlElement, with_class
from livepages.schema.site.properties import Property
from livepages.schema.values.view import Html, View
from livepages.styles import icons


def _icon(name: str) -> str:
    try:
        icons.find(name)
    except icons.UnknownIcon as error:
        problem = str(error).partition(" Did you mean")[0].rstrip(".")
        near = " or ".join(f'"{word}"' for word in error.suggestions)
        raise ValueError(f"{problem} (did you mean {near}?)" if near else problem) from None
    return name


Icon = Annotated[str, AfterValidator(_icon)]


class IconElement(HtmlElement):
    """The `icon`: as high as the text around it and of its colour."""

    def view(self, props: Mapping[str, Any]) -> View:
        """The drawing: hidden from assistive technology, or an image where a title or aria-label names it."""
        attributes = with_class(self.html_attributes(props), "livepages-icon")
        title = attributes.pop("title", "")
        named = {} if title or "aria-label" in attributes else {"aria-hidden": "true"}
        roles = named or {"role": "img"}
        if not props.get("icon"):
            return View("svg", {**roles, **attributes})
        drawing = icons.find(props["icon"])
        shape = {"viewBox": f"0 0 {drawing.width} {drawing.height}", "height": "1em", "fill": "currentColor"}
        hint = f"<title>{escape(title, quote=False)}</title>" if title else ""
        inner = Html(f'{hint}<path d="{escape(drawing.path)}"/>')
        return View("svg", {**shape, **roles, **attributes}, inner=inner)


ICON = IconElement(
    "icon",
    "A picture by its name in Font Awesome Free, as high as the text around it and of its colour.",
    "- icon: paper-plane\n  classes: text-2xl text-green-600",
    group="livepages",
    own={"icon": Property(Icon, "The icon's name, such as comments; its names in older versions work too.")},
    content="icon",
    children=False,
)
