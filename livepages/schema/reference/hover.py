"""What editors show of a word: a text, and an example of it."""

from __future__ import annotations

from typing import Any


def hover(doc: str, example: str = "") -> dict[str, Any]:
    """The keywords of a JSON Schema that explain; editors that know Markdown get the example too."""
    shown = {"markdownDescription": f"{doc}\n\n```yaml\n{example}\n```"} if example else {}
    return {"description": doc, **shown}
