import json
from pathlib import Path

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.findings.reports import github_report, json_report, text_report
from livepages.schema.findings.source import Position, Source

SITE = Source(Path("/x/site.yaml"), "site.yaml", "title: Clock\n" * 8 + "body:\n  - div: hello\n    clases: m-2\n")


def found() -> Diagnostics:
    diagnostics = Diagnostics()
    diagnostics.error(
        "unknown-property",
        'The element div has no property "clases".',
        Position(SITE, 11, 5, 6),
        hint='Did you mean "classes"?',
    )
    diagnostics.warning("short-title", "This title is short.", Position(SITE, 1, 8, 5))
    diagnostics.error(
        "handlers-broken",
        'The module "clock.py" can\'t be imported.',
        detail='Traceback:\n  File "clock.py", line 1\n    1/0\n\nZeroDivisionError: division by zero\n',
    )
    return diagnostics


TEXT = """\
error: The module "clock.py" can't be imported.
     Traceback:
       File "clock.py", line 1
         1/0

     ZeroDivisionError: division by zero

site.yaml:1:8: warning: This title is short.
  1 | title: Clock
    |        ^^^^^

site.yaml:11:5: error: The element div has no property "clases".
  11 |     clases: m-2
     |     ^^^^^^
     = Did you mean "classes"?

2 errors, 1 warning
"""


def test_text() -> None:
    assert text_report(found()) == TEXT


def test_text_of_nothing() -> None:
    assert text_report(Diagnostics()) == ""


def test_text_counts_what_it_does_not_show() -> None:
    diagnostics = Diagnostics(limit=1)
    for number in range(3):
        diagnostics.error("c", f"Message {number}.")
    assert text_report(diagnostics) == "error: Message 0.\n\nerror: ... and 2 more.\n\n3 errors\n"


def test_text_is_safe_for_terminals() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("c", "A\x1b[2J\nB", hint="\x07", detail="\x9b1m")
    assert text_report(diagnostics) == "error: A\ufffd[2J B\n   = \ufffd\n     \ufffd1m\n\n1 error\n"


def test_json() -> None:
    assert json.loads(json_report(found())) == [
        {
            "file": None,
            "line": None,
            "column": None,
            "end_column": None,
            "severity": "error",
            "code": "handlers-broken",
            "message": 'The module "clock.py" can\'t be imported.',
            "hint": None,
            "detail": 'Traceback:\n  File "clock.py", line 1\n    1/0\n\nZeroDivisionError: division by zero\n',
        },
        {
            "file": "site.yaml",
            "line": 1,
            "column": 8,
            "end_column": 13,
            "severity": "warning",
            "code": "short-title",
            "message": "This title is short.",
            "hint": None,
            "detail": None,
        },
        {
            "file": "site.yaml",
            "line": 11,
            "column": 5,
            "end_column": 11,
            "severity": "error",
            "code": "unknown-property",
            "message": 'The element div has no property "clases".',
            "hint": 'Did you mean "classes"?',
            "detail": None,
        },
    ]
    assert json_report(Diagnostics()) == "[]"


def test_github() -> None:
    assert github_report(found()).splitlines() == [
        (
            '::error title=handlers-broken::The module "clock.py" can\'t be imported.%0ATraceback:'
            '%0A  File "clock.py", line 1%0A    1/0%0A%0AZeroDivisionError: division by zero%0A'
        ),
        "::warning file=site.yaml,line=1,col=8,endColumn=13,title=short-title::This title is short.",
        (
            "::error file=site.yaml,line=11,col=5,endColumn=11,title=unknown-property::"
            'The element div has no property "clases".%0ADid you mean "classes"?'
        ),
    ]
    assert github_report(Diagnostics()) == ""


def test_github_escapes() -> None:
    diagnostics = Diagnostics()
    odd = Source(Path("x"), "a,b:c%.yaml", "")
    diagnostics.error("c", "100%: a,\r\nb", Position(odd, 1, 1))
    expected = "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,endColumn=2,title=c::100%25: a,%0D%0Ab\n"
    assert github_report(diagnostics) == expected


def test_a_site_error_says_all() -> None:
    error = SiteError(found())
    assert str(error) == TEXT
    assert error.diagnostics.has_errors
