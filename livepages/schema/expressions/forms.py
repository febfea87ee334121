"""What expressions are made of, for those who write them."""

from __future__ import annotations

from typing import Any, NamedTuple


class Form(NamedTuple):
    """One way to write an expression. `example` is one without the `${` and `}`, `result` its value."""

    written: str
    doc: str
    example: str
    result: Any


FORMS = (
    Form("12  1.5  'text'  \"text\"", "Numbers and texts.", "'tea'", "tea"),
    Form("true  false  null", "Yes, no, and nothing.", "null", None),
    Form("[a, b]", "A list.", "[3, 4]", [3, 4]),
    Form("{name: a}", "A mapping.", "{tea: 3}", {"tea": 3}),
    Form("a..b", "The list of the whole numbers from one to another, both included.", "1..4", [1, 2, 3, 4]),
    Form("a.name", "An entry of a mapping; null where there is none.", "{tea: 3}.tea", 3),
    Form(
        "a[b]",
        "An entry of a mapping, an item of a list, a character of a text; null where there is none. Places are "
        "counted from 0, and from the end with -1.",
        "['a', 'b', 'c'][-1]",
        "c",
    ),
    Form("a + b", "The sum of two numbers; two lists as one, or two texts.", "3 + 4", 7),
    Form("a - b", "The difference of two numbers.", "3 - 4", -1),
    Form("a * b", "The product of two numbers.", "3 * 4", 12),
    Form("a / b", "The quotient of two numbers.", "7 / 2", 3.5),
    Form("a // b", "The quotient rounded down.", "7 // 2", 3),
    Form("a % b", "What is left over in a division.", "7 % 2", 1),
    Form("a ** b", "A power.", "2 ** 10", 1024),
    Form("a ~ b", "Two texts as one, or any values as they stand in a text.", "'room ' ~ 7", "room 7"),
    Form("a == b", "Whether two values are the same.", "[3, 4] == [3, 4]", True),
    Form("a != b", "Whether they are not.", "3 != 4", True),
    Form("a < b", "Whether one number or text comes before another.", "'ann' < 'bob'", True),
    Form("a <= b", "Whether it comes before, or is the same.", "3 <= 3", True),
    Form("a > b", "Whether it comes after.", "3 > 4", False),
    Form("a >= b", "Whether it comes after, or is the same.", "3 >= 3", True),
    Form("a in b", "Whether a list has this item, a mapping this key, a text this part.", "'tea' in {tea: 3}", True),
    Form("a not in b", "Whether it has not.", "5 not in [3, 4]", True),
    Form("not a", "Whether a value is false, null, 0, or empty.", "not ''", True),
    Form("a and b", "The second value if the first is true, else the first.", "3 > 2 and 'yes'", "yes"),
    Form("a or b", "The first value if it is true, else the second.", "'' or 'nobody'", "nobody"),
    Form("a if b else c", "One of two values.", "'day' if 12 > 6 else 'night'", "day"),
    Form("a | filter", "What a filter makes of a value. It binds tighter than the operators.", "'tea' | upper", "TEA"),
    Form("(a)", "What is worked out first.", "(1 + 2) * 3", 9),
)
"""All that stands between `${` and `}`, names aside."""
