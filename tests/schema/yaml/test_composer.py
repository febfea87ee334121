import json
import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Source
from livepages.schema.yaml.composer import Composer
from livepages.schema.yaml.reader import read_text
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence, plain


def read(text: str) -> Node:
    diagnostics = Diagnostics()
    node = read_text(text, diagnostics)
    assert node is not None
    assert not len(diagnostics)
    return node


def findings(text: str) -> list[str]:
    diagnostics = Diagnostics()
    read_text(text, diagnostics)
    return [f"{found.position} {found.code}: {found.message} {found.hint or ''}".rstrip() for found in diagnostics]


def places(node: Node) -> list[tuple[int, int, int]]:
    """Line, column and length of every node, from the outside in."""
    own = [node.position[1:]]
    if isinstance(node, Mapping):
        return own + [place for key, value in node.entries for part in (key, value) for place in places(part)]
    return own + [place for item in node.items for place in places(item)] if isinstance(node, Sequence) else own


def test_values() -> None:
    text = """
    on: no
    time: 12:30
    date: 2024-01-02
    count: 010
    big: 1_000
    flag: true
    nothing:
    quoted: "true"
    single: '12'
    block: |
      a
      b
    list: [1, 2.5, .inf, ~]
    """
    assert plain(read(text)) == {
        "on": "no",
        "time": "12:30",
        "date": "2024-01-02",
        "count": 10,
        "big": "1_000",
        "flag": True,
        "nothing": None,
        "quoted": "true",
        "single": "12",
        "block": "a\nb\n",
        "list": [1, 2.5, math.inf, None],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: bc", [(1, 1, 1), (1, 1, 1), (1, 4, 2)]),
        ("\nkey:\n  - x\n  - 'yz'", [(2, 1, 3), (2, 1, 3), (3, 3, 1), (3, 5, 1), (4, 5, 4)]),
        ("a: {b: [c]}", [(1, 1, 1), (1, 1, 1), (1, 4, 1), (1, 5, 1), (1, 8, 1), (1, 9, 1)]),
        ("a:\r\n  b: c\r\n", [(1, 1, 1), (1, 1, 1), (2, 3, 1), (2, 3, 1), (2, 6, 1)]),
        ("日: 本語", [(1, 1, 1), (1, 1, 1), (1, 4, 2)]),
        ("😀: x", [(1, 1, 1), (1, 1, 1), (1, 4, 1)]),
        ("a: |\n  b", [(1, 1, 1), (1, 1, 1), (1, 4, 1)]),
        ("a: one\n  two", [(1, 1, 1), (1, 1, 1), (1, 4, 3)]),
        ("a:", [(1, 1, 1), (1, 1, 1), (1, 3, 1)]),
        ("a: !!str b", [(1, 1, 1), (1, 1, 1), (1, 4, 7)]),
    ],
)
def test_positions(text: str, expected: list[tuple[int, int, int]]) -> None:
    assert places(read(text)) == expected


def test_how_a_scalar_was_written() -> None:
    node = read("[a, 'b', \"c\", !!str d]")
    assert isinstance(node, Sequence)
    assert [item.plain for item in node.items if isinstance(item, Scalar)] == [True, False, False, True]


def test_keys_keep_their_text() -> None:
    node = read("404: a\n0x10: b\nno: c")
    assert isinstance(node, Mapping)
    assert [(key.text, key.value) for key, _ in node.entries] == [("404", 404), ("0x10", 16), ("no", "no")]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "---\n...\n", "%YAML 1.2\n---\n"])
def test_files_without_content(text: str) -> None:
    diagnostics = Diagnostics()
    assert read_text(text, diagnostics) is None
    assert not len(diagnostics)


def test_an_empty_text_or_null_is_content() -> None:
    assert plain(read("''")) == ""
    assert plain(read("~")) is None


