"""Modules of the client as one file: joined in the order of their imports."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

IMPORT = re.compile(r'^import \{ ([^}]*) \} from "\./([\w-]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(async |function|class|const|let))", re.MULTILINE)
COMMENT = re.compile(r"^ */\*\*(?:[^*]|\*(?!/))*\*/\n|^ *//[^\n]*\n", re.MULTILINE)


def join_modules(
    modules: Mapping[str, str], entry: str, *, others: Collection[str] = (), exports: Iterable[str] = ()
) -> str:
    """One module with the code of `entry` and of all that it imports, each before those that need it.

    `modules` are texts by name. They import names only, from each other, and no two of them define the same one: then
    leaving out `import` and `export` changes nothing. Comments between lines of code are left out too. `others` are
    modules that it imports as they do, and `exports` the names that it exports itself.
    """
    joined: list[str] = []
    seen: set[str] = set()
    imports: dict[str, set[str]] = {}

    def add(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        for names, needed in IMPORT.findall(modules[name]):
            if needed in others:
                imports.setdefault(needed, set()).update(names.split(", "))
            else:
                add(needed)
        joined.append(EXPORT.sub("", IMPORT.sub("", COMMENT.sub("", modules[name]))).strip() + "\n")

    add(entry)
    imported = [f'import {{ {", ".join(sorted(names))} }} from "./{name}.js";\n' for name, names in imports.items()]
    exported = [f"export {{ {', '.join(exports)} }};\n"] if exports else []
    return "".join([*imported, *joined, *exported])
