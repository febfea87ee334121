"""A site of many lines, as a real one might be: pages, components, shared elements, forms and handlers."""

from __future__ import annotations

from pathlib import Path

PAGE = """\
  /section-{number}/{{name}}:
    title: Section {number} of ${{name}}
    params: {{name: {{max_length: 40}}, row: {{type: int, default: {number}, ge: 0, le: 9999}}}}
    every: {{5s: parts.refresh}}
    body:
      - header:
          - icon: comments
            classes: text-2xl text-green-600
          - h1: Section {number}
            classes: text-3xl font-bold text-gray-800 dark:text-white
          - a: Home
            href: /section-0/start
            classes: ml-auto underline hover:text-blue-500
        classes: flex items-center m-2 p-4 border-b
      - shared: notes
      - section:
          - card:
              title: Row ${{row}} of section {number}
              text: Some text that is long enough to be one of a real page.
              footer:
                - button: Open
                  on: {{click: {{call: rows.open_row, with: {{row: "${{row}}"}}}}}}
                  classes: px-4 py-2 rounded bg-blue-500 text-white hover:bg-blue-700
          - div:
              - label: Name
                for: name-{number}
                classes: block text-sm font-medium
              - input:
                id: name-{number}
                placeholder: Your name
                maxlength: 40
                on:
                  keydown.enter: rows.save
                  input: {{call: rows.check, debounce: 300ms}}
                classes: border-2 border-gray-200 rounded py-2 px-4 focus:outline-none
              - select: tea
                id: drink-{number}
                options: {{tea: Tea, coffee: Coffee, water: Water}}
                classes: rounded border
            classes: grid grid-cols-2 gap-4 p-4
          - ul:
              - li: First point
              - li: Second point
                style: {{color: red, line-height: 1.5}}
              - li: [See, {{a: the plan, href: /section-0/plan}}]
            classes: list-disc pl-6
        classes: max-w-4xl mx-auto
      - footer: Section {number}, all rights reserved
        attrs: {{data-section: "{number}", aria-label: Footer}}
        classes: text-xs text-gray-500 text-center
"""

HEAD = """\
title: A large site
handlers: [rows.py, parts.py]
startup: rows.welcome
css: site.css
components:
  card:
    props: {title: str, text: {type: str, default: ""}}
    body:
      - article:
          - h2: ${title}
            classes: text-xl
          - p: ${text}
          - slot:
          - div:
              - slot: footer
            classes: flex justify-end
        classes: rounded-lg border shadow p-4 m-2
shared:
  notes:
    - div:
      id: messages
      classes: m-2 h-1/2 border overflow-auto
pages:
"""

ROWS = """\
import parts


def welcome(shared):
    shared["messages"].append({"p": "Welcome"})


def open_row(page, row):
    parts.refresh(page)


def save(page, value):
    pass


def check(element, value):
    pass
"""


def write_large_site(folder: Path, lines: int) -> Path:
    """Write a site whose file has at least so many lines; returns the file."""
    pages = -(-(lines - HEAD.count("\n")) // PAGE.count("\n"))
    text = HEAD + "".join(PAGE.format(number=number) for number in range(pages))
    (folder / "site.yaml").write_text(text, encoding="utf-8")
    (folder / "rows.py").write_text(ROWS, encoding="utf-8")
    (folder / "parts.py").write_text("def refresh(page):\n    pass\n", encoding="utf-8")
    (folder / "site.css").write_text("p { margin: 0 }\n", encoding="utf-8")
    return folder / "site.yaml"
