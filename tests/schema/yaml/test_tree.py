import pytest

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.yaml.reader import read_text
from livepages.schema.yaml.tree import Mapping, Scalar, locate, plain


def read(text: str) -> Mapping:
    diagnostics = Diagnostics()
    node = read_text(text, diagnostics)
    assert not len(diagnostics)
    assert isinstance(node, Mapping)
    return node


def test_plain_values_have_text_keys() -> None:
    assert plain(read("404: [1, {~: x}]\ntrue: !!str 2")) == {"404": [1, {"~": "x"}], "true": "2"}


def test_get() -> None:
    node = read("a: 1\nb: 2")
    value = node.get("b")
    assert isinstance(value, Scalar)
    assert value.value == 2
    assert node.get("c") is None


@pytest.mark.parametrize(
    ("text", "wanted", "place"),
    [
        ("a: x ${b}", "${b}", "1:6"),
        ("a: 'x ${b}'", "${b}", "1:7"),
        ('a: "x ${b}"', "${b}", "1:7"),
        ("a: ${b} ${b}", "${b}", "1:4"),
        ("a: &n !!str ${b}", "${b}", "1:13"),
        ("a:\n  x\n  ${b}", "${b}", "3:3"),
        ("a: x\n\n  ${b}", "${b}", "3:3"),
        ("a: |\n  x\n\n    y ${b}\n", "${b}", "4:7"),
        ("a: >-\n  x\n  y ${b} z\n", "${b}", "3:5"),
    ],
)
def test_places_within_a_text(text: str, wanted: str, place: str) -> None:
    value = read(text).get("a")
    assert isinstance(value, Scalar)
    found = locate(value, value.text.index(wanted), len(wanted))
    assert (f"{found.line}:{found.column}", found.length) == (place, len(wanted))


def test_the_second_of_two_like_places() -> None:
    value = read("a: ${b} ${b}").get("a")
    assert isinstance(value, Scalar)
    assert locate(value, 5, 4).column == 9


def test_a_place_that_escapes_hide_is_the_whole_text() -> None:
    value = read('a: "\\x24{b}"\nc: ${b}').get("a")
    assert isinstance(value, Scalar)
    assert locate(value, 0, 4).line in {1, 2}
    value = read('a: "\\x24{b}"\nc: x').get("a")
    assert isinstance(value, Scalar)
    assert locate(value, 0, 4) == value.position
