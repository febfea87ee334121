"""The keys that a site and a page can have."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from livepages.schema.site.properties import Classes, Property, Text
from livepages.schema.site.routes import Route


def _route(text: str) -> str:
    Route.parse(text)
    return text


FileNames = str | list[str]

SITE_KEYS: Mapping[str, Property] = MappingProxyType(
    {
        "title": Property(Text, "The title of the site, and of every page that has none of its own."),
        "description": Property(Text, "What the site is, for search engines and link previews."),
        "lang": Property(str, "The language of the texts, such as en or de."),
        "theme": Property(Literal["default", "plain"], "The look of elements without classes; plain has none."),
        "css": Property(FileNames, "CSS files of the site's own, in its folder."),
        "handlers": Property(FileNames, "The Python file, or files, with the functions that events call."),
        "startup": Property(Any, "Handlers and actions that run once before the first page is served."),
        "every": Property(dict[str, Any], "Handlers and actions that run again and again: {1s: tick}."),
        "state": Property(dict[str, Any], "What the site keeps for all its pages, as site.name: {online: 0}."),
        "session": Property(dict[str, Any], "What is kept for each visitor's browser, as session.name: {name: ''}."),
        "limits": Property(dict[str, Any], "How much tabs can make grow: {tabs: 100, replay_time: 10m}."),
        "components": Property(dict[str, Any], "Element types of the site's own, by name."),
        "shared": Property(dict[str, Any], "Elements that exist once and show on many pages, by name."),
        "pages": Property(dict[Annotated[str, AfterValidator(_route)], Any], "The pages by their routes."),
    }
)
"""What stands at the top of a site's file."""

PAGE_KEYS: Mapping[str, Property] = MappingProxyType(
    {
        "title": Property(Text, "The title of the page."),
        "description": Property(Text, "What the page is, for search engines and link previews."),
        "lang": Property(str, "The language of the texts, such as en or de."),
        "scope": Property(
            Literal["shared", "session", "tab"], "Who gets the same live page; each tab its own if not given."
        ),
        "params": Property(dict[str, Any], "The page's parameters: those in its route, and those of the query."),
        "state": Property(dict[str, Any], "What the page keeps, with its defaults: {votes: {tea: 0, coffee: 0}}."),
        "startup": Property(Any, "Handlers and actions that run once when a live page is made."),
        "every": Property(
            dict[str, Any], "Handlers and actions that run again and again while the page is live: {1s: tick}."
        ),
        "on": Property(dict[str, Any], "What happens when a tab opens or closes the page: {open: welcome}."),
        "classes": Property(Classes, "CSS classes of the element around the whole page."),
        "body": Property(list[Any], "The elements of the page."),
    }
)
"""What a page can say; a site of one page has these keys at its top."""

COMPONENT_KEYS: Mapping[str, Property] = MappingProxyType(
    {
        "doc": Property(str, "What the component is for."),
        "props": Property(dict[str, Any], "Its typed props: {text: str, size: 3}."),
        "state": Property(dict[str, Any], "What each of its uses keeps, with its defaults: {unfolded: false}."),
        "body": Property(list[Any], "The elements that it stands for."),
    }
)
"""What a component's definition can say."""
