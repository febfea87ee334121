"""A site of many lines: one page of cards, each with a text of its own."""

from __future__ import annotations

from pathlib import Path

CARD = """\
  - div:
      - h2: Card {number}
        classes: text-lg font-bold
      - p: What card {number} has to say about itself.
        id: text-{number}
        classes: m-2 text-gray-700
      - button: Press
        on: {{click: {{call: press, with: {{number: {number}}}}}}}
        classes: px-4 py-2 rounded bg-blue-600 text-white
    classes: m-4 p-4 border rounded
"""
HANDLERS = """\
def press(page, number):
    page[f"text-{number}"].text = "Pressed"
"""


def write_cards(folder: Path, lines: int) -> Path:
    """Write the site of about so many lines into a folder; its file."""
    cards = (lines - 3) // CARD.count("\n")
    body = "".join(CARD.format(number=number) for number in range(cards))
    (folder / "cards.py").write_text(HANDLERS, encoding="utf-8")
    file = folder / "site.yaml"
    file.write_text(f"title: Cards\nhandlers: cards.py\nbody:\n{body}", encoding="utf-8")
    return file
