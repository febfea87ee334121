"""Explains what the YAML parser did not understand.

A parser often points at what follows the mistake, and names it in its own terms. Each rule knows one usual mistake by
the parser's words and the text around the place; the first rule that knows it speaks.
"""

import re
from collections.abc import Callable

import yaml

from livepages.schema.findings.diagnostics import Diagnostic
from livepages.schema.findings.source import Position, Source
from livepages.schema.yaml.problem import Problem, character, mistake
from livepages.schema.yaml.tree import Scalar

QUOTE = "If it is meant as text, put it in quotes."
MISSING_SPACE = re.compile(r"\s*(?:- +)*[\w-]+:(?=[^\s/:])")
KEY_WITH_VALUE = re.compile(r"\s*(?:- +)*[^\s#-][^#]*?:[ \t]+(?=[^\s#])")
DASHES = re.compile(r"\s*(?:- +)*")
ALIAS = re.compile(r"\*[^\s,\[\]{}]+(?=\s+$)")


def explain(error: yaml.MarkedYAMLError, source: Source, last: Scalar | None) -> Diagnostic:
    """The diagnostic for an error of either parser of PyYAML; `last` is the scalar read before it."""
    problem = Problem.of(error, source, last)
    for rule in RULES:
        if found := rule(problem):
            return found
    words = ", ".join(part for part in (problem.context, problem.words) if part)
    return mistake(f"YAML can't be read here: {words}.", problem.at)


def _tab(problem: Problem) -> Diagnostic | None:
    no_token = problem.says("cannot start any token") and problem.after.startswith("\t")
    if not (no_token or problem.says("tab character")):
        return None
    length = len(problem.after) - len(problem.after.lstrip("\t"))
    return mistake("A line can't be indented with tabs.", problem.shift(0, length), "Use spaces, two for each level.")


def _reserved(problem: Problem) -> Diagnostic | None:
    """`@`, a backtick or `%` at the start of text."""
    start = problem.at
    if problem.says("unknown directive", "<document start>"):
        start = start._replace(column=1)
    elif not problem.says("cannot start any token"):
        return None
    sign = character(start)
    return mistake(f"Text can't start with {sign} here.", start, QUOTE) if sign in tuple("@`%") else None


def _sign(problem: Problem) -> Diagnostic | None:
    """`*`, `&` or `!` at the start of text."""
    meaning = {"*": "an alias", "&": "an anchor", "!": "a tag"}.get(character(problem.opened))
    if not problem.opened or not meaning or not problem.says("alphabetic", "tag", "'>'", "URI"):
        return None
    message = f"A {character(problem.opened)} at the start of a value means {meaning} in YAML, and this is none."
    return mistake(message, problem.opened, QUOTE)


def _after_alias(problem: Problem) -> Diagnostic | None:
    alias = ALIAS.search(problem.before)
    if not alias or not problem.says("expected"):
        return None
    place = problem.at._replace(column=alias.start() + 1, length=len(alias[0]))
    return mistake("A * at the start of a value means an alias in YAML, and nothing can follow that.", place, QUOTE)


def _unclosed_quote(problem: Problem) -> Diagnostic | None:
    if not problem.opened or "quote" not in problem.context or not problem.says("end of stream", "document separator"):
        return None
    quote = character(problem.opened)
    return mistake(f"This {quote} is never closed.", problem.opened, f"Add the {quote} that ends the text.")


def _escape(problem: Problem) -> Diagnostic | None:
    if not problem.says("escape", "hexdecimal"):
        return None
    column = problem.source.line(problem.at.line).rfind("\\", 0, problem.at.column) + 1
    return mistake(
        "In double quotes a \\ starts an escape such as \\n, and this is none.",
        problem.at._replace(column=column or problem.at.column, length=2),
        "Write \\\\ for a backslash, or use single quotes.",
    )


