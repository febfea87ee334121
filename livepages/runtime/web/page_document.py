"""Whole HTML documents: a page as it is first sent, and pages that say why there is none."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from livepages.coediting.library import PASSING
from livepages.runtime.documents.document_uses import documents_on
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.room import PAGE_STREAM
from livepages.runtime.web.assets import Assets
from livepages.schema.expressions.expressions import ExpressionFailed, as_text
from livepages.schema.site.bindings import Binding
from livepages.schema.site.site import Page

log = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "media-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
    }
)
"""The headers of every HTML document: nothing from another host, no script that the server did not send."""


def page_document(page: Page, live: LivePage, site_title: str, assets: Assets) -> str:
    """The document of a live page as it is now, complete before any script runs."""
    body = live.inner_html()
    classes = f' class="{escape(page.classes)}"' if page.classes else ""
    documents = f' data-documents="{escape(_told_prefix(live))}"' if live.document_prefix else ""
    root = f'data-stream="{PAGE_STREAM}" data-at="{live.stream.at}"{documents}{classes}'
    return (
        f'<!doctype html>\n<html lang="{escape(page.lang)}" data-page="{live.token}" '
        f'data-build="{assets.build}">\n'
        f"{_head(page_title(page, live) or site_title or 'livepages', page.description)}"
        f'<link rel="stylesheet" href="{assets.css_url}" data-css="{live.kit.styles.version}">\n'
        f"{_preloads(live, assets)}"
        f'<script type="module" src="{assets.client_url}"></script>\n</head>\n'
        f"<body>\n<div {root}>{body}</div>\n</body>\n</html>\n"
    )


def _preloads(live: LivePage, assets: Assets) -> str:
    """What a page with documents needs at once, asked for before its client asks for it."""
    uses = [use for each in (live, *live.mounts.values()) for _, use in documents_on(each)]
    if not uses:
        return ""
    is_rich = any(use.is_rich for use in uses)
    modules = ["documents.js", "yjs.js", *(["quill.js"] if is_rich else [])]
    sheets = ["parts.css", *(["quill.css"] if is_rich else [])]
    links = [f'rel="modulepreload" href="{assets.part_url(name)}"' for name in modules]
    links += [f'rel="preload" as="style" href="{assets.part_url(name)}"' for name in sheets]
    return "".join(f"<link {link}>\n" for link in links)


def _told_prefix(live: LivePage) -> str:
    """What the keys of the page's documents begin with; the page's own token is said elsewhere in the document."""
    return PASSING if live.document_prefix.startswith(PASSING) else live.document_prefix


def page_title(page: Page, live: LivePage) -> str:
    """The page's title, with its parameters and state put in; empty where that fails."""
    if not isinstance(page.title, Binding):
        return page.title
    try:
        return as_text(page.title.evaluate(live.reactions.scope))
    except ExpressionFailed as error:
        log.warning("%s: title: %s.", page.position, error)
        return ""


def _head(title: str, description: str = "") -> str:
    about = f'<meta name="description" content="{escape(description)}">\n' if description else ""
    return (
        '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n{about}<link rel="icon" href="/favicon.ico">\n'
    )


def error_document(status: int, title: str, message: str, assets: Assets) -> str:
    """A document that says why a page can't be shown."""
    return (
        f'<!doctype html>\n<html lang="en">\n{_head(title)}<link rel="stylesheet" href="{assets.css_url}">\n</head>\n'
        f'<body>\n<main class="livepages-error-page"><p class="livepages-error-status">{status}</p>'
        f'<h1>{escape(title)}</h1><p>{escape(message)}</p><p><a href="/">To the first page</a></p></main>\n'
        "</body>\n</html>\n"
    )
