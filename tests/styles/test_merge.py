import pytest

from livepages.styles.merge import merge


@pytest.mark.parametrize(
    ("classes", "more", "merged"),
    [
        ("p-4 text-red-600 bg-blue-500", "text-red-500 bg-white", "p-4 text-red-500 bg-white"),
        ("px-2 py-1", "p-3", "p-3"),
        ("p-3", "px-2", "p-3 px-2"),
        ("text-lg", "text-red-500", "text-lg text-red-500"),
        ("hover:p-2 p-2", "p-4", "hover:p-2 p-4"),
        ("bomb", "other bomb", "bomb other bomb"),
        ("p-1", "", "p-1"),
        ("", "p-1", "p-1"),
        ("p-1  m-1\n", "p-2", "m-1 p-2"),
        # Tailwind 1's names
        ("flex-shrink-0", "shrink", "shrink"),
        ("shrink", "flex-shrink-0", "flex-shrink-0"),
        ("flex-grow", "grow-0", "grow-0"),
        ("flex-no-wrap", "flex-wrap", "flex-wrap"),
        ("whitespace-no-wrap", "whitespace-pre", "whitespace-pre"),
        ("col-gap-4 row-gap-px", "gap-x-2", "row-gap-px gap-x-2"),
        ("gap-4", "col-gap-2", "gap-4 col-gap-2"),
        ("bg-red-500 bg-opacity-50", "bg-opacity-25", "bg-red-500 bg-opacity-25"),
        ("shadow-outline text-red-500", "shadow-lg", "text-red-500 shadow-lg"),
        ("font-hairline font-mono", "font-bold", "font-mono font-bold"),
    ],
)
def test_merge(classes: str, more: str, merged: str) -> None:
    assert merge(classes, more) == merged
