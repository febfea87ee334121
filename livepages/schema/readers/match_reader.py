"""Reads `match`: one of several bodies, by the value of an expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from livepages.schema.expressions.expressions import Expression
from livepages.schema.expressions.mistakes import there_are
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.element import MatchSpec, Spec
from livepages.schema.site.params import Param
from livepages.schema.site.region import Region
from livepages.schema.yaml.tree import Entries, Mapping, Node, Scalar

HINT = "Such as `- match: step`, and beside it `cases: {1: [{p: Hello}], 2: [{p: Thanks}]}`."
KEYS = ("cases", "else")

ReadBody = Callable[[Node, Region], tuple[Spec, ...]]


class MatchReader:
    """Reads those of one region. `read_body` reads a branch, in a region of its own."""

    def __init__(self, values: ValueReader, read_body: ReadBody, diagnostics: Diagnostics) -> None:
        self.values = values
        self.region = values.region
        self.read_body = read_body
        self.diagnostics = diagnostics

    def read(self, key: Scalar, content: Node, rest: Entries) -> MatchSpec | None:
        """A `match`; `content` is the expression, `rest` are the keys beside it."""
        subject = self.values.expression(content, "match")
        choices: list[Region] = []
        cases: tuple[tuple[Any, tuple[Spec, ...]], ...] = ()
        otherwise: tuple[Spec, ...] = ()
        for name, node in rest:
            if name.text == "cases":
                cases = self._cases(subject, node, choices)
            elif name.text == "else":
                otherwise = self._branch(node, choices)
            elif not name.broken:
                self._unknown_key(name)
        if not any(name.text == "cases" or name.broken or did_you_mean(name.text, KEYS) for name, _ in rest):
            self.diagnostics.error("missing-key", "match: there are no `cases`.", key.position, hint=HINT)
        self.region.join(choices)
        return MatchSpec(subject, cases, otherwise, key.position) if subject is not None else None

    def _cases(
        self, subject: Expression | None, node: Node, choices: list[Region]
    ) -> tuple[tuple[Any, tuple[Spec, ...]], ...]:
        if isinstance(node, Scalar) and node.broken:
            return ()
        if not isinstance(node, Mapping) or not node.entries:
            message = "match.cases: expected a mapping of values to what shows then."
            self.diagnostics.error("wrong-value", message, node.position, hint=HINT)
            return ()
        param = self._declared(subject) if subject is not None else None
        found = []
        for case, body in node.entries:
            if not case.broken:
                found.append((self._value(param, case), self._branch(body, choices)))
        return tuple(found)

    def _declared(self, subject: Expression) -> Param | None:
        """The declaration of what is matched, where that is a name alone."""
        (read, *others) = subject.reads or (None,)
        if read is None or others or read.dotted != subject.source:
            return None
        name = self.region.name_of(read.path)
        root = self.region.names.get(read.path[0])
        return name.param if name is not None and len(read.path) == (1 if name is root else 2) else None

    def _value(self, param: Param | None, case: Scalar) -> Any:
        """The value of a case, which is one that what is matched can have."""
        value = case.text if param is not None and param.type == "str" else case.value
        if param is not None and value is not None:
            try:
                return param.check(value)
            except ValueError as error:
                self.diagnostics.error("wrong-value", f"match.cases: {error}.", case.position)
        return value

    def _branch(self, node: Node, choices: list[Region]) -> tuple[Spec, ...]:
        choices.append(self.region.choice())
        return self.read_body(node, choices[-1])

    def _unknown_key(self, name: Scalar) -> None:
        near = did_you_mean(name.text, KEYS)
        hint = f'Did you mean "{near}"?' if near else there_are(KEYS)
        self.diagnostics.error("unknown-property", f'"match" has no "{name.text}".', name.position, hint=hint)
