"""Joining class names so that of two that style the same thing the later one stands (tailwind-merge's rules)."""

import functools

from livepages.styles import vendor
from livepages.styles.script import Script

# The names of tailwind1.css join the groups of today's names.
_GLUE = """
var merge = tailwindMerge.extendTailwindMerge({
  cacheSize: 0,
  extend: {
    theme: {shadow: ["outline"], "font-weight": ["hairline"]},
    classGroups: {
      "flex-wrap": ["flex-no-wrap"],
      whitespace: ["whitespace-no-wrap"],
      grow: ["flex-grow", "flex-grow-0"],
      shrink: ["flex-shrink", "flex-shrink-0"],
      "gap-x": [{"col-gap": [n => /^(?:\\d+(?:\\.\\d+)?|px|\\[.+\\])$/.test(n)]}],
      "gap-y": [{"row-gap": [n => /^(?:\\d+(?:\\.\\d+)?|px|\\[.+\\])$/.test(n)]}],
      "bg-opacity": [{"bg-opacity": [n => /^\\d+$/.test(n)]}],
      "text-opacity": [{"text-opacity": [n => /^\\d+$/.test(n)]}],
      "border-opacity": [{"border-opacity": [n => /^\\d+$/.test(n)]}],
    },
  },
});
"""


@functools.lru_cache(maxsize=4096)
def merge(classes: str, more: str) -> str:
    """Both lists of class names as one, without those of `classes` that `more` overrides.

    merge("p-4 text-red-600 bg-blue-500", "text-red-500 bg-white") is "p-4 text-red-500 bg-white".

    Raises:
        ScriptError: the script went past its limits.
    """
    return str(_script().call("merge", classes, more))


@functools.cache
def _script() -> Script:
    return Script(vendor.read("tailwind-merge.min.js") + _GLUE)
