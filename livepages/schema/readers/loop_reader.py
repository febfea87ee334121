"""Reads what `each`, `key` and `empty` beside an element say."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from types import MappingProxyType
from typing import Any, NamedTuple

from livepages.schema.expressions.expressions import Expression
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.names import RESERVED, meaning_of, names_of_loop
from livepages.schema.site.params import WORDS
from livepages.schema.site.properties import Property
from livepages.schema.site.region import Region
from livepages.schema.yaml.tree import Node, Scalar, locate

LOOP_KEYS: AnyMapping[str, Property] = MappingProxyType(
    {
        "each": Property(str, "Repeats the element: item in items; key, value in a mapping; n in 1..5."),
        "key": Property(str, "With each: an expression that tells the entries apart when their order changes."),
        "empty": Property(list[Any], "With each: the elements that show while there are no entries."),
    }
)
"""What repeats the element that it stands beside."""

NAME = r"[^\W\d]\w*"
EACH = re.compile(rf"\s*({NAME})(?:\s*,\s*({NAME}))?\s+in\s+(?=\S)")
HINT = "Such as `each: item in items`, `each: name, count in votes` or `each: n in 1..5`."
REPEATED = frozenset(("list", "map", "any"))


class Head(NamedTuple):
    """What an `each` says: the names that it gives, what it repeats for, and the region of what is repeated."""

    source: Expression
    names: tuple[str, ...]
    region: Region


class LoopReader:
    """Reads the loops of one region."""

    def __init__(self, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.values = values
        self.region = values.region
        self.diagnostics = diagnostics

    def read(self, node: Node) -> Head | None:
        """What an `each` says; None where it is wrong, which is reported."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            if not (isinstance(node, Scalar) and node.broken):
                message = "each: expected a name and what it stands for."
                self.diagnostics.error("wrong-value", message, node.position, hint=HINT)
            return None
        names, start = self._names(node)
        source = self.values.expression(node, "each", start) if names else None
        if source is None or not self._are_free(node, names) or not self._repeats(source, node):
            return None
        entries = any(self._is_state(read.path) for read in source.reads)
        return Head(source, names, self.region.within(names_of_loop(names, entries=entries)))

    def _names(self, node: Scalar) -> tuple[tuple[str, ...], int]:
        """The names before `in`, and where the expression begins; none where that is not how it is written."""
        found = EACH.match(node.text)
        if found is not None:
            return tuple(name for name in found.groups() if name), found.end()
        hint = HINT
        if re.match(rf"\s*{NAME}(\s*,\s*{NAME})?\s+(of|from)\s", node.text):
            hint = 'Did you mean "in"? ' + HINT
        message = "each: expected a name or two, the word in, and what they stand for."
        self.diagnostics.error("wrong-value", message, node.position, hint=hint)
        return (), 0

    def _are_free(self, node: Scalar, names: tuple[str, ...]) -> bool:
        """Whether the names of an `each` mean nothing else; if not, that is reported."""
        free = True
        for index, name in enumerate(names):
            meaning = self.region.names.get(name)
            if name in RESERVED:
                what = meaning_of(name, "in expressions")
            elif meaning is not None:
                what = f"is {meaning.what} already"
            elif name in names[:index]:
                what = "stands here twice"
            else:
                continue
            free = False
            where = locate(node, node.text.index(name, node.text.index(",") if index else 0), len(name))
            self.diagnostics.error("name-clash", f'each: "{name}" {what}.', where, hint="Choose another name.")
        return free

    def _repeats(self, source: Expression, node: Scalar) -> bool:
        """Whether what is named can have entries, as far as it is declared."""
        (read, *others) = source.reads or (None,)
        if read is None or others or source.source != read.dotted:
            return True
        name = self.region.name_of(read.path)
        levels = 1 if name is self.region.names.get(read.path[0]) else 2
        if name is None or name.param is None or len(read.path) > levels or name.param.type in REPEATED:
            return True
        message = f'each: "{read.dotted}" is {WORDS[name.param.type]}, which has no entries.'
        where = locate(node, read.offset, read.length)
        hint = f"For numbers write a range: `1..{read.dotted}`." if name.param.type == "int" else None
        self.diagnostics.error("wrong-value", message, where, hint=hint)
        return False

    def _is_state(self, path: tuple[str, ...]) -> bool:
        name = self.region.name_of(path)
        return name is not None and (name.state or name.entries)

    def misplaced(self, key: Scalar) -> None:
        """Report a `key` or an `empty` without `each`."""
        message = f'"{key.text}" has a meaning only beside `each`.'
        self.diagnostics.error("unknown-property", message, key.position, hint=HINT)
