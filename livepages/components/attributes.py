"""The attributes of HTML elements by name (HTML Standard, index of attributes): type and meaning, each once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from livepages.components.attribute_types import (
    Attribute,
    CommaNames,
    Count,
    FlagOrText,
    Integer,
    MediaUrl,
    MediaUrls,
    Number,
    Positive,
    SpacedNames,
    one_of,
)
from livepages.schema.site.properties import Flag, Identifier, Text, Url

REFERRER = one_of(
    "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
    "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url",
)  # fmt: skip
ENCODING = one_of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
TRUE_FALSE = ("true", "false")

GLOBAL_ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType(
    {
        "lang": Attribute(Text, "The language of the content, such as en or de-AT."),
        "dir": Attribute(one_of("ltr", "rtl", "auto"), "The direction of the text."),
        "tabindex": Attribute(Integer, "The element's place in the order of the Tab key; -1 leaves it out."),
        "role": Attribute(Text, "What the element is to assistive technology (ARIA)."),
        "hidden": Attribute(one_of(True, False, "until-found"), "Whether the element is there but not shown."),
        "inert": Attribute(Flag, "Whether the element and all in it ignore the user."),
        "draggable": Attribute(Flag, "Whether the element can be dragged.", words=TRUE_FALSE),
        "accesskey": Attribute(Text, "The key that, with the browser's modifier, activates the element."),
        "autofocus": Attribute(Flag, "Whether the element has the focus when the page is shown."),
        "contenteditable": Attribute(
            one_of(True, False, "plaintext-only"), "Whether the user can edit the content.", words=TRUE_FALSE
        ),
        "spellcheck": Attribute(Flag, "Whether the browser checks the spelling.", words=TRUE_FALSE),
        "translate": Attribute(
            one_of(True, False, "yes", "no"), "Whether translation programs translate the content.", words=("yes", "no")
        ),
        "inputmode": Attribute(
            one_of("none", "text", "tel", "url", "email", "numeric", "decimal", "search"),
            "The on-screen keyboard for the content.",
        ),
        "enterkeyhint": Attribute(
            one_of("enter", "done", "go", "next", "previous", "search", "send"),
            "What an on-screen keyboard writes on its Enter key.",
        ),
        "popover": Attribute(
            one_of(True, False, "auto", "manual", "hint"), "Whether the element pops up above the page when called."
        ),
    }
)
"""Properties of every HTML element, beside those of all element types."""

ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType(
    {
        "abbr": Attribute(Text, "A shorter text for the header cell."),
        "accept": Attribute(CommaNames, "The files that can be chosen: endings or types, such as .pdf or image/*."),
        "accept-charset": Attribute(one_of("utf-8"), "The encoding of the texts that the form sends."),
        "action": Attribute(Url, "The address that the form is sent to."),
        "allow": Attribute(Text, "What the framed page may use, such as fullscreen."),
        "allowfullscreen": Attribute(Flag, "Whether the framed page may fill the screen."),
        "alpha": Attribute(Flag, "Whether the colour can be transparent."),
        "alt": Attribute(Text, "The text that stands for the image where it can't be seen."),
        "autocomplete": Attribute(Text, "What the browser may fill in: on, off, or a kind such as email."),
        "autoplay": Attribute(Flag, "Whether it plays as soon as it can."),
        "capture": Attribute(one_of("user", "environment"), "The camera that a phone takes the file from."),
        "cite": Attribute(Url, "The address of the source."),
        "closedby": Attribute(one_of("any", "closerequest", "none"), "What the user can close it with."),
        "cols": Attribute(Positive, "The width in characters."),
        "colspan": Attribute(Positive, "How many columns the cell spans."),
        "colorspace": Attribute(one_of("limited-srgb", "display-p3"), "The colour space of the value."),
        "command": Attribute(Text, "What pressing does to the element named by commandfor, such as show-modal."),
        "commandfor": Attribute(Identifier, "The id of the element that the command is for."),
        "controls": Attribute(Flag, "Whether the browser shows buttons for play, volume and so on."),
        "coords": Attribute(Text, "The corners of the shape, in pixels, parted by commas."),
        "crossorigin": Attribute(one_of("anonymous", "use-credentials"), "How the file is asked for across origins."),
        "datetime": Attribute(Text, "The date or time for machines, such as 2025-12-31T18:30."),
        "decoding": Attribute(one_of("sync", "async", "auto"), "Whether other content waits for the image."),
        "default": Attribute(Flag, "Whether the track is on unless the user chose another."),
        "dirname": Attribute(Text, "The name under which the form sends the direction of the text."),
        "disabled": Attribute(Flag, "Whether it can't be used."),
        "download": Attribute(FlagOrText, "Whether the link saves a file, and under which name."),
        "enctype": Attribute(ENCODING, "How the form's values are encoded."),
        "fetchpriority": Attribute(one_of("high", "low", "auto"), "How soon the file is fetched."),
        "for": Attribute(Identifier, "The id of the field that the label is for."),
        "form": Attribute(Identifier, "The id of the form it belongs to, where it stands outside of it."),
        "formaction": Attribute(Url, "The address that this button sends the form to."),
        "formenctype": Attribute(ENCODING, "How the values are encoded when this button sends the form."),
        "formmethod": Attribute(one_of("get", "post", "dialog"), "How this button sends the form."),
        "formnovalidate": Attribute(Flag, "Whether this button sends the form unchecked."),
        "formtarget": Attribute(Text, "Where the answer shows when this button sends the form."),
        "headers": Attribute(SpacedNames, "The ids of the header cells of this cell."),
        "height": Attribute(Count, "The height in pixels."),
        "high": Attribute(Number, "From which value on it is high."),
        "href": Attribute(Url, "The address that the link leads to."),
        "hreflang": Attribute(Text, "The language of the page that the link leads to."),
        "ismap": Attribute(Flag, "Whether a click on the linked image sends its place."),
        "kind": Attribute(
            one_of("subtitles", "captions", "descriptions", "chapters", "metadata"), "What the track is for."
        ),
        "label": Attribute(Text, "The name that the user reads."),
        "list": Attribute(Identifier, "The id of the datalist whose options are suggested."),
        "loading": Attribute(one_of("lazy", "eager"), "Whether it is fetched only when it comes near the view."),
        "loop": Attribute(Flag, "Whether it begins again at its end."),
        "low": Attribute(Number, "Up to which value it is low."),
        "max": Attribute(Number, "The highest value."),
        "maxlength": Attribute(Count, "How many characters the value can have at most."),
        "media": Attribute(Text, "The media query under which it is used, such as (min-width: 40rem)."),
        "method": Attribute(one_of("get", "post", "dialog"), "How the form is sent; dialog closes its dialog."),
        "min": Attribute(Number, "The lowest value."),
        "minlength": Attribute(Count, "How many characters the value needs at least."),
        "multiple": Attribute(Flag, "Whether several can be chosen."),
        "muted": Attribute(Flag, "Whether it plays without sound; browsers start others only when the user asks."),
        "name": Attribute(Text, "The name under which the form sends the value."),
        "novalidate": Attribute(Flag, "Whether the form is sent unchecked."),
        "optimum": Attribute(Number, "The best value."),
        "pattern": Attribute(Text, "The regular expression that the value must match (JavaScript's)."),
        "ping": Attribute(SpacedNames, "Addresses of this site that are told when the link is followed."),
        "placeholder": Attribute(Text, "A hint that shows while there is no value."),
        "playsinline": Attribute(Flag, "Whether a phone plays the film within the page."),
        "popovertarget": Attribute(Identifier, "The id of the popover that pressing shows and hides."),
        "popovertargetaction": Attribute(one_of("toggle", "show", "hide"), "What pressing does to the popover."),
        "poster": Attribute(MediaUrl, "The image that shows before the film plays."),
        "preload": Attribute(one_of("none", "metadata", "auto"), "How much is fetched before it is played."),
        "readonly": Attribute(Flag, "Whether the value can be read and copied but not changed."),
        "referrerpolicy": Attribute(REFERRER, "How much the other side learns of the page's address."),
        "rel": Attribute(SpacedNames, "How the linked page relates to this one, such as nofollow."),
        "required": Attribute(Flag, "Whether the form needs a value."),
        "reversed": Attribute(Flag, "Whether the numbers count down."),
        "rows": Attribute(Positive, "The height in lines."),
        "rowspan": Attribute(Count, "How many rows the cell spans; 0 is to the end of the section."),
        "sandbox": Attribute(FlagOrText, "What the framed page is kept from; the words in it are what it may do."),
        "scope": Attribute(one_of("row", "col", "rowgroup", "colgroup"), "Which cells the header is for."),
        "selected": Attribute(Flag, "Whether the option is chosen at first."),
        "shape": Attribute(one_of("rect", "circle", "poly", "default"), "The shape of the area."),
        "size": Attribute(Positive, "The width in characters."),
        "sizes": Attribute(Text, "The width of the image under media queries."),
        "span": Attribute(Positive, "How many columns it stands for."),
        "src": Attribute(MediaUrl, "The address of the file; it is one of this site's."),
        "srclang": Attribute(Text, "The language of the track."),
        "srcset": Attribute(MediaUrls, "Several sizes of the image: addresses with widths (480w) or densities (2x)."),
        "start": Attribute(Integer, "The first number."),
        "target": Attribute(Text, "Where the linked page opens; _blank is a new tab."),
        "type": Attribute(Text, "The media type of the file, such as video/mp4."),
        "usemap": Attribute(Text, "The name of the map of the image, after a #."),
        "value": Attribute(Text, "The value that the form sends."),
        "width": Attribute(Count, "The width in pixels."),
        "wrap": Attribute(one_of("soft", "hard"), "Whether the form sends the line breaks that only show."),
    }
)

ID_REFERENCES = frozenset(("for", "form", "list", "commandfor", "popovertarget", "headers"))
"""Attributes that name other elements by their ids."""


def attributes(names: str, **others: Attribute) -> dict[str, Attribute]:
    """The attributes with these names, in order; `others` are those that mean something else on their element."""
    return {**{name: ATTRIBUTES[name] for name in names.split()}, **others}
