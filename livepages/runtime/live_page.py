"""A live page: one running instance of a page or of a shared element, that events change and patches tell of."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from livepages.runtime.blueprint import Blueprint
from livepages.runtime.diff import Diff
from livepages.runtime.kit import Kit
from livepages.runtime.node import ROOT
from livepages.runtime.operations import Css, Operation
from livepages.runtime.part import take_part
from livepages.runtime.render import Renderer
from livepages.runtime.stream import Stream
from livepages.runtime.tree import Tree
from livepages.schema.bindings import lookup_in

log = logging.getLogger(__name__)


class LivePage:
    """A tree, and the stream that tells of its changes. It knows no socket.

    `params` are the page's parameters, `mounts` the live pages of the shared elements on it by their names, `data`
    what handlers keep for themselves.
    """

    __slots__ = ("css_version", "data", "kit", "mounts", "params", "path", "stream", "token", "tree")

    def __init__(
        self,
        name: str,
        blueprint: Blueprint,
        kit: Kit,
        *,
        token: str = "",
        path: str = "",
        params: Mapping[str, Any] | None = None,
        mounts: Mapping[str, LivePage] | None = None,
    ) -> None:
        self.kit = kit
        self.tree = Tree(blueprint, kit.components)
        self.stream = Stream(name, kit.limits)
        self.css_version = kit.styles.version
        self.token = token
        self.path = path
        self.params = params or {}
        self.mounts = mounts or {}
        self.data: dict[Any, Any] = {}
        self._bind()

    def _bind(self) -> None:
        """Evaluate the properties that are bound to the page's parameters."""
        lookup = lookup_in({**self.params, "params": self.params})
        for number in self.tree.blueprint.bound:
            node = self.tree.node(number)
            assert node.type is not None, "only elements have bindings"
            for name, binding in node.bindings.items():
                try:
                    value = node.type.properties[name].check(binding.evaluate(lookup))
                except ValueError as error:
                    log.warning("%s: %s.%s: %s.", node.position, node.type.name, name, error)
                else:
                    self.tree.overlay.props.setdefault(number, {})[name] = value

    def inner_html(self) -> str:
        """The HTML of all that is on the page now, shared elements included.

        What the tabs have not been told yet they are told first: the HTML is of the stream's position.
        """
        self.commit()
        renderer = Renderer(self.tree, self._mount)
        html = renderer.inner()
        self.kit.styles.add(renderer.classes)
        return html

    def _mount(self, name: str) -> tuple[str, str, str]:
        shared = self.mounts[name]
        html = shared.inner_html()
        return shared.stream.name, shared.stream.at, html

    def commit(self, within: int = ROOT) -> bool:
        """Tell the tabs what has changed, in all of the page or within one element; whether there was anything."""
        if not self.tree.pending:
            return False
        pending = take_part(self.tree, within)
        diff = Diff(self.tree, pending, self._mount)
        operations = diff.operations()
        if not operations:
            return False
        self.stream.publish([*self._new_css(diff.classes), *operations])
        return True

    def commit_all(self) -> None:
        """Tell the tabs what has changed on the page and in the shared elements on it."""
        for mounted in self.mounts.values():
            mounted.commit_all()
        self.commit()

    def _new_css(self, classes: set[str]) -> list[Operation]:
        """The CSS that tabs need before the operations, where it has grown since they were told of it."""
        if not classes:
            return []
        self.kit.styles.add(classes)
        if self.kit.styles.version == self.css_version:
            return []
        self.css_version = self.kit.styles.version
        return [Css(self.kit.styles.version, self.kit.styles.growing)]
