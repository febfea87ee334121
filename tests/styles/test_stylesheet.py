import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from livepages.styles import stylesheet
from livepages.styles.stylesheet import Stylesheet
from livepages.styles.tailwind import LAYERS
from tests.steps import steps


def test_css_is_whole_and_in_order() -> None:
    sheet = Stylesheet(["flex p-4", "animate__flip"], own_css=".mine{color:red}")
    parts = [LAYERS, "@layer preflight{", "@layer base{", "@layer theme{", "@layer utilities{", ".p-4{"]
    parts += ["@layer components{", "@keyframes animate__flip{", ".mine{color:red}"]
    places = [sheet.css.index(part) for part in parts]
    assert places == sorted(places)
    assert sheet.css.endswith(".mine{color:red}")


def test_growing_is_what_may_change() -> None:
    sheet = Stylesheet(["flex"], own_css=".mine{color:red}")
    assert sheet.growing in sheet.css
    assert "@layer utilities{.flex{display:flex}}" in sheet.growing
    assert "@layer theme{" in sheet.growing and LAYERS in sheet.growing
    assert ".mine" not in sheet.growing and "@layer base{" not in sheet.growing


def test_add_changes_version_and_digest() -> None:
    sheet = Stylesheet(["flex"])
    digest = sheet.digest
    assert sheet.version == 1 and len(digest) == 16
    assert sheet.add(["p-4 flex"])
    assert sheet.version == 2 and sheet.digest != digest
    assert ".p-4{" in sheet.growing and ".flex{" in sheet.growing and ".p-4{" in sheet.css


def test_known_and_meaningless_names_change_nothing() -> None:
    sheet = Stylesheet(["flex"])
    assert not sheet.knows(["bomb"])
    assert not sheet.add(["flex", "bomb box", ""])
    assert sheet.version == 1
    assert sheet.knows(["bomb flex", "box"])


def test_animation_class_brings_its_css() -> None:
    sheet = Stylesheet()
    assert "animate__" not in sheet.css
    assert sheet.add(["animate__animated animate__flip faster"])
    assert "@keyframes animate__flip{" in sheet.growing
    assert not sheet.add(["animate__nonsense"])


def test_plain_look() -> None:
    assert ":where(h1)" in Stylesheet().css
    assert ":where(h1)" not in Stylesheet(base=False).css


def test_same_classes_same_digest() -> None:
    assert Stylesheet(["p-4 flex"]).digest == Stylesheet(["flex", "p-4"]).digest


def test_unsafe_names_make_no_css() -> None:
    sheet = Stylesheet()
    unsafe = ["bg-[url(http://evil)]", "bg-[url(//evil)]", "[color:red;}body{display:none}]", "content-['</style>']"]
    assert not sheet.add([*unsafe, "[&,body]:hidden", "p-[" + "1" * 500 + "px]"])
    assert sheet.version == 1 and "evil" not in sheet.css


def test_names_are_capped(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(stylesheet, "MOST_NAMES", 3)
    with caplog.at_level(logging.WARNING):
        sheet = Stylesheet(["p-1", "p-2"])
        assert sheet.add(["p-3 p-4"])
        assert not sheet.add(["p-5"])
        assert not sheet.add(["p-6"])
    assert ".p-3{" in sheet.css and ".p-4{" not in sheet.css and ".p-5{" not in sheet.css
    assert [record.message for record in caplog.records] == [
        "The site has reached 3 class names: new class names are ignored. Does a handler make them up?"
    ]


def test_size_is_capped(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(stylesheet, "LARGEST", 4096)
    with caplog.at_level(logging.WARNING):
        sheet = Stylesheet()
        assert sheet.add([f"p-[{n}px]" for n in range(200)])
        assert not sheet.add(["m-1"])
    assert ["The site has reached 4 KiB of CSS" in record.message for record in caplog.records] == [True]


def test_known_names_cost_next_to_nothing() -> None:
    sheet = Stylesheet(["m-2 p-2 border text-white", "flex"])
    assert steps(lambda: sheet.add(["m-2 p-2 border text-white", "flex"])) < 20


def test_adds_from_many_threads_are_all_there() -> None:
    sheet = Stylesheet()
    with ThreadPoolExecutor(8) as pool:
        changes = list(pool.map(lambda n: sheet.add([f"p-{n}", "flex"]), range(1, 41)))
    assert all(f".p-{n}{{" in sheet.css for n in range(1, 41))
    assert sheet.version == 1 + sum(changes)
