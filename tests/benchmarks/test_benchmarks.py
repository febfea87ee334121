"""The benchmarks run: with tiny numbers, livepages and the floors only, all in this environment."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.cells import WAYS
from benchmarks.contenders.contender import Contender
from benchmarks.contenders.livepages import Livepages
from benchmarks.contenders.picows import Picows
from benchmarks.contenders.starlette import Starlette
from benchmarks.edits import EDITS
from benchmarks.environment import ROOT, Environment
from benchmarks.hostile import HOSTILE
from benchmarks.process import ServerFailed
from benchmarks.report import as_json, as_text
from benchmarks.results import Result
from benchmarks.runner import measure
from benchmarks.scenarios.cell import Cell
from benchmarks.scenarios.click import Click
from benchmarks.scenarios.editor import Editor
from benchmarks.scenarios.get import Get
from benchmarks.scenarios.hostile import Hostile
from benchmarks.scenarios.idle import Idle
from benchmarks.scenarios.large_site import LargeSite
from benchmarks.scenarios.live import Live
from benchmarks.scenarios.push import Push
from benchmarks.scenarios.reconnect import Reconnect
from benchmarks.scenarios.scenario import Scenario
from benchmarks.sizes import Sizes
from benchmarks.table import CONTENDERS, SCENARIOS

TINY = Sizes(
    rounds=1,
    warm_up=0.1,
    push_tabs=4,
    push_time=0.3,
    click_tabs=2,
    click_time=0.1,
    rows=(3, 6),
    memory_tabs=4,
    get_time=0.1,
    idle_tabs=4,
    idle_time=0.1,
    reconnect_tabs=4,
    stalled_readers=2,
    stalled_time=0.6,
    site_lines=100,
    items=(10, 50),
    cell_changes=20,
    saves=3,
    live_tabs=3,
    keys=10,
    writers=3,
    writing_time=0.4,
)


class Here(Environment):
    """The environment that runs this test."""

    @property
    def python(self) -> Path:
        return Path(sys.executable)


def here(contender: Contender) -> Contender:
    contender.environment = Here("here", ())
    return contender


@pytest.fixture(autouse=True)
def _can_import(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Servers of this environment find livepages in this folder."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    yield


def measured(scenario: Scenario, *contenders: Contender) -> Result:
    result = Result(scenario, scenario.title(TINY))
    for contender in contenders:
        measure(scenario, here(contender), TINY, result)
    assert result.failures == {}
    return result


def test_a_push_reaches_every_tab() -> None:
    result = measured(Push(), Livepages(), Picows(), Starlette())
    for name in ("livepages", "picows", "starlette"):
        assert result.value(name, "CPU per delivery") > 0
        assert 0 < result.value(name, "p50 of delivery") <= result.value(name, "p99 of delivery")
        assert result.value(name, "delivered") > 50
    assert [each.goal.figure for each in result.reached()] == ["CPU per delivery", "p99 of delivery"]


def test_clicks_are_answered() -> None:
    result = measured(Click(), Livepages())
    assert result.value("livepages", "CPU per click, fewer rows") > 0
    assert result.value("livepages", "CPU per click, more rows") > 0


def test_no_idle_tab_is_dropped() -> None:
    assert measured(Idle(), Livepages()).value("livepages", "dropped") == 0


def test_tabs_reconnect_without_gaps() -> None:
    result = measured(Reconnect(), Livepages())
    assert result.value("livepages", "gaps") == 0
    assert result.value("livepages", "worst answer to others") > 0


def test_a_large_site_is_loaded() -> None:
    assert measured(LargeSite(), Livepages()).value("livepages", "read and check") > 0


def test_one_cell_of_a_list_is_changed_in_every_way() -> None:
    result = measured(Cell(), Livepages())
    for way in WAYS:
        assert 0 < result.value("livepages", f"{way}, short list") < math.inf
        assert result.value("livepages", f"{way}, long to short") > 0
    assert 0 < result.value("livepages", "patch") < 200


def test_hostile_expressions_are_timed() -> None:
    result = measured(Hostile(), Livepages())
    assert 0 < result.value("livepages", "median") <= result.value("livepages", "worst of all")
    assert result.value("livepages", "expressions") == len(HOSTILE)


def test_saves_are_seen_in_a_browser_and_by_every_tab() -> None:
    result = measured(Live(), Livepages())
    for edit in EDITS:
        assert 0 < result.value("livepages", f"{edit.name}, p50") <= result.value("livepages", f"{edit.name}, p95")
    assert result.value("livepages", "large site, p50") > 0
    assert result.value("livepages", "many tabs, all") > 0


def test_keys_are_seen_in_another_tab_and_updates_by_other_sockets() -> None:
    result = measured(Editor(), Livepages())
    text, glyph, last = (
        result.value("livepages", f"key to {what}") for what in ("text, p50", "glyph, p50", "glyph, p99")
    )
    assert 0 < text < glyph <= last
    for name in ("one writer", "many writers"):
        assert 0 < result.value("livepages", f"{name}, p50") <= result.value("livepages", f"{name}, p95")
    assert [each.goal.figure for each in result.reached()] == ["key to glyph, p50", "key to glyph, p95"]


def test_a_server_that_does_not_start_is_told() -> None:
    contender = here(Livepages())
    contender.environ = lambda: {"PYTHONPATH": "", "PYTHONHOME": "/nowhere"}  # type: ignore[method-assign]
    result = Result(Push(), "")
    measure(Push(), contender, TINY, result)
    assert result.failures["livepages"].startswith(f"{ServerFailed.__name__}: The server does not listen.")


def test_the_report_has_figures_ratios_and_goals() -> None:
    result = Result(Get(), "GET")
    for name, cost in (("livepages", 20.0), ("livepages", 40.0), ("livepages", 30.0), ("starlette", 10.0)):
        result.add(name, {"CPU per GET": cost, "CPU per GET, gzip": math.nan, "bytes": 5000.0, "bytes, gzip": 900.0})
    text = " ".join(as_text([result], {"cores": 2}, {"livepages": {"starlette": "1.0"}}, TINY).split())
    assert "livepages starlette CPU per GET, µs 30 (3 x) 10 CPU per GET, gzip, µs - - bytes, B 5,000 5,000" in text
    assert "MISSED: CPU per GET 30, at most 15 µs" in text
    content = json.loads(json.dumps(as_json([result], {"cores": 2}, {}, TINY), allow_nan=False))
    assert content["scenarios"][0]["goals"] == [{"figure": "CPU per GET", "value": 30.0, "most": 15.0, "met": False}]


def test_scenarios_name_contenders_that_there_are_and_goals_that_they_measure() -> None:
    names = {contender.name for contender in CONTENDERS}
    for scenario in SCENARIOS:
        assert set(scenario.contenders) <= names
        assert {goal.figure for goal in scenario.goals} <= set(scenario.units)
        assert {goal.floor for goal in scenario.goals} <= {"", *scenario.contenders}
