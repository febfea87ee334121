from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BeforeValidator, Field

from livepages.schema.site.element_type import COMMON
from livepages.schema.site.properties import KEPT_ATTRIBUTES, OWN_PROPERTIES, Flag, Mistake, Property, Text, Url
from livepages.schema.values.addresses import safe_url

SCRIPTS = (
    "javascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "data:application/x,y",
    "blob:x",
    "file:///etc/passwd",
)


def check(name: str, value: object) -> Any:
    return COMMON[name].check(value)


def mistake(prop: Property, value: object) -> tuple[str, tuple[str | int, ...]]:
    with pytest.raises(Mistake) as error:
        prop.check(value)
    return str(error.value), error.value.path


@pytest.mark.parametrize("address", SCRIPTS)
@pytest.mark.parametrize("disguise", ["{}", " {}", "\x00\t{}", "{}".upper()])
def test_addresses_that_could_run_a_script_are_refused(address: str, disguise: str) -> None:
    for text in (disguise.format(address), disguise.format(address).upper()):
        with pytest.raises(ValueError, match="addresses that begin with"):
            safe_url(text)
        for name in ("href", "SRC", "formaction", "xlink:href"):
            assert mistake(COMMON["attrs"], {name: text})[1] == (name,)


def test_white_space_can_not_hide_a_scheme() -> None:
    with pytest.raises(ValueError, match="javascript"):
        safe_url("java\n\tscr\x01ipt:alert(1)")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/a?b=c:d",
        "page",
        "../up",
        "#there",
        "?q=1",
        "https://example.org/a:b",
        "mailto:a@example.org",
        "tel:1",
        "",
    ],
)
def test_other_addresses_stay_as_they_are(address: str) -> None:
    assert safe_url(address) == address
    assert Property(Url, "").check(address) == address


@pytest.mark.parametrize("address", ["data:image/png;base64,AAAA", "DATA:image/svg+xml,x", "data:font/woff2,x"])
def test_embedded_pictures_sounds_and_fonts_are_addresses(address: str) -> None:
    assert safe_url(address) == address


@pytest.mark.parametrize("name", ["onclick", "ONLOAD", "onwobble", "on"])
def test_attributes_that_are_scripts(name: str) -> None:
    assert mistake(COMMON["attrs"], {"x": 1, name: "alert(1)"}) == (
        "it would be a script: declare the event under `on`", (name,),
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", [*sorted(OWN_PROPERTIES), *sorted(KEPT_ATTRIBUTES), "CLASS", "Data-N", "Style", "SrcDoc"]
)
def test_attributes_that_livepages_writes_itself(name: str) -> None:
    assert mistake(COMMON["attrs"], {name: "x"})[1] == (name,)


@pytest.mark.parametrize("name", ["", "two words", 'a"b', "a>b", "a=b", "a/b", "1a", "a\n", "\N{NO-BREAK SPACE}", "-a"])
def test_names_that_are_no_attributes(name: str) -> None:
    assert "can't be the name of an HTML attribute" in mistake(COMMON["attrs"], {name: "x"})[0]


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8))))
def test_no_attribute_is_a_script_or_breaks_out(attrs: dict[str, Any]) -> None:
    try:
        checked = check("attrs", attrs)
    except ValueError:
        return
    for name in checked:
        assert not name.lower().startswith("on")
        assert not set(name) & set("\"'<>=/ \t\n")


def test_values_of_attributes() -> None:
    given = {"a": 1, "b": 1.5, "c": True, "d": False, "e": None, "f": "x", "g": 2.0}
    assert check("attrs", given) == {"a": "1", "b": "1.5", "c": "", "f": "x", "g": "2"}
    assert mistake(COMMON["attrs"], {"a": {"b": 1}}) == (
        "expected a text, a number, true or false, not a mapping", ("a",),
    )  # fmt: skip


def test_style_and_classes() -> None:
    assert check("style", {"color": "red", "z-index": 3, "width": None}) == "color: red; z-index: 3"
    assert mistake(COMMON["style"], {"color": True}) == ("expected the value of a CSS property, not true", ("color",))
    assert check("classes", ["a b", " c "]) == "a b c"
    assert mistake(COMMON["classes"], ["a", None]) == ("expected names of classes, not nothing", (1,))


def test_identifiers() -> None:
    for name in ("a", "a-b_c1", "Übung"[1:], "x" * 100):
        assert check("id", name) == name
    for name in ("", "1a", "a b", "a.b", "-a", "a\n"):
        assert mistake(COMMON["id"], name)[0].startswith("expected a name of letters, digits, _ and -")


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (str, 3, None),
        (str, True, "expected a text, not true"),
        (str, ["a"], "expected a text, not a list"),
        (int, "many", 'expected a whole number, not "many"'),
        (int, 1.5, "expected a whole number, not 1.5"),
        (int, [], "expected a whole number, not a list"),
        (float, "many", 'expected a number, not "many"'),
        (float | int, "many", 'expected a number, not "many"'),
        (Flag, "Yes", 'expected true or false, not "Yes" (did you mean true?)'),
        (Flag, "off", 'expected true or false, not "off" (did you mean false?)'),
        (Flag, "true", 'expected true or false, not "true" (write it without quotes)'),
        (Flag, 0, "expected true or false, not 0"),
        (str | None, [], "expected a text, not a list"),
        (str | list[str], {}, "expected a text or a list, not a mapping"),
        (dict[str, int], [], "expected a mapping, not a list"),
        (dict[str, int], {"a": "b"}, 'expected a whole number, not "b"'),
        (list[int], ["b"], 'expected a whole number, not "b"'),
        (Literal["tab", "shared"], "tap", 'expected "tab" or "shared", not "tap" (did you mean "tab"?)'),
        (Literal["tab", "shared"], 3, 'expected "tab" or "shared", not 3'),
        (Annotated[int, Field(ge=3)], 2, "expected 3 or more, not 2"),
        (Annotated[int, Field(le=3)], 4, "expected 3 or less, not 4"),
        (Annotated[float, Field(gt=0.5)], 0.5, "expected more than 0.5, not 0.5"),
        (Annotated[float, Field(lt=3)], 3, "expected less than 3, not 3"),
        (Annotated[float, Field(allow_inf_nan=False)], float("inf"), "expected a number, not inf"),
        (Annotated[str, Field(min_length=2)], "a", 'expected 2 characters or more, not "a"'),
        (Annotated[str, Field(max_length=2)], "abc", 'expected 2 characters or fewer, not "abc"'),
        (Annotated[str, Field(pattern="^a$")], "b", 'expected a text that matches ^a$, not "b"'),
        (Annotated[list[int], Field(min_length=1)], [], "expected a list with more entries: 1 at least"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "expected a list with fewer entries: 1 at most"),
    ],
)
def test_sentences(kind: Any, value: object, sentence: str | None) -> None:
    prop = Property(kind, "")
    if sentence is None:
        prop.check(value)
    else:
        assert mistake(prop, value)[0] == sentence


def test_the_path_to_what_is_wrong() -> None:
    prop = Property(dict[str, list[int | bool]], "")
    assert mistake(prop, {"a": [1], "b": [1, "x"]})[1] == ("b", 1)
    assert mistake(prop, 3)[1] == ()


def test_what_is_text() -> None:
    assert Property(Text, "").is_text
    assert Property(str, "").is_text
    assert Property(Annotated[str, AfterValidator(str.strip)], "").is_text
    assert not Property(Annotated[str, BeforeValidator(str)], "").is_text
    assert not Property(str | int, "").is_text
    assert not Property(Any, "").is_text
