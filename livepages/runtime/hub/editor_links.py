"""Links that open a place of a file in the editor of whoever develops the site."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

log = logging.getLogger(__name__)

VARIABLE: Final = "LIVEPAGES_EDITOR"
"""The environment variable that names an editor, or is the template of its links."""
DEFAULT: Final = "vscode"
EDITORS: Final = MappingProxyType(
    {
        "vscode": "vscode://file/{path}:{line}:{column}",
        "vscodium": "vscodium://file/{path}:{line}:{column}",
        "cursor": "cursor://file/{path}:{line}:{column}",
        "windsurf": "windsurf://file/{path}:{line}:{column}",
        "zed": "zed://file/{path}:{line}:{column}",
        "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
        "idea": "idea://open?file={path}&line={line}&column={column}",
        "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
        "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
        "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
        "none": "",
    }
)
"""The templates of links by the editors' names."""

TEMPLATE = re.compile(r"(?!javascript|data|vbscript|blob|file)[a-z][a-z0-9+.-]*://\S*\{path\}\S*")
"""An address that runs nothing in the page, with the file's path in it."""
FIELDS = re.compile(r"\{(path|line|column)\}")
DOUBLED = re.compile(r"(?<![/:])/(?=\{path\})")
"""A slash before the path, which begins with one itself."""
FRAME = re.compile(r'File "([^"\n]+)", line (\d+)')
"""A place in a traceback."""


class Editor:
    """An editor by its name in EDITORS, or by the template of its links, such as `my://{path}?line={line}`.

    Raises ValueError for what is neither.
    """

    def __init__(self, name: str = DEFAULT) -> None:
        template = EDITORS.get(name, name)
        if template and not TEMPLATE.fullmatch(template):
            known = ", ".join(EDITORS)
            raise ValueError(
                f'"{name}" is neither the name of an editor ({known}) nor an address with {{path}} in it, '
                "such as vscode://file/{path}:{line}:{column}"
            )
        self._template = DOUBLED.sub("", template)

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Editor:
        """The editor that the environment names; the default one, and a line in the log, where it is none."""
        name = environment.get(VARIABLE) or DEFAULT
        try:
            return cls(name)
        except ValueError as error:
            log.warning("%s: %s. Links open %s.", VARIABLE, error, DEFAULT)
            return cls()

    def link(self, path: Path, line: int, column: int = 1) -> str | None:
        """The address that opens a file at a place (lines and columns count from 1); None where no links are wanted."""
        if not self._template:
            return None
        where = "/" + quote(path.absolute().as_posix().lstrip("/"), safe="/")
        fields = {"path": where, "line": str(line), "column": str(column)}
        return FIELDS.sub(lambda field: fields[field[1]], self._template)

    def links_in(self, trace: str, folder: Path) -> dict[str, str]:
        """The places in a traceback with paths relative to `folder`, each as it is written there, with its address."""
        found = {place[0]: self.link(folder / place[1], int(place[2])) for place in FRAME.finditer(trace)}
        return {written: link for written, link in found.items() if link is not None}
