"""The events of the browser that elements can declare, and the modifiers that narrow them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from livepages.schema.site.actions import Action, CallAction

MOUSE_EVENTS = frozenset(
    "click dblclick auxclick contextmenu mousedown mouseup mousemove mouseover mouseout mouseenter mouseleave wheel "
    "pointerdown pointerup pointermove pointerover pointerout pointerenter pointerleave pointercancel "
    "touchstart touchend touchmove touchcancel drag dragstart dragend dragenter dragleave dragover drop".split()
)
KEY_EVENTS = frozenset("keydown keyup".split())
GLOBAL_EVENTS = (
    MOUSE_EVENTS
    | KEY_EVENTS
    | frozenset(
        "focus blur focusin focusout scroll scrollend copy cut paste beforetoggle toggle "
        "animationstart animationend animationiteration transitionend".split()
    )
)
"""Events that every HTML element has (HTML Standard, 8.1.8; UI Events; Pointer Events)."""

FIELD_EVENTS = frozenset("input change select invalid".split())
FORM_EVENTS = frozenset("submit reset input change".split())
LOAD_EVENTS = frozenset("load error".split())
DIALOG_EVENTS = frozenset("close cancel".split())
MEDIA_EVENTS = frozenset(
    "abort canplay canplaythrough durationchange emptied ended error loadeddata loadedmetadata loadstart pause play "
    "playing progress ratechange seeked seeking stalled suspend timeupdate volumechange waiting".split()
)

MODIFIERS: Mapping[str, str] = MappingProxyType(
    {
        "prevent": "The browser does not do what it does by itself: it sends no form, follows no link.",
        "stop": "The elements around this one don't get the event.",
        "once": "Each tab sends it the first time only.",
        "self": "Only events of the element itself count, not those of what is in it.",
        "ctrl": "Only while Ctrl is held.",
        "alt": "Only while Alt is held.",
        "shift": "Only while Shift is held.",
        "meta": "Only while Meta is held, the Windows or Command key.",
    }
)
"""The modifiers, but for those that name a key."""
FLOW_MODIFIERS = frozenset("prevent stop once self".split())
HELD_MODIFIERS = frozenset("ctrl alt shift meta".split())
KEY_NAMES = frozenset(
    [
        *"enter escape space tab up down left right backspace delete home end pageup pagedown".split(),
        *"abcdefghijklmnopqrstuvwxyz0123456789",
        *(f"f{number}" for number in range(1, 13)),
    ]
)


def modifiers_of(event: str) -> frozenset[str]:
    """The modifiers that an event of this type takes."""
    if event in KEY_EVENTS:
        return FLOW_MODIFIERS | HELD_MODIFIERS | KEY_NAMES
    if event in MOUSE_EVENTS:
        return FLOW_MODIFIERS | HELD_MODIFIERS
    return FLOW_MODIFIERS


def modifiers_in_words(event: str) -> str:
    """A sentence that says which modifiers an event of this type takes."""
    flow = "once, prevent, self and stop"
    if event in KEY_EVENTS:
        return f"There are keys, such as enter, escape, up, f1 or a; alt, ctrl, meta and shift; {flow}."
    return f"There are alt, ctrl, meta, shift, {flow}." if event in MOUSE_EVENTS else f"There are {flow}."


@dataclass(frozen=True, slots=True)
class EventSpec:
    """One entry of an element's `on`: an event, its modifiers, and what it calls.

    `key` is the event with its modifiers as the file writes it (`keydown.enter`): its name on the wire.
    `handler` is that of a lone call, with its `arguments`; anything else that happens are `actions`. Both are missing
    where the event only carries a field's value to the server. Times are in milliseconds.
    """

    key: str
    handler: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    debounce: int | None = None
    throttle: int | None = None
    actions: tuple[Action, ...] = ()

    @property
    def type(self) -> str:
        """The DOM's name of the event, without modifiers."""
        return self.key.partition(".")[0]

    @property
    def steps(self) -> tuple[Action, ...]:
        """All that happens, a lone call among it."""
        return self.actions if self.handler is None else (CallAction(self.handler, self.arguments),)

    @property
    def token(self) -> str:
        """What stands in the element's `data-on`: `keydown.enter`, `input/d500`, `mousemove/t100`."""
        if self.debounce is not None:
            return f"{self.key}/d{self.debounce}"
        if self.throttle is not None:
            return f"{self.key}/t{self.throttle}"
        return self.key


DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
UNITS = MappingProxyType({"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000})


LONGEST_TIME = 2**31 - 1
"""Milliseconds that a browser's timers can wait (HTML Standard, 8.6)."""


def milliseconds(text: object) -> int:
    """A duration such as `500ms`, `1s`, `1.5m`, `2h` or `1d` in milliseconds; a bare number is refused.

    Raises ValueError with a sentence for the user.
    """
    match = DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        given = "" if isinstance(text, dict | list) or text is None else f', not "{str(text)[:60]}"'
        unit = "s" if re.fullmatch("[0-5]?[0-9]", str(text)) else "ms"
        near = f" (did you mean {text}{unit}?)" if re.fullmatch("[0-9]{1,9}", str(text)) else ""
        raise ValueError(f"expected a duration with its unit, such as 500ms, 1s, 5m or 2h{given}{near}")
    duration = float(match[1]) * UNITS[match[2]]
    if duration > LONGEST_TIME:
        raise ValueError("expected a duration of at most 24d")
    return round(duration)
