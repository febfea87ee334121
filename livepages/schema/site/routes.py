"""Routes: the addresses of pages, with parameters in braces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
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
    def parse(cls, path: str) -> Route:
        """The route written as `path`. Raises ValueError with a sentence that says what is wrong with it."""
        if not path.startswith("/"):
            raise ValueError(f'expected a route that begins with a slash, such as "/{path.strip()}", not "{path}"')
        if found := re.search(r"[?#\\\s\x00-\x1f]", path):
            sign = "white space" if found[0].isspace() else found[0]
            raise ValueError(f'the route "{path}" can\'t have {sign} in it; parameters of the query go under `params`')
        segments = path.split("/")[1:]
        for segment in segments:
            if ("{" in segment or "}" in segment) and not PARAMETER.fullmatch(segment):
                raise ValueError(
                    f'"{segment}" can\'t be a part of a route: a parameter is a whole part, such as {{name}}'
                )
        if "" in segments[:-1] or {".", ".."} & set(segments):
            raise ValueError(f'the route "{path}" can\'t have parts that are empty or dots')
        names = PARAMETER.findall(path)
        if len(names) != len(set(names)):
            raise ValueError(f'the route "{path}" has two parameters of the same name')
        if any(path == prefix or path.startswith(prefix + "/") for prefix in RESERVED):
            raise ValueError(f'the address "{path}" is one that livepages serves itself: choose another')
        return cls(path)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters' names, in order."""
        return tuple(PARAMETER.findall(self.path))

    @cached_property
    def _segments(self) -> tuple[str | None, ...]:
        """The texts between the slashes, None for a parameter."""
        return tuple(None if PARAMETER.fullmatch(part) else unquote(part) for part in self.path.split("/"))

    @cached_property
    def shape(self) -> str:
        """The route without its parameters' names: two routes of one shape match the same addresses."""
        return "/".join("{}" if part is None else quote(part) for part in self._segments)

    @property
    def specificity(self) -> tuple[bool, ...]:
        """Sorts routes so that a literal segment is tried before a parameter."""
        return tuple(part is None for part in self._segments)

    def match(self, path: str) -> dict[str, str] | None:
        """The parameters' texts, percent-decoded, if the raw path is one of this route; None if it isn't."""
        parts = path.split("/")
        if len(parts) != len(self._segments):
            return None
        given = []
        for part, segment in zip(map(unquote, parts), self._segments, strict=True):
            if segment is None and part:
                given.append(part)
            elif part != segment:
                return None
        return dict(zip(self.parameters, given, strict=True))

    def can_be(self, parts: Sequence[str], pattern: Callable[[str], re.Pattern[str]]) -> bool:
        """Whether an address of these parts, each of which is anything that its pattern says, can be one of this."""
        return len(parts) == len(self._segments) and all(
            part != "" if segment is None else pattern(part).fullmatch(segment) is not None
            for part, segment in zip(parts, self._segments, strict=True)
        )

    def build(self, params: Mapping[str, object]) -> str:
        """The address for these parameters, none of them empty."""
        names = iter(self.parameters)
        given = (str(params[next(names)]) if part is None else part for part in self._segments)
        return "/".join(quote(part, safe="") for part in given)
