"""The language in topics, as the reference lists it: the words of each, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from livepages.schema.code.handlers import GIVEN, PAGE_EVENT_NAMES, PAGE_TIMER_NAMES, SITE_NAMES
from livepages.schema.expressions.expressions import as_text
from livepages.schema.expressions.filter import Filter, Parameter
from livepages.schema.expressions.filters import FILTERS
from livepages.schema.expressions.forms import FORMS
from livepages.schema.expressions.lexer import LONGEST_SOURCE
from livepages.schema.expressions.mistakes import listed
from livepages.schema.expressions.operators import LARGEST, LONGEST_RANGE
from livepages.schema.expressions.values import LONGEST_LIST, LONGEST_TEXT, MOST_ITEMS
from livepages.schema.readers.bind_reader import BIND
from livepages.schema.readers.loop_reader import LOOP_KEYS
from livepages.schema.readers.page_reader import PAGE_EVENTS
from livepages.schema.reference.action_examples import ACTION_EXAMPLES
from livepages.schema.reference.key_examples import COMPONENT_EXAMPLES, PAGE_EXAMPLES, SITE_EXAMPLES
from livepages.schema.reference.type_words import type_words
from livepages.schema.site.action_keys import ACTION_KEYS, ACTION_OPTIONS, TIMES
from livepages.schema.site.events import KEY_NAMES, MODIFIERS, UNITS
from livepages.schema.site.keys import COMPONENT_KEYS, PAGE_KEYS, SITE_KEYS
from livepages.schema.site.limits import DEFAULT_LIMITS, LIMIT_KEYS
from livepages.schema.site.names import EVENT_FIELDS, LOOP_FIELDS, ROOTS
from livepages.schema.site.params import BOUNDED, PARAM_KEYS, WORDS
from livepages.schema.site.properties import Milliseconds, Property

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the language. `written` says how it stands with what belongs to it, `takes` what it can be.

    `example` is YAML. `work` and `result` are an expression and its value as JSON-like data; `has_result` says whether
    that is always the same. `parts` are what stands in its brackets.
    """

    name: str
    doc: str
    written: str = ""
    takes: str = ""
    default: str = ""
    example: str = ""
    work: str = ""
    result: Any = None
    has_result: bool = False
    parts: tuple[Entry, ...] = ()

    def is_about(self, word: str) -> bool:
        """Whether it tells of a word, which may be a sign in a form such as `a // b`."""
        return word == self.name or (" " in self.name and len(word.strip("abc")) > 0 and word in self.name.split())


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that stand in the same kind of place. `kind` says what one of them is."""

    name: str
    kind: str
    doc: str
    entries: tuple[Entry, ...]


def topics() -> tuple[Topic, ...]:
    """All topics, in the order in which a site's file is written."""
    return (*_of_files(), *_of_declarations(), *_of_elements(), *_of_expressions(), *_of_happenings())


def _of_files() -> tuple[Topic, ...]:
    return (
        Topic(
            "Site",
            "key of a site",
            "What stands at the top of a site's file. A site of one page has the keys of that page there too, in place "
            "of `pages`; its `state` is then the page's.",
            _keys(SITE_KEYS, SITE_EXAMPLES),
        ),
        Topic("Page", "key of a page", "What stands below a route under `pages`.", _keys(PAGE_KEYS, PAGE_EXAMPLES)),
        Topic(
            "Component",
            "key of a component",
            "What stands below a name under `components`.",
            _keys(COMPONENT_KEYS, COMPONENT_EXAMPLES),
        ),
        Topic("Limits", "limit", "What stands under a site's `limits`.", _limits()),
    )


def _of_declarations() -> tuple[Topic, ...]:
    return (
        Topic(
            "Declarations",
            "word of a declaration",
            "A name under `state`, `session`, `params` or `props` has a type (`name: str`), a default (`count: 0`), or "
            "a mapping of these words (`count: {type: int, ge: 0}`).",
            tuple(_declared(name, prop) for name, prop in PARAM_KEYS.items()),
        ),
        Topic(
            "Types",
            "type",
            "What stands as the `type` of a declaration. The parameters of a page come from addresses, and are never "
            "`list`, `map` or `any`.",
            tuple(Entry(name, f"{words[0].upper()}{words[1:]}.") for name, words in WORDS.items()),
        ),
    )


def _of_elements() -> tuple[Topic, ...]:
    return (
        Topic(
            "Repetition",
            "key of a repeated element",
            "What stands beside an element or a component that is repeated.",
            _keys(LOOP_KEYS),
        ),
        Topic("Binding", "key of a field", "What ties a field to a state.", _keys({"bind": BIND})),
        Topic(
            "Modifiers",
            "modifier of an event",
            "What stands after an event's name and a dot: `submit.prevent`, `keydown.ctrl.enter`. All events have "
            "prevent, stop, once and self, those of the mouse and the keys the others too.",
            (
                *(Entry(name, doc) for name, doc in MODIFIERS.items()),
                Entry("enter", f"Only this key. The keys are: {_key_names()}.", written="enter, escape, a, f1, …"),
            ),
        ),
        Topic(
            "Events of a page",
            "event of a page",
            "What stands under a page's `on`. Elements have the events of the browser.",
            tuple(Entry(name, doc) for name, doc in PAGE_EVENTS.items()),
        ),
    )


