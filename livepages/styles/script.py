"""JavaScript inside Python: a classic script in a QuickJS engine of its own."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import quickjs  # type: ignore[import-untyped]

STACK = 8 * 1024 * 1024  # bytes; musl's own default of 128 KB is less than what the engine allows itself
DEEPEST = 1024 * 1024
MEMORY = 192 * 1024 * 1024
SECONDS = 10.0

# Every answer leaves the engine as JSON: a Promise is waited for, an error becomes a value, and a string that QuickJS
# still holds as a rope, which its Python binding can't read, is flattened on the way.
_PRELUDE = """
var $answer;
function $call(name, args) {
  $answer = undefined;
  Promise.resolve()
    .then(() => globalThis[name](...JSON.parse(args)))
    .then(value => { $answer = JSON.stringify({value: value === undefined ? null : value}) },
          error => { $answer = JSON.stringify({error: error === null ? 'out of memory' : String(error)}) });
}
"""


class ScriptError(Exception):
    """A script did not load, threw, or went past its limit of time or memory. The script is not to be used further."""


class _Context(Protocol):
    """The part of `quickjs.Context` that is used here."""

    def eval(self, code: str, /) -> Any: ...
    def get(self, name: str, /) -> Any: ...
    def execute_pending_job(self) -> bool: ...
    def set_memory_limit(self, limit: int, /) -> None: ...
    def set_time_limit(self, seconds: float, /) -> None: ...
    def set_max_stack_size(self, limit: int, /) -> None: ...
    def memory(self) -> dict[str, int]: ...


class Script:
    """A loaded script whose global functions can be called, from any thread, one call at a time.

    It has no access to files, network or clock timers. QuickJS measures its stack from the thread it was made on, so
    an engine lives on one thread of its own.

    Args:
        source: the text of a classic script (no `import` or `export`); its functions are globals.
        memory: the most the engine may hold, in bytes.
        seconds: the most processor time the loading, or one call, may take.

    Raises:
        ScriptError: the script did not load.
    """

    def __init__(self, source: str, *, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self._worker = _thread_of_its_own()
        self._context: _Context = self._worker.submit(_load, source, memory, seconds).result()

    def call(self, function: str, *arguments: object) -> Any:
        """What the global `function` returns for arguments that JSON can carry; a Promise is waited for.

        Raises:
            ScriptError: it threw, or went past a limit.
        """
        answer = self._worker.submit(_call, self._context, function, json.dumps(arguments)).result()
        if "error" in answer:
            raise ScriptError(f"{function}: {answer['error']}")
        return answer["value"]

    def memory(self) -> int:
        """What the engine holds, in bytes."""
        return self._worker.submit(self._context.memory).result()["memory_used_size"]


def _thread_of_its_own() -> ThreadPoolExecutor:
    """An executor of one thread, started now, because the size of its stack is a setting of the whole process."""
    before = threading.stack_size(STACK)
    try:
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="livepages-script")
        worker.submit(int).result()
    finally:
        threading.stack_size(before)
    return worker


def _load(source: str, memory: int, seconds: float) -> _Context:
    context: _Context = quickjs.Context()
    context.set_memory_limit(memory)
    context.set_time_limit(seconds)
    context.set_max_stack_size(DEEPEST)
    try:
        context.eval(_PRELUDE)
        context.eval(source)
    except quickjs.JSException as error:
        raise ScriptError(f"the script did not load: {error}") from error
    return context


def _call(context: _Context, function: str, arguments: str) -> dict[str, Any]:
    try:
        context.get("$call")(function, arguments)
        while context.execute_pending_job():
            pass
        answer = context.get("$answer")
    except quickjs.JSException as error:
        return {"error": str(error)}
    if answer is None:
        return {"error": "no answer: it ran too long, took too much memory, or waits for something that never comes"}
    parsed: dict[str, Any] = json.loads(answer)
    return parsed
