"""A site is read again while it is at work: with the modules that it has, or with all of them afresh."""

from __future__ import annotations

import gc
import sys
import tracemalloc
import weakref
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.code.site_finder import SiteFinder
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import read_site, use_modules
from livepages.schema.site.site import Site
from tests.schema.sites import load

TEXT = "handlers: board.py\nbody: [{button: Go, on: {click: go}}]"
BOARD = """
import helper

def go():
    import late
    return helper.NAME, late.NAME, helper.many()
"""
HELPER = "NAME = 'one'\ndef many(): return 1"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    for finder in [finder for finder in sys.meta_path if isinstance(finder, SiteFinder)]:
        finder.withdraw()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load(tmp_path, TEXT, board__py=BOARD, helper__py=HELPER, late__py="NAME = 'one'")


def write(site: Site, **files: str) -> None:
    for name, text in files.items():
        (site.folder / name.replace("__", ".")).write_text(dedent(text), encoding="utf-8")


def again(site: Site) -> Site:
    diagnostics = Diagnostics()
    read = read_site(site.file, ELEMENT_TYPES, diagnostics, site)
    assert read is not None
    assert [found.message for found in diagnostics] == []
    return read


def mistakes(site: Site) -> list[str]:
    diagnostics = Diagnostics()
    read_site(site.file, ELEMENT_TYPES, diagnostics, site)
    return [found.message for found in diagnostics]


def test_modules_are_taken_over_when_no_python_has_changed(site: Site) -> None:
    write(site, site__yaml=TEXT.replace("Go", "Go on"), helper__py=HELPER)
    read = again(site)
    assert read.handlers is site.handlers
    assert read.pages[0].body != site.pages[0].body
    assert read.files == site.files


@pytest.mark.parametrize("file", ["board", "helper"])
def test_all_modules_are_read_afresh_when_one_has_changed(site: Site, file: str) -> None:
    (site.folder / f"{file}.py").write_text((site.folder / f"{file}.py").read_text() + "# more\n")
    read = again(site)
    assert read.handlers.modules["board"] is not site.handlers.modules["board"]
    assert read.handlers.modules["board"].helper is not site.handlers.modules["board"].helper
    assert read.handlers["go"].fingerprint == site.handlers["go"].fingerprint


def test_functions_of_both_versions_work_side_by_side(site: Site) -> None:
    write(site, helper__py=HELPER.replace("one", "two"))
    read = again(site)
    assert site.handlers["go"].function()[0] == "one"
    assert read.handlers["go"].function()[0] == "two"


def test_a_module_that_is_imported_late_is_one_of_the_sites_files(site: Site) -> None:
    late = site.folder / "late.py"
    assert late not in site.files
    assert site.handlers["go"].function() == ("one", "one", 1)
    assert late in site.files
    write(site, late__py="NAME = 'two'")
    assert again(site).handlers["go"].function() == ("one", "two", 1)


BROKEN = {
    "code that is not Python": {"board__py": "def go(:"},
    "code that raises": {"board__py": "import helper\n1 / 0"},
    "a neighbour that is not Python": {"helper__py": "x = ("},
    "a handler that is gone": {"board__py": "import helper, late"},
    "a mistake in the YAML beside new code": {"helper__py": "NAME = 'two'", "site__yaml": TEXT + "\nbdy: []"},
    "a site that is no YAML": {"site__yaml": "body: ["},
    "a file that is gone from the list": {"site__yaml": TEXT.replace("board.py", "bord.py")},
}


@pytest.mark.parametrize("files", BROKEN.values(), ids=list(BROKEN))
@pytest.mark.parametrize("is_loaded", [True, False], ids=["after", "before"])
def test_what_is_wrong_leaves_the_former_modules_at_work(site: Site, files: dict[str, str], is_loaded: bool) -> None:
    if is_loaded:
        site.handlers["go"].function()
    modules, path = {name: sys.modules.get(name) for name in ("board", "helper", "late")}, list(sys.meta_path)
    write(site, **files)
    assert len(mistakes(site)) >= 1
    assert {name: sys.modules.get(name) for name in modules} == modules
    assert sys.meta_path == path
    assert site.handlers["go"].function() == ("one", "one", 1)


