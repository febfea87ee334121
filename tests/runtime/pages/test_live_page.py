from __future__ import annotations

import gc
import logging
import tracemalloc
from pathlib import Path

import pytest

from livepages.runtime.blueprints.blueprint import Blueprint, compile_blueprint
from livepages.runtime.pages.handles import Page
from livepages.runtime.pages.kit import Kit
from livepages.runtime.pages.live_page import LivePage
from livepages.styles.stylesheet import Stylesheet
from tests.runtime.support import Follower, kit, load


def test_a_commit_says_whether_there_was_anything() -> None:
    live = LivePage("page", compile_blueprint(kit().read([{"p": "a", "id": "a"}]), {}), kit())
    assert live.commit() is False
    Page(live)["a"].text = "b"
    assert live.commit() is True
    assert live.commit() is False
    assert live.stream.pos == 1


def test_parameters_are_put_in_once_when_the_page_is_made() -> None:
    site = load("params: {name: str, num: 3}\nbody: [{p: '${name} ${params.num}', id: a, title: '${num}'}]")
    blueprint = compile_blueprint(site.pages[0].body, site.components)
    pages = [LivePage("page", blueprint, kit(), params={"name": name, "num": 3}) for name in ("<Ann>", "Bob")]
    assert [page.inner_html() for page in pages] == [
        '<p data-n="1" id="a" title="3">&lt;Ann&gt; 3</p>',
        '<p data-n="1" id="a" title="3">Bob 3</p>',
    ]


def test_a_parameter_that_does_not_fit_a_property_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    site = load("params: {link: str}\nbody: [{a: x, href: '${link}'}]")
    blueprint = compile_blueprint(site.pages[0].body, site.components)
    with caplog.at_level(logging.WARNING):
        page = LivePage("page", blueprint, kit(), params={"link": "javascript:alert(1)"})
    assert page.inner_html() == '<a data-n="1">x</a>'
    assert "site.yaml:2" in caplog.text and "javascript" in caplog.text


def test_css_for_new_classes_goes_before_the_operations_that_use_them() -> None:
    own = Kit(kit().components, kit().vocabulary, Stylesheet(["m-1"]))
    live = LivePage("page", compile_blueprint(own.read([{"p": "a", "id": "a"}]), {}), own)
    follower = Follower(live)
    Page(live)["a"].classes.add("m-1")
    live.commit()
    Page(live)["a"].classes.add("mt-[7px]")
    live.commit()
    first, second = (frame["ops"] for frame in follower.frames)
    assert first == [["attr", 1, "class", "m-1"]]
    assert second[0][:2] == ["css", 2] and "margin-top:7px" in second[0][2].replace(" ", "")
    assert second[1:] == [["attr", 1, "class", "m-1 mt-[7px]"]]
    assert follower.streams.css_version == 2


def test_css_that_another_page_brought_comes_with_the_next_classes() -> None:
    own = Kit(kit().components, kit().vocabulary, Stylesheet())
    blueprint = compile_blueprint(own.read([{"p": "a", "id": "a"}]), {})
    one, two = LivePage("page", blueprint, own), LivePage("page", blueprint, own)
    follower = Follower(two)
    Page(one)["a"].classes.add("mt-[7px]")
    one.commit()
    Page(two)["a"].classes.add("mt-[7px]")
    two.commit()
    assert [operation[0] for operation in follower.frames[0]["ops"]] == ["css", "attr"]


def test_two_hundred_rows_cost_a_page_no_more_than_two(tmp_path: Path) -> None:
    few, many = (compile_blueprint(kit().read([{"p": f"row {n}"} for n in range(count)]), {}) for count in (2, 200))
    assert _size_of_pages(many) - _size_of_pages(few) < 1_000


def _size_of_pages(blueprint: Blueprint) -> float:
    """Bytes that a live page takes, on the average of many."""
    gc.collect()
    tracemalloc.start()
    pages = [LivePage("page", blueprint, kit()) for _ in range(200)]
    for page in pages:
        page.inner_html()
    size = tracemalloc.get_traced_memory()[0] / len(pages)
    tracemalloc.stop()
    return size
