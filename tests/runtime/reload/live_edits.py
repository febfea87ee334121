"""Random edits of a page's definition, for tests of what becomes of its live pages."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

from livepages.runtime.blueprints.blueprint import compile_blueprint
from livepages.runtime.pages.kit import Kit
from livepages.runtime.pages.live_page import LivePage
from livepages.styles.stylesheet import Stylesheet
from tests.runtime.support import COMPONENTS, load
from tests.runtime.tree.test_random_patches import WORDS, element

EDITED = """
body: []
components:
  pair:
    body: [{i: two}, {b: [{u: one}]}, {input: three}]
  nest:
    body:
      - section:
          - slot:
        classes: m-2
      - pair:
  box:
    props: {caption: "", kind: div, more: {type: str, default: "!"}}
    body:
      - h2: ${more}
      - div:
          - div:
              - slot:
          - span: ${caption}
            id: caption
            classes: ${kind}
        id: frame
"""


@cache
def kits() -> tuple[Kit, Kit]:
    """Two editions of the same components."""
    styles = Stylesheet()
    sites = (load(COMPONENTS), load(EDITED))
    first, second = (Kit(site.components, site.vocabulary, styles) for site in sites)
    return first, second


def edit(random: Random, body: list[Any]) -> list[Any]:
    """Another version of a body, a few edits further."""
    body = deepcopy(body)
    for _ in range(random.randint(0, 4)):
        if random.random() < 0.2:
            _put_elsewhere(random, body)
        else:
            _edit_once(random, random.choice(_lists(body)))
    return body


def _put_elsewhere(random: Random, body: list[Any]) -> None:
    """Move an element into another one."""
    items = random.choice(_lists(body))
    if items:
        item = items.pop(random.randrange(len(items)))
        others = random.choice(_lists(body))
        others.insert(random.randint(0, len(others)), item)


def _edit_once(random: Random, items: list[Any]) -> None:
    place = random.randrange(len(items) + 1)
    if not items or random.random() < 0.25:
        items.insert(place, deepcopy(element(random, 1)))
        return
    place %= len(items)
    match random.randrange(6):
        case 0:
            del items[place]
        case 1:
            items[place] = {random.choice(["div", "section"]): [items[place]]}
        case 2:
            random.shuffle(items)
        case 3:
            items[place] = _retyped(items[place])
        case _:
            _retouch(random, items[place])


def _retyped(item: Any) -> Any:
    if not isinstance(item, dict):
        return {"p": item}
    swaps = {"div": "section", "section": "div", "p": "textarea", "pair": "void"}
    return {swaps.get(key, key): value for key, value in item.items()}


def _retouch(random: Random, item: Any) -> None:
    if not isinstance(item, dict):
        return
    name = random.choice(["classes", "id", "title", "text"])
    if name == "text" and isinstance(item.get("p", item.get("div")), str):
        item["p" if "p" in item else "div"] = random.choice(WORDS)
    elif name == "id":
        item["id"] = random.choice(["one", "two", "three"])
    elif {"div", "p", "section", "textarea"} & item.keys():
        item[name if name != "text" else "classes"] = random.choice(["", "m-1", "m-2 p-1"])


def _lists(body: list[Any]) -> list[list[Any]]:
    found = [body]
    for item in body:
        for value in item.values() if isinstance(item, dict) else ():
            if isinstance(value, list) and "options" not in item:
                found += _lists(value)
            elif isinstance(value, dict) and isinstance(value.get("body"), list):
                found += _lists(value["body"])
    return found


def unique(body: Any, taken: set[str]) -> Any:
    """A body without ids that are there twice."""
    if isinstance(body, list):
        return [unique(item, taken) for item in body]
    if not isinstance(body, dict):
        return body
    made = {key: unique(value, taken) for key, value in body.items()}
    if isinstance(made.get("id"), str):
        if made["id"] in taken:
            del made["id"]
        else:
            taken.add(made["id"])
    return made


def live_page(body: list[Any], kit: Kit) -> LivePage:
    """A live page with a body and the components of a kit."""
    return LivePage("page", compile_blueprint(kit.read(body), kit.components), kit, token="token", path="/")


def change(live: LivePage, body: list[Any], kit: Kit) -> None:
    """Give a live page another definition."""
    specs = kit.read(body) if body else ()
    live.become(compile_blueprint(specs, kit.components, former=live.tree.blueprint), kit)
