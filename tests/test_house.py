"""The house holds: layers, no cycles, imports at the top, no module-level mutable state, files of readable length."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "livepages"
LAYERS = ("styles", "schema", "components", "coediting", "runtime", "testing", "templates", "cli", "__main__")
"""From the bottom up: a layer imports only itself and those before it."""
ROOMS = {
    "schema": "findings yaml values expressions code site checks readers reference collecting loader".split(),
    "coediting": "protocol texts stores reader lock beginnings loading content document library".split(),
    "runtime": (
        "tasks state wire blueprints tree reactions pages rooms events documents hub web reload sockets app".split()
    ),
}
"""The rooms of large layers, in the same order."""

LONGEST_FILE = 320
LONGEST_FUNCTION = 50
MUTABLE_CALLS = frozenset(("list", "dict", "set", "deque", "defaultdict", "OrderedDict", "Counter", "bytearray"))

FILES = sorted(path for path in PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def imports_of(tree: ast.Module) -> Iterator[str]:
    """The modules of livepages that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("livepages"))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("livepages"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in TREES else node.module


def part_of(module: str, depth: int) -> str:
    """A part of a module's dotted name, empty where there is none so deep."""
    return (*module.split("."), *[""] * depth)[depth]


def layer_of(module: str) -> str:
    return part_of(module, 1)


@pytest.mark.parametrize("module", TREES)
def test_a_layer_imports_only_what_stands_below_it(module: str) -> None:
    layer = layer_of(module)
    if not layer:
        return
    assert layer in LAYERS
    allowed = {"", *LAYERS[: LAYERS.index(layer) + 1]}
    assert [name for name in imports_of(TREES[module]) if layer_of(name) not in allowed] == []


@pytest.mark.parametrize("module", [module for module in TREES if layer_of(module) in ROOMS and part_of(module, 2)])
def test_a_room_of_a_layer_imports_only_what_stands_below_it(module: str) -> None:
    layer, room = layer_of(module), part_of(module, 2)
    rooms = ROOMS[layer]
    assert room in rooms
    inside = [part_of(name, 2) for name in imports_of(TREES[module]) if layer_of(name) == layer]
    assert [name for name in inside if name not in rooms[: rooms.index(room) + 1]] == []


def test_there_are_no_cycles() -> None:
    graph = {module: set(imports_of(tree)) - {module} for module, tree in TREES.items()}
    done: set[str] = set()

    def visit(module: str, chain: tuple[str, ...]) -> None:
        assert module not in chain, " > ".join([*chain, module])
        if module not in done:
            for needed in graph.get(module, ()):
                visit(needed, (*chain, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("module", TREES)
def test_imports_stand_at_the_top(module: str) -> None:
    body = TREES[module].body
    late = [
        node.lineno
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in body
    ]
    assert late == []
    kinds = [isinstance(node, ast.Import | ast.ImportFrom) for node in body if not is_docstring(node)]
    assert kinds == sorted(kinds, reverse=True)


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@pytest.mark.parametrize("module", TREES)
def test_there_is_no_mutable_state_in_modules(module: str) -> None:
    mutable = [
        node.lineno
        for node in TREES[module].body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and is_mutable(node.value)
    ]
    names = [node.lineno for node in ast.walk(TREES[module]) if isinstance(node, ast.Global)]
    assert (mutable, names) == ([], [])


def is_mutable(value: ast.expr) -> bool:
    if isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp):
        return True
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in MUTABLE_CALLS


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    long = [
        f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in ast.walk(TREES[name_of(path)])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("module", TREES)
def test_modules_say_what_they_are_for(module: str) -> None:
    assert ast.get_docstring(TREES[module])
