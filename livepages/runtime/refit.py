"""Fits what handlers have written to the components as the site's file has them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from livepages.schema.element import ComponentSpec, ElementSpec, Spec
from livepages.schema.site import Component


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
    props = {}
    for name, param in component.props.items():
        if name in spec.props:
            try:
                props[name] = param.property.check(spec.props[name])
            except ValueError as error:
                raise ValueError(f"{spec.name}.{name}: {error}") from None
        elif param.required:
            raise ValueError(f'the component "{spec.name}" needs the prop "{name}" now')
        else:
            props[name] = param.default
    return props
