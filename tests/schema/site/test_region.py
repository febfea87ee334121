from __future__ import annotations

from pathlib import Path

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position, Source
from livepages.schema.site.names import names_of_loop, names_of_params
from livepages.schema.site.params import Param
from livepages.schema.site.region import Region

SOURCE = Source(Path("site.yaml"), "site.yaml", "a\nb\n")


def region_of(*names: str) -> Region:
    """A page with parameters of these names."""
    return Region("the page /", names_of_params({name: Param(name) for name in names}))


def test_names_that_expressions_can_read() -> None:
    region = region_of("num")
    assert region.knows(("num",))
    assert region.knows(("num", "part"))
    assert region.knows(("params", "num"))
    assert region.knows(("params", "num", "part"))
    assert not region.knows(("params",))
    assert not region.knows(("params", "name"))
    assert not region.knows(("name",))


def test_names_where_something_happens() -> None:
    region = region_of("num")
    assert not region.knows(("value",))
    inside = region.where_something_happens()
    assert all(inside.knows(path) for path in [("num",), ("value",), ("value", "name"), ("event",), ("event", "key")])
    assert not inside.knows(("event", "target"))


def test_names_within_a_loop() -> None:
    region = region_of("num").within(names_of_loop(("key", "item"), entries=True))
    assert all(region.knows(path) for path in [("num",), ("key",), ("item", "name"), ("loop", "index0")])
    assert not region.knows(("loop", "parent"))


def test_names_are_not_missed_where_some_could_not_be_read() -> None:
    assert Region("the page /", complete=False).knows(("anything",))
    assert region_of().within({}, complete=False).knows(("anything",))


def test_what_to_write_instead() -> None:
    region = region_of("number", "name")
    assert region.explain(("nmae",)) == 'Did you mean "name"?'
    assert region.explain(("params", "nubmer")) == 'Did you mean "params.number"?'
    assert region.explain(("params", "wobble")) == 'There are "params.name" and "params.number".'
    assert region.explain(("wobble",)) == 'There are "name" and "number".'
    assert region_of("num").explain(("wobble",)) == 'There is only "num".'
    assert region_of().explain(("x",)) == "Within the page / there are no names; for a literal ${ write $${."


def test_ids() -> None:
    region, diagnostics = Region("the page /"), Diagnostics()
    region.take_id("a", Position(SOURCE, 1, 1), diagnostics)
    region.take_id("b", Position(SOURCE, 1, 1), diagnostics)
    assert len(diagnostics) == 0
    region.take_id("a", Position(SOURCE, 2, 1), diagnostics)
    (found,) = diagnostics
    assert (found.message, found.hint) == (
        'Within the page / the id "a" is used twice.',
        "It is first at site.yaml:1:1; give each element an id of its own.",
    )


def test_ids_of_elements_that_handlers_make_have_no_places() -> None:
    region, diagnostics = Region("this element", expressions=False), Diagnostics()
    for _ in range(2):
        region.take_id("a", Position(SOURCE, 1, 1), diagnostics)
    (found,) = diagnostics
    assert (found.message, found.hint) == (
        'Within this element the id "a" is used twice.',
        "Give each element an id of its own.",
    )
