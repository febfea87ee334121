from __future__ import annotations

import pytest

from livepages.runtime.blueprints.blueprint import compile_blueprint
from livepages.runtime.pages.element import Element
from livepages.runtime.pages.handles import Page, Params, SharedElements
from livepages.runtime.pages.kit import ElementError
from livepages.runtime.pages.live_page import LivePage
from tests.runtime.support import follow, kit, load, make_live


@pytest.fixture
def page() -> Page:
    return Page(
        make_live(
            [
                {"div": [{"p": "a", "id": "a", "classes": "m-1 m-2"}, {"p": "b"}], "id": "list"},
                {"label": "x", "for": "field", "id": "label"},
                {"input": 3, "type": "number", "id": "field"},
                {"box": {"caption": "in", "body": [{"p": "slotted", "id": "slotted"}]}, "id": "box"},
            ]
        )
    )


class TestFinding:
    def test_by_id_on_the_page_and_in_an_element(self, page: Page) -> None:
        assert page["a"].text == "a"
        assert page["list"]["a"] == page["a"]
        assert "a" in page and "a" in page["list"] and "label" not in page["list"] and 3 not in page

    def test_ids_in_a_component_are_its_own(self, page: Page) -> None:
        assert page["box"]["caption"].text == "in"
        assert page["box"]["frame"]["caption"] == page["box"]["caption"]
        assert "caption" not in page
        assert page["slotted"].text == "slotted"

    def test_an_id_that_is_not_there(self, page: Page) -> None:
        with pytest.raises(KeyError, match=r'There is no element with the id "lst" here\. Did you mean "list"\?'):
            page["lst"]
        with pytest.raises(KeyError, match=r"There are caption, frame\."):
            page["box"]["zzzzzz"]
        with pytest.raises(KeyError, match=r"There are no ids\."):
            page.append({"pair": None})["zzzzzz"]

    def test_relatives(self, page: Page) -> None:
        assert page["a"].parent == page["list"]
        assert page["list"].parent is None
        assert page["list"].children[0] == page["a"]
        assert page["a"].id == "a" and page["list"].children[1].id is None
        assert page["a"] != page["list"] and page["a"] != "a"
        assert len({page["a"], page["list"].children[0]}) == 1
        assert repr(page["a"]) == '<Element p "a">'

    def test_an_element_that_was_removed(self, page: Page) -> None:
        element = page["a"]
        page["list"].clear()
        assert repr(element) == "<Element removed>"
        for use in (lambda: element.text, lambda: element.remove(), lambda: element.append("x"), lambda: element.id):
            with pytest.raises(ElementError, match="This element has been removed from its page"):
                use()
        with pytest.raises(ElementError, match="removed"):
            element.text = "x"


class TestProperties:
    def test_reading_gives_the_value_or_the_default(self, page: Page) -> None:
        assert (page["a"].text, page["a"].show, page["a"].title, page["a"].animate) == ("a", True, None, None)
        assert page["label"].for_ == "field"
        assert page["field"].value == 3

    def test_none_takes_a_property_away(self, page: Page) -> None:
        page["a"].text = None
        assert page["a"].text == ""
        assert '<p data-n="2" id="a" class="m-1 m-2"></p>' in page._live.inner_html()

    def test_a_text_is_made_of_anything(self, page: Page) -> None:
        page["a"].text = 3
        assert page["a"].text == "3"

    @pytest.mark.parametrize(
        ("identifier", "name", "value", "message"),
        [
            ("a", "show", "yes", 'p "a".show: expected true or false'),
            ("a", "animate", "flp", 'p "a".animate: there is no animation "flp"'),
            ("a", "attrs", {"onclick": "x"}, "would be a script"),
            ("a", "id", "b", "An element's id can't be changed"),
            ("field", "value", "three", "expected a number"),
        ],
    )
    def test_wrong_values(self, page: Page, identifier: str, name: str, value: object, message: str) -> None:
        before = page._live.inner_html()
        with pytest.raises(ElementError, match=message):
            setattr(page[identifier], name, value)
        assert page._live.inner_html() == before

    def test_wrong_names(self, page: Page) -> None:
        with pytest.raises(AttributeError, match=r'Did you mean "text"\?'):
            page["a"].txt = "x"
        with pytest.raises(AttributeError, match="has no property 'href'"):
            _ = page["a"].href
        with pytest.raises(AttributeError, match="only the elements in it have"):
            page["box"].text = "x"
        with pytest.raises(AttributeError, match="the page has no property 'show'"):
            page.show = False
        assert not hasattr(page["a"], "__length_hint__")

    def test_a_component_can_be_hidden(self, page: Page) -> None:
        page["box"].show = False
        assert "frame" not in page._live.inner_html()

    def test_what_is_bound_can_not_be_assigned(self) -> None:
        site = load("params: {name: Ann}\nbody: [{p: '${name}', id: a}]")
        live = LivePage("page", compile_blueprint(site.pages[0].body, {}), kit(), params={"name": "Ann"})
        assert Page(live)["a"].text == "Ann"
        with pytest.raises(ElementError, match="bound to an expression"):
            Page(live)["a"].text = "Bob"


