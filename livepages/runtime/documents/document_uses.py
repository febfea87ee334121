"""The documents that live pages show, and the keys by which these are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from livepages.coediting.library import PASSING
from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.node import Node
from livepages.runtime.pages.live_page import LivePage
from livepages.schema.site.element import ElementSpec
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.site import Page, Site

END: Final = "/"
"""What ends the part of a key that says whose documents they are."""


def prefix_of(page: Page, params: Mapping[str, Any], token: str) -> str:
    """What the keys of a live page's documents begin with.

    Of a shared page: nothing, or the parameters in its address (`name=kitchen/`). The documents of any other page are
    its own, and known by its token.
    """
    if page.scope != "shared":
        return f"{PASSING}{token}{END}"
    told = "&".join(f"{name}={quote(str(params[name]), safe='')}" for name in sorted(page.route.parameters))
    return f"{told}{END}" if told else ""


def key_of(prefix: str, name: str) -> str:
    """The key of a document: how its address ends, too."""
    return f"{prefix}{quote(name, safe='')}"


def params_of(prefix: str) -> dict[str, str]:
    """The parameters that a prefix names, as texts."""
    return dict(parse_qsl(prefix.removesuffix(END), keep_blank_values=True))


def documents_on(live: LivePage) -> Iterator[tuple[Node, DocumentUse]]:
    """The elements on a live page that show documents, whether they are hidden or not."""
    tree = live.tree
    added = [node.number for node in tree.overlay.added.values() if node.can_show_document]
    for number in (*tree.blueprint.document_nodes, *added):
        if tree.exists(number):
            node = tree.node(number)
            use = node.type.document(tree.props(number)) if node.type is not None else None
            if use is not None:
                yield node, use


def documents_in(blueprint: Blueprint) -> Iterator[DocumentUse]:
    """The documents that a page which nobody has opened would show."""
    for number in blueprint.document_nodes:
        node = blueprint.nodes[number]
        use = node.type.document(node.props) if node.type is not None else None
        if use is not None:
            yield use


def joined(uses: Iterable[DocumentUse]) -> DocumentUse | None:
    """What all elements that show one document say of it; None where there is none."""
    all_uses = list(uses)
    if not all_uses:
        return None
    writing = [use for use in all_uses if not use.only_looks]
    limits = [use.max_length for use in all_uses if use.max_length is not None]
    return DocumentUse(
        all_uses[0].name,
        is_rich=any(use.is_rich for use in all_uses),
        initial=next((use.initial for use in all_uses if use.initial), ""),
        max_length=min(limits, default=None),
        is_locked=all(use.is_locked for use in writing),
        only_looks=not writing,
    )


def has_documents(site: Site) -> bool:
    """Whether a site's file has any element that shows a document."""
    specs = site.body_specs()
    return any(isinstance(spec, ElementSpec) and spec.type.document(spec.props) is not None for spec in specs)
