from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from livepages.schema.code.handlers import EVENT_NAMES, SITE_NAMES, Handler, Handlers, own_traceback

NOTHING: frozenset[str] = frozenset()


def module(**functions: Any) -> ModuleType:
    made = ModuleType("made")
    vars(made).update(functions)
    return made


def mistakes(function: Callable[..., Any], given: frozenset[str] = EVENT_NAMES, extra: str = "") -> list[str]:
    return [sentence for _, sentence in Handler("save", function).mistakes(given, frozenset(extra.split()))]


def test_a_handler_of_what_there_is() -> None:
    def save(event, element, page, shared, session, site, tab, params, value):  # type: ignore[no-untyped-def]
        pass

    assert mistakes(save) == []
    assert Handler("save", save).asks == tuple("event element page shared session site tab params value".split())


def test_parameters_with_defaults_need_not_be_given() -> None:
    assert mistakes(lambda page, row=3, *rest, name="x": None) == []


def test_what_can_not_be_given() -> None:
    expected = 'The handler "save" asks for "{}", which can\'t be given here'
    assert mistakes(lambda page, row, *, name: None) == [expected.format("row"), expected.format("name")]
    assert mistakes(lambda page: None, SITE_NAMES) == [expected.format("page")]
    assert mistakes(lambda row: None, extra="row") == []


def test_what_with_gives_must_be_taken() -> None:
    assert mistakes(lambda page: None, extra="row name") == [
        'The handler "save" has no parameter "name" for what `with` gives',
        'The handler "save" has no parameter "row" for what `with` gives',
    ]
    assert mistakes(lambda **more: None, extra="row") == []


def test_positional_only_parameters() -> None:
    def save(page, /):  # type: ignore[no-untyped-def]
        pass

    assert mistakes(save) == ['The handler "save" takes "page" by position only, and is called by names']


def test_async_handlers() -> None:
    async def wait() -> None:
        pass

    assert Handler("wait", wait).is_async
    assert not Handler("save", lambda: None).is_async


def test_handlers_of_one_module_go_by_bare_names() -> None:
    handlers = Handlers({"board": module(save=lambda: None, _hidden=lambda: None, NUMBER=3, Kind=int)})
    assert list(handlers) == ["save"]
    assert "save" in handlers
    assert "board.save" not in handlers
    assert handlers["save"].name == "save"


def test_handlers_of_several_modules_go_by_both_names() -> None:
    handlers = Handlers({"a": module(go=lambda: 1), "b": module(go=lambda: 2)})
    assert {name: handler.function() for name, handler in handlers.items()} == {"a.go": 1, "b.go": 2}
    assert len(handlers) == 2
    with pytest.raises(KeyError):
        handlers["go"]


def test_a_traceback_without_other_peoples_frames(tmp_path: Path) -> None:
    file = tmp_path / "parts" / "board.py"
    code = compile("import json\n\ndef save(text):\n    json.loads(text)\n", str(file), "exec")
    names: dict[str, Any] = {}
    exec(code, names)
    file.parent.mkdir()
    file.write_text("import json\n\ndef save(text):\n    json.loads(text)\n")
    with pytest.raises(ValueError, match="Expecting value") as error:
        names["save"]("x")
    assert own_traceback(error.value, tmp_path) == (
        "Traceback (most recent call last):\n"
        '  File "parts/board.py", line 4, in save\n'
        "    json.loads(text)\n"
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)"
    )


def test_a_traceback_tells_the_last_error_of_a_chain(tmp_path: Path) -> None:
    try:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            raise ValueError("outer") from inner
    except ValueError as error:
        assert own_traceback(error, tmp_path) == "ValueError: outer"
