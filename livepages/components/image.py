"""The image: a file of the site's static folder by its name."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

from livepages.components.attribute_types import Attribute, media_url
from livepages.components.attributes import attributes
from livepages.components.html import HtmlElement
from livepages.schema.events import LOAD_EVENTS

STATIC = "/static/"


def image_source(text: str) -> str:
    """The address of an image that is written as a file's name, a path in the static folder, or an address.

    `photo.jpg` and `static/photo.jpg` are `/static/photo.jpg`; what begins with a slash or is written out as
    `data:image/` stays. Raises ValueError for an image of another place.
    """
    source = text.strip()
    if not source:
        raise ValueError("expected the name of a file in the site's static folder, such as photo.jpg")
    if re.match(r"(?i)data:", source) and not re.match(r"(?i)data:image/", source):
        raise ValueError("expected an image: data:image/...")
    if ".." in source.partition("?")[0].split("/"):
        raise ValueError('".." leads out of the static folder: name a file in it')
    if media_url(source).startswith(("/", "data:", "DATA:")):
        return source
    return STATIC + source.removeprefix("./").removeprefix("static/")


ImageSource = Annotated[str, AfterValidator(image_source)]

IMAGE = HtmlElement(
    "image",
    "An image of the site's static folder, by its name; it is fetched when it comes near the view.",
    "- image: photo.jpg\n  alt: The team in front of the shop\n  width: 640",
    group="livepages",
    tag="img",
    own={
        "src": Attribute(ImageSource, "A file in the static folder, such as photo.jpg or people/anna.jpg."),
        **attributes("alt width height loading decoding fetchpriority srcset sizes"),
    },
    content="src",
    children=False,
    events=LOAD_EVENTS,
    defaults=MappingProxyType({"alt": "", "loading": "lazy", "decoding": "async"}),
)
