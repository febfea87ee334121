"""Reads what actions write and `bind` ties, and checks that it is state."""

from __future__ import annotations

from livepages.schema.expressions.expressions import ExpressionError
from livepages.schema.expressions.mistakes import there_are
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import suggestion
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.actions import STORES, Target
from livepages.schema.site.names import PROP, Name
from livepages.schema.site.params import Param
from livepages.schema.site.targets import Step, parse_target
from livepages.schema.yaml.tree import Node, Scalar, locate

PROP_HINT = (
    "Raise an event, such as `emit: {changed: 1}`, and let who uses the component write it: "
    "`on: {changed: {set: ...}}`."
)
EXAMPLE = "Such as `{what}: votes`, or an entry of it such as `votes.tea` or `votes[drink]`."


class TargetReader:
    """Reads the targets of one region."""

    def __init__(self, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.values = values
        self.region = values.region
        self.diagnostics = diagnostics

    def read(self, node: Node, what: str) -> Target | None:
        """The target that a text names; None where it is wrong, which is reported."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            if not (isinstance(node, Scalar) and node.broken):
                hint = EXAMPLE.format(what=what.rpartition(".")[2])
                self.diagnostics.error(
                    "wrong-value", f"{what}: expected the name of a state.", node.position, hint=hint
                )
            return None
        if "${" in node.text:
            hint = "Write the name without ${ }, such as `votes` or `votes[drink]`."
            message = f"{what}: what is written can't be an expression."
            self.diagnostics.error("unbindable", message, node.position, hint=hint)
            return None
        try:
            root, steps = parse_target(node.text)
        except ExpressionError as error:
            where = locate(node, error.offset, error.length)
            self.diagnostics.error("bad-expression", error.message, where, hint=error.hint)
            return None
        target = Target(root, steps, node.position)
        known = [self.values.knows(node, step) for step in target.expressions]
        return target if all(known) and self._is_state(target, node, what) else None

    def declared(self, target: Target) -> Param | None:
        """The declaration of a state that a target names as a whole; None for an entry of one."""
        name = self._name_of(target)
        whole = 1 if target.root in STORES else 0
        return name.param if name is not None and len(target.steps) == whole else None

    def allowed(self, target: Target) -> Param | None:
        """What can be in a place: the declaration of a whole state, or what that says of its entries."""
        name = self._name_of(target)
        param = name.param if name is not None else None
        for _ in target.steps[1 if target.root in STORES else 0 :]:
            param = param.items if param is not None else None
        return param

    def _name_of(self, target: Target) -> Name | None:
        first: Step | None = target.steps[0] if target.steps else None
        path = (target.root, first) if target.root in STORES and isinstance(first, str) else (target.root,)
        return self.region.name_of(path)

    def _is_state(self, target: Target, node: Scalar, what: str) -> bool:
        """Whether a target is state or an entry of it; if not, that is reported."""
        name = self._name_of(target)
        if not self.region.complete or (name is not None and (name.state or (name.entries and target.steps))):
            return True
        if name is None:
            message = f'There is no state "{target.name}" here.'
            hint = self.region.withheld.get(target.root) or self._hint(target.name)
            self.diagnostics.error("unknown-state", message, node.position, hint=hint)
        elif name.entries:
            message = f'{what}: "{target.root}" is a name of `each`: what is in it can be changed, it itself can\'t.'
            hint = f"Write the entry of its list, such as `items[loop.index0]` in place of `{target.root}`."
            self.diagnostics.error("wrong-target", message, node.position, hint=hint)
        elif name.members is not None and target.root in STORES:
            message = f"{what}: the name of a state is missing after `{target.root}`."
            self.diagnostics.error("wrong-target", message, node.position, hint=self._hint(target.root))
        else:
            message = f'{what}: "{target.name}" is {name.what}, which can\'t be changed.'
            hint = PROP_HINT if name.what == PROP else "Only state can be: see `state:`."
            self.diagnostics.error("wrong-target", message, node.position, hint=hint)
        return False

    def _hint(self, word: str) -> str:
        states = sorted(self.region.state_names())
        if not states:
            return f"State is declared under `state:`, such as `state: {{{word.rpartition('.')[2]}: 0}}`."
        return suggestion(word, states) or there_are(states)
