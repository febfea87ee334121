"""A table of broken files and what is said about them, by whichever parser is there."""

from pathlib import Path

import pytest
import yaml

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Source
from livepages.schema.yaml.mistakes import explain
from livepages.schema.yaml.reader import read_text

# The text, where it is broken (line:column+length), the message, the hint.
MISTAKES = [
    ("a:\n\tb: 1", "2:1+1", "A line can't be indented with tabs.", "Use spaces, two for each level."),
    ("a:\n  b: 1\n\tc: 2", "3:1+1", "A line can't be indented with tabs.", "Use spaces, two for each level."),
    ("\ta: 1", "1:1+1", "A line can't be indented with tabs.", "Use spaces, two for each level."),
    ("a: 1\n\tb", "2:1+1", "A line can't be indented with tabs.", "Use spaces, two for each level."),
    ("- a\n\t- b", "2:1+1", "A line can't be indented with tabs.", "Use spaces, two for each level."),
    (
        "title:Clock\nbody: x",
        "1:6+1",
        "There is no space after this colon.",
        "Write a key and its value as `key: value`.",
    ),
    (
        "title: x\nbody:x\nfoo: y",
        "2:5+1",
        "There is no space after this colon.",
        "Write a key and its value as `key: value`.",
    ),
    (
        "a: b: c",
        "1:5+1",
        "A value on the line of its key can't have a colon and a space in it.",
        "If it is text, put the text in quotes.",
    ),
    (
        "p: Note: this",
        "1:8+1",
        "A value on the line of its key can't have a colon and a space in it.",
        "If it is text, put the text in quotes.",
    ),
    ('a: "x\nb: 1', "1:4+1", 'This " is never closed.', 'Add the " that ends the text.'),
    ("a: 'x\nb: 1\n", "1:4+1", "This ' is never closed.", "Add the ' that ends the text."),
    (
        'a: "x" y',
        "1:8+1",
        'The text ended at the " before this.',
        'Put the whole value in quotes, and write \\" for a " inside.',
    ),
    (
        "a: 'it's'",
        "1:8+1",
        "The text ended at the ' before this.",
        "Put the whole value in quotes, and write '' for a ' inside.",
    ),
    (
        'a: "bad \\q esc"',
        "1:9+2",
        "In double quotes a \\ starts an escape such as \\n, and this is none.",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    ("a: [1, 2\nb: 3", "1:4+1", "This [ is never closed.", "Add the ] that ends it."),
    ("a: {x: 1\nb: 3\n", "1:4+1", "This { is never closed.", "Add the } that ends it."),
    ("a: [1, 2", "1:4+1", "This [ is never closed.", "Add the ] that ends it."),
    (
        "a: [1 2}",
        "1:8+1",
        "Between [ and ] a comma or the ] comes after a value.",
        "If it is part of a text, put the text in quotes.",
    ),
    ("a: ]", "1:4+1", "Text can't start with ] here.", "If it is part of a text, put the text in quotes."),
    ("a: [a]]", "1:7+1", "There is nothing that this ] could end.", "If it is part of a text, put the text in quotes."),
    (
        "a:\n  b: 1\n c: 2",
        "3:2+1",
        "The indentation of this line fits no line above it.",
        "Indent it with no space or 2 spaces, to line up with what it belongs to.",
    ),
    (
        "a:\n  - b\n - c",
        "3:2+1",
        "The indentation of this line fits no line above it.",
        "Indent it with no space or 4 spaces, to line up with what it belongs to.",
    ),
    (
        "a: 1\n  b: 2",
        "2:3+1",
        "This is indented below line 1, whose key has a value already.",
        "For a key beside that one, indent it with no space.",
    ),
    ("a: @foo", "1:4+1", "Text can't start with @ here.", "If it is meant as text, put it in quotes."),
    ("a: `foo`", "1:4+1", "Text can't start with ` here.", "If it is meant as text, put it in quotes."),
    ("a: %foo", "1:4+1", "Text can't start with % here.", "If it is meant as text, put it in quotes."),
    ("%foo", "1:1+1", "Text can't start with % here.", "If it is meant as text, put it in quotes."),
    ("- @x", "1:3+1", "Text can't start with @ here.", "If it is meant as text, put it in quotes."),
    (
        "a: *",
        "1:4+1",
        "A * at the start of a value means an alias in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        "a: *:p-2",
        "1:4+1",
        "A * at the start of a value means an alias in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        "a: **bold** text",
        "1:4+1",
        "A * at the start of a value means an alias in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        "a: & b",
        "1:4+1",
        "A & at the start of a value means an anchor in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        "a: &",
        "1:4+1",
        "A & at the start of a value means an anchor in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        "a: &>p x",
        "1:4+1",
        "A & at the start of a value means an anchor in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        "a: !<x",
        "1:4+1",
        "A ! at the start of a value means a tag in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        "- a\nb: 1",
        "2:1+1",
        "Among the items of the list that starts on line 1, a line must begin with a dash.",
        "A key of the item above is indented by two more spaces.",
    ),
    (
        "a: 1\n- b",
        "2:1+1",
        "A list item can't stand among keys, such as that of line 1.",
        "Indent the list below the key that it belongs to.",
    ),
    (
        "body:\n  - div: x\n  id: y",
        "3:3+1",
        "Among the items of the list that starts on line 2, a line must begin with a dash.",
        "A key of the item above is indented by two more spaces.",
    ),
    (
        "body:\n  - div: x\n   id: y",
        "3:4+1",
        "The indentation of this line fits no line above it.",
        "Indent it with 2 spaces or 4 spaces, to line up with what it belongs to.",
    ),
    (
        "body:\n  - div: x\n      id: y",
        "3:7+2",
        "This is indented below line 2, whose key has a value already.",
        "For a key beside that one, indent it with 4 spaces.",
    ),
    (
        "body:\n  id: y\n  - div: x",
        "3:3+1",
        "A list item can't stand among keys, such as that of line 2.",
        "Indent the list below the key that it belongs to.",
    ),
    (
        "a: {x: ${y}}",
        "1:8+2",
        "Inside the brackets of a list or mapping, text with ${ } must be in quotes.",
        'Write it as "${...}", with the quotes.',
    ),
    (
        "a: [${y}]",
        "1:5+2",
        "Inside the brackets of a list or mapping, text with ${ } must be in quotes.",
        'Write it as "${...}", with the quotes.',
    ),
    (
        "a: [x ${y}]",
        "1:7+2",
        "Inside the brackets of a list or mapping, text with ${ } must be in quotes.",
        'Write it as "${...}", with the quotes.',
    ),
    (
        "a: > x\n  y",
        "1:6+1",
        "Nothing can follow > on its line.",
        "Start the text on the next line, indented; text that starts with > must be in quotes.",
    ),
    (
        "a: |x\n  y",
        "1:5+1",
        "Nothing can follow | on its line.",
        "Start the text on the next line, indented; text that starts with | must be in quotes.",
    ),
    (
        "a: |\n   \n  x\n y",
        "3:3+1",
        "The indentation of this line fits no line above it.",
        "Indent it with no space, to line up with what it belongs to.",
    ),
    (
        "a: - b",
        "1:4+1",
        "A list can't start on the line of its key.",
        "Start it on the next line; text that starts with a dash must be in quotes.",
    ),
    (
        "a: -b\n- c",
        "2:1+1",
        "A list item can't stand among keys, such as that of line 1.",
        "Indent the list below the key that it belongs to.",
    ),
    ("a: ? b", "1:4+1", "Text can't start with ? and a space here.", "If it is meant as text, put it in quotes."),
    (": x", "1:1+1", "There is no key before this colon.", None),
    ("a: {: x}", "1:5+1", "There is no key before this colon.", None),
    ("a: , b", "1:4+1", "Text can't start with , here.", "If it is part of a text, put the text in quotes."),
    ("a: }", "1:4+1", "Text can't start with } here.", "If it is part of a text, put the text in quotes."),
    (
        "classes: [&>p]:m-2",
        "1:11+1",
        "A & at the start of a value means an anchor in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    (
        'a: "x"b',
        "1:7+1",
        'The text ended at the " before this.',
        'Put the whole value in quotes, and write \\" for a " inside.',
    ),
    ("a\n...\nb: 1", "3:1+1", "The content of the file ended before this.", None),
    (
        "!x!y z",
        "1:1+1",
        "A ! at the start of a value means a tag in YAML, and this is none.",
        "If it is meant as text, put it in quotes.",
    ),
    ('"a: 1', "1:1+1", 'This " is never closed.', 'Add the " that ends the text.'),
    ('a: 1\n"b', "2:1+1", 'This " is never closed.', 'Add the " that ends the text.'),
    ("a: [\n  b,\n  c\nd: 1", "1:4+1", "This [ is never closed.", "Add the ] that ends it."),
    ("a: {b: 1,, c}", "1:10+1", "Text can't start with , here.", "If it is part of a text, put the text in quotes."),
    (
        "- - a\n - b",
        "2:2+1",
        "The indentation of this line fits no line above it.",
        "Indent it with no space or 4 spaces, to line up with what it belongs to.",
    ),
    (
        "a: b\n  c: d",
        "2:3+1",
        "This is indented below line 1, whose key has a value already.",
        "For a key beside that one, indent it with no space.",
    ),
    (
        'key with "quote": x\n"k" y: z',
        "2:5+1",
        'The text ended at the " before this.',
        'Put the whole value in quotes, and write \\" for a " inside.',
    ),
    (
        "a: |\n b\nc",
        "3:1+1",
        "This line is not `key: value`, as the lines around it are.",
        "Write `key: value`; further lines of a text are indented below its key.",
    ),
    (
        "justtext\nb: 1",
        "1:1+8",
        "This line is not `key: value`, as the lines around it are.",
        "Write `key: value`; further lines of a text are indented below its key.",
    ),
    ("{a: b", "1:1+1", "This { is never closed.", "Add the } that ends it."),
    ("a: {b c: d, e: {f}\ng: 1", "1:4+1", "This { is never closed.", "Add the } that ends it."),
    ("- [a, b\n- c", "1:3+1", "This [ is never closed.", "Add the ] that ends it."),
    ("a: 'b\n  c: d", "1:4+1", "This ' is never closed.", "Add the ' that ends the text."),
    (
        "a: [b: c: d]",
        "1:9+1",
        "Between [ and ] a comma or the ] comes after a value.",
        "If it is part of a text, put the text in quotes.",
    ),
    (
        'a: "\\u12"',
        "1:5+2",
        "In double quotes a \\ starts an escape such as \\n, and this is none.",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    (
        "a: $[x]\nb: ${c}: d",
        "2:8+1",
        "A value on the line of its key can't have a colon and a space in it.",
        "If it is text, put the text in quotes.",
    ),
    (
        "on:\n  click : x\n  y",
        "3:3+1",
        "This line is not `key: value`, as the lines around it are.",
        "Write `key: value`; further lines of a text are indented below its key.",
    ),
    (
        "a b\nc: d",
        "1:1+3",
        "This line is not `key: value`, as the lines around it are.",
        "Write `key: value`; further lines of a text are indented below its key.",
    ),
    (
        "- a: b\n c: d",
        "2:2+1",
        "The indentation of this line fits no line above it.",
        "Indent it with no space or 2 spaces, to line up with what it belongs to.",
    ),
    ("a: [x]:m-2", "1:7+1", "The list ended at the ] before this.", "If it is meant as text, put it in quotes."),
    (
        "a: b\n  c:\n d: 1",
        "2:3+1",
        "This is indented below line 1, whose key has a value already.",
        "For a key beside that one, indent it with no space.",
    ),
    (
        'a: "x\nb: "y"',
        "1:4+1",
        'The text that starts with this " ends only on line 2, and more follows there.',
        'Add the " that is missing.',
    ),
    ("- div: a\n  on: {click: x\n- div: b", "2:7+1", "This { is never closed.", "Add the } that ends it."),
    (
        "- p: it's\n- p: 'it's'",
        "2:10+1",
        "The text ended at the ' before this.",
        "Put the whole value in quotes, and write '' for a ' inside.",
    ),
    (
        "a: b\n  \tc: 1",
        "2:4+1",
        "This is indented below line 1, whose key has a value already.",
        "For a key beside that one, indent it with no space.",
    ),
    ("body:\n  - div:\n  \t- p: x", "3:3+1", "A line can't be indented with tabs.", "Use spaces, two for each level."),
    ("a: {b: \tc}\n\td: 1", "2:1+1", "A line can't be indented with tabs.", "Use spaces, two for each level."),
    (
        "on: {click: x}}\nb: 1",
        "1:15+1",
        "There is nothing that this } could end.",
        "If it is part of a text, put the text in quotes.",
    ),
    (
        "a: 'x'y'\n",
        "1:7+1",
        "The text ended at the ' before this.",
        "Put the whole value in quotes, and write '' for a ' inside.",
    ),
    ('a: "x\n', "1:4+1", 'This " is never closed.', 'Add the " that ends the text.'),
    (
        "body:\n  - p: Time: 12\n  - p: x",
        "2:12+1",
        "A value on the line of its key can't have a colon and a space in it.",
        "If it is text, put the text in quotes.",
    ),
    (
        "href: http://x.org: 80",
        "1:19+1",
        "A value on the line of its key can't have a colon and a space in it.",
        "If it is text, put the text in quotes.",
    ),
    (
        "a: |- x\n",
        "1:7+1",
        "Nothing can follow | on its line.",
        "Start the text on the next line, indented; text that starts with | must be in quotes.",
    ),
    ("a: %x y", "1:4+1", "Text can't start with % here.", "If it is meant as text, put it in quotes."),
    ("{a: 1", "1:1+1", "This { is never closed.", "Add the } that ends it."),
    ("[", "1:2+1", "The file ends inside brackets.", "Add the ] or } that is missing."),
    (
        "title: x\n\n  body: y\n",
        "3:3+4",
        "This is indented below line 1, whose key has a value already.",
        "For a key beside that one, indent it with no space.",
    ),
    (
        "- a\n-b\n- c",
        "2:1+2",
        "This line is not `key: value`, as the lines around it are.",
        "Write `key: value`; further lines of a text are indented below its key.",
    ),
    ("x: 1\n'y: 2\nz: 3\n", "2:1+1", "This ' is never closed.", "Add the ' that ends the text."),
]

DIFFERENT_FROM_PYTHON = {"a: b\n  \tc: 1", "a: {b: \tc}\n\td: 1"}
"""Tabs that libyaml takes and PyYAML's own parser refuses."""


@pytest.mark.parametrize(("text", "place", "message", "hint"), MISTAKES)
def test_usual_mistakes(text: str, place: str, message: str, hint: str | None) -> None:
    diagnostics = Diagnostics()
    assert read_text(text, diagnostics) is None
    (found,) = diagnostics
    assert found.position
    _, line, column, length = found.position
    assert (f"{line}:{column}+{length}", found.message, found.hint) == (place, message, hint)
    assert (found.severity, found.code) == ("error", "yaml-syntax")


@pytest.mark.parametrize("text", [text for text, *_ in MISTAKES if text not in DIFFERENT_FROM_PYTHON])
def test_both_parsers_are_understood_alike(text: str) -> None:
    fast, slow = (explained(text, loader) for loader in (yaml.CSafeLoader, yaml.SafeLoader))
    assert fast == slow


def explained(text: str, loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader]) -> tuple[str, int, int]:
    source = Source(Path("text"), "text", text)
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(text, Loader=loader))
    found = explain(caught.value, source, None)
    assert found.position
    return found.message, found.position.line, found.position.column


def test_what_no_rule_knows_is_told_in_the_parsers_words() -> None:
    diagnostics = Diagnostics()
    assert read_text("%YAML 3.0\n---\na", diagnostics) is None
    (found,) = diagnostics
    assert found.message == "YAML can't be read here: found incompatible YAML document."
