"""What is given for declared names, with defaults for the others: in an address, or for the props of a component."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from livepages.schema.site.params import Param


class Misfit(ValueError):
    """A value does not fit its declaration, or one is missing that is needed: `reason` is empty then."""

    def __init__(self, param: Param, reason: str = "") -> None:
        super().__init__(f"{param.name}: {reason or 'it is missing'}")
        self.param = param
        self.reason = reason


def arguments(
    declared: Mapping[str, Param], given: Mapping[str, Any], fit: Callable[[Param, Any], Any]
) -> dict[str, Any]:
    """The values of all declared names; `fit` makes one of what is given, or raises ValueError. Raises Misfit."""
    values = {}
    for name, param in declared.items():
        if name in given:
            try:
                values[name] = fit(param, given[name])
            except ValueError as error:
                raise Misfit(param, str(error)) from None
        elif param.required:
            raise Misfit(param)
        else:
            values[name] = param.default
    return values
