from __future__ import annotations

import linecache
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest

from livepages.schema.code.fingerprint import fingerprint_of
from livepages.schema.code.handlers import Handler


def made(text: str, name: str = "save") -> Callable[..., Any]:
    """A function from source that is in no file."""
    names: dict[str, Any] = {}
    exec(dedent(text), names)
    function: Callable[..., Any] = names[name]
    return function


SAVE = """
def save(page, count=3, *rest, name="x"):
    step = lambda n: n + 1
    def inner(n):
        return [step(each) for each in range(n) if each not in {"a", "b", 2}]
    return inner(count)
"""

SAME = {
    "lines before it": "x = 1\n\n" + SAVE,
    "other functions": SAVE + "\ndef other(): return save(None)\n",
    "a comment in it": SAVE.replace("    def", "    # why\n\n    def"),
    "a docstring": SAVE.replace("    step", '    """Saves."""\n    step'),
    "another docstring": SAVE.replace("    step", '    """Saves all."""\n    step'),
    "annotations": SAVE.replace("(page, count=3", "(page: object, count: int = 3"),
}
OTHER = {
    "the body": SAVE.replace("inner(count)", "inner(count + 1)"),
    "a constant": SAVE.replace('"b", 2', '"b", 3'),
    "the type of a constant": SAVE.replace('"b", 2', '"b", 2.0'),
    "a lambda in it": SAVE.replace("n + 1", "n - 1"),
    "a function in it": SAVE.replace("range(n)", "range(n, 9)"),
    "a default": SAVE.replace("=3", "=4"),
    "the type of a default": SAVE.replace("=3", "=True"),
    "a default by name": SAVE.replace('"x"', '"y"'),
    "a parameter": SAVE.replace("page", "element"),
    "async": SAVE.replace("def save", "async def save"),
    "what it calls": SAVE.replace("return inner", "return print"),
}


@pytest.mark.parametrize("text", SAME.values(), ids=list(SAME))
def test_what_is_not_the_functions_own_code(text: str) -> None:
    assert fingerprint_of(made(text)) == fingerprint_of(made(SAVE))


@pytest.mark.parametrize("text", OTHER.values(), ids=list(OTHER))
def test_what_is_the_functions_own_code(text: str) -> None:
    assert fingerprint_of(made(text)) != fingerprint_of(made(SAVE))


DECORATED = """
import functools
from datetime import timedelta

def twice(times):
    def around(function):
        @functools.wraps(function)
        def wrapper(*args):
            return [function(*args) for _ in range(times)]
        return wrapper
    return around

@twice(2)
def save(page, pause=timedelta(1), kind=object(), again=[]):
    return page
"""


def test_decorated_functions() -> None:
    before = fingerprint_of(made(DECORATED))
    assert fingerprint_of(made("\n\n" + DECORATED)) == before
    changes = {"return page": "return page + 1", "@twice(2)": "@twice(3)", "function(*args) for": "1 for"}
    changes |= {"timedelta(1)": "timedelta(2)", "again=[]": "again=[1]"}
    for old, new in changes.items():
        assert fingerprint_of(made(DECORATED.replace(old, new))) != before, new


def test_functions_that_close_over_themselves() -> None:
    text = """
        def outer():
            def save(n):
                return n and save(n - 1)
            return save
        save = outer()
        """
    assert fingerprint_of(made(text)) == fingerprint_of(made(text))
    assert fingerprint_of(made(text.replace("n - 1", "n - 2"))) != fingerprint_of(made(text))


def test_a_closure_that_holds_nothing_yet() -> None:
    text = "def outer():\n    def save():\n        return later\n    return save\n    later = 1\nsave = outer()"
    assert fingerprint_of(made(text)) == fingerprint_of(made(text))


def test_values_without_a_description_or_an_end() -> None:
    text = """
        class Bad:
            def __repr__(self): raise ValueError
        endless = []
        endless.append(endless)
        def save(a=Bad(), b=endless, c=list(range(5000)), d=print, e=Bad): pass
        """
    assert fingerprint_of(made(text)) == fingerprint_of(made(text))


def test_it_is_taken_when_the_function_is_read_and_not_later() -> None:
    handler = Handler("save", made("def save(known={}): known[1] = 1"))
    handler.function()
    assert handler.fingerprint == Handler("save", made("def save(known={}): known[1] = 1")).fingerprint


def test_source_is_not_needed() -> None:
    linecache.clearcache()
    assert len(fingerprint_of(made(SAVE))) == 64
