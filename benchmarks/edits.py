"""What is edited while a browser looks: a small site, and how each of its edits shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SITE = """\
title: Edited
handlers: handlers.py
body:
  - h1: "Heading {text}"
    id: heading
  - p: A paragraph
    id: paragraph
    classes: p-4 mt-[{looks}px]
  - button: Press
    id: button
    on: {{click: press}}
  - p: ""
    id: pressed
  - ul:
{items}
"""
HANDLERS = """\
def press(page):
    page["pressed"].text = "{handler}"
"""


class State(NamedTuple):
    """How often each part was edited."""

    text: int = 0
    looks: int = 0
    element: int = 0
    handler: int = 0

    def write(self, folder: Path) -> None:
        """Write the whole site into a folder."""
        for name, text in self.files().items():
            (folder / name).write_text(text, encoding="utf-8")

    def files(self) -> dict[str, str]:
        """What the site's files say, by their names."""
        items = "\n".join(f"      - li: Item {number}\n        id: item-{number}" for number in range(self.element + 1))
        return {
            "site.yaml": SITE.format(text=self.text, looks=self.looks, items=items),
            "handlers.py": HANDLERS.format(handler=self.handler),
        }


class Edit(NamedTuple):
    """One kind of edit: which file it is in, the site after it, and the JavaScript that is true once it shows.

    `meanwhile` is JavaScript to run again and again until then.
    """

    name: str
    file: str
    after: Callable[[State], State]
    shows: Callable[[State], str]
    meanwhile: str = ""


def _text_of(identifier: str) -> str:
    return f"document.getElementById('{identifier}')?.textContent"


EDITS = (
    Edit(
        "text",
        "site.yaml",
        lambda state: state._replace(text=state.text + 1),
        lambda state: f"{_text_of('heading')} === 'Heading {state.text}'",
    ),
    Edit(
        "new class",
        "site.yaml",
        lambda state: state._replace(looks=state.looks + 1),
        lambda state: f"getComputedStyle(document.getElementById('paragraph')).marginTop === '{state.looks}px'",
    ),
    Edit(
        "new element",
        "site.yaml",
        lambda state: state._replace(element=state.element + 1),
        lambda state: f"{_text_of(f'item-{state.element}')} === 'Item {state.element}'",
    ),
    Edit(
        "handler",
        "handlers.py",
        lambda state: state._replace(handler=state.handler + 1),
        lambda state: f"{_text_of('pressed')} === '{state.handler}'",
        "document.getElementById('button').click()",
    ),
)
"""A handler shows only when it runs, so its button is pressed all the time."""
