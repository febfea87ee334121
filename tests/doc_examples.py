"""The examples of the documentation, as sites.

A `yaml` block is a site's file; one that begins with `- ` is its body, and one without `body` and `pages` gets a body.
A `python` block that begins with `# name.py` is the module of that name for the sites of its document. The functions of
`shop.py`, which the reference does not show, are here. A `text` block after a site is what its first page shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.blueprints.blueprints import compile_site
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import text_report
from livepages.schema.loader import read_site

MODULE = re.compile(r"# \S+\.py$", re.MULTILINE)
ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOP = {
    "buy": "def buy(item, count=1):\n    return None\n",
    "find": "def find(value):\n    return None\n",
}
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))


@dataclass(frozen=True)
class Example:
    """One site of a document, below a heading, with its modules by their files, and what its page shows, if told."""

    document: str
    line: int
    heading: str
    yaml: str
    modules: dict[str, str]
    shows: str | None = None

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"

    def write(self, folder: Path) -> Path:
        """The site in a folder."""
        text = self.yaml
        if text.startswith("- "):
            text = f"body:\n{indent(text, '  ')}"
        elif not re.search(r"^(body|pages):", text, re.MULTILINE):
            text += "body: [{p: Hello}]\n"
        (folder / "site.yaml").write_text(text, encoding="utf-8")
        for name in re.findall(r"^handlers: (\S+)$", text, re.MULTILINE):
            (folder / name).write_text(self.modules.get(name) or shop(text), encoding="utf-8")
        for name in re.findall(r"[\w-]+\.css", text):
            (folder / name).write_text("", encoding="utf-8")
        return folder

    def findings(self, folder: Path) -> str:
        """All that `livepages check` would say of it."""
        diagnostics = Diagnostics()
        site = read_site(self.write(folder), ELEMENT_TYPES, diagnostics)
        if site is not None and not diagnostics.has_errors:
            compile_site(site, diagnostics)
        return text_report(diagnostics) if len(diagnostics) else ""


def shop(text: str) -> str:
    """The module of a site that names some functions of `shop.py`."""
    return "\n".join(code for name, code in SHOP.items() if re.search(rf"\b{name}\b", text)) or "x = 1\n"


def scripts(path: Path) -> list[str]:
    """The Python of a document that is no module of a site."""
    blocks = BLOCK.findall(path.read_text(encoding="utf-8"))
    return [text for language, text in blocks if language == "python" and not MODULE.match(text)]


def examples(path: Path) -> list[Example]:
    """The examples of a document."""
    text = path.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    modules = {
        Path(block[2].split("\n")[0].removeprefix("# ")).name: block[2]
        for block in blocks
        if block[1] == "python" and MODULE.match(block[2])
    }
    found = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        if block[1] == "yaml":
            heading = re.findall(r"^#+ (.*)", BLOCK.sub("", text[: block.start()]), re.MULTILINE)[-1]
            line = text.count("\n", 0, block.start()) + 1
            shows = after[2].rstrip("\n") if after is not None and after[1] == "text" else None
            name = path.relative_to(ROOT).as_posix()
            found.append(Example(name, line, heading, block[2], modules, shows))
    return found
