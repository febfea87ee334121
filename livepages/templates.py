"""The example sites as templates of new ones."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from livepages.schema.findings.suggest import suggestion
from livepages.schema.loader import DEFAULT_NAME
from livepages.schema.reference.json_schema import MODELINE, SCHEMA_NAME

PACKAGE = Path(__file__).parent
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "*~", SCHEMA_NAME)
"""What may lie in a site's folder without being part of it."""


class TemplateError(Exception):
    """A site can't be made. The text says why, and what to do."""


def template_folder() -> Path:
    """The folder of the example sites: in the installed package, or beside it in a checkout."""
    installed = PACKAGE / "sites"
    return installed if installed.is_dir() else PACKAGE.parent / "sites"


def templates(folder: Path) -> Mapping[str, Path]:
    """The example sites in a folder by their names."""
    return {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{DEFAULT_NAME}"))}


def new_site(target: Path, template: str, schema: str, folder: Path) -> None:
    """Copy an example site of `folder` to `target`, with the language's JSON Schema beside it for editors.

    Raises TemplateError when there is no such template, or something in the target's place already.
    """
    known = templates(folder)
    if template not in known:
        hint = suggestion(template, known) or f"There are {', '.join(known)}."
        raise TemplateError(f'There is no template "{template}". {hint}')
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        what = "is not empty" if target.is_dir() else "is a file"
        raise TemplateError(f"{target} {what}; choose another name.")
    try:
        shutil.copytree(known[template], target, ignore=LEFT_OUT, dirs_exist_ok=True)
        (target / SCHEMA_NAME).write_text(schema, encoding="utf-8")
        _add_modeline(target / DEFAULT_NAME)
    except (OSError, shutil.Error) as error:
        raise TemplateError(f"{target} can't be written: {getattr(error, 'strerror', None) or error}.") from None


def _add_modeline(file: Path) -> None:
    """Have the file's first line name the schema, unless it does already."""
    text = file.read_text(encoding="utf-8")
    if not text.startswith(MODELINE):
        file.write_text(f"{MODELINE}\n{text}", encoding="utf-8")
