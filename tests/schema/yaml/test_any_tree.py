"""Whatever a file says, the reader answers with messages, not with an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livepages.schema.site.keys import COMPONENT_KEYS, PAGE_KEYS, SITE_KEYS
from livepages.schema.site.params import PARAM_KEYS
from tests.schema.bad_sites import diagnostics_of

KEYS = sorted(
    {
        *SITE_KEYS, *PAGE_KEYS, *COMPONENT_KEYS, *PARAM_KEYS, "/", "/{a}", "slot", "shared", "card", "board", "on",
        "click", "input", "call", "with", "debounce", "id", "style", "attrs", "show", "animate", "options", "value",
        "p", "div", "select", "icon", "br", "table", "textarea", "a", "href", "text", "1s", "wobble", "card.x", "",
    }
)  # fmt: skip
"""Words of the language, so that trees get somewhere."""
WORDS = st.one_of(
    st.sampled_from(
        [
            *KEYS,
            "str",
            "int",
            "list",
            "tab",
            "red",
            "m-2",
            "h.py",
            "save",
            "${a}",
            "${",
            "x ${a} ${params.b}",
            "$${",
            "(",
        ]
    ),
    st.text(max_size=6),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS)
NODES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(KEYS), WORDS), inner, max_size=4)
    ),
    max_leaves=20,
)
BODIES = st.lists(st.dictionaries(st.sampled_from(KEYS), NODES, min_size=1, max_size=4), max_size=4)
SITES = st.one_of(
    st.dictionaries(st.sampled_from(sorted({**SITE_KEYS, **PAGE_KEYS})), NODES, max_size=6),
    st.fixed_dictionaries(
        {"body": BODIES},
        optional={
            "params": st.dictionaries(st.sampled_from(["a", "b"]), NODES),
            "components": st.fixed_dictionaries(
                {"card": st.fixed_dictionaries({"body": BODIES}, optional={"props": NODES})}
            ),
            "shared": st.fixed_dictionaries({"board": BODIES}),
            "every": NODES,
        },
    ),
)


def written(value: object) -> str:
    """A value as YAML: JSON is, but for what YAML calls infinite numbers."""
    text = json.dumps(value)
    return text.replace("-Infinity", "-.inf").replace("Infinity", ".inf").replace("NaN", ".nan")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("site")
    (made / "h.py").write_text("def save(page, row=0): pass\n")
    return made


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(site=SITES)
def test_any_tree_is_answered_with_messages(site: dict[str, object], folder: Path) -> None:
    file = folder / "site.yaml"
    file.write_text(written(site), encoding="utf-8")
    for found in diagnostics_of(file):
        assert found.position is not None
        assert found.message.endswith(".")