def test_after_a_mistake_the_good_file_is_the_same_code_again(site: Site) -> None:
    write(site, helper__py="x = (")
    assert mistakes(site) == ["Python can't read this: '(' was never closed."]
    write(site, helper__py=HELPER)
    assert again(site).handlers is site.handlers


def test_a_site_that_is_not_taken_gives_the_modules_back(site: Site) -> None:
    helper = sys.modules["helper"]
    write(site, helper__py="NAME = 'two'")
    again(site)
    assert sys.modules["helper"] is not helper
    use_modules(site)
    assert sys.modules["helper"] is helper
    assert site.handlers["go"].function()[1] == "one"


def test_a_module_that_is_missing_is_a_file_to_look_for(site: Site) -> None:
    write(site, board__py="try:\n    import extra\nexcept ImportError:\n    extra = None\ndef go(): return extra")
    read = again(site)
    assert {site.folder / "extra.py", site.folder / "extra" / "__init__.py"} <= read.files
    assert again(read).handlers is read.handlers
    write(site, extra__py="")
    assert again(read).handlers["go"].function().__name__ == "extra"


def test_files_of_a_site_that_does_not_load_are_those_to_look_at(site: Site) -> None:
    write(site, board__py="import helper, absent\ndef go(): pass")
    diagnostics = Diagnostics()
    read = read_site(site.file, ELEMENT_TYPES, diagnostics, site)
    assert diagnostics.has_errors and read is not None
    names = {path.relative_to(site.folder).as_posix() for path in read.files}
    assert {"site.yaml", "board.py", "helper.py", "absent.py", "absent/__init__.py"} <= names


def test_another_list_of_modules_is_read_afresh(site: Site) -> None:
    write(site, site__yaml="handlers: [board.py, late.py]\nbody: [{button: Go, on: {click: board.go}}]")
    assert set(again(site).handlers) == {"board.go"}


def test_packages_in_the_sites_folder_are_no_code_of_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "venv" / "site-packages" / "installed_package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "inner.py").write_text("")
    monkeypatch.syspath_prepend(str(package.parent))
    python = "import installed_package.inner\ndef go(): return installed_package.inner"
    site = load(tmp_path, TEXT, board__py=python)
    inner = sys.modules["installed_package.inner"]
    assert site.files == {tmp_path.resolve() / "site.yaml", tmp_path.resolve() / "board.py"}
    write(site, board__py=python + "\nx = 1")
    try:
        assert again(site).handlers["go"].function() is inner
    finally:
        for name in ("installed_package", "installed_package.inner"):
            sys.modules.pop(name, None)


def test_former_modules_are_let_go(tmp_path: Path) -> None:
    site = load(tmp_path, TEXT, board__py=BOARD, helper__py=HELPER, late__py="NAME = 'one'")
    old = weakref.ref(site.handlers.modules["board"])
    write(site, helper__py="NAME = 'two'\ndef many(): return 2")
    site = again(site)
    gc.collect()
    assert old() is None


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_thousand_readings_half_of_them_broken_keep_nothing(site: Site) -> None:
    def read(times: int) -> None:
        nonlocal site
        for number in range(times):
            write(site, helper__py=f"NAME = {'x' * 2000!r} + str({number})\ndef many(): return {number}")
            site = again(site)
            assert site.handlers["go"].function()[2] == number
            write(site, helper__py=["x = (", "1 / 0"][number % 2])
            assert len(mistakes(site)) == 1

    read(50)
    gc.collect()
    names, objects = set(sys.modules), len(gc.get_objects())
    read(400)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        read(50)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert set(sys.modules) == names
    assert len(gc.get_objects()) < objects + 500
    assert grown < 100_000
