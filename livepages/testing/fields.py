"""What fields hold, and what comes of it when the server and the user change the same one."""

from __future__ import annotations

from livepages.schema.values.view import FieldValue

MOST_ECHOES = 50


class Field:
    """A field of the document.

    `kind` is the type of an input, or `textarea`, `select` or `select-multiple`. `held` is what the field holds now,
    `base` what the server knows of it; values that were sent and may come back are kept as echoes.
    """

    def __init__(self, kind: str, value: FieldValue) -> None:
        self.kind = kind
        self.held = value
        self.base = value
        self._echoes: list[FieldValue] = []

    @property
    def is_ticked(self) -> bool:
        """Whether it is one that is checked or not."""
        return self.kind in ("checkbox", "radio")

    @property
    def waits(self) -> bool:
        """Whether the user has made something of it that the server does not know yet."""
        return not same(self.held, self.base)

    def fit(self, value: object) -> FieldValue:
        """A value as this field would hold it. Raises ValueError where it can't."""
        match self.kind, value:
            case (("checkbox" | "radio"), bool()):
                return value
            case (("number" | "range"), (None | "")):
                return None
            case (("number" | "range"), (int() | float())) if not isinstance(value, bool):
                return value
            case (("select-multiple" | "file"), list()) if all(isinstance(item, str) for item in value):
                return list(value)
            case (("file" | "select-multiple"), (None | "")):
                return []
            case (("checkbox" | "radio" | "number" | "range" | "select-multiple" | "file"), _):
                raise ValueError(f"a field of the kind {self.kind} can't hold {value!r}")
            case _, None:
                return ""
            case _, (str() | int() | float()) if not isinstance(value, bool):
                return str(value)
        raise ValueError(f"a field of the kind {self.kind} can't hold {value!r}")

    def sent(self) -> FieldValue:
        """The value goes to the server."""
        self.base = self.held
        self._echoes = [*self._echoes, self.held][-MOST_ECHOES:]
        return self.held

    def receive(self, value: FieldValue, is_own: bool) -> None:
        """The server says what the field holds; `is_own` if that is what the user of this tab has typed."""
        theirs = [] if self.kind == "file" else self.fit(value)
        for index, echo in enumerate(self._echoes if is_own else ()):
            if same(echo, theirs) or self.kind == "file":
                del self._echoes[: index + 1]
                return
        self._echoes = []
        self.held = merge(self.base, self.held, theirs)
        self.base = theirs


def same(one: FieldValue, other: FieldValue) -> bool:
    """Whether two values are one: true is not 1."""
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def merge(base: FieldValue, mine: FieldValue, theirs: FieldValue) -> FieldValue:
    """What a field holds when it was `base`, its user has made `mine` of it, and the server says `theirs`."""
    if same(mine, base):
        return theirs
    if isinstance(base, str) and isinstance(mine, str) and mine != theirs and mine.startswith(base):
        return f"{theirs or ''}{mine[len(base) :]}"
    return mine
