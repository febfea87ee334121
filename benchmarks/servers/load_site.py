"""Reads and compiles a site of many lines, and says how long that took, as JSON.

Arguments: a folder to write the site to, its lines.
"""

import json
import sys
import time
from pathlib import Path

import yaml

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.hub import Hub
from livepages.schema.loader import load_site

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

folder, lines = Path(sys.argv[1]), int(sys.argv[2])
cards = (lines - 3) // CARD.count("\n")
text = "title: Cards\nhandlers: cards.py\nbody:\n" + "".join(CARD.format(number=number) for number in range(cards))
(folder / "site.yaml").write_text(text, encoding="utf-8")
(folder / "cards.py").write_text(HANDLERS, encoding="utf-8")

start = time.perf_counter()
for _event in yaml.parse(text, Loader=yaml.CSafeLoader):
    pass
parsed = time.perf_counter()
site = load_site(folder / "site.yaml", ELEMENT_TYPES)
read = time.perf_counter()
Hub(site)
compiled = time.perf_counter()
times = {"parse alone": parsed - start, "read and check": read - parsed, "compile": compiled - read}
sys.stdout.write(json.dumps(times))
