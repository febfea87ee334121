from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Text

from livepages.coediting.protocol.surplus import length_of, surplus_of
from livepages.coediting.texts.writing import insert, ops_of, replace
from tests.steps import steps

FORMATS = st.sampled_from([{}, {"bold": True}, {"italic": True}, {"bold": True, "italic": True}, {"header": 1}])
BREAK = {"insert": "\n", "attributes": {"header": 1}}
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


def characters(ops: list[dict[str, Any]]) -> list[str]:
    """The characters of a delta, an embed as one."""
    return [c for op in ops for c in (op["insert"] if isinstance(op["insert"], str) else ["embed"])]


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


@given(DELTAS, st.integers(-40, 40), TEXTS, FORMATS, st.booleans())
@settings(deadline=None)
def test_insertion_counts_characters(
    old: list[dict[str, Any]], index: int, content: str, formats: dict[str, Any], is_rich: bool
) -> None:
    text = text_with([*old, {"insert": "\n"}] if is_rich else old)
    wanted = characters(ops_of(text))
    end = len(wanted) - is_rich
    place = len(wanted[:end][:index]) if index < 0 else min(index, end)
    insert(text, index, [{"insert": content, "attributes": formats}], kept=int(is_rich))
    wanted[place:place] = content
    assert characters(ops_of(text)) == wanted


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


def test_the_work_is_that_of_what_changes_not_of_the_text() -> None:
    words = [f"word {number} " for number in range(5_000)]
    text = text_with([{"insert": "".join(words)}])
    other = "".join([*words[:2_000], "another", *words[2_000:]])
    assert steps(lambda: replace(text, [{"insert": other}])) < 500
    assert str(text) == other
    for index in (0, 20_000, 1 << 60):
        assert steps(lambda index=index: insert(text, index, [{"insert": "x"}])) < 200
    lines = [op for number in range(2_000) for op in ({"insert": f"{number}", "attributes": {"bold": True}}, BREAK)]
    formatted = text_with(lines)
    lines[2_000] = {"insert": "new"}
    assert steps(lambda: replace(formatted, lines)) < 2 * steps(lambda: ops_of(formatted))
    assert ops_of(formatted) == lines
