"""Fits what handlers have written to the components as the site's file has them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from livepages.schema.site.arguments import Misfit, arguments
from livepages.schema.site.element import ComponentSpec, ElementSpec, Spec
from livepages.schema.site.params import Param
from livepages.schema.site.site import Component


def refit(spec: Spec, components: Mapping[str, Component]) -> Spec:
    """An element as a handler wrote it, with the props that its components have now: new ones have their defaults.

    Raises ValueError when a component is not there any more, or needs what was not given.
    """
    if isinstance(spec, ElementSpec):
        return replace(spec, children=_all(spec.children, components))
    if not isinstance(spec, ComponentSpec):
        return spec
    component = components.get(spec.name)
    if component is None:
        raise ValueError(f'there is no component "{spec.name}" any more')
    slots = {name: _all(each, components) for name, each in spec.slots.items() if name in component.slots}
    return replace(spec, props=_props(spec, component), slots=slots)


def _all(specs: tuple[Spec, ...], components: Mapping[str, Component]) -> tuple[Spec, ...]:
    return tuple(refit(spec, components) for spec in specs)


def _props(spec: ComponentSpec, component: Component) -> Mapping[str, Any]:
    try:
        return arguments(component.props, spec.props, Param.check)
    except Misfit as misfit:
        name = misfit.param.name
        if misfit.reason:
            raise ValueError(f"{spec.name}.{name}: {misfit.reason}") from None
        raise ValueError(f'the component "{spec.name}" needs the prop "{name}" now') from None
