from __future__ import annotations

from pathlib import Path

from livepages.schema.checks.expansion import Expansion, Measure
from livepages.schema.site.element import ComponentSpec, MountSpec
from livepages.schema.site.site import Site
from tests.schema.sites import load

TEXT = """
shared:
  inner: [{p: Hello}]
  outer: [{shared: inner}]
components:
  card: {body: [{div: [{h1: Title}, {slot: }]}, {p: End}]}
  two: {body: [{card: [{b: One}]}, {card: [{b: Two}]}]}
  frame: {body: [{section: [{shared: outer}]}]}
body:
  - two:
  - frame:
  - shared: inner
"""


def expansion(site: Site) -> Expansion:
    return Expansion(site.components, site.shared)


def test_measures(tmp_path: Path) -> None:
    site = load(tmp_path, TEXT.replace("  - shared: inner\n", ""))
    measured = expansion(site)
    assert measured.measure(()) == Measure(0, 0)
    assert measured.measure(site.components["card"].body) == Measure(4, 2)
    # Each card is itself, the four in it, and what is in its slot, three levels and one more deep.
    assert measured.measure(site.components["two"].body) == Measure(12, 4)
    assert measured.measure(site.pages[0].body[:1]) == Measure(13, 5)


def test_what_shows_where(tmp_path: Path) -> None:
    site = load(tmp_path, TEXT.replace("  - shared: inner\n", ""))
    measured = expansion(site)
    assert measured.mounted(ComponentSpec("frame")) == ("outer", "inner")
    assert measured.mounted(ComponentSpec("two")) == ()
    assert measured.mounted(MountSpec("outer")) == ("outer", "inner")
    assert measured.mounted(MountSpec("inner")) == ("inner",)
