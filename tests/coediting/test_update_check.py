"""Updates are looked through before they are applied: what real documents make passes, what lies does not."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment

from livepages.coediting.encoding import BadMessage, number
from livepages.coediting.update_check import check_state, check_update

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)
STEPS = st.lists(
    st.tuples(st.sampled_from("text format embed delete map array".split()), st.text(), VALUES), max_size=12
)


def carried_out(steps: list[tuple[str, str, Any]]) -> Doc[Any]:
    """A document in which these things were done."""
    doc: Doc[Any] = Doc()
    text, mapping, array = doc.get("text", type=Text), doc.get("map", type=Map), doc.get("array", type=Array)
    for kind, name, value in steps:
        if kind == "text":
            text.insert(0, name, {"bold": True})
        elif kind == "format":
            text.format(0, len(text), {"link": name})
        elif kind == "embed":
            text.insert_embed(len(text), {"image": name})
        elif kind == "delete":
            text.clear()
        elif kind == "map":
            mapping[name or "key"] = value
        else:
            array.append(value)
    return doc


@given(STEPS)
@settings(deadline=None)
def test_what_documents_make_passes(steps: list[tuple[str, str, Any]]) -> None:
    doc = carried_out(steps)
    check_update(doc.get_update())
    check_state(doc.get_state())


def test_other_shared_types_pass() -> None:
    doc: Doc[Any] = Doc()
    doc.get("xml", type=XmlFragment).children.append(XmlElement("p", {"class": "a"}))
    doc.get("map", type=Map)["inner"] = Map({"a": Array([1, 2, b"bytes"])})
    check_update(doc.get_update())


@given(STEPS, st.data())
@settings(deadline=None)
def test_what_is_cut_short_does_not(steps: list[tuple[str, str, Any]], data: st.DataObject) -> None:
    update = carried_out(steps).get_update()
    with pytest.raises(BadMessage):
        check_update(update[: data.draw(st.integers(0, len(update) - 1))])


@pytest.mark.parametrize(
    "update",
    [
        number(2**27),  # clients
        b"\x01" + number(2**27) + b"\x01\x00",  # structs
        b"\x00" + number(2**27),  # clients with deletions
        b"\x00\x01\x01" + number(2**27),  # deletions
        b"\x01\x01\x01\x00\x08\x01\x01a" + number(2**27) + b"\x00",  # values
        b"\x01\x01\x01\x00\x08\x01\x01a\x01\x75" + number(2**27) + b"\x00",  # entries of an array
        b"\x01\x01\x01\x00\x04\x01\x01a" + number(2**27) + b"\x00",  # characters
        b"\x01\x01\x01\x00\x08\x01\x01a\x01" + b"\x75\x01" * 200 + b"\x7e\x00",  # depth
        b"\x01\x01\x01\x00\x09\x01\x01a\x01b\x76\x00\x00",  # a document in it
        b"\x00\x00\x00",  # something more
    ],
    ids=lambda update: update[:12].hex(),
)
def test_what_asks_for_more_than_it_holds_does_not(update: bytes) -> None:
    with pytest.raises(BadMessage):
        check_update(update)


@given(st.binary(max_size=80))
def test_any_bytes_pass_or_are_told(data: bytes) -> None:
    for check in (check_update, check_state):
        with suppress(BadMessage):
            check(data)
