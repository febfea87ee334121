"""Which value a scalar of YAML has: the core schema of YAML 1.2.2, section 10.3.2."""

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

ScalarValue = str | int | float | bool | None

WORDS: Mapping[str, ScalarValue] = MappingProxyType(
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
    | {sign + word: float(sign + "inf") for sign in ("", "-", "+") for word in (".inf", ".Inf", ".INF")}
    | dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan)
)
DECIMAL = re.compile(r"[-+]?[0-9]+")
BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
NUMBER_STARTS = frozenset("-+.0123456789")
LONGEST_NUMBER = 400
"""A longer run of digits stays text: Python refuses to turn thousands of digits into a number."""

CORE_TAG = "tag:yaml.org,2002:"


def resolve_plain(text: str) -> ScalarValue:
    """The value of text written without quotes. Only null, booleans and numbers are not strings."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in NUMBER_STARTS or len(text) > LONGEST_NUMBER:
        return text
    if DECIMAL.fullmatch(text):
        return int(text)
    if BASED.fullmatch(text):
        return int(text, 0)
    if FLOAT.fullmatch(text):
        return float(text)
    return text


def resolve_tagged(tag: str, text: str) -> ScalarValue:
    """The value of text with a core tag such as `!!int`, given in full.

    Raises KeyError for a tag that is no scalar tag of the core schema, ValueError for text that is not of the type.
    """
    return _READERS[tag](text)


def _float(text: str) -> float:
    value = resolve_plain(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(text)
    return float(value)


def _of_type(wanted: type) -> Callable[[str], ScalarValue]:
    def read(text: str) -> ScalarValue:
        value = resolve_plain(text)
        if type(value) is not wanted:
            raise ValueError(text)
        return value

    return read


_READERS: Mapping[str, Callable[[str], ScalarValue]] = MappingProxyType(
    {
        CORE_TAG + "str": str,
        CORE_TAG + "int": _of_type(int),
        CORE_TAG + "float": _float,
        CORE_TAG + "bool": _of_type(bool),
        CORE_TAG + "null": _of_type(type(None)),
    }
)
