"""What an edit of the file says to the tabs of a page on which something has happened, case by case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from livepages.runtime.blueprints.blueprint import compile_blueprint
from livepages.runtime.pages.handles import Page
from livepages.runtime.pages.kit import ElementError
from tests.runtime.reload.editions import Running
from tests.runtime.reload.live_edits import kits, live_page
from tests.runtime.support import Follower

Body = list[Any]
Deed = Callable[[Page], object]


class Edit:
    """A page of one body that becomes one of another, after something has happened; `ops` are what tabs are told."""

    def __init__(self, before: Body, after: Body, deed: Deed = lambda page: None) -> None:
        kit = kits()[0]
        self.live = live_page(before, kit)
        self.page, self.follower = Page(self.live), Follower(self.live)
        self.given = deed(self.page)
        self.page.update()
        self.follower.take()
        blueprint = compile_blueprint(kit.read(after), kit.components, former=self.live.tree.blueprint)
        self.notes = list(self.live.become(blueprint, kit).notes)
        self.ops = self.follower.take()
        assert self.follower.html == self.follower.fresh_html


class SiteEdit:
    """The same with whole files."""

    def __init__(self, before: dict[str, Any], after: dict[str, Any], deed: Deed = lambda page: None) -> None:
        self.running = Running(before)
        self.page, self.follower = Page(self.running.live), self.running.follower
        deed(self.page)
        self.running.commit()
        self.follower.take()
        self.running.become(after)
        self.notes = self.running.notes
        self.ops = self.follower.take()
        assert self.follower.html == self.follower.fresh_html


def items(*names: str) -> Body:
    return [{"ul": [{"li": name, "id": name} for name in names], "id": "list"}]


def write(name: str, **props: Any) -> Deed:
    """Set properties of the element with an id."""

    def deed(page: Page) -> None:
        for prop, value in props.items():
            setattr(page[name], prop, value)

    return deed


class TestPlaces:
    def test_elements_come_go_and_move(self) -> None:
        edit = Edit(items("a", "b", "c"), items("c", "x", "a"))
        assert edit.ops == [
            ["insert", 1, 2, '<li data-n="5" id="x">x</li>'],
            ["move", 1, 5, 4],
            ["remove", 3],
        ]

    def test_a_wrap_moves_what_it_wraps(self) -> None:
        edit = Edit([{"p": "x", "id": "a"}], [{"div": [{"p": "x", "id": "a"}]}], write("a", text="mine"))
        assert edit.ops == [["insert", 0, None, '<div data-n="2"></div>'], ["move", 2, None, 1]]
        assert edit.page["a"].text == "mine"

    def test_an_order_that_a_handler_made_stays(self) -> None:
        edit = Edit(items("a", "b", "c"), items("a", "b", "c", "d"), lambda page: page["list"].prepend(page["c"]))
        assert edit.ops == [["insert", 1, None, '<li data-n="5" id="d">d</li>']]
        assert [each.id for each in edit.page["list"].children] == ["c", "a", "b", "d"]

    def test_what_was_taken_away_stays_away(self) -> None:
        assert Edit(items("a", "b"), items("b", "a"), lambda page: page["a"].remove()).ops == []

    def test_an_element_is_not_put_into_itself(self) -> None:
        """A handler has put a into b, and the file now has b in a."""
        edit = Edit(
            [{"div": [], "id": "a"}, {"div": [], "id": "b"}],
            [{"div": [{"div": [], "id": "b"}], "id": "a"}],
            lambda page: page["b"].append(page["a"]),
        )
        assert edit.ops == [["move", 0, None, 1], ["move", 1, None, 2]]

    def test_a_component_with_several_elements_moves_whole(self) -> None:
        edit = Edit(
            [{"div": [], "id": "a"}, {"pair": None, "id": "b"}], [{"div": [{"pair": None, "id": "b"}], "id": "a"}]
        )
        assert edit.ops == [["move", 1, None, 4], ["move", 1, 4, 3]]

    def test_a_table_gets_a_head_before_the_rows_that_a_handler_added_to(self) -> None:
        body = {"tbody": [{"tr": [{"td": "1"}]}], "id": "a"}
        edit = Edit(
            [{"table": [body]}],
            [{"table": [{"thead": [{"tr": [{"th": "h"}]}]}, body]}],
            lambda page: page["a"].append({"tr": [{"td": "2"}]}),
        )
        assert edit.ops == [
            ["insert", 1, 2, '<thead data-n="5"><tr data-n="6"><th data-n="7">h</th></tr></thead>'],
        ]

    def test_what_was_made_in_an_element_goes_with_it(self) -> None:
        edit = Edit(
            [{"div": [], "id": "a"}, {"p": "x", "id": "b"}],
            [{"p": "x", "id": "b"}],
            lambda page: (page["a"].append(page["b"]), page["a"].append({"p": "made"})),
        )
        assert edit.ops == [["move", 0, None, 2], ["remove", 1]]

    def test_what_was_made_in_an_element_moves_with_it(self) -> None:
        edit = Edit(
            [{"div": [], "id": "a"}, {"div": [], "id": "b"}],
            [{"div": [{"div": [], "id": "a"}], "id": "b"}],
            lambda page: page["a"].append({"p": "made"}),
        )
        assert edit.ops == [["move", 2, None, 1]]
        assert [each.text for each in edit.page["a"].children] == ["made"]


class TestTypes:
    def test_without_an_id_another_type_is_another_element(self) -> None:
        assert Edit([{"p": "x"}], [{"h1": "x"}]).ops == [["insert", 0, None, '<h1 data-n="2">x</h1>'], ["remove", 1]]

    def test_by_its_id_an_element_of_another_type_takes_over(self) -> None:
        def deed(page: Page) -> None:
            page["a"].title = "mine"
            page["a"].append({"p": "made"})

        edit = Edit([{"div": [{"b": "f"}], "id": "a"}], [{"section": [{"b": "f"}], "id": "a"}], deed)
        assert edit.ops == [
            ["insert", 0, None, '<section data-n="3" id="a" title="mine"></section>'],
            ["move", 3, None, -1],
            ["move", 3, -1, 2],
            ["remove", 1],
        ]

    def test_a_field_that_holds_something_else_is_another_one(self) -> None:
        edit = Edit(
            [{"input": "x", "id": "a"}], [{"input": True, "type": "checkbox", "id": "a"}], write("a", value="t")
        )
        assert edit.page["a"].value is True
        assert [operation[0] for operation in edit.ops] == ["insert", "remove"]

    def test_a_field_of_the_same_kind_keeps_what_is_in_it(self) -> None:
        edit = Edit(
            [{"input": "x", "id": "a"}], [{"input": "y", "type": "email", "id": "a"}], write("a", value="typed")
        )
        assert edit.ops == [["attr", 1, "type", "email"]]
        assert edit.page["a"].value == "typed" and edit.notes == []

    def test_of_two_one_in_the_other_that_can_hold_none_any_more(self) -> None:
        """A handler has put b into a; the file now has other types for both."""
        edit = Edit(
            [{"div": [], "id": "a"}, {"div": [], "id": "b"}],
            [{"textarea": "", "id": "a"}, {"section": [], "id": "b"}],
            lambda page: page["a"].append(page["b"]),
        )
        assert edit.page["b"].parent is None
        assert [operation[0] for operation in edit.ops] == ["insert", "insert", "remove"]

    def test_an_id_that_is_another_one_is_another_element(self) -> None:
        edit = Edit([{"p": "x", "id": "a"}], [{"p": "x", "id": "b"}], write("a", title="mine"))
        assert edit.ops == [["insert", 0, None, '<p data-n="2" id="b">x</p>'], ["remove", 1]]

    def test_what_handlers_hold_goes_on_as_what_took_over(self) -> None:
        edit = Edit([{"p": "x", "id": "a"}], [{"h1": "x", "id": "a"}], lambda page: page["a"])
        held = edit.given
        assert held == edit.page["a"] and hash(held) == hash(edit.page["a"])
        assert len({held, edit.page["a"]}) == 1
        held.text = "later"  # type: ignore[attr-defined]
        edit.page.update()
        assert edit.follower.take() == [["text", 2, "later"]]

    def test_what_handlers_hold_of_what_is_gone_says_so(self) -> None:
        held = Edit([{"p": "x", "id": "a"}], [{"h1": "x"}], lambda page: page["a"]).given
        with pytest.raises(ElementError, match=r"^This element has been removed from its page\.$"):
            held.text = "later"  # type: ignore[attr-defined]


class TestProperties:
    def test_what_was_set_stays_and_classes_are_merged(self) -> None:
        def deed(page: Page) -> None:
            page["a"].title = "mine"
            page["a"].classes.add("flex")
            page["a"].classes.remove("m-1")

        edit = Edit(
            [{"p": "x", "id": "a", "title": "t", "classes": "m-1 p-1"}],
            [{"p": "y", "id": "a", "title": "u", "classes": "m-1 p-2"}],
            deed,
        )
        assert edit.ops == [["text", 1, "y"], ["attr", 1, "class", "p-2 flex"]]
        assert edit.notes == [
            'handler:1:1: p "a".title: it stays as it was set at run time; the file\'s new value shows on new pages.'
        ]

    def test_what_the_file_now_says_too_follows_the_file_again(self) -> None:
        edit = Edit([{"p": "x", "id": "a"}], [{"p": "mine", "id": "a"}], write("a", text="mine"))
        assert (edit.ops, edit.notes, edit.live.tree.overlay.is_empty) == ([], [], True)

    def test_what_was_set_back_to_what_the_file_said_follows_the_file(self) -> None:
        def deed(page: Page) -> None:
            page["a"].text = "other"
            page["a"].text = "x"

        edit = Edit([{"p": "x", "id": "a"}], [{"p": "y", "id": "a"}], deed)
        assert (edit.ops, edit.notes) == ([["text", 1, "y"]], [])

    def test_an_animation_plays_when_it_is_another_one_only(self) -> None:
        still = Edit([{"p": "x", "animate": "flip"}], [{"p": "y", "animate": "flip"}])
        assert still.ops == [["text", 1, "y"]]
        other = Edit([{"p": "x", "animate": "flip"}], [{"p": "x", "animate": "bounce"}])
        assert other.ops == [["attr", 1, "class", "animate__animated animate__bounce"], ["animate", 1]]

    def test_the_radio_button_that_was_chosen_stays_the_one(self) -> None:
        def radio(name: str, *, checked: bool = False) -> dict[str, Any]:
            return {"input": name, "type": "radio", "name": "r", "id": name, "checked": checked}

        before = [radio("a", checked=True), radio("b")]
        edit = Edit(before, [radio("a"), radio("b"), radio("c", checked=True)], write("b", checked=True))
        assert [edit.page[name].checked for name in "abc"] == [False, True, False]

    def test_a_choice_stays_as_long_as_there_is_such_an_option(self) -> None:
        def select(*options: str) -> Body:
            return [{"select": options[0], "options": [*options], "id": "a"}]

        there = Edit(select("x", "y"), select("z", "y"), write("a", value="y"))
        assert there.page["a"].value == "y" and there.notes == []
        gone = Edit(select("x", "y"), select("x", "z"), write("a", value="y"))
        assert gone.page["a"].value == "x"
        assert gone.notes == [
            'handler:1:1: select "a".value: what was set at run time does not fit any more: "y" is none of the options.'
        ]

    def test_a_text_stands_back_for_elements_in_its_place(self) -> None:
        edit = Edit(
            [{"div": [{"p": "c"}], "id": "a"}],
            [{"div": [{"p": "c"}, {"p": "d"}], "id": "a"}],
            write("a", text="mine"),
        )
        assert edit.ops == [["text", 1, ""], ["insert", 1, None, '<p data-n="3">d</p>']]
        assert edit.notes == ['handler:1:1: div "a".text: there are elements in it now, in place of its text.']

    def test_an_id_that_a_handler_has_given_before_is_told(self) -> None:
        edit = Edit(
            [{"div": [], "id": "a"}],
            [{"div": [], "id": "a"}, {"p": "file", "id": "b"}],
            lambda page: page["a"].append({"p": "made", "id": "b"}),
        )
        assert edit.page["b"].text == "made"
        assert edit.notes == [
            'handler:1:1: p "b": a handler has made p "b" with this id before, and it goes on finding that.'
        ]


def board(classes: str) -> dict[str, Any]:
    """A page with a component in fifty places."""
    message = {"props": {"text": ""}, "body": [{"div": [{"b": "${text}"}], "classes": classes}]}
    body = [{"div": [{"message": {"text": str(number)}} for number in range(50)], "id": "all"}]
    return {"components": {"message": message}, "pages": {"/": {"body": body}}}


def site(body: Body, **components: Any) -> dict[str, Any]:
    state = {"items": [{"id": 1, "n": "x"}, {"id": 2, "n": "y"}], "step": "one", "n": 1}
    return {"components": components, "pages": {"/": {"state": state, "body": body}}}


def rows(*row: Any, key: str = "item.id") -> dict[str, Any]:
    return site([{"div": list(row), "each": "item in items", "key": key}])


def type_first(page: Page) -> None:
    """Type into the last element of the first row."""
    page.children[0].children[0].children[0].children[-1].value = "typed"


class TestComponents:
    def test_one_in_fifty_places_and_in_what_a_handler_made(self) -> None:
        edit = SiteEdit(board("m-1"), board("m-2"), lambda page: page["all"].append({"message": {"text": "made"}}))
        assert sorted(edit.ops) == sorted(
            [["attr", -2, "class", "m-2"], *(["attr", 3 + 3 * number, "class", "m-2"] for number in range(50))]
        )

    def test_one_that_is_gone_stays_where_a_handler_has_made_it(self) -> None:
        message = {"props": {"t": ""}, "body": [{"p": "${t}"}]}
        more = {"props": {"t": "", "n": "int"}, "body": [{"p": "${t}${n}"}]}
        body = [{"div": [], "id": "a"}]

        def deed(page: Page) -> None:
            page["a"].append({"message": {"t": "hi"}})

        edit = SiteEdit(site(body, message=message), site(body), deed)
        assert edit.ops == []
        assert edit.notes == ['message stays as a handler has made it: there is no component "message" any more.']
        edit = SiteEdit(site(body, message=message), site(body, message=more), deed)
        assert edit.ops == []
        assert edit.notes == ['message stays as a handler has made it: the component "message" needs the prop "n" now.']

    def test_what_stands_in_a_slot_moves_with_it(self) -> None:
        body = [{"card": [{"p": "x", "id": "a"}]}]
        edit = SiteEdit(
            site(body, card={"body": [{"div": [{"slot": None}]}]}),
            site(body, card={"body": [{"section": [{"h2": "new"}, {"slot": None}]}]}),
            write("a", text="mine"),
        )
        assert edit.ops == [
            ["insert", 0, None, '<section data-n="4"><h2 data-n="5">new</h2></section>'],
            ["move", 4, None, 3],
            ["remove", 2],
        ]
        assert edit.page["a"].text == "mine"

    def test_rows_of_one_that_a_handler_puts_in_show_at_once_and_once_after_an_edit(self) -> None:
        listing = {"body": [{"li": "${i}", "each": "i in 1..2"}]}
        more = {"body": [{"li": "${i}!", "each": "i in 1..3"}]}
        running = Running(site([{"div": [], "id": "a"}], listing=listing))
        page = Page(running.live)
        page["a"].append({"listing": None})
        running.commit()
        assert running.follower.html == running.follower.fresh_html
        assert running.follower.html.count("<li") == 2
        running.become(site([{"div": [], "id": "a"}], listing=more))
        assert running.follower.html == running.follower.fresh_html
        assert running.follower.html.count("<li") == 3


class TestRows:
    def test_of_another_template_they_keep_their_elements(self) -> None:
        edit = SiteEdit(
            rows({"p": "${item.n}"}, {"input": ""}), rows({"b": "new"}, {"p": "${item.n}!"}, {"input": ""}), type_first
        )
        assert edit.ops == [
            ["insert", -2, -3, '<b data-n="-11">new</b>'],
            ["insert", -6, -7, '<b data-n="-16">new</b>'],
            ["text", -7, "y!"],
            ["text", -3, "x!"],
        ]
        assert 'value="typed"' in edit.follower.html

    def test_by_another_key_they_are_those_of_the_same_items(self) -> None:
        row = ({"p": "${item.n}"}, {"input": ""})
        edit = SiteEdit(rows(*row), rows(*row, key="item.n"), type_first)
        assert edit.ops == [] and 'value="typed"' in edit.follower.html
        edit.running.live.state["items"].reverse()
        edit.running.commit()
        assert edit.follower.take() == [["move", 0, -2, -6]]

    def test_a_case_of_a_match_keeps_its_elements(self) -> None:
        def match(*case: Any) -> dict[str, Any]:
            return site([{"match": "step", "cases": {"one": list(case), "two": [{"p": "2", "id": "a"}]}}])

        edit = SiteEdit(
            match({"p": "1", "id": "a"}), match({"p": "1!", "id": "a"}, {"b": "x"}), write("a", title="mine")
        )
        assert edit.ops == [["insert", 0, None, '<b data-n="-5">x</b>'], ["text", -2, "1!"]]
        assert edit.page["a"].title == "mine"


class TestBoundTexts:
    def test_one_that_is_bound_now_follows_that(self) -> None:
        edit = SiteEdit(site([{"p": "x", "id": "a"}]), site([{"p": "${n}", "id": "a"}]), write("a", text="mine"))
        assert edit.ops == [["text", 1, "1"]]
        (note,) = edit.notes
        assert note.endswith('p "a".text: it is bound to an expression now, in place of what was set at run time.')

    def test_where_a_handler_has_put_elements_there_is_none(self) -> None:
        edit = SiteEdit(
            site([{"div": None, "id": "a"}]),
            site([{"div": "${n}", "id": "a"}]),
            lambda page: page["a"].append({"b": "made"}),
        )
        assert edit.ops == []
        edit.running.live.state["n"] = 2
        edit.running.commit()
        assert edit.follower.html == '<div data-n="1" id="a"><b data-n="-1">made</b></div>'
        edit.page["a"].clear()
        edit.running.commit()
        assert edit.follower.html == '<div data-n="1" id="a">2</div>' == edit.follower.fresh_html

    def test_beside_one_there_can_be_no_elements(self) -> None:
        page = Page(Running(site([{"p": "${n}", "id": "a"}])).live)
        with pytest.raises(ElementError) as raised:
            page["a"].append({"b": "x"})
        assert str(raised.value) == 'p "a".text is bound to an expression: there can\'t be elements beside it.'