class TestClasses:
    def test_changing(self, page: Page) -> None:
        classes = page["a"].classes
        assert list(classes) == ["m-1", "m-2"] and classes == "m-1 m-2" and "m-1" in classes
        classes.add("m-2 p-1")
        classes.remove("m-1 zz")
        assert str(page["a"].classes) == "m-2 p-1"
        classes.toggle("m-2")
        classes.toggle("flex")
        classes.toggle("flex", on=True)
        assert str(page["a"].classes) == "p-1 flex"
        classes.merge("p-4 text-red-500")
        assert str(page["a"].classes) == "flex p-4 text-red-500"
        page["a"].classes = page["list"].classes
        assert str(page["a"].classes) == ""
        assert hash(page["a"].classes) == hash(page["list"].classes) and repr(classes).startswith("ClassNames(")


class TestChildren:
    def test_lists_put_in_all_and_give_the_first(self, page: Page) -> None:
        first = page["list"].append([{"p": "c", "id": "c"}, "text", {"pair": None}])
        assert first == page["c"]
        assert [repr(child) for child in page["list"].children[2:]] == [
            '<Element p "c">',
            "<Element span>",
            "<Element pair>",
        ]

    @pytest.mark.parametrize(
        ("element", "message"),
        [
            ({"dvi": "x"}, 'There is no element type "dvi". Did you mean "div"?'),
            ({"p": "x", "clases": "m-1"}, '"p" has no property "clases". Did you mean "classes"?'),
            ({"p": "x", "id": "label"}, 'there is an element with the id "label" already'),
            ({"shared": "board"}, 'There is no shared element "board"'),
            ({"box": {"captoin": "x"}}, 'no prop or slot "captoin"'),
            ({"p": object()}, "A object can't stand in an element"),
            ([], "There is no element in an empty text, list or dict"),
            ({"a": "x", "href": "javascript:alert(1)"}, "addresses that begin with javascript: are not allowed here"),
        ],
    )
    def test_what_is_not_right_changes_nothing(self, page: Page, element: object, message: str) -> None:
        page["list"].text = "own"
        page.update()
        before = page._live.inner_html()
        with pytest.raises(ElementError) as caught:
            page["list"].append(element)
        assert message in str(caught.value)
        assert page._live.inner_html() == before
        assert not page._live.tree.pending

    def test_expressions_mean_nothing_in_what_handlers_make(self, page: Page) -> None:
        assert page.append({"p": "${a} <b>"}).text == "${a} <b>"
        assert "${a} &lt;b&gt;" in page._live.inner_html()

    def test_an_elements_own_text_stands_beside_what_is_added(self, page: Page) -> None:
        page["a"].append({"b": "after"})
        page["a"].prepend({"b": "before"})
        page["list"].children[1].prepend({"b": "first"})
        assert '<b data-n="-3">before</b><span data-n="-2">a</span><b data-n="-1">after</b>' in page._live.inner_html()
        assert '<b data-n="-4">first</b><span data-n="-5">b</span>' in page._live.inner_html()
        assert page["a"].text == ""

    def test_an_element_that_moves_into_a_text_stands_beside_it(self, page: Page) -> None:
        page["a"].append(page["label"])
        assert '<span data-n="-1">a</span><label' in page._live.inner_html()

    def test_what_can_not_be(self, page: Page) -> None:
        with pytest.raises(ElementError, match='input "field" can\'t have elements in it'):
            page["field"].append({"p": "x"})
        with pytest.raises(ElementError, match="can't be moved into itself"):
            page["list"].append(page["list"])
        with pytest.raises(ElementError, match="can't be moved into itself"):
            page["a"].append(page["list"])
        with pytest.raises(ElementError, match="can't be moved to another page"):
            page["list"].append(Page(make_live([{"p": "x", "id": "x"}]))["x"])
        with pytest.raises(ElementError, match="A page can't be removed"):
            page.remove()

    def test_a_removed_id_can_be_given_again(self, page: Page) -> None:
        page["a"].remove()
        page["list"].append({"p": "again", "id": "a"})
        assert page["a"].text == "again"
        page["a"].remove()
        assert "a" not in page

    def test_ids_of_added_components_are_their_own(self, page: Page) -> None:
        first, second = (page["list"].append({"box": {"caption": caption}}) for caption in ("1", "2"))
        assert (first["caption"].text, second["caption"].text) == ("1", "2")
        first["frame"].append({"p": "mine", "id": "mine"})
        second["frame"].append({"p": "mine too", "id": "mine"})
        assert first["mine"].text == "mine" and "mine" not in page


class TestUpdating:
    async def test_an_update_can_be_awaited(self) -> None:
        page, follower = follow([{"p": "a", "id": "a"}])
        page["a"].text = "b"
        await page["a"].update()
        assert follower.take() == [["text", 1, "b"]]
        page["a"].text = "c"
        await page.update()
        assert follower.take() == [["text", 1, "c"]]


def test_params_are_attributes_and_a_mapping() -> None:
    params = Params({"num": 3, "name": "x"})
    assert params.num == 3 and params["name"] == "x" and dict(params) == {"num": 3, "name": "x"} and len(params) == 2
    assert repr(params) == "Params({'num': 3, 'name': 'x'})"
    with pytest.raises(AttributeError, match=r"""The page has no parameter 'nmu'\. Did you mean "num"\?"""):
        _ = params.nmu
    with pytest.raises(AttributeError):
        params.num = 4


def test_shared_elements_by_their_names_and_by_the_ids_in_them() -> None:
    board = make_live([{"div": [], "id": "messages"}])
    shared = SharedElements({"board": board})
    assert shared["messages"] == shared["board"]["messages"] == Element(board, 1)
    assert list(shared) == ["board"] and len(shared) == 1
    with pytest.raises(KeyError, match=r'There is no shared element "mesages"\. Did you mean "messages"\?'):
        shared["mesages"]
