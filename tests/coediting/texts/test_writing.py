from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Text

from livepages.coediting.protocol.surplus import length_of, surplus_of
from livepages.coediting.texts.writing import insert, ops_of, replace
from tests.steps import steps

FORMATS = st.sampled_from([{}, {"bold": True}, {"italic": True}, {"bold": True, "italic": True}, {"header": 1}])
TEXTS = st.text("ab é😀\n", min_size=1, max_size=8)
INSERTS = st.one_of(TEXTS, st.just({"image": "data:image/png;base64,AA=="}))


def normal(ops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbouring texts of the same formats as one."""
    found: list[dict[str, Any]] = []
    for op in ops:
        formats = {"attributes": op["attributes"]} if op.get("attributes") else {}
        last = found[-1] if found else None
        alike = last is not None and {k: v for k, v in last.items() if k != "insert"} == formats
        if last is not None and alike and isinstance(last["insert"], str) and isinstance(op["insert"], str):
            last["insert"] += op["insert"]
        else:
            found.append({"insert": op["insert"], **formats})
    return found


DELTAS = st.lists(st.builds(lambda content, formats: {"insert": content, "attributes": formats}, INSERTS, FORMATS)).map(
    normal
)


def text_with(ops: list[dict[str, Any]]) -> Text:
    text: Text = Doc().get("text", type=Text)
    replace(text, ops)
    return text


@given(DELTAS, DELTAS)
@settings(deadline=None)
def test_a_text_becomes_what_is_wanted(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    text = text_with(old)
    assert normal(ops_of(text)) == old
    replace(text, new)
    assert normal(ops_of(text)) == new


def test_what_stays_is_left_alone() -> None:
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    replace(text, [{"insert": "one two three"}])
    deltas: list[Any] = []
    watching = text.observe(lambda event: deltas.append(event.delta))
    with doc.transaction():
        replace(text, [{"insert": "one 2 three!"}])
    assert deltas == [[{"retain": 4}, {"delete": 3}, {"insert": "2"}, {"retain": 6}, {"insert": "!"}]]
    del watching


def test_what_somebody_types_meanwhile_stays_where_it_was_typed() -> None:
    server, browser = Doc(), Doc()
    replace(server.get("text", type=Text), [{"insert": "first\nsecond\nthird\n"}])
    browser.apply_update(server.get_update())
    typed = browser.get("text", type=Text)
    typed.insert(8, "[typed]")
    replace(server.get("text", type=Text), [{"insert": "First\nsecond\nthird!\n"}])
    server.apply_update(browser.get_update())
    assert str(server.get("text", type=Text)) == "First\nse[typed]cond\nthird!\n"


@given(DELTAS, st.integers(0, 30), TEXTS, FORMATS)
@settings(deadline=None)
def test_insertion_counts_characters(
    old: list[dict[str, Any]], index: int, content: str, formats: dict[str, Any]
) -> None:
    text = text_with(old)
    cells = [(c, op.get("attributes")) for op in old for c in (op["insert"] if isinstance(op["insert"], str) else [1])]
    index = min(index, len(cells))
    insert(text, index, [{"insert": content, "attributes": formats}])
    found = ops_of(text)
    after = [c for op in found for c in (op["insert"] if isinstance(op["insert"], str) else [1])]
    assert after == [c for c, _ in cells[:index]] + list(content) + [c for c, _ in cells[index:]]


def test_whole_numbers_of_browsers_are_whole() -> None:
    text: Text = Doc().get("text", type=Text)
    text.insert(0, "a\n", {"header": 1.0, "indent": 2.5})
    assert ops_of(text) == [{"insert": "a\n", "attributes": {"header": 1, "indent": 2.5}}]


def test_a_shared_type_within_a_text_is_an_embed_that_nobody_knows() -> None:
    text: Text = Doc().get("text", type=Text)
    text.insert(0, "a")
    text.insert_embed(1, Text("inner"))
    assert ops_of(text) == [{"insert": "a"}, {"insert": {}}]


@given(st.text("ab é😀", max_size=10), st.text("xyz😀", min_size=1, max_size=10), st.data())
@settings(deadline=None)
def test_surplus_is_the_end_of_what_was_put_in(old: str, new: str, data: st.DataObject) -> None:
    text = text_with([{"insert": old}])
    deltas: list[Any] = []
    watching = text.observe(lambda event: deltas.append(event.delta))
    index = data.draw(st.integers(0, len(old)))
    excess = data.draw(st.integers(0, len(new)))
    insert(text, index, [{"insert": new}])
    for start, end in surplus_of(deltas[0], excess):
        del text[start:end]
    assert str(text) == old[:index] + new[: len(new) - excess] + old[index:]
    assert length_of(text) == len(old) + len(new) - excess
    del watching


def test_texts_that_repeat_themselves_are_not_compared_for_long() -> None:
    text = text_with([{"insert": "a" * 999}])
    assert steps(lambda: replace(text, [{"insert": "ba" * 500}])) < 50_000
    assert ops_of(text) == [{"insert": "ba" * 500}]
