"""The table of Font Awesome's drawings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STYLES = ("solid", "regular", "brands")
STYLE_OF_PREFIX = {"fas": "solid", "far": "regular", "fab": "brands"}


def icon_table(package: Path) -> str:
    """Font Awesome's drawings as {"icons": {name: {style: [width, height, path]}}, "aliases": {old: name}}.

    An alias is "name", or "style/name" where the old name stood for one style. A name of today wins over an old one.
    """
    families = json.loads((package / "metadata" / "icon-families.json").read_text("utf-8"))
    icons = {name: drawings(data["svgs"]["classic"]) for name, data in families.items()}
    aliases = {str(old): name for name, data in families.items() for old in data.get("aliases", {}).get("names", ())}
    for old, prefix, name in version_4_names(package):
        aliases.setdefault(old, f"{STYLE_OF_PREFIX[prefix]}/{name or old}" if prefix else name or old)
    aliases = {old: name for old, name in aliases.items() if old not in icons}
    table = {"icons": icons, "aliases": aliases}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def drawings(svgs: Mapping[str, Any]) -> dict[str, list[object]]:
    return {
        style: [svgs[style]["width"], svgs[style]["height"], svgs[style]["path"]] for style in STYLES if style in svgs
    }


def version_4_names(package: Path) -> list[tuple[str, str | None, str | None]]:
    """(old name, prefix of its style, name of today) of version 4; metadata/shims.yml has only some of them."""
    script = (package / "js" / "v4-shims.js").read_text("utf-8")
    found = re.search(r"var shims = (\[.*\]);", script)
    if not found:
        raise SystemExit("js/v4-shims.js has no table of shims any more: look where Font Awesome keeps it now")
    # The table goes on with the code points of the same names.
    return [(old, prefix, name) for old, prefix, name in json.loads(found[1]) if isinstance(old, str)]
