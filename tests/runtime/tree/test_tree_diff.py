"""The exact operations that changes become."""

from __future__ import annotations

import pytest

from livepages.runtime.pages.handles import Page
from tests.runtime.support import Follower, follow

LIST = [{"div": [{"p": name, "id": name} for name in "abcd"], "id": "list"}]


@pytest.fixture
def listed() -> tuple[Page, Follower]:
    return follow(LIST)


def test_text_attributes_and_properties() -> None:
    page, follower = follow([{"p": "a", "id": "a", "classes": "m-1"}, {"details": [{"summary": "s"}], "id": "more"}])
    page["a"].text = "b"
    page["a"].classes.add("m-2")
    page["a"].title = "t"
    page["more"].open = True
    page.update()
    assert follower.take() == [
        ["text", 1, "b"],
        ["attr", 1, "class", "m-1 m-2"],
        ["attr", 1, "title", "t"],
        ["prop", 2, "open", True],
    ]
    page["a"].title = None
    page["a"].classes = ""
    page.update()
    assert follower.take() == [["attr", 1, "class", None], ["attr", 1, "title", None]]


def test_only_the_last_of_several_changes_is_told(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    for text in ("x", "y", "z"):
        page["a"].text = text
    page.update()
    assert follower.take() == [["text", 2, "z"]]
    page["a"].text = "x"
    page["a"].text = "z"
    page.update()
    assert follower.take() == []


def test_elements_come_as_one_insertion_each_and_go(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    made = page["list"].append({"p": "e"})
    page["list"].insert(1, {"div": [{"b": "f"}]})
    page.update()
    assert follower.take() == [
        ["insert", 1, None, '<p data-n="-1">e</p>'],
        ["insert", 1, 3, '<div data-n="-2"><b data-n="-3">f</b></div>'],
    ]
    made.remove()
    page["a"].remove()
    page.update()
    assert follower.take() == [["remove", -1], ["remove", 2]]


def test_neighbours_that_come_together_stand_before_those_that_are_there(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    page["list"].prepend([{"p": "x"}, {"p": "y"}])
    page.update()
    assert follower.take() == [["insert", 1, 2, '<p data-n="-2">y</p>'], ["insert", 1, -2, '<p data-n="-1">x</p>']]


def test_what_comes_and_goes_within_one_update_is_not_told(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    page["list"].append({"p": "x"}).remove()
    page["a"].show = False
    page["a"].show = True
    page["list"].append(page["d"])
    page.update()
    assert follower.take() == []


def test_hiding_is_a_removal_and_showing_an_insertion_at_its_place(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    page["b"].show = False
    page.update()
    assert follower.take() == [["remove", 3]]
    page["b"].text = "B"
    page.update()
    assert follower.take() == []
    page["b"].show = True
    page.update()
    assert follower.take() == [["insert", 1, 4, '<p data-n="3" id="b">B</p>']]


def test_moves_keep_the_element(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    page["list"].prepend(page["d"])
    page.update()
    assert follower.take() == [["move", 1, 2, 5]]
    page.append(page["a"])
    page.update()
    assert follower.take() == [["move", 0, None, 2]]
    assert follower.html == follower.fresh_html


def test_moves_into_a_parent_that_is_new(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    box = page["list"].append({"div": [{"b": "x"}]})
    box.prepend(page["a"])
    page.update()
    assert follower.take() == [["insert", 1, None, '<div data-n="-1"><b data-n="-2">x</b></div>'], ["move", -1, -2, 2]]


def test_inside_out(listed: tuple[Page, Follower]) -> None:
    page, follower = follow([{"div": [{"section": [{"p": "x"}], "id": "inner"}], "id": "outer"}])
    page.append(page["inner"])
    page["inner"].append(page["outer"])
    page.update()
    assert follower.take() == [["move", 0, None, 2], ["move", 2, None, 1]]
    assert follower.html == follower.fresh_html


def test_removing_an_element_tells_of_it_alone() -> None:
    page, follower = follow([{"div": [{"p": "a", "id": "a"}, {"pair": None}], "id": "box"}])
    page["a"].text = "b"
    page["a"].remove()
    page["box"].append({"p": "c"})
    page["box"].remove()
    page.update()
    assert follower.take() == [["remove", 1]]


def test_what_moved_out_of_an_element_that_goes_stays() -> None:
    page, follower = follow([{"div": [{"div": [{"p": "a", "id": "a"}]}], "id": "box"}, {"p": "z", "id": "z"}])
    page.append(page["a"])
    page["box"].remove()
    page.update()
    assert follower.take() == [["move", 0, None, 3], ["remove", 1]]
    assert follower.html == follower.fresh_html


def test_what_moved_into_an_element_that_goes_goes_from_where_it_was() -> None:
    page, follower = follow([{"div": [], "id": "box"}, {"p": "a", "id": "a"}])
    page["box"].append(page["a"])
    page["box"].remove()
    page.update()
    assert sorted(follower.take()) == [["remove", 1], ["remove", 2]]
    assert "a" not in page
    assert follower.html == ""


def test_a_fragment_comes_goes_and_moves_with_all_its_elements() -> None:
    page, follower = follow([{"div": [{"p": "x", "id": "x"}], "id": "box"}])
    pair = page["box"].prepend({"pair": None})
    page.update()
    assert follower.take() == [["insert", 1, 2, '<i data-n="-3">two</i>'], ["insert", 1, -3, '<b data-n="-2">one</b>']]
    page.append(pair)
    page.update()
    assert follower.take() == [["move", 0, None, -3], ["move", 0, -3, -2]]
    pair.show = False
    page.update()
    assert sorted(follower.take()) == [["remove", -3], ["remove", -2]]
    assert follower.html == follower.fresh_html


def test_a_text_takes_the_place_of_all_children(listed: tuple[Page, Follower]) -> None:
    page, follower = listed
    page["list"].text = "x"
    page.update()
    assert follower.take() == [["text", 1, "x"]]
    page["list"].append({"b": "y"})
    page.update()
    assert follower.take() == [
        ["text", 1, ""],
        ["insert", 1, None, '<b data-n="-1">y</b>'],
        ["insert", 1, -1, '<span data-n="-2">x</span>'],
    ]
    page["list"].clear()
    page.update()
    assert sorted(follower.take()) == [["remove", -2], ["remove", -1]]


def test_opaque_content_is_replaced_whole() -> None:
    page, follower = follow([{"markdown": "*a*", "id": "m"}, {"icon": "bomb", "id": "i"}])
    page["m"].markdown = "<b>"
    page["i"].icon = "check"
    page.update()
    markdown, drawing, *frame = follower.take()
    assert markdown == ["html", 1, "<p>&lt;b&gt;</p>"]
    assert drawing[:2] == ["html", 2] and drawing[2].startswith("<path d=")
    assert frame == [["attr", 2, "viewBox", "0 0 448 512"]]
    assert follower.html == follower.fresh_html


def test_values_of_fields() -> None:
    page, follower = follow(
        [
            {"textarea": "a", "id": "text"},
            {"input": False, "type": "checkbox", "id": "box"},
            {"select": "a", "options": ["a", "b"], "id": "choice"},
            {"input": 1, "type": "number", "id": "number"},
        ]
    )
    page["text"].value = "b"
    page["box"].value = True
    page["choice"].value = "b"
    page["number"].value = 2.5
    page.update()
    assert follower.take() == [
        ["value", 1, "b", None],
        ["value", 2, True, None],
        ["value", 3, "b", None],
        ["value", 4, 2.5, None],
    ]
    assert follower.html == follower.fresh_html


def test_new_options_come_with_the_value() -> None:
    page, follower = follow([{"select": "a", "options": ["a", "b", ""], "id": "choice"}])
    page["choice"].options = ["a", "c", ""]
    page.update()
    html = '<option value="a">a</option><option value="c">c</option><option value=""></option>'
    assert follower.take() == [["html", 1, html], ["value", 1, "a", None]]


def test_of_radio_buttons_of_a_name_one_is_checked() -> None:
    page, follower = follow(
        [
            {"input": name, "type": "radio", "name": "drink", "id": name, "checked": name == "tea"}
            for name in ("tea", "milk")
        ]
    )
    page["milk"].checked = True
    page.update()
    assert sorted(follower.take()) == [["value", 1, False, None], ["value", 2, True, None]]
    assert page["tea"].checked is False


def test_an_animation_plays_again_whenever_its_element_is_patched() -> None:
    page, follower = follow([{"p": "3", "id": "p", "animate": "flip"}, {"p": "x", "id": "q"}])
    page["p"].text = "2"
    page["q"].text = "y"
    page.update()
    assert follower.take() == [["text", 1, "2"], ["animate", 1], ["text", 2, "y"]]
    page["p"].animate = "zoomIn"
    page.update()
    assert follower.take() == [["attr", 1, "class", "animate__animated animate__zoomIn"], ["animate", 1]]
    page["p"].animate = None
    page.update()
    assert follower.take() == [["attr", 1, "class", None]]


class TestPartialUpdates:
    def test_only_what_is_in_the_element_is_told(self, listed: tuple[Page, Follower]) -> None:
        page, follower = listed
        page["a"].text = "A"
        page["b"].text = "B"
        page["a"].update()
        assert follower.take() == [["text", 2, "A"]]
        page.update()
        assert follower.take() == [["text", 3, "B"]]

    def test_a_new_element_stands_before_one_that_the_tabs_have(self, listed: tuple[Page, Follower]) -> None:
        page, follower = listed
        first, _ = page["list"].insert(1, {"p": "x"}), page["list"].insert(2, {"p": "y"})
        first.update()
        assert follower.take() == [["insert", 1, 3, '<p data-n="-1">x</p>']]
        page.update()
        assert follower.take() == [["insert", 1, 3, '<p data-n="-2">y</p>']]
        assert follower.html == follower.fresh_html

    def test_an_element_in_a_new_one_brings_that_along(self, listed: tuple[Page, Follower]) -> None:
        page, follower = listed
        box = page.append({"div": [{"p": "x"}]})
        page["a"].text = "A"
        box.children[0].text = "y"
        box.children[0].update()
        assert follower.take() == [["insert", 0, None, '<div data-n="-1"><p data-n="-2">y</p></div>']]
        page.update()
        assert follower.take() == [["text", 2, "A"]]

    def test_an_element_beside_a_text_that_became_a_child_brings_that_along(self) -> None:
        page, follower = follow([{"div": "own", "id": "box"}])
        page["box"].append({"p": "x"}).update()
        assert follower.html == follower.fresh_html

    def test_what_moves_out_of_an_element_that_goes_first_comes_back(self, listed: tuple[Page, Follower]) -> None:
        page, follower = follow([{"div": [{"div": [{"p": "a", "id": "a"}], "id": "inner"}], "id": "outer"}])
        page.append(page["a"])
        page["inner"].show = False
        page["outer"].update()
        assert follower.take() == [["remove", 2]]
        page.update()
        assert follower.take() == [["insert", 0, None, '<p data-n="3" id="a">a</p>']]

    def test_in_an_element_that_is_hidden_nothing_is_told_and_nothing_lost(self) -> None:
        page, follower = follow([{"div": [{"p": "a", "id": "a"}], "id": "box"}])
        page["box"].show = False
        page["a"].text = "b"
        page["a"].update()
        page["box"].show = True
        page.update()
        assert follower.take() == [["text", 2, "b"]]

    def test_an_element_that_swapped_places_with_its_parent(self) -> None:
        page, follower = follow([{"div": [{"section": [{"p": "x"}], "id": "inner"}], "id": "outer"}])
        page.append(page["inner"])
        page["inner"].append(page["outer"])
        page["outer"].update()
        assert follower.html == follower.fresh_html
