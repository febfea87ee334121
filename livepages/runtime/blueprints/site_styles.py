"""The class names of a site that are known before its first page is sent."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib import resources
from types import ModuleType

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.schema.site.bindings import Binding, Nested, leaves
from livepages.schema.site.element import ElementSpec
from livepages.schema.site.site import Site
from livepages.styles import animations
from livepages.styles.scan import candidates


def site_classes(site: Site, blueprints: Iterable[Blueprint]) -> set[str]:
    """The classes of all pages, of components that handlers may make, and words in handlers that may be classes."""
    classes: set[str] = set()
    for blueprint in blueprints:
        classes |= blueprint.classes
    for page in site.pages:
        classes.update(page.classes.split())
    for spec in site.body_specs():
        if isinstance(spec, ElementSpec):
            for name in ("classes", "animate"):
                classes |= _words(spec.props.get(name))
    for module in site.handlers.modules.values():
        classes |= candidates(_source(module))
    for page in site.pages:
        for param in page.params.values():
            classes |= {word for word in (param.default, *(param.choices or ())) if isinstance(word, str)}
    return classes | {f"{animations.PREFIX}{name}" for name in classes & set(animations.names())}


def _source(module: ModuleType) -> str:
    """The text of a module; Python has no source of one that is empty."""
    try:
        return inspect.getsource(module)
    except OSError:
        return ""


def _words(value: object) -> set[str]:
    """The words of a text, or of the literal parts of a binding."""
    if isinstance(value, Binding):
        templates = leaves(value.value) if isinstance(value, Nested) else (value,)
        return {
            word for template in templates for part in template.parts if isinstance(part, str) for word in part.split()
        }
    return set(value.split()) if isinstance(value, str) else set()


def program_css() -> str:
    """The style sheets of livepages' own elements and of its client."""
    package = resources.files("livepages")
    files = (("components", "components.css"), ("client", "livepages.css"))
    return "".join(package.joinpath(*file).read_text(encoding="utf-8") for file in files)
