from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.schema.site.routes import RESERVED, Route

NAMES = st.lists(st.from_regex(r"[a-z_]\w{0,5}", fullmatch=True), unique=True, max_size=3)
LITERALS = st.text(min_size=1).filter(lambda text: not set(text) & set("{}/?#\\%") and text.split() == [text])


def is_route(path: str) -> bool:
    try:
        Route.parse(path)
    except ValueError:
        return False
    return True


@st.composite
def routes(draw: st.DrawFn) -> Route:
    parts = [*draw(st.lists(LITERALS, max_size=3)), *(f"{{{name}}}" for name in draw(NAMES))]
    path = "/" + "/".join(draw(st.permutations(parts)))
    return Route.parse(path) if is_route(path) else Route.parse("/")


@given(routes(), st.data())
def test_what_is_built_matches(route: Route, data: st.DataObject) -> None:
    params = {name: data.draw(st.text(min_size=1)) for name in route.parameters}
    path = route.build(params)
    assert path.isascii()
    assert route.match(path) == params


@given(routes(), routes(), st.data())
def test_routes_of_one_shape_match_the_same(one: Route, two: Route, data: st.DataObject) -> None:
    path = one.build({name: data.draw(st.text(min_size=1)) for name in one.parameters})
    if one.shape == two.shape:
        assert two.match(path) is not None


@pytest.mark.parametrize(
    ("route", "path", "params"),
    [
        ("/", "/", {}),
        ("/", "", None),
        ("/", "/a", None),
        ("/about", "/about", {}),
        ("/about", "/about/", None),
        ("/about/", "/about/", {}),
        ("/room/{name}", "/room/a%2Fb%20c", {"name": "a/b c"}),
        ("/room/{name}", "/room/", None),
        ("/room/{name}", "/room/a/b", None),
        ("/room/{name}/{id}", "/room/a/3", {"name": "a", "id": "3"}),
        ("/café", "/caf%C3%A9", {}),
        ("/café", "/caf%c3%a9", {}),
        ("/café", "/café", {}),
        ("/a.b", "/aXb", None),
        ("/{a}", "/%FF", {"a": "\N{REPLACEMENT CHARACTER}"}),
    ],
)
def test_matches(route: str, path: str, params: dict[str, str] | None) -> None:
    assert Route.parse(route).match(path) == params


def test_literal_parts_come_before_parameters() -> None:
    paths = ["/{a}/{b}", "/room/{b}", "/{a}/new", "/room/new"]
    ordered = sorted(map(Route.parse, paths), key=lambda route: route.specificity)
    assert [route.path for route in ordered] == ["/room/new", "/room/{b}", "/{a}/new", "/{a}/{b}"]


def test_shapes() -> None:
    assert Route.parse("/room/{a}").shape == Route.parse("/room/{b}").shape
    assert Route.parse("/caf%C3%A9").shape == Route.parse("/café").shape
    assert Route.parse("/room/{a}").shape != Route.parse("/room/a").shape


@pytest.mark.parametrize("prefix", RESERVED)
def test_reserved_addresses(prefix: str) -> None:
    assert not is_route(prefix)
    assert not is_route(f"{prefix}/more")
    assert is_route(f"{prefix}more")


@pytest.mark.parametrize(
    "path", ["", "about", "/a b", "/a\tb", "/a?b", "/a#b", "/a\\b", "//", "/a//b", "/./a", "/..", "/\0"]
)
def test_what_is_no_route(path: str) -> None:
    assert not is_route(path)
