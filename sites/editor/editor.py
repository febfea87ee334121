"""The title of the tab, and downloads of what has been written together."""

import re
from html import escape

SPECIAL = r"[\\`*_\[\]<>#&]"
ENDINGS = {"html": "html", "markdown": "md", "text": "txt"}


def begin(site):
    page = site.page("/")
    page.state.heading = page["heading"].text


def save(page, tab, kind):
    heading, notes = page["heading"].text, page["notes"]
    content = getattr(notes, kind)
    if kind == "html":
        content = f"<!doctype html>\n<meta charset=utf-8>\n<title>{escape(heading)}</title>\n{content}\n"
    elif kind == "markdown" and heading:
        title = re.sub(SPECIAL, r"\\\g<0>", heading)
        content = f"# {title}\n\n{content}"
    tab.download(content, f"{heading or 'notes'}.{ENDINGS[kind]}")
