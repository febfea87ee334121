"""Whether the pages are there that actions lead to, and get the parameters that they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from livepages.schema.expressions.expressions import Template, as_text
from livepages.schema.expressions.mistakes import there_are
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean, suggestion
from livepages.schema.site.actions import Action, GoAction, LinkParam, PageLink
from livepages.schema.site.bindings import Nested
from livepages.schema.site.element import actions_of
from livepages.schema.site.params import Param
from livepages.schema.site.routes import RESERVED
from livepages.schema.site.site import Page, Site


class AddressChecks:
    """Checks what leads to the pages of one site."""

    def __init__(self, site: Site, diagnostics: Diagnostics) -> None:
        self.site = site
        self.pages = {page.route.path: page for page in site.pages}
        self.shapes = {page.route.shape: page.route.path for page in site.pages}
        self.diagnostics = diagnostics

    def check(self) -> None:
        """Report what is wrong with any action of the site."""
        for action in self._actions():
            if isinstance(action, GoAction):
                if action.link is None:
                    self._check_address(action)
                else:
                    self._check_link(action.link)

    def _actions(self) -> Iterator[Action]:
        """All actions on the site's pages."""
        for page in self.site.pages:
            yield from page.actions()
        for spec in self.site.body_specs():
            yield from actions_of(spec)

    # Addresses

    def _check_address(self, action: GoAction) -> None:
        """Warn of an address of this site that no page has, whatever its expressions come to."""
        parts = action.url.parts if isinstance(action.url, Template) else (action.url,)
        first = parts[0]
        if not isinstance(first, str) or not re.match(r"/(?!/)", first) or _is_served(first):
            return
        path = re.split(r"[?#]", "".join(part if isinstance(part, str) else "\0" for part in parts))[0]
        if not any(page.route.can_be(path.split("/"), _pattern) for page in self.site.pages):
            sources = iter([part.source for part in parts if not isinstance(part, str)])
            shown = re.sub("\0", lambda _: f"${{{next(sources)}}}", path)
            such = "an address such as" if "\0" in path else "the address"
            message = f"No page of this site has {such} {shown}."
            near = did_you_mean(path.replace("\0", "{}"), self.shapes)
            hint = f'Did you mean "{self.shapes[near]}"?' if near else None
            self.diagnostics.warning("unknown-page", message, action.position, hint=hint)

    # Pages with parameters

    def _check_link(self, link: PageLink) -> None:
        page = self.pages.get(link.page)
        if page is None:
            message = f"There is no page {link.page}."
            self.diagnostics.error("unknown-page", message, link.position, hint=self._page_hint(link.page))
            return
        for name, given in link.params.items():
            if name in page.params:
                self._check_value(page.params[name], given, f"go.params.{name}")
            else:
                message = f'The page {link.page} has no parameter "{name}".'
                hint = suggestion(name, page.params) or (there_are(page.params) if page.params else "It has none.")
                self.diagnostics.error("unknown-param", message, given.named, hint=hint)
        self._check_missing(page, link)

    def _page_hint(self, path: str) -> str:
        found = next((page.route.path for page in self.site.pages if page.route.match(path) is not None), None)
        if found is not None and "{" not in path:
            return f'Write its route, `page: "{found}"`, and what differs under `params`.'
        return suggestion(path, self.pages) or there_are(self.pages)

    def _check_value(self, param: Param, given: LinkParam, what: str) -> None:
        try:
            _check(param, given.value)
        except ValueError as error:
            self.diagnostics.error("wrong-value", f"{what}: {error}.", given.position)

    def _check_missing(self, page: Page, link: PageLink) -> None:
        meant = {suggestion(name, page.params) for name in link.params if name not in page.params}
        for name, param in page.params.items():
            given = link.params.get(name)
            is_needed = param.required or name in page.route.parameters
            if is_needed and (given is None or given.value is None) and f'Did you mean "{name}"?' not in meant:
                message = f'The page {link.page} needs the parameter "{name}", {param.describe()}.'
                hint = f"Give it beside `page`: `params: {{{name}: ...}}`."
                self.diagnostics.error("missing-param", message, link.position, hint=hint)


def _check(param: Param, value: Any) -> None:
    """Raises ValueError for a value that is known, and that a parameter can't have."""
    if value is not None and not isinstance(value, Template):
        given = value.value if isinstance(value, Nested) else value
        param.check(as_text(given) if isinstance(given, bool) else given)


def _is_served(path: str) -> bool:
    """Whether livepages serves an address itself."""
    return any(re.match(rf"{re.escape(prefix)}(?=[/?#]|$)", path) for prefix in RESERVED)


def _pattern(segment: str) -> re.Pattern[str]:
    """What a part of an address can be, in which \\0 stands for anything."""
    return re.compile(".*".join(re.escape(unquote(text)) for text in segment.split("\0")), re.DOTALL)