def _of_expressions() -> tuple[Topic, ...]:
    return (
        Topic(
            "Expressions",
            "form of an expression",
            "What stands between `${` and `}`.",
            tuple(
                Entry(form.written, form.doc, work=form.example, result=form.result, has_result=True) for form in FORMS
            ),
        ),
        Topic(
            "Names",
            "name in expressions",
            "A bare name is a state of the page, a parameter, a prop or state of the component, or a name of `each`. "
            "Beside these there are:",
            tuple(Entry(name, doc) for name, doc in ROOTS.items()),
        ),
        Topic("Of a loop", "entry of loop", "What `loop` has.", _members("loop", LOOP_FIELDS)),
        Topic("Of an event", "entry of event", "What `event` has.", _members("event", EVENT_FIELDS)),
        Topic("Filters", "filter", "What stands after a `|`.", tuple(map(_filter, FILTERS.values()))),
        Topic("Bounds of expressions", "bound of expressions", "What no expression goes beyond.", _bounds()),
    )


def _of_happenings() -> tuple[Topic, ...]:
    return (
        Topic(
            "Actions",
            "action",
            "What stands under `on`, `startup` and `every`, one or a list in order.",
            _keys(ACTION_KEYS, ACTION_EXAMPLES),
        ),
        Topic(
            "Options of actions",
            "option of actions",
            "What stands beside an action.",
            _keys({**ACTION_OPTIONS, **TIMES}, ACTION_EXAMPLES),
        ),
        Topic(
            "Parameters of handlers",
            "parameter of handlers",
            "A handler is given what it names as a parameter.",
            tuple(Entry(name, f"{doc}{_where_given(name)}") for name, doc in GIVEN.items()),
        ),
    )


def _keys(keys: Mapping[str, Property], examples: Mapping[str, str] = NOTHING) -> tuple[Entry, ...]:
    return tuple(
        Entry(name, prop.doc, takes=type_words(prop), example=examples.get(name, "")) for name, prop in keys.items()
    )


def _members(root: str, fields: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(Entry(name, doc, written=f"{root}.{name}") for name, doc in fields.items())


def _declared(name: str, prop: Property) -> Entry:
    """A word of declarations, with the types that it is for."""
    only = f" For {listed((kind for kind in WORDS if kind in BOUNDED[name]), 'and')}." if name in BOUNDED else ""
    return Entry(name, f"{prop.doc}{only}", takes=type_words(prop))


def _limits() -> tuple[Entry, ...]:
    defaults = asdict(DEFAULT_LIMITS)
    return tuple(
        Entry(name, prop.doc, takes=type_words(prop), default=_limit(prop, defaults[name]))
        for name, prop in LIMIT_KEYS.items()
    )


def _limit(prop: Property, value: int) -> str:
    """A limit as a file would have it."""
    if prop.type is not Milliseconds:
        return f"{value:,}"
    unit = next(unit for unit, size in reversed(tuple(UNITS.items())) if value % size == 0)
    return f"{value // UNITS[unit]}{unit}"


def _filter(each: Filter) -> Entry:
    names = [parameter.name if parameter.is_required else f"[{parameter.name}]" for parameter in each.parameters]
    return Entry(
        each.name,
        each.doc,
        written=f"{each.name}({', '.join(names)})" if names else each.name,
        takes=each.takes.words,
        work=each.example,
        result=each.result,
        has_result=not each.is_timed,
        parts=tuple(map(_parameter, each.parameters)),
    )


def _parameter(parameter: Parameter) -> Entry:
    default = parameter.default
    shown = "" if parameter.is_required or default is None or not isinstance(default, str | int) else _quoted(default)
    return Entry(parameter.name, parameter.doc, takes=parameter.kind.words, default=shown)


def _quoted(value: str | int) -> str:
    return f"'{value}'" if isinstance(value, str) else as_text(value)


def _key_names() -> str:
    named = sorted(name for name in KEY_NAMES if len(name) > 1 and not name[1:].isdigit())
    return f"{', '.join(named)}, a to z, 0 to 9 and f1 to f12"


def _where_given(name: str) -> str:
    """Where a handler can't ask for a name, as the end of its doc."""
    if name in SITE_NAMES:
        return " Given everywhere."
    if name in PAGE_TIMER_NAMES:
        return " Not given to the site's own `every` and `startup`."
    if name in PAGE_EVENT_NAMES:
        return " Given where a tab is at work: by its events, and by `open` and `close` of its page."
    return " Given by events of elements."


def _bounds() -> tuple[Entry, ...]:
    return (
        Entry("source", f"An expression has at most {LONGEST_SOURCE:,} characters."),
        Entry("text", f"A text has at most {LONGEST_TEXT:,} characters."),
        Entry("list", f"A list has at most {LONGEST_LIST:,} items, of a range {LONGEST_RANGE:,}."),
        Entry("values", f"What is compared or written out has at most {MOST_ITEMS:,} items at all depths."),
        Entry("number", f"Whole numbers are from -{LARGEST:,} to {LARGEST - 1:,}."),
    )