def test_tags_of_the_core_schema() -> None:
    text = "[!!str 1, !!int '2', !!float 3, !!bool 'true', !!null '', !!seq [], !!map {}]"
    assert plain(read(text)) == ["1", 2, 3.0, True, None, [], {}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
        ("- &x a\n- *x\n- &x b\n- *x", ["a", "a", "b", "b"]),
        ("&k a: 1\nb: {*k : 2}", {"a": 1, "b": {"a": 2}}),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}}),
        ("d: {c: 3, <<: {b: 1, c: 2}}", {"d": {"b": 1, "c": 3}}),
        ("<<: [{a: 1}, {a: 2, b: 2}]\nc: 3", {"a": 1, "b": 2, "c": 3}),
        ("<<: {<<: {a: 1}, b: 2}", {"a": 1, "b": 2}),
        ("<<: []\na: 1", {"a": 1}),
        ("'<<': {a: 1}", {"<<": {"a": 1}}),
    ],
)
def test_aliases_and_merge_keys(text: str, expected: object) -> None:
    assert plain(read(text)) == expected


def test_merged_keys_come_first() -> None:
    node = read("a: 1\n<<: {b: 2, a: 3}")
    assert isinstance(node, Mapping)
    assert [key.text for key, _ in node.entries] == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\n\n'a': 3", ['text:4:1 duplicate-key: The key "a" is used twice; first at line 1.']),
        ("1: a\n'1': b", ['text:2:1 duplicate-key: The key "1" is used twice; first at line 1.']),
        ("<<: {}\n<<: {}", ['text:2:1 duplicate-key: The key "<<" is used twice; first at line 1.']),
        (
            "a: {b: 1, b: 2}\nc: 1\nc: 2\nc: 3",
            [
                'text:1:11 duplicate-key: The key "b" is used twice; first at line 1.',
                'text:3:1 duplicate-key: The key "c" is used twice; first at line 2.',
                'text:4:1 duplicate-key: The key "c" is used twice; first at line 2.',
            ],
        ),
        (
            "a: {{ name }}",
            [
                (
                    "text:1:5 key-not-text: A key must be text, not a list or a mapping."
                    " Text that starts with { or [ must be in quotes."
                )
            ],
        ),
        ("?\n: x", ["text:1:2 key-missing: There is no key before this colon."]),
        (
            "a: {click:go}",
            [
                (
                    'text:1:5 space-missing: There is no space after the colon in "click:go", so that all of it is a '
                    "key. Write `key: value`."
                )
            ],
        ),
        ("a: {click:go: x}", []),
        ("a:b:", []),
        (
            "color: #fff",
            [
                (
                    'text:1:8 colour-is-comment: "#fff" is a comment: what follows a # after a space is not read.'
                    " If it is meant as a colour, put it in quotes."
                )
            ],
        ),
        ("body: # the page", []),
        ("<<: x", ["text:1:5 merge-not-mapping: Only a mapping, or a list of mappings, can be merged with <<."]),
        (
            "<<: [{}, 3]",
            ["text:1:10 merge-not-mapping: Only a mapping, or a list of mappings, can be merged with <<."],
        ),
        (
            "a: &header 1\nb: *haeder",
            ['text:2:4 alias-unknown: There is no anchor "&haeder" before this alias. Did you mean "header"?'],
        ),
        (
            "a: *important",
            [
                (
                    'text:1:4 alias-unknown: There is no anchor "&important" before this alias.'
                    " Text that starts with * must be in quotes."
                )
            ],
        ),
        ("a: &x [1, *x]", ["text:1:11 alias-recursive: *x stands inside what it stands for."]),
        ("&x a: {b: *x}", []),
        (
            "a: !foo x\nb: !foo [x]\nc: !!python/object:os.system x",
            [
                (
                    'text:1:4 tag-unknown: "!foo" is a YAML tag that has no meaning here.'
                    " Text that starts with ! must be in quotes."
                ),
                (
                    'text:2:4 tag-unknown: "!foo" is a YAML tag that has no meaning here.'
                    " Text that starts with ! must be in quotes."
                ),
                (
                    'text:3:4 tag-unknown: "!!python/object:os.system" is a YAML tag that has no meaning here.'
                    " Text that starts with ! must be in quotes."
                ),
            ],
        ),
        (
            "a: !includ b.yaml",
            ['text:1:4 tag-unknown: "!includ" is a YAML tag that has no meaning here. Did you mean "!include"?'],
        ),
        ("a: !!int x", ['text:1:4 tag-mismatch: "x" is no value for the tag !!int.']),
        ("a: !include b.yaml", ["text:1:4 include-not-here: !include can't be used here."]),
        ("a: !include [b]", ["text:1:4 include-not-text: !include takes the name of one file."]),
        (
            "a\n---\nb",
            [
                (
                    "text:2:1 several-documents: A file holds one document; here a second one starts."
                    " Put it into a file of its own and read that with !include."
                )
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_tree(text: str, expected: list[str]) -> None:
    assert findings(text) == expected


def test_what_can_be_read_is_read() -> None:
    node = read_text("a: 1\na: 2\nb: *x\nc: !foo 3\n[d]: 4", Diagnostics())
    assert isinstance(node, Mapping)
    assert plain(node) == {"a": 1, "b": None, "c": "3"}
    missing = node.get("b")
    assert isinstance(missing, Scalar)
    assert missing.broken


def test_text_after_an_alias() -> None:
    assert findings("a: *foo bar")[1] == (
        "text:1:4 yaml-syntax: A * at the start of a value means an alias in YAML, and nothing can follow that."
        " If it is meant as text, put it in quotes."
    )


def test_characters_that_the_parser_itself_refuses() -> None:
    diagnostics = Diagnostics()
    source = Source(Path("text"), "text", "a: \0")
    assert Composer(source, diagnostics).compose() is None
    (found,) = diagnostics
    assert (str(found.position), found.code) == ("text:1:1", "yaml-syntax")
    assert found.message.startswith("This file is not YAML: ")


TOO_DEEP = (
    "too-deep: Lists and mappings are nested more than 100 deep here."
    " Divide the page into components or included files, and look for brackets that are never closed."
)
TOO_LARGE = (
    "too-large: With all aliases and includes this file has more than 100,000 values."
    " Let a handler add elements that repeat."
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 200_000, "1:101"),
        ("{" * 200_000, "1:101"),
        ("- " * 100_000, "1:201"),
        ("? " * 100_000, "1:201"),
        ("{a: " * 50_000, "1:401"),
        ("? [" * 66_000, "1:151"),
        ("[? " * 66_000, "1:151"),
        ("&a [" * 50_000, "1:401"),
        ("\n".join(" " * depth + "a:" for depth in range(600)), "101:101"),
        ("a: &a " + "[" * 60 + "]" * 60 + "\nb: " + "[" * 60 + "*a" + "]" * 60, "2:64"),
    ],
)
def test_nesting_is_bounded(text: str, place: str) -> None:
    assert findings(text) == [f"text:{place} {TOO_DEEP}"]


