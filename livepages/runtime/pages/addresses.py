"""The addresses of a site's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.schema.site.arguments import Misfit, arguments
from livepages.schema.site.params import Param
from livepages.schema.site.site import Page, Site


class PageNotFound(LookupError):
    """No page has this address."""


class BadParameter(ValueError):
    """A parameter of the address is not of its type or within its bounds. Its text names it and its limits."""


class Addresses:
    """Finds the page of an address: of several whose routes fit, the one that says most of it."""

    def __init__(self, site: Site) -> None:
        self._pages = sorted(site.pages, key=lambda page: page.route.specificity)

    def match(self, path: str, query: Mapping[str, str]) -> tuple[Page, dict[str, Any]]:
        """The page of an address, and its parameters. Raises PageNotFound, BadParameter."""
        for page in self._pages:
            given = page.route.match(path)
            if given is not None:
                return page, _read_params(page, {**query, **given})
        raise PageNotFound(path)


def _read_params(page: Page, given: Mapping[str, str]) -> dict[str, Any]:
    try:
        return arguments(page.params, given, Param.read)
    except Misfit as misfit:
        name, param = misfit.param.name, misfit.param
        if misfit.reason:
            raise BadParameter(f"The parameter {name}: {misfit.reason}.") from None
        raise BadParameter(f"The parameter {name} is missing: expected {param.describe()}.") from None
