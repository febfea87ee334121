"""Routes: the addresses of pages, with parameters in braces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

RESERVED = ("/_livepages", "/static", "/favicon.ico")
PARAMETER = re.compile(r"\{([A-Za-z_]\w*)\}")


@dataclass(frozen=True)
class Route:
    """An address such as `/room/{name}`; a parameter stands for one whole segment."""

    path: str

    @classmethod
    def parse(cls, path: object) -> Route:
        """The route written as `path`. Raises ValueError with a sentence that says what is wrong with it."""
        if not isinstance(path, str) or not path.startswith("/"):
            raise ValueError("expected a route that begins with /, such as / or /room/{name}")
        for segment in path.split("/"):
            if ("{" in segment or "}" in segment) and not PARAMETER.fullmatch(segment):
                raise ValueError(f"{segment!r} can't stand in a route: a parameter is a whole segment, such as {{name}}")
        if re.search(r"[?#\s]|//", path):
            raise ValueError("a route has no ?, #, white space or empty segments; query parameters go under 'params'")
        names = PARAMETER.findall(path)
        if len(names) != len(set(names)):
            raise ValueError("a route can't have two parameters of the same name")
        if any(path == prefix or path.startswith(prefix + "/") for prefix in RESERVED):
            raise ValueError(f"{path} is an address that livepages serves itself; choose another")
        return cls(path)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters' names, in order."""
        return tuple(PARAMETER.findall(self.path))

    @cached_property
    def shape(self) -> str:
        """The route without its parameters' names: two routes of one shape match the same addresses."""
        return PARAMETER.sub("{}", self.path)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        literals = PARAMETER.split(self.path)
        return re.compile("([^/]+)".join(re.escape(part) for part in literals[::2]))

    @property
    def specificity(self) -> tuple[bool, ...]:
        """Sorts routes so that a literal segment is tried before a parameter."""
        return tuple("{" in segment for segment in self.path.split("/"))

    def match(self, path: str) -> dict[str, str] | None:
        """The parameters' texts, percent-decoded, if the raw path is one of this route; None if it isn't."""
        match = self._pattern.fullmatch(path)
        return dict(zip(self.parameters, map(unquote, match.groups()), strict=True)) if match else None

    def build(self, params: dict[str, object]) -> str:
        """The address for these parameters."""
        return PARAMETER.sub(lambda match: quote(str(params[match[1]]), safe=""), self.path)
