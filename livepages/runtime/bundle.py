"""The client as one file: its modules joined in the order of their imports."""

from __future__ import annotations

import re
from collections.abc import Mapping

IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(async |function|class|const|let))", re.MULTILINE)
COMMENT = re.compile(r"^ */\*\*(?:[^*]|\*(?!/))*\*/\n|^ *//[^\n]*\n", re.MULTILINE)


def join_modules(modules: Mapping[str, str], entry: str) -> str:
    """One module with the code of `entry` and of all that it imports, each before those that need it.

    `modules` are texts by name. They import names only, from each other, and no two of them define the same one: then
    leaving out `import` and `export` changes nothing. Comments between lines of code are left out too.
    """
    joined: list[str] = []
    seen: set[str] = set()

    def add(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        for needed in IMPORT.findall(modules[name]):
            add(needed)
        joined.append(EXPORT.sub("", IMPORT.sub("", COMMENT.sub("", modules[name]))).strip() + "\n")

    add(entry)
    return "".join(joined)
