"""Addresses: those that can't run a script, those within the site, and those of its images."""

from __future__ import annotations

import re

SAFE_SCHEMES = frozenset(("http", "https", "mailto", "tel", "sms", "ftp"))
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2}")
"""How an address of another host begins: with a scheme, or with two slashes, backslashes among them as in browsers."""
EMBEDDED = re.compile(r"(?i)data:(image|audio|video)/")
STATIC = "/static/"


def safe_url(text: str) -> str:
    """`text`, if it is a relative address or has a scheme that can't run a script.

    Raises ValueError otherwise. White space and control characters are passed over, as browsers do
    (URL Standard, 4.4), so that they can't hide a scheme.
    """
    bare = re.sub(r"[\x00-\x20]", "", text)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    if scheme and scheme[1].lower() not in SAFE_SCHEMES and not re.match(r"(?i)data:(image|audio|video|font)/", bare):
        raise ValueError(f"addresses that begin with {scheme[1]}: are not allowed here")
    return text


def own_url(text: str) -> str:
    """`text`, if it is an address within the site.

    Raises ValueError otherwise. White space and control characters are passed over, as browsers do
    (URL Standard, 4.4).
    """
    if ELSEWHERE.match(re.sub(r"[\x00-\x20]", "", text)):
        raise ValueError(
            "pages load nothing from other places: put the file into the site's static folder "
            'and write an address such as "/static/photo.jpg"'
        )
    return text


def media_url(text: str) -> str:
    """`text`, if it is an address within the site or an image, sound or film written out as `data:`.

    Raises ValueError otherwise.
    """
    return safe_url(text) if EMBEDDED.match(text) else own_url(text)


def image_source(text: str) -> str:
    """The address of an image that is written as a file's name, a path in the static folder, or an address.

    `photo.jpg` and `static/photo.jpg` are `/static/photo.jpg`; what begins with a slash or is written out as
    `data:image/` stays. Raises ValueError for an image of another place.
    """
    source = text.strip()
    if not source:
        raise ValueError("expected the name of a file in the site's static folder, such as photo.jpg")
    if re.match(r"(?i)data:", source) and not re.match(r"(?i)data:image/", source):
        raise ValueError("expected an image: data:image/...")
    if ".." in source.partition("?")[0].split("/"):
        raise ValueError('".." leads out of the static folder: name a file in it')
    if media_url(source).startswith(("/", "data:", "DATA:")):
        return source
    return STATIC + source.removeprefix("./").removeprefix("static/")
