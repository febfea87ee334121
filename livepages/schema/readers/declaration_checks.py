"""Whether a declaration makes sense: its bounds for its type, and its choices and default within them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import ge, gt

from livepages.schema.expressions.expressions import as_text
from livepages.schema.expressions.mistakes import Mistake
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.key_reader import Keys
from livepages.schema.readers.value_reader import part_at
from livepages.schema.site.params import BOUNDED, CONTAINERS, WORDS, Param
from livepages.schema.yaml.tree import Node, Sequence

PAIRS = (("ge", "le", gt), ("gt", "lt", ge), ("ge", "lt", ge), ("gt", "le", ge), ("min_length", "max_length", gt))
"""Lower and upper bounds, and how they compare where nothing is between them."""

Finding = tuple[str, str, Node | None]
"""The key at fault, a sentence, and the node at fault if it is only a part of what stands under the key."""


def check_declaration(param: Param, keys: Keys, what: str, diagnostics: Diagnostics) -> bool:
    """Report what makes no sense about a declaration. Returns whether all does."""
    findings = list(_bounds(param)) or list(_choices(param, keys)) or list(_default(param, keys))
    for key, sentence, part in findings:
        node = part or keys.node(key)
        position = node.position if node is not None else keys.place(key)
        diagnostics.error("wrong-value", f"{what}.{key}: {sentence}.", position)
    return not findings


def _bounds(param: Param) -> Iterator[Finding]:
    for word, kinds in BOUNDED.items():
        if getattr(param, word) is not None and param.type not in kinds:
            yield word, f"{WORDS[param.type]} can't have this bound", None
        elif param.type == "int" and isinstance(bound := getattr(param, word), float) and not bound.is_integer():
            yield word, f"expected a whole number, as the value is one, not {as_text(bound)}", None
    if param.items is not None and param.type not in CONTAINERS:
        yield "items", f"{WORDS[param.type]} has no entries", None
    for lower, upper, excludes in PAIRS:
        low, high = getattr(param, lower), getattr(param, upper)
        if low is not None and high is not None and excludes(low, high):
            yield upper, f"nothing is between {lower} {as_text(low)} and {upper} {as_text(high)}", None


def _choices(param: Param, keys: Keys) -> Iterator[Finding]:
    """Choices that are not of the type or out of bounds."""
    node = keys.node("choices")
    free = _without_choices(param)
    for index, choice in enumerate(param.choices or ()):
        try:
            free.check(choice)
        except ValueError as error:
            yield "choices", str(error), node.items[index] if isinstance(node, Sequence) else None


def _default(param: Param, keys: Keys) -> Iterator[Finding]:
    node = keys.node("default")
    try:
        settled(param)
    except Mistake as mistake:
        yield "default", str(mistake), None if node is None else part_at(node, mistake.path, at_key=False)


def settled(param: Param) -> Param:
    """A declaration with its choices and default as values of its type. Raises ValueError where they are none."""
    if param.choices:
        free = _without_choices(param)
        param = replace(param, choices=tuple(free.check(choice) for choice in param.choices))
    if param.required or param.default is None:
        return param
    default = param.check(param.default)
    return param if default is param.default else replace(param, default=default)


def _without_choices(param: Param) -> Param:
    return replace(param, choices=None) if param.choices else param
