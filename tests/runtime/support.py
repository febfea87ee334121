"""What the tests of the runtime share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

import msgspec

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.blueprints.blueprint import compile_blueprint
from livepages.runtime.pages.handles import Page
from livepages.runtime.pages.kit import Kit
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.wire.frame import Frame, text_of
from livepages.schema.loader import load_site
from livepages.schema.site.site import Site
from livepages.styles.stylesheet import Stylesheet
from livepages.testing.dom import Element, inner_html
from livepages.testing.markup import parse
from livepages.testing.streams import Streams

COMPONENTS = """
body: []
components:
  pair:
    body: [{b: one}, {i: two}]
  nest:
    body:
      - pair:
      - slot:
      - pair:
        show: false
  box:
    props: {caption: "", kind: div}
    body:
      - div:
          - span: ${caption}
            id: caption
          - slot:
        id: frame
        classes: ${kind}
  void:
    body: []
"""


def write_site(folder: Path, text: str, python: str = "", **files: str) -> Path:
    """A site's folder with `site.yaml`, its handlers in `handlers.py`, and other files by their stems."""
    head = "handlers: handlers.py\n" if python else ""
    (folder / "site.yaml").write_text(head + dedent(text).lstrip("\n"), encoding="utf-8")
    if python:
        (folder / "handlers.py").write_text(dedent(python).lstrip("\n"), encoding="utf-8")
    return folder


def load(text: str) -> Site:
    """The site of a text."""
    with TemporaryDirectory() as folder:
        return load_site(write_site(Path(folder), text), ELEMENT_TYPES)


@cache
def kit() -> Kit:
    """A kit with the components above."""
    site = load(COMPONENTS)
    return Kit(site.components, site.vocabulary, Stylesheet())


def make_live(body: Any) -> LivePage:
    """A live page with a body as a handler would write it, and the components above."""
    return LivePage("page", compile_blueprint(kit().read(body), kit().components), kit(), token="token", path="/")


class Follower:
    """A document that follows one live page; `operations` are those of the last patches."""

    def __init__(self, live: LivePage) -> None:
        self.live = live
        self.body = Element("body", {})
        root = f'<div data-stream="{live.stream.name}" data-at="{live.stream.at}">{live.inner_html()}</div>'
        self.body.fill(parse(root))
        self.streams = Streams(self.body, "tab", self._gap)
        self.frames: list[dict[str, Any]] = []
        live.stream.followers[self] = self

    def _gap(self) -> None:
        raise AssertionError("a patch is missing")

    def send(self, frame: Frame) -> None:
        """Take a frame as a tab would."""
        message = msgspec.json.decode(text_of(frame))
        self.frames.append(message)
        self.streams.patch(message["stream"], message["prev"], message["pos"], message["ops"])

    def take(self) -> list[list[Any]]:
        """The operations that came since the last time, without style sheets."""
        taken = [operation for frame in self.frames for operation in frame["ops"] if operation[0] != "css"]
        self.frames.clear()
        return taken

    @property
    def html(self) -> str:
        """What the document shows."""
        return inner_html(self.body.elements[0])

    @property
    def fresh_html(self) -> str:
        """What a document would show that was loaded now."""
        body = Element("body", {})
        body.fill(parse(self.live.inner_html()))
        return inner_html(body)


def follow(body: Any) -> tuple[Page, Follower]:
    """A page for handlers, and a document that follows it."""
    live = make_live(body)
    return Page(live), Follower(live)
