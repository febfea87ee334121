from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from livepages.schema.code.site_finder import SiteFinder
from livepages.schema.code.site_imports import HandlerImportError, import_module, prepare_imports
from tests.schema.sites import load


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    for finder in [finder for finder in sys.meta_path if isinstance(finder, SiteFinder)]:
        finder.withdraw()


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / (name.replace("_in_", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder.resolve()


def test_neighbours_are_imported_by_name(tmp_path: Path) -> None:
    folder = write(tmp_path, board="import helper\nfrom helper import now\nx = now()", helper="def now(): return 3")
    module = import_module(folder / "board.py", prepare_imports(folder))
    assert (module.x, module.helper.now()) == (3, 3)


def test_packages_and_folders_of_the_site(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        board="import pack.inner, loose.inner\nfrom pack import one\nx = (one, pack.inner.two, loose.inner.three)",
        pack_in___init__="from .inner import two\none = 1",
        pack_in_inner="two = 2",
        loose_in_inner="three = 3",
    )
    finder = prepare_imports(folder)
    assert import_module(folder / "board.py", finder).x == (1, 2, 3)
    assert {"pack", "pack.inner", "loose", "loose.inner", "board"} <= finder.names


def test_handlers_in_a_folder_import_what_stands_beside_the_site(tmp_path: Path) -> None:
    folder = write(tmp_path, parts_in_board="import helper\nx = helper.x", helper="x = 3")
    assert import_module(folder / "parts" / "board.py", prepare_imports(folder)).x == 3


def test_a_module_is_one_module_for_the_site_and_for_its_neighbours(tmp_path: Path) -> None:
    folder = write(tmp_path, a="import b\nb.count.append(1)", b="count = []")
    finder = prepare_imports(folder)
    import_module(folder / "a.py", finder)
    assert import_module(folder / "b.py", finder).count == [1]


def test_a_reload_reads_every_file_afresh(tmp_path: Path) -> None:
    folder = write(tmp_path, board="import helper\nx = 1", helper="x = 1")
    first = import_module(folder / "board.py", prepare_imports(folder))
    # The same length, and within the second by which bytecode files go.
    write(tmp_path, board="import helper\nx = 2", helper="x = 2")
    second = import_module(folder / "board.py", prepare_imports(folder))
    assert (first.x, first.helper.x, second.x, second.helper.x) == (1, 1, 2, 2)
    assert not list(tmp_path.rglob("__pycache__"))


def test_names_of_the_standard_library_stay_its_own(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        calendar="import datetime, calendar\nx = calendar.isleap(2024)",
        board="import calendar\nx = calendar.isleap(2024)",
    )
    known = sys.modules.pop("calendar", None)
    try:
        finder = prepare_imports(folder)
        own = import_module(folder / "calendar.py", finder)
        assert (own.x, import_module(folder / "board.py", finder).x) == (True, True)
        assert importlib.import_module("calendar").isleap(2023) is False
        assert own.__name__ == "site_calendar"
    finally:
        if known is not None:
            sys.modules["calendar"] = known


def test_modules_of_the_program_stay_its_own(tmp_path: Path) -> None:
    folder = write(tmp_path, yaml="import yaml\nx = yaml.safe_load('3')", pydantic="x = 1")
    before = (sys.modules["yaml"], sys.modules["pydantic"])
    finder = prepare_imports(folder)
    assert import_module(folder / "yaml.py", finder).x == 3
    assert import_module(folder / "pydantic.py", finder).x == 1
    assert (sys.modules["yaml"], sys.modules["pydantic"]) == before


def test_two_sites_with_helpers_of_one_name(tmp_path: Path) -> None:
    code = "import helper\ndef name(): return helper.NAME"
    one = load(tmp_path / "one", "handlers: h.py\nbody: []", h__py=code, helper__py="NAME = 'one'")
    two = load(tmp_path / "two", "handlers: h.py\nbody: []", h__py=code, helper__py="NAME = 'two'")
    assert (one.handlers["name"].function(), two.handlers["name"].function()) == ("one", "two")


def test_the_finders_of_earlier_sites_are_gone(tmp_path: Path) -> None:
    before = len(sys.meta_path)
    path = list(sys.path)
    write(tmp_path / "one", helper="x = 1")
    (tmp_path / "two").mkdir()
    prepare_imports(tmp_path / "one")
    prepare_imports(tmp_path / "two")
    assert (len(sys.meta_path), sys.path) == (before + 1, path)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("helper")


def test_code_that_raises(tmp_path: Path) -> None:
    folder = write(tmp_path, board="import helper", helper="1 / 0")
    finder = prepare_imports(folder)
    with pytest.raises(HandlerImportError) as error:
        import_module(folder / "board.py", finder)
    assert str(error.value) == (
        "Traceback (most recent call last):\n"
        '  File "board.py", line 1, in <module>\n    import helper\n'
        '  File "helper.py", line 1, in <module>\n    1 / 0\n    ~~^~~\n'
        "ZeroDivisionError: division by zero"
    )
    assert "board" not in sys.modules
    assert finder.files == {folder / "board.py", folder / "helper.py"}


def test_code_that_is_not_python(tmp_path: Path) -> None:
    folder = write(tmp_path, board="import helper", helper="x = (")
    with pytest.raises(SyntaxError) as error:
        import_module(folder / "board.py", prepare_imports(folder))
    assert error.value.filename == str(folder / "helper.py")


def test_file_names_that_are_no_identifiers(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    (folder / "my-board.v2.py").write_text("x = 3")
    assert import_module(folder / "my-board.v2.py", prepare_imports(folder)).x == 3