def _after_quote(problem: Problem) -> Diagnostic | None:
    """`'it's'`, `"a" and b`, and a quote that was closed by the next one, lines later."""
    quote, last = problem.before.rstrip()[-1:], problem.last
    if quote not in ("'", '"') or not problem.says("expected"):
        return None
    start = last.position if last else problem.at
    if start.line != problem.at.line and character(start) == quote:
        message = f"The text that starts with this {quote} ends only on line {problem.at.line}, and more follows there."
        return mistake(message, start._replace(length=1), f"Add the {quote} that is missing.")
    inside = "'' for a ' inside" if quote == "'" else '\\" for a " inside'
    return mistake(
        f"The text ended at the {quote} before this.",
        problem.at,
        f"Put the whole value in quotes, and write {inside}.",
    )


def _expression_in_brackets(problem: Problem) -> Diagnostic | None:
    if "flow" not in problem.context or not problem.before.endswith("$") or not problem.after.startswith("{"):
        return None
    message = "Inside the brackets of a list or mapping, text with ${ } must be in quotes."
    return mistake(message, problem.shift(-1, 2), 'Write it as "${...}", with the quotes.')


def _unclosed_bracket(problem: Problem) -> Diagnostic | None:
    opened = problem.opened
    if not opened or not problem.says("',' or ']'", "',' or '}'"):
        return None
    opening = character(opened)
    closing = "]" if opening == "[" else "}"
    if opened.line != problem.at.line or not problem.after.strip():
        return mistake(f"This {opening} is never closed.", opened, f"Add the {closing} that ends it.")
    message = f"Between {opening} and {closing} a comma or the {closing} comes after a value."
    return mistake(message, problem.at, "If it is part of a text, put the text in quotes.")


def _brackets_at_end(problem: Problem) -> Diagnostic | None:
    """A file that ends right after an opening bracket or a comma."""
    if "flow node" not in problem.context or problem.after.strip():
        return None
    return mistake("The file ends inside brackets.", problem.at, "Add the ] or } that is missing.")


def _stray_bracket(problem: Problem) -> Diagnostic | None:
    sign = problem.after[:1]
    if sign not in tuple("]},") or not problem.says("node content", "expected key", "<block end>"):
        return None
    at_start = problem.before.rstrip()[-1:] in ("", ":", "-", ",", "[", "{")
    message = f"Text can't start with {sign} here." if at_start else f"There is nothing that this {sign} could end."
    return mistake(message, problem.at, "If it is part of a text, put the text in quotes.")


def _after_brackets(problem: Problem) -> Diagnostic | None:
    """`[x]:m-2` and `{{ name }} text`."""
    bracket = problem.before.rstrip()[-1:]
    if bracket not in ("]", "}") or not problem.says("expected key", "indicator", "<block end>", "<document start>"):
        return None
    what = "list" if bracket == "]" else "mapping"
    return mistake(f"The {what} ended at the {bracket} before this.", problem.at, QUOTE)


def _missing_space(problem: Problem) -> Diagnostic | None:
    """`title:Clock`, which YAML takes for text and complains about a line later."""
    if not problem.says("mapping values", "find expected ':'"):
        return None
    first = problem.last.position.line if problem.last else 1
    for number in range(first, problem.at.line + 1):
        key = MISSING_SPACE.match(problem.source.line(number))
        if key and (number, key.end()) < problem.at[1:3]:
            place = Position(problem.source, number, key.end())
            return mistake("There is no space after this colon.", place, "Write a key and its value as `key: value`.")
    return None


def _colon_in_text(problem: Problem) -> Diagnostic | None:
    if not problem.says("mapping values") or not KEY_WITH_VALUE.match(problem.before + ":"):
        return None
    message = "A value on the line of its key can't have a colon and a space in it."
    return mistake(message, problem.at, "If it is text, put the text in quotes.")


def _nested_below_value(problem: Problem) -> Diagnostic | None:
    """A mapping, indented more than a line above that has its value already."""
    line = problem.source.line(problem.previous)
    if not problem.says("mapping values") or not KEY_WITH_VALUE.match(line):
        return None
    indent = len(problem.before) - len(problem.before.lstrip())
    fitting = len(_dashes(line))
    place = problem.at._replace(column=indent + 1, length=max(problem.at.column - 1 - indent, 1))
    message = f"This is indented below line {problem.previous}, whose key has a value already."
    return mistake(message, place, f"For a key beside that one, indent it with {_spaces(fitting)}.")


