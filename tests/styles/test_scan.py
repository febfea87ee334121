from livepages.styles.scan import candidates

SOURCE = '''
"""Module text-docstring."""
BUTTON = "m-2 p-2 hover:bg-red-200"

def paint(page, colour):
    """Paint it bg-docstring."""
    # text-comment
    page["bomb"].classes.merge('text-red-500 bg-white')
    page["x"].append({"div": "", "classes": f"w-1/2 text-{colour}-500 p-4"})
    page["y"].classes.add("bg-[url(http://evil)]", "</style>", "[&_p]:m-1 Capital 12px")
'''


def test_words_of_strings() -> None:
    assert candidates(SOURCE) == {
        *("m-2", "p-2", "hover:bg-red-200", "text-red-500", "bg-white", "bomb", "x", "y", "div", "classes"),
        *("w-1/2", "text-", "-500", "p-4", "[&_p]:m-1"),
    }


def test_source_that_does_not_parse_has_none() -> None:
    assert candidates("def (") == set()
    assert candidates("\0") == set()
    assert candidates("(" * 5000) == set()
