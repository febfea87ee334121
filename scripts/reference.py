"""Write the tables of docs/language.md from the program's own: python scripts/reference.py"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from livepages.schema.action_keys import ACTION_KEYS, ACTION_OPTIONS, TIMES
from livepages.schema.filter import Filter
from livepages.schema.filters import FILTERS
from livepages.schema.properties import Property

PAGE = Path(__file__).resolve().parent.parent / "docs" / "language.md"


def filters_table() -> str:
    """The filters with their parameters, what they do, and an example."""
    rows = [f"| {_call(each)} | {_cell(each.doc)} | {_example(each)} |" for each in FILTERS.values()]
    return "\n".join(["| Filter | | Example |", "| --- | --- | --- |", *rows])


def keys_table(keys: Mapping[str, Property]) -> str:
    """Keys of the file with what they mean."""
    rows = [f"| `{name}` | {_cell(prop.doc)} |" for name, prop in keys.items()]
    return "\n".join(["| Key | |", "| --- | --- |", *rows])


def _call(each: Filter) -> str:
    names = [parameter.name if parameter.is_required else f"[{parameter.name}]" for parameter in each.parameters]
    return f"`{each.name}({', '.join(names)})`" if names else f"`{each.name}`"


def _example(each: Filter) -> str:
    result = "" if each.result is None else f" → `{json.dumps(each.result, ensure_ascii=False)}`"
    return _cell(f"`{each.example}`{result}")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


TABLES = {
    "filters": filters_table,
    "actions": lambda: keys_table(ACTION_KEYS),
    "options": lambda: keys_table({**ACTION_OPTIONS, **TIMES}),
}


def filled(page: str) -> str:
    """The page with its tables as they are now."""
    for name, table in TABLES.items():
        marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
        text = f"{marks[0]}\n{table()}\n{marks[1]}"
        page = re.sub(f"{marks[0]}.*?{marks[1]}", lambda _, text=text: text, page, flags=re.DOTALL)
    return page


def main() -> None:
    """Write the page."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
