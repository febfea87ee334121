from concurrent.futures import ThreadPoolExecutor

import pytest

from livepages.styles.script import Script, ScriptError

SOURCE = """
function add(a, b) { return a + b }
function same(value) { return value }
async function later() { return await 5 }
function never() { return new Promise(() => {}) }
function bad() { throw new Error("no tea") }
function loop() { for (;;); }
function deep(n) { return 1 + deep(n + 1) }
function hoard() { const all = []; for (;;) all.push(new Array(1000).fill(1.5)) }
function rope() { let s = ""; for (let i = 0; i < 100000; i++) s = s + "ab"; return s }
function nothing() {}
"""


@pytest.fixture(scope="module")
def script() -> Script:
    return Script(SOURCE, memory=20_000_000, seconds=0.2)


def test_call_returns_what_json_carries(script: Script) -> None:
    assert script.call("add", 1, 2) == 3
    value = {"a": [1, 2.5, None, True, 'é"\u2028</script>']}
    assert script.call("same", value) == value
    assert script.call("nothing") is None


def test_promise_is_waited_for(script: Script) -> None:
    assert script.call("later") == 5


def test_rope_string_is_flattened(script: Script) -> None:
    assert script.call("rope") == "ab" * 100_000


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("bad", "bad: Error: no tea"),
        ("loop", "loop: InternalError: interrupted"),
        ("deep", "deep: RangeError: Maximum call stack size exceeded"),
        ("hoard", "out of memory"),
        ("never", "never: no answer"),
        ("unheard_of", "unheard_of: TypeError: not a function"),
    ],
)
def test_failure_is_an_error_and_the_engine_lives_on(script: Script, function: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        script.call(function, 1)
    assert message in str(caught.value)
    assert script.call("add", 1, 2) == 3


@pytest.mark.parametrize("source", ["}{", "throw new Error('no')", "for (;;);"])
def test_script_that_does_not_load(source: str) -> None:
    with pytest.raises(ScriptError, match="the script did not load"):
        Script(source, seconds=0.1)


def test_calls_from_many_threads(script: Script) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: script.call("add", n, 1), range(200))) == list(range(1, 201))


def test_memory_is_told(script: Script) -> None:
    assert 10_000 < script.memory() < 20_000_000
