"""The image: a file of the site's static folder by its name."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

from livepages.components.attribute_types import Attribute
from livepages.components.attributes import attributes
from livepages.components.html import HtmlElement
from livepages.schema.site.events import LOAD_EVENTS
from livepages.schema.values.addresses import image_source

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