def _not_a_key(problem: Problem) -> Diagnostic | None:
    """A line of text where a key belongs."""
    if not problem.says("mapping values", "find expected ':'"):
        return None
    number = problem.opened.line if problem.opened else problem.previous or problem.at.line
    line = problem.source.line(number)
    start = len(_dashes(line))
    place = Position(problem.source, number, start + 1, max(len(line.rstrip()) - start, 1))
    return mistake(
        "This line is not `key: value`, as the lines around it are.",
        place,
        "Write `key: value`; further lines of a text are indented below its key.",
    )


def _list_beside_key(problem: Problem) -> Diagnostic | None:
    if not problem.says("sequence entries are not allowed"):
        return None
    hint = "Start it on the next line; text that starts with a dash must be in quotes."
    return mistake("A list can't start on the line of its key.", problem.at, hint)


def _question(problem: Problem) -> Diagnostic | None:
    if not problem.says("mapping keys are not allowed"):
        return None
    return mistake("Text can't start with ? and a space here.", problem.at, QUOTE)


def _missing_key(problem: Problem) -> Diagnostic | None:
    if not problem.after.startswith(":") or not problem.says("expected key", "<block end>", "node content"):
        return None
    return mistake("There is no key before this colon.", problem.at)


def _list_among_keys(problem: Problem) -> Diagnostic | None:
    """Items and keys at the same column."""
    opened = problem.opened
    if not opened or opened.column != problem.at.column or not problem.says("expected key", "indicator", "<block end>"):
        return None
    if re.match(r"-(\s|$)", problem.after):
        message = f"A list item can't stand among keys, such as that of line {opened.line}."
        return mistake(message, problem.at, "Indent the list below the key that it belongs to.")
    if "mapping" in problem.context:
        return None
    return mistake(
        f"Among the items of the list that starts on line {opened.line}, a line must begin with a dash.",
        problem.at,
        "A key of the item above is indented by two more spaces.",
    )


def _indentation(problem: Problem) -> Diagnostic | None:
    opened = problem.opened
    if not opened or problem.before.strip() or not problem.says("expected key", "indicator", "<block end>"):
        return None
    fitting = sorted({opened.column - 1, len(_dashes(problem.source.line(problem.previous)))})
    hint = f"Indent it with {' or '.join(_spaces(count) for count in fitting)}, to line up with what it belongs to."
    return mistake("The indentation of this line fits no line above it.", problem.at, hint)


def _block_text(problem: Problem) -> Diagnostic | None:
    if not problem.opened or "block scalar" not in problem.context or not problem.says("comment", "chomping"):
        return None
    sign = character(problem.opened)
    hint = f"Start the text on the next line, indented; text that starts with {sign} must be in quotes."
    return mistake(f"Nothing can follow {sign} on its line.", problem.at, hint)


def _after_content(problem: Problem) -> Diagnostic | None:
    if not problem.says("<document start>"):
        return None
    return mistake("The content of the file ended before this.", problem.at)


def _dashes(line: str) -> str:
    match = DASHES.match(line)
    return match[0] if match else ""


def _spaces(count: int) -> str:
    return f"{count} space{'s' * (count != 1)}" if count else "no space"


RULES: tuple[Callable[[Problem], Diagnostic | None], ...] = (
    _tab,
    _reserved,
    _sign,
    _after_alias,
    _unclosed_quote,
    _escape,
    _expression_in_brackets,
    _after_quote,
    _unclosed_bracket,
    _brackets_at_end,
    _stray_bracket,
    _after_brackets,
    _missing_space,
    _colon_in_text,
    _nested_below_value,
    _not_a_key,
    _list_beside_key,
    _question,
    _missing_key,
    _list_among_keys,
    _indentation,
    _block_text,
    _after_content,
)
