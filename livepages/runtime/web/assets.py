"""What every page links to: the client, the style sheet, the icon of the site."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Final

from livepages.runtime.rooms.tab import PREFIX
from livepages.runtime.web.bundle import join_modules
from livepages.styles import vendor
from livepages.styles.stylesheet import Stylesheet

JAVASCRIPT: Final = "text/javascript"
MAX_STYLESHEETS = 20
"""Former style sheets that are kept for pages which link to them."""


@dataclass(frozen=True)
class Asset:
    """Bytes that never change under their address."""

    content: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes:
        """The content in gzip's format."""
        return gzip.compress(self.content, 9, mtime=0)

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits that change with the content."""
        return hashlib.sha256(self.content).hexdigest()[:16]


def read_client(*, development: bool = False) -> Asset:
    """The client's modules as one file; that for development has what only those need who develop the site."""
    return Asset(join_modules(_modules("client"), "development" if development else "main").encode(), JAVASCRIPT)


def _modules(*folder: str) -> dict[str, str]:
    """The modules in a folder of the package, by their names."""
    entries = resources.files("livepages").joinpath(*folder).iterdir()
    found = {entry.name: entry for entry in entries if entry.name.endswith(".js")}
    return {name.removesuffix(".js"): entry.read_text(encoding="utf-8") for name, entry in sorted(found.items())}


ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2563eb"/>'
    '<path d="M9 7v18h9" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>'
    '<circle cx="22" cy="11" r="4" fill="#34d399"/></svg>'
)


LIBRARIES: Final = ("yjs", "quill", "codemirror")
"""The modules that are other people's."""
QUILL_CSS: Final = ("quill.snow.css", "quill-cursors.min.css")
"""The style sheets that Quill needs."""


def read_parts() -> Mapping[str, Asset]:
    """What only pages with documents load: modules that import each other by these names, and style sheets."""
    joined = join_modules(_modules("client", "parts"), "documents", others=LIBRARIES, exports=("start",))
    modules = {"documents.js": joined, **{f"{name}.js": vendor.read(f"{name}.min.js") for name in LIBRARIES}}
    own_css = resources.files("livepages").joinpath("client", "parts", "parts.css").read_text(encoding="utf-8")
    sheets = {"parts.css": own_css, "quill.css": "".join(vendor.read(name) for name in QUILL_CSS)}
    return {
        **{name: Asset(text.encode(), JAVASCRIPT) for name, text in modules.items()},
        **{name: Asset(text.encode(), "text/css") for name, text in sheets.items()},
    }


class Assets:
    """The assets of one site by their addresses. `build` changes with anything of the client."""

    def __init__(self, styles: Stylesheet, *, development: bool = False) -> None:
        self._styles = styles
        self._sheets: OrderedDict[str, Asset] = OrderedDict()
        self.client = read_client(development=development)
        self.parts = read_parts()
        contents = [self.client.digest, *(part.digest for part in self.parts.values())]
        self.build = hashlib.sha256("".join(contents).encode()).hexdigest()[:16]
        self.icon = Asset(ICON.encode(), "image/svg+xml")

    @property
    def client_url(self) -> str:
        """Where the client is."""
        return f"{PREFIX}/client-{self.build}.js"

    def part_url(self, name: str) -> str:
        """Where a part of the client is."""
        return f"{PREFIX}/parts/{self.build}/{name}"

    @property
    def css_url(self) -> str:
        """Where the style sheet is, as it is now."""
        digest = self._styles.digest
        if digest not in self._sheets:
            self._sheets[digest] = Asset(self._styles.css.encode(), "text/css")
            while len(self._sheets) > MAX_STYLESHEETS:
                self._sheets.popitem(last=False)
        return f"{PREFIX}/css/{digest}.css"

    def find(self, path: str) -> Asset | None:
        """The asset at an address."""
        if path == self.client_url:
            return self.client
        folder, _, name = path.rpartition("/")
        if f"{folder}/" == self.part_url(""):
            return self.parts.get(name)
        digest = path.removeprefix(f"{PREFIX}/css/").removesuffix(".css")
        return self._sheets.get(digest)
