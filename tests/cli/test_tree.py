from __future__ import annotations

from pathlib import Path

from tests.cli.program import SITES, run, write_site

BOARD = """\
board  title Simple message board  startup welcome
├── page /  scope tab
│   └── div .flex .flex-col .h-screen
│       ├── h1 .bg-red-100 .border-l-4 .border-red-500… "Simple Message Board"
│       ├── div .flex
│       │   ├── textarea #message .m-2 .bg-gray-200 .font-mono…
│       │   └── button .m-2 .p-2 .text-red-700…  click → send_message
│       │       ├── icon .text-2xl "paper-plane"
│       │       └── div .text-sm "Send"
│       └── shared board
├── shared board  on /
│   └── div #messages .m-2 .h-1/2 .border…
└── component message  props text: a text, at: a text
    └── div .flex .m-2 .border
        ├── icon .text-2xl .text-green-600 "comments"
        ├── p .text-xs .ml-2 .flex-shrink-0 "${at}"  reads at
        └── pre .ml-4 .p-2 .text-lg… "${text}"  reads text
"""


def test_the_board() -> None:
    result = run("tree", SITES / "board")
    assert (result.exit_code, result.stdout, result.stderr) == (0, BOARD, "")


def test_long_texts_and_what_a_terminal_would_obey(tmp_path: Path) -> None:
    yaml = 'body:\n  - p: "one two three four five six seven eight nine ten"\n  - p: "\\e[31mred"\n'
    lines = run("tree", write_site(tmp_path / "site", yaml)).stdout.splitlines()
    assert lines[2:] == [
        '    ├── p "one two three four five six seven …"',
        '    └── p "\N{REPLACEMENT CHARACTER}[31mred"',
    ]


def test_what_reads_the_time(tmp_path: Path) -> None:
    yaml = 'state: {at: 0}\nbody:\n  - p: "${now}"\n  - p: "${at | ago} ${now}"\n'
    lines = run("tree", write_site(tmp_path / "site", yaml)).stdout.splitlines()
    assert [line.rpartition("reads ")[2] for line in lines[-2:]] == ["now", "now, at"]
