"""A style sheet that a site has edited: other CSS of its own, another theme, other classes."""

from livepages.styles.stylesheet import Stylesheet


def test_own_css_takes_the_place_of_what_it_was() -> None:
    sheet = Stylesheet(["flex"], own_css=".mine{color:red}")
    digest = sheet.digest
    assert (sheet.renewed, sheet.is_renewed) == (1, False)
    assert sheet.renew(["flex"], own_css=".mine{color:blue}")
    assert (sheet.version, sheet.renewed, sheet.is_renewed) == (2, 2, True)
    assert sheet.css.endswith(".mine{color:blue}") and ".mine{color:red}" not in sheet.css
    assert sheet.digest != digest


def test_own_css_stays_when_classes_come_later() -> None:
    sheet = Stylesheet(own_css=".mine{color:red}")
    sheet.renew(own_css="")
    assert sheet.add(["p-4"])
    assert (sheet.version, sheet.renewed) == (3, 2)
    assert ".mine" not in sheet.css and ".p-4{" in sheet.css


def test_another_theme_keeps_all_classes() -> None:
    sheet = Stylesheet(["flex", "animate__flip"])
    sheet.add(["p-4"])
    assert sheet.renew(["m-1"], base=False)
    assert (sheet.version, sheet.renewed) == (3, 3)
    assert sheet.css == Stylesheet(["flex", "animate__flip", "p-4", "m-1"], base=False).css
    assert sheet.renew(base=True)
    assert sheet.css == Stylesheet(["flex", "animate__flip", "p-4", "m-1"]).css


def test_only_new_classes_renew_nothing() -> None:
    sheet = Stylesheet(["flex"], own_css=".mine{}")
    assert sheet.renew(["flex", "p-4"], own_css=".mine{}")
    assert (sheet.version, sheet.renewed) == (2, 1)


def test_nothing_new_changes_nothing() -> None:
    sheet = Stylesheet(["flex"], own_css=".mine{}")
    assert not sheet.renew(["flex"], own_css=".mine{}")
    assert (sheet.version, sheet.renewed) == (1, 1)


def test_back_to_what_it_was_is_a_version_of_its_own() -> None:
    sheet = Stylesheet(own_css=".mine{}")
    digest = sheet.digest
    sheet.renew(own_css="")
    sheet.renew(own_css=".mine{}")
    assert (sheet.version, sheet.renewed, sheet.digest) == (3, 3, digest)
