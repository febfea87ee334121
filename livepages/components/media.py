"""Embedded content (HTML Standard, 4.8) and the canvas; all of it from the site itself."""

from __future__ import annotations

from functools import partial

from livepages.components.attribute_types import Attribute, OwnUrl
from livepages.components.attributes import attributes
from livepages.components.html import HtmlElement
from livepages.schema.site.events import LOAD_EVENTS, MEDIA_EVENTS
from livepages.schema.site.properties import Text

media = partial(HtmlElement, group="Embedded content")

PLAYER = "src crossorigin preload autoplay loop muted controls loading"

MEDIA = (
    media(
        "picture",
        "An image in several versions, of which the browser takes one.",
        """
        - picture:
            - source:
              srcset: /static/wide.jpg
              media: "(min-width: 60rem)"
            - img:
              src: /static/narrow.jpg
        """,
        content=None,
    ),
    media(
        "source",
        "A version of a picture, a film or a sound.",
        "- audio: [{source: null, src: /static/bell.ogg, type: audio/ogg}]\n  controls: true",
        own=attributes("type media src srcset sizes width height"),
        content=None,
        children=False,
        events=frozenset({"error"}),
    ),
    media(
        "img",
        "An image, with HTML's attributes and nothing else.",
        "- img:\n  src: /static/plan.png\n  alt: Plan of the ground floor",
        own=attributes(
            "src alt width height srcset sizes loading decoding fetchpriority crossorigin usemap ismap referrerpolicy"
        ),
        content=None,
        children=False,
        events=LOAD_EVENTS,
    ),
    media(
        "iframe",
        "Another page of this site in a frame.",
        "- iframe:\n  src: /help\n  title: Help",
        own=attributes(
            "name sandbox allow allowfullscreen width height referrerpolicy loading",
            src=Attribute(OwnUrl, "The address of the page; it is one of this site."),
        ),
        content=None,
        children=False,
        events=LOAD_EVENTS,
    ),
    media(
        "video",
        "A film.",
        "- video:\n  src: /static/tour.mp4\n  controls: true",
        own=attributes(f"{PLAYER} poster playsinline width height"),
        events=MEDIA_EVENTS,
        states=("muted",),
    ),
    media(
        "audio",
        "A sound.",
        "- audio:\n  src: /static/bell.ogg\n  controls: true",
        own=attributes(PLAYER),
        events=MEDIA_EVENTS,
        states=("muted",),
    ),
    media(
        "track",
        "Subtitles or other texts for a film or a sound.",
        """
        - video:
            - track:
              src: /static/tour.vtt
              srclang: en
          src: /static/tour.mp4
        """,
        own=attributes("kind src srclang label default"),
        content=None,
        children=False,
        events=LOAD_EVENTS,
    ),
    media(
        "map",
        "The places of an image that are links.",
        """
        - map:
            - area:
              href: /hall
              alt: The hall
              coords: 0,0,200,100
          name: plan
        """,
        own=attributes("", name=Attribute(Text, "The name by which an image's usemap finds the map.")),
        content=None,
    ),
    media(
        "area",
        "A place of an image that is a link.",
        "- map: [{area: null, href: /hall, alt: The hall, shape: default}]\n  name: plan",
        own=attributes("alt coords shape href target download ping rel referrerpolicy"),
        content=None,
        children=False,
    ),
    media(
        "canvas",
        "A surface that a script draws on.",
        "- canvas: A chart of the votes\n  id: chart\n  width: 300\n  height: 150",
        own=attributes("width height"),
    ),
)
