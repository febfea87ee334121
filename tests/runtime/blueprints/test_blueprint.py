from __future__ import annotations

from typing import Any

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.blueprints.blueprint import Blueprint, compile_blueprint
from livepages.runtime.blueprints.node import Kind
from livepages.schema.loader import load_site
from livepages.schema.site.site import Site
from tests.runtime.support import kit, load


def blueprint(body: Any) -> Blueprint:
    return compile_blueprint(kit().read(body), kit().components)


def compiled(site: Site) -> Blueprint:
    return compile_blueprint(site.pages[0].body, site.components)


def test_elements_are_numbered_in_document_order() -> None:
    made = blueprint([{"div": [{"p": "one"}, {"p": "two"}], "id": "box"}, {"input": "x", "id": "field"}])
    assert made.html == (
        '<div data-n="1" id="box"><p data-n="2">one</p><p data-n="3">two</p></div>'
        '<input data-n="4" id="field" data-on="input/d250" value="x">'
    )
    assert made.ids == {(0, "box"): 1, (0, "field"): 4}
    assert [(node.number, node.parent) for node in made.nodes.values()] == [(0, 0), (1, 0), (2, 1), (3, 1), (4, 0)]


def test_spans_say_which_part_of_the_html_is_whose() -> None:
    made = blueprint([{"div": [{"p": "one"}, {"icon": "bomb"}]}, {"hr": None}])
    for node in made.nodes.values():
        assert node.span is not None
        html = made.html[node.span.start : node.span.end]
        assert node.number == 0 or html.startswith(f"<{node.type.first_view(node.props).tag} ")  # type: ignore[union-attr]
    div, p, hr = (made.nodes[number].span for number in (1, 2, 4))
    assert div is not None and p is not None and hr is not None
    assert made.html[p.inner_start : p.inner_end] == "one"
    assert made.html[div.inner_start : div.inner_end].startswith('<p data-n="2">one</p><svg')
    assert hr.inner_start == hr.inner_end == hr.end


def test_hidden_elements_are_not_in_the_html_but_their_classes_are_known() -> None:
    made = blueprint([{"div": [{"p": "x", "classes": "m-1"}], "show": False, "classes": "p-2"}, {"p": "y"}])
    assert made.html == '<p data-n="3">y</p>'
    assert made.classes == {"m-1", "p-2"}


def test_texts_among_elements_are_spans() -> None:
    assert blueprint(["a", {"b": "c"}]).html == '<span data-n="1">a</span><b data-n="2">c</b>'


def test_text_and_attributes_are_escaped() -> None:
    made = blueprint([{"p": "<i> & 'x'", "title": 'a"b<c>&'}])
    assert made.html == '<p data-n="1" title="a&quot;b&lt;c&gt;&amp;">&lt;i&gt; &amp; \'x\'</p>'


def test_a_component_is_what_is_in_it() -> None:
    made = blueprint([{"pair": None}, {"p": "after"}])
    assert made.html == '<b data-n="2">one</b><i data-n="3">two</i><p data-n="4">after</p>'
    assert made.nodes[1].kind is Kind.FRAGMENT
    assert [made.nodes[number].owner for number in (2, 3, 4)] == [1, 1, 0]


def test_props_are_put_in_and_ids_are_made_unique() -> None:
    made = blueprint([{"box": {"caption": "A & B", "kind": "m-2"}}, {"box": {"caption": "C"}}])
    assert made.html == (
        '<div data-n="2" id="frame-1" class="m-2"><span data-n="3" id="caption-1">A &amp; B</span></div>'
        '<div data-n="5" id="frame-4" class="div"><span data-n="6" id="caption-4">C</span></div>'
    )
    assert made.ids == {(1, "frame"): 2, (1, "caption"): 3, (4, "frame"): 5, (4, "caption"): 6}


def test_what_is_in_a_slot_belongs_to_who_wrote_it() -> None:
    made = blueprint([{"box": {"caption": "c", "body": [{"p": "mine", "id": "mine"}]}}])
    assert made.html == (
        '<div data-n="2" id="frame-1" class="div"><span data-n="3" id="caption-1">c</span>'
        '<p data-n="4" id="mine">mine</p></div>'
    )
    assert made.ids[0, "mine"] == 4


def test_components_in_components_pass_their_props_and_slots_on() -> None:
    site = load(
        """
        components:
          inner:
            props: {text: str}
            body: [{p: "in ${text}"}, {slot: }]
          outer:
            props: {text: str}
            body:
              - inner:
                  text: of ${text}
                  body: [{slot: }, {p: "${text}"}]
        body:
          - outer:
              text: page
              body: [{b: x}]
        """
    )
    assert compiled(site).html == '<p data-n="3">in of page</p><b data-n="4">x</b><p data-n="5">page</p>'


def test_a_slot_that_gets_nothing_shows_its_own_content() -> None:
    site = load(
        """
        components:
          panel: {body: [{slot: head, body: [{h2: Panel}]}, {slot: , body: [{p: empty}]}]}
        body:
          - panel:
          - panel: {head: [{h2: Mine}], body: [{p: full}]}
        """
    )
    assert compiled(site).html == (
        '<h2 data-n="2">Panel</h2><p data-n="3">empty</p><h2 data-n="5">Mine</h2><p data-n="6">full</p>'
    )


def test_references_within_a_component_stay_within_it() -> None:
    site = load(
        """
        components:
          entry: {props: {caption: str}, body: [{label: "${caption}", for: name}, {input: "", id: name}]}
        body: [{entry: First}, {entry: Second}]
        """
    )
    assert compiled(site).html == (
        '<label data-n="2" for="name-1">First</label><input data-n="3" id="name-1" data-on="input/d250">'
        '<label data-n="5" for="name-4">Second</label><input data-n="6" id="name-4" data-on="input/d250">'
    )


def test_what_is_bound_to_parameters_waits_for_them() -> None:
    site = load("params: {name: str}\nbody: [{p: 'Hello ${name}', id: who}, {p: plain}]")
    made = compiled(site)
    assert made.html == '<p data-n="1" id="who"></p><p data-n="2">plain</p>'
    assert made.live == (1,)


@pytest.mark.parametrize(
    ("written", "token"),
    [
        ("{click: go}", "click"),
        ("{click.ctrl.prevent: {call: go, throttle: 100ms}}", "click.ctrl.prevent/t100"),
        ("{keydown.enter: {call: go, debounce: 1s}, click: go}", "keydown.enter/d1000 click"),
    ],
)
def test_declared_events_are_in_the_html(written: str, token: str, tmp_path: Any) -> None:
    (tmp_path / "h.py").write_text("def go(): pass\n")
    site = load_with_handlers(tmp_path, f"handlers: h.py\nbody: [{{div: x, on: {written}}}]")
    assert compiled(site).html == f'<div data-n="1" data-on="{token}">x</div>'


def test_a_fields_own_event_keeps_the_fields_times(tmp_path: Any) -> None:
    (tmp_path / "h.py").write_text("def go(): pass\n")
    site = load_with_handlers(tmp_path, "handlers: h.py\nbody: [{textarea: '', debounce: 500ms, on: {input: go}}]")
    assert 'data-on="input/d500"' in compiled(site).html


def load_with_handlers(folder: Any, text: str) -> Site:
    (folder / "site.yaml").write_text(text)
    return load_site(folder, ELEMENT_TYPES)
