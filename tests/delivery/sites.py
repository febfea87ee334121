"""The site that tabs are served in these tests."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from livepages.schema.site.site import Site

BODY = """
- button: Add
  id: add
  on: {click: add}
- button: Slow
  id: slow
  on: {click: slow}
- button: Flip
  id: flip
  on: {click: flip}
- input: ""
  id: field
  on: {change: typed}
- p: "0"
  id: added
- p: ""
  id: count
- div:
  id: list
- div:
    - shared: board
  id: box
"""

SITE = """
title: Delivery
handlers: delivery.py
limits: {limits}
shared:
  board:
    - p: nothing
      id: last
    - div:
      id: notes
pages:
  /:
    scope: shared
    body: {body}
  /own:
    body: {body}
  /rooms/{{name}}:
    scope: shared
    params: {{name: {{type: str}}}}
    body: {body}
"""

HANDLERS = '''
"""Each event leaves its name in the site's log, when it begins, and on the page it came from."""

import asyncio


def begin(site, event, name="log"):
    log = site.data.setdefault(name, [])
    log.append(event.id)
    del log[:-2000]


def add(page, shared, site, event):
    begin(site, event)
    page["added"].text = str(int(page["added"].text) + 1)
    note(page["list"], event.id)
    note(shared["notes"], event.id)
    shared["last"].text = event.id


def note(list, text):
    list.append({"p": text})
    if len(list.children) > 20:
        list.children[0].remove()


async def slow(page, site, event):
    begin(site, event)
    await asyncio.sleep(0.01 if event.data.button else 0.03)
    note(page["list"], event.id)
    begin(site, event, "done")


def flip(page, site, event):
    begin(site, event)
    page["box"].show = not page["box"].show


def typed(page, site, event, value):
    begin(site, event)
    note(page["list"], value)
'''


def delivery_site(folder: Path, **limits: int | str) -> Site:
    """The site with some limits of its own: a page for all, one for each visit, and rooms."""
    body = indent(BODY, " " * 6)
    (folder / "site.yaml").write_text(SITE.format(body=body, limits=dict(limits)).lstrip("\n"), encoding="utf-8")
    (folder / "delivery.py").write_text(dedent(HANDLERS), encoding="utf-8")
    return load_site(folder, ELEMENT_TYPES)