def test_what_is_just_deep_enough() -> None:
    assert findings("[" * 100 + "]" * 100) == []
    assert findings("a: &a " + "[" * 60 + "]" * 60 + "\nb: " + "[" * 39 + "*a" + "]" * 39) == []


@pytest.mark.parametrize("step", ["[{}]", "{{<<: [{}]}}", "{{x: {}, y: 1}}"])
def test_aliases_that_multiply_are_bounded(step: str) -> None:
    lines = ["k0: &k0 {a: 1}"]
    for level in range(1, 12):
        aliases = ", ".join([f"*k{level - 1}"] * 10)
        lines.append(f"k{level}: &k{level} " + step.format(aliases if "x:" not in step else f"[{aliases}]"))
    (found,) = findings("\n".join(lines))
    assert found.endswith(TOO_LARGE)


def test_the_number_of_values_is_bounded() -> None:
    assert findings("- x\n" * 99_999) == []
    assert findings("- x\n" * 100_000) == [f"text:100000:3 {TOO_LARGE}"]


def values(floats: st.SearchStrategy[float]) -> st.SearchStrategy[object]:
    forbidden = "\u2028\u2029\ufeff\ufffe\uffff"
    text = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=forbidden))
    leaves = st.none() | st.booleans() | st.integers() | floats | text
    return st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(text, inner), max_leaves=20)


@settings(deadline=None)
@given(values(st.floats(allow_nan=False)), st.booleans())
def test_what_was_dumped_is_read_again(value: object, flow: bool) -> None:
    text = yaml.safe_dump({"value": value}, default_flow_style=flow, default_style='"')
    assert plain(read(text)) == {"value": value}


@settings(deadline=None)
@given(values(st.floats(allow_nan=False, allow_infinity=False)))
def test_json_is_yaml(value: object) -> None:
    assert plain(read(json.dumps({"value": value}, ensure_ascii=False))) == {"value": value}
