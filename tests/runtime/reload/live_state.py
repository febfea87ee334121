"""Random pages with state on them, and random writes to that: for tests of what becomes of both by an edit."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from livepages.runtime.blueprints.node import ROOT, Kind
from livepages.runtime.pages.element import Element
from livepages.runtime.pages.handles import Page
from livepages.runtime.pages.kit import ElementError
from livepages.runtime.pages.live_page import LivePage
from tests.runtime.reload.editions import Running, fields
from tests.runtime.reload.live_edits import unique
from tests.runtime.tree.test_random_patches import step

Body = list[Any]

STATES: tuple[dict[str, Any], ...] = (
    {
        "title": "T",
        "n": {"default": 2, "ge": 0, "le": 4},
        "on": True,
        "mood": "calm",
        "items": [{"id": 1, "name": "ann", "tags": ["x", "y"]}, {"id": 2, "name": "bob", "tags": []}],
        "votes": {"tea": 1, "milk": 0},
    },
    {
        "title": "U",
        "n": {"default": 1, "ge": 0, "le": 3},
        "on": False,
        "mood": "wild",
        "items": [],
        "votes": {"tea": 1, "milk": 0, "rum": 3},
    },
)
COUNTERS: tuple[dict[str, Any], ...] = (
    {
        "props": {"caption": ""},
        "state": {"count": 0, "note": ""},
        "body": [
            {"p": "${caption}: ${count}, ${note}"},
            {"input": None, "bind": "note"},
            {"input": None, "type": "number", "bind": "count"},
        ],
    },
    {
        "props": {"caption": "", "more": "!"},
        "state": {"note": "", "count": 1, "far": False},
        "body": [
            {"div": [{"input": None, "type": "number", "bind": "count"}, {"b": "${more}${far}"}]},
            {"input": None, "bind": "note", "classes": "m-1"},
            {"em": "${note}", "show": "${count > 1}"},
            {"p": "${caption}: ${count}, ${note}"},
        ],
    },
)
WRAPS: tuple[dict[str, Any], ...] = (
    {"body": [{"div": [{"slot": None}], "each": "i in 1..2"}]},
    {"body": [{"section": [{"slot": None}], "each": "i in 0..2"}, {"p": "more"}]},
)
BOARDS: tuple[Body, ...] = (
    [{"p": "News: ${site.news}", "id": "news"}, {"input": None, "bind": "site.news"}],
    [{"div": [{"p": "News: ${site.news}", "id": "news"}]}, {"i": "${site.news}"}, {"input": None, "bind": "site.news"}],
)
LEAVES: tuple[Any, ...] = (
    {"p": "${title}"},
    {"p": "fixed"},
    {"p": "${n + 1}", "show": "${on}"},
    {"b": "${items | length}", "title": "${title}"},
    {"input": None, "bind": "title"},
    {"input": None, "type": "number", "bind": "n"},
    {"input": None, "type": "checkbox", "bind": "on"},
    {"select": None, "bind": "mood", "options": ["calm", "wild", "other"]},
    {"counter": {"caption": "${title}"}},
    {"counter": {"caption": "C"}, "id": "counted"},
    {"counter": {"caption": "D"}, "show": "${on}"},
    {"li": "${item.name} ${loop.index}", "each": "item in items", "key": "item.id"},
    {"li": "${item.name}", "each": "item in items", "empty": [{"li": "none", "id": "none"}]},
    {"li": "${drink}: ${count} ${title}", "each": "drink, count in votes"},
    {"li": "${drink}", "each": "drink in votes", "key": "drink"},
    {"li": "${i * n}", "each": "i in 1..n"},
    {"shared": "board"},
)
ROW_LEAVES: tuple[Any, ...] = (
    {"p": "${item.name} of ${title}"},
    {"p": "${item.name}", "id": "name"},
    {"b": "row"},
    {"input": None, "bind": "item.name"},
    {"counter": {"caption": "${item.name}"}},
    {"span": "${tag} of ${item.name}", "each": "tag in item.tags"},
    {"em": "${loop.index}/${loop.length}"},
    {"i": "${n}", "show": "${item.id > 1}"},
)


def element(random: Random, depth: int = 0) -> Any:
    """An element, perhaps with others in it."""
    if depth > 2 or random.random() < 0.6:
        return deepcopy(random.choice(LEAVES))
    kind = random.choice(["div", "div", "each", "match", "wrap"])
    if kind == "match":
        return match(random, depth)
    if kind == "each":
        row = [deepcopy(random.choice(ROW_LEAVES)) for _ in range(random.randint(0, 3))]
        keyed = {"key": "item.id"} if random.random() < 0.5 else {}
        empty = {"empty": [deepcopy(random.choice(LEAVES[:4]))]} if random.random() < 0.3 else {}
        return {"div": row, "each": "item in items", **keyed, **empty}
    children = [element(random, depth + 1) for _ in range(random.randint(0, 3))]
    if kind == "wrap":
        return {"wrap": [each for each in children if "shared" not in json_of(each)]}
    return {"div": children, **random.choice([{}, {"id": "one"}, {"show": "${on}"}, {"show": False}])}


def json_of(item: Any) -> str:
    """What is in an element, as a text to look into."""
    return repr(item)


def match(random: Random, depth: int) -> Any:
    """A `match`, of which two cases may have the same ids in them."""
    cases = {}
    for mood in random.sample(["calm", "wild", "other"], random.randint(1, 3)):
        body = [element(random, depth + 1) for _ in range(random.randint(0, 2))]
        cases[mood] = [*body, {"p": f"{mood} ${{title}}", "id": "mood"}]
    return {"match": "mood", "cases": cases, **random.choice([{}, {"else": [{"p": "no mood", "id": "mood"}]}])}


def file(random: Random, body: Body) -> dict[str, Any]:
    """A file with a body."""
    return {
        "state": {"news": ""},
        "components": {"counter": random.choice(COUNTERS), "wrap": random.choice(WRAPS)},
        "shared": {"board": random.choice(BOARDS)},
        "pages": {
            "/": {
                "title": random.choice(["Plain", "On ${title}"]),
                "state": deepcopy(random.choice(STATES)),
                "body": once(unique(body, set())),
            }
        },
    }


def once(body: Body) -> Body:
    """A body on which a shared element shows once, and none of its ids is in what may show beside it."""
    seen: list[str] = []

    def clean(item: Any) -> Any:
        if isinstance(item, list):
            return [clean(each) for each in item if not _is_again(each)]
        return {key: clean(value) for key, value in item.items()} if isinstance(item, dict) else item

    def _is_again(item: Any) -> bool:
        if isinstance(item, dict) and "shared" in item:
            seen.append("board")
            return len(seen) > 1
        return False

    return list(clean(body))


def edit(random: Random, body: Body) -> Body:
    """Another version of a body, a few edits further."""
    body = deepcopy(body)
    for _ in range(random.randint(0, 4)):
        items = random.choice(lists(body))
        place = random.randrange(len(items) + 1)
        if place == len(items) or random.random() < 0.2:
            items.insert(place, element(random, 1))
            continue
        match random.randrange(6):
            case 0:
                del items[place]
            case 1:
                items[place] = {"div": [items[place]]}
            case 2:
                random.shuffle(items)
            case 3:
                other = random.choice(lists(body))
                item = items.pop(place)
                if not any(other is each for each in lists([item])[1:]):
                    other.insert(random.randrange(len(other) + 1), item)
            case 4:
                items[place] = element(random, 1)
            case _:
                retouch(random, items[place])
    return body


def retouch(random: Random, item: Any) -> None:
    """Change something about an element."""
    if not isinstance(item, dict) or "shared" in item or "match" in item:
        return
    if "each" in item:
        if "item in" in item["each"] and random.random() < 0.5:
            item.pop("key", None) or item.update(key="item.id")
        elif isinstance(item.get("div"), list):
            item["div"].insert(0, deepcopy(random.choice(ROW_LEAVES)))
        return
    if random.random() < 0.3:
        item["id"] = random.choice(["one", "two", "three"])
    elif "wrap" not in item and "counter" not in item:
        item["classes"] = random.choice(["m-1", "m-2 p-1"])


def lists(body: Body) -> list[Body]:
    """All lists of elements in a body, but for those in rows."""
    found = [body]
    for item in body:
        if not isinstance(item, dict) or "each" in item:
            continue
        cases = item["cases"].values() if "match" in item else [item.get("div"), item.get("wrap")]
        for inner in cases:
            if isinstance(inner, list):
                found += lists(inner)
    return found


def write(random: Random, running: Running) -> None:
    """Write state, or have a user type into a field."""
    state, roll = running.live.state, random.randrange(9)
    items = state["items"]
    if roll == 0:
        state["title"] = random.choice(["T", "U", "v"])
    elif roll == 1:
        items.append({"id": random.randint(1, 4), "name": random.choice("abc"), "tags": random.choices("xy", k=2)})
    elif roll == 2 and items:
        del items[random.randrange(len(items))]
    elif roll == 3:
        items.reverse()
    elif roll == 4 and items:
        items[-1].update(name=random.choice("abc"))
    elif roll == 5:
        state["votes"][random.choice(["tea", "rum"])] = random.randint(0, 2)
    elif roll == 6:
        state["mood"] = random.choice(["calm", "wild", "other", "none"])
    else:
        live = random.choice(running.lives)
        if known := fields(live):
            type_into(random, running, live, random.choice(known).number)


def type_into(random: Random, running: Running, live: LivePage, number: int) -> None:
    """Have a user type something that suits the field, or does not."""
    props = live.tree.props(number)
    choices: list[Any] = {"number": [0, 1, 3, 9], "checkbox": [True, False]}.get(props.get("type", ""), ["a", "b"])
    if "options" in props:
        choices = ["calm", "wild"]
    running.type_into(live, number, random.choice(choices))


MADE: tuple[Any, ...] = (
    {"counter": {"caption": "made"}},
    {"wrap": [{"p": "in"}, {"counter": {"caption": "in"}}]},
    {"div": [{"counter": None}], "id": "made"},
)


def do(random: Random, live: LivePage) -> None:
    """One thing that a handler does, with components among what it makes; rows stay where their list has them."""
    page, tree = Page(live), live.tree
    nodes = [tree.node(number) for number in tree.descendants(ROOT)]
    open_to_handlers = [node for node in nodes if node.kind is not Kind.FRAGMENT or (node.name and not node.branch)]
    elements = [page, *(Element(live, node.number) for node in open_to_handlers)]
    kind, *rest = step(random)
    element, other = random.choice(elements), random.choice(elements)
    try:
        match kind:
            case "set":
                setattr(element, rest[1], rest[2])
            case "insert":
                element.insert(min(rest[1], len(element.children)), random.choice([rest[2], *MADE]))
            case "move":
                element.insert(rest[1], other)
            case "remove":
                element.remove()
            case "clear":
                element.clear()
    except (ElementError, AttributeError):
        pass
