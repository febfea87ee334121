"""Class names in Python source, so that their CSS is there before a handler first uses them."""

import ast
from collections.abc import Iterator

from livepages.styles.safety import is_safe

_FIRST = frozenset("abcdefghijklmnopqrstuvwxyz-!@*[")


def candidates(source: str) -> set[str]:
    """The words of a module's strings that may be class names; docstrings and comments are passed over.

    A module that does not parse has none: whoever loads it will say so.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {word for text in _strings(tree) for word in text.split() if word[0] in _FIRST and is_safe(word)}


def _strings(tree: ast.Module) -> Iterator[str]:
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
