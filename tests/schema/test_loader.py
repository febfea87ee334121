from __future__ import annotations

from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.expressions.expressions import parse
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.loader import find_site, load_site, read_site
from livepages.schema.reference.outline_words import action_words
from tests.schema.sites import body, load, plain

SITES = Path(__file__).parent.parent.parent / "sites"


@pytest.mark.parametrize("name", ["board", "clock", "countdown"])
def test_the_example_sites_load(name: str) -> None:
    diagnostics = Diagnostics()
    site = read_site(SITES / name, ELEMENT_TYPES, diagnostics)
    assert list(diagnostics) == []
    assert site is not None
    assert site.folder == SITES / name


def test_a_site_of_one_page(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        title: Clock
        description: What time it is
        lang: no
        scope: shared
        classes: [m-2, p-2]
        handlers: clock.py
        every: {1s: tick}
        body:
          - span: Loading...
        """,
        clock__py="def tick(page): pass",
    )
    (page,) = site.pages
    assert (page.route.path, page.title, page.description, page.lang) == ("/", "Clock", "What time it is", "no")
    assert (page.scope, page.classes, page.is_singleton) == ("shared", "m-2 p-2", True)
    assert [(timer.interval, action_words(timer.actions)) for timer in page.every] == [(1000, "tick")]
    assert (site.title, site.every, site.startup, site.theme, site.css) == ("", (), (), "default", "")
    assert [plain(spec) for spec in page.body] == [("span", {"text": "Loading..."})]


def test_a_site_of_several_pages(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        title: Site
        description: All of it
        lang: de
        theme: plain
        css: [a.css, b.css]
        handlers: h.py
        startup: [welcome, tick]
        every: {1.5m: tick, 10ms: [tick, welcome]}
        pages:
          /:
            body: Hello
          /room/{name}:
            title: Room ${name}
            lang: en
            scope: session
            params: {name: {max_length: 5}}
            every: {2h: tick}
            body:
        """,
        h__py="def welcome(site): pass\ndef tick(shared): pass",
        a__css="p { color: red }",
        b__css="h1 { color: blue }",
    )
    first, room = site.pages
    assert (site.title, site.theme, site.css) == ("Site", "plain", "p { color: red }\nh1 { color: blue }")
    assert action_words(site.startup) == "welcome, tick"
    timers = [(timer.interval, action_words(timer.actions)) for timer in site.every]
    assert timers == [(90_000, "tick"), (10, "tick"), (10, "welcome")]
    assert (first.route.path, first.title, first.description, first.lang, first.scope) == (
        "/", "Site", "All of it", "de", "tab",
    )  # fmt: skip
    assert first.every == ()
    assert (room.route.path, room.description, room.lang, room.scope) == ("/room/{name}", "All of it", "en", "session")
    assert room.title == parse("Room ${name}")
    assert room.params["name"].max_length == 5
    assert [(timer.interval, action_words(timer.actions)) for timer in room.every] == [(7_200_000, "tick")]
    assert not room.is_singleton
    assert (first.body, room.body) != ((), ())
    assert room.body == ()


def test_a_route_parameter_without_a_declaration_is_a_required_text(tmp_path: Path) -> None:
    (page,) = load(tmp_path, "pages: {'/room/{name}': {body: ['${name}', '${params.name}']}}").pages
    assert (page.params["name"].type, page.params["name"].required) == ("str", True)


def test_files_are_those_that_were_read(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        handlers: [a.py, parts/b.py]
        css: style.css
        body: !include parts/body.yaml
        """,
        a__py="import helper",
        helper__py="",
        parts_in_b__py="",
        parts_in_body__yaml="- p: Hello",
        style__css="",
        unused__py="",
    )
    names = {path.relative_to(tmp_path.resolve()).as_posix() for path in site.files}
    assert names == {"site.yaml", "a.py", "helper.py", "parts/b.py", "parts/body.yaml", "style.css"}


def test_includes_of_bodies_components_and_pages(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        components: !include parts/components.yaml
        pages:
          /: !include parts/start.yaml
          /about:
            body:
              - !include parts/header.yaml
              - card: {text: About}
        """,
        parts_in_components__yaml="card: !include card.yaml",
        parts_in_card__yaml="props: {text: str}\nbody:\n  - p: ${text}",
        parts_in_start__yaml="title: Start\nbody:\n  - !include header.yaml",
        parts_in_header__yaml="- h1: Site\n- hr:",
    )
    header = [("h1", {"text": "Site"}), ("hr",)]
    assert [[plain(spec) for spec in page.body] for page in site.pages] == [
        header,
        [*header, ("card", {"text": "About"})],
    ]


def test_the_core_rules_of_yaml(tmp_path: Path) -> None:
    text = """
    body:
      - p: on
      - p: no
      - p: 12:30
      - p: yes
      - p: 1.10
      - p: 0x1F
      - p: 1e3
      - p: true
      - p: ~
      - p: "~"
      - p: 007
      - input: "1.10"
        placeholder: 1.10
        name: no
    """
    given = body(tmp_path, text)
    texts = ["on", "no", "12:30", "yes", "1.10", "0x1F", "1e3", "true", None, "~", "007"]
    assert given[:-1] == [("p", {"text": text}) if text is not None else ("p",) for text in texts]
    assert given[-1] == ("input", {"value": "1.10", "placeholder": "1.10", "name": "no"})


def test_findings_that_are_no_errors_do_not_keep_a_site_from_loading(tmp_path: Path) -> None:
    site = load(tmp_path, "params: {name: string}\nbody: ['${name}']")
    assert site.pages[0].params["name"].default == "string"


def test_a_site_with_errors_raises_all_of_them(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as error:
        load(tmp_path, "titel: x\nbody: [{dvi: Hello}]")
    assert str(error.value).endswith("\n\n2 errors\n")
    assert [found.code for found in error.value.diagnostics] == ["unknown-key", "unknown-element"]


def test_finding_a_site(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"^There is no site.yaml in the folder .*\.$"):
        find_site(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"^There is no file or folder .*nowhere\.$"):
        find_site(tmp_path / "nowhere")
    (tmp_path / "site.yaml").write_text("body: []")
    (tmp_path / "other.yaml").write_text("body: []")
    assert find_site(tmp_path) == tmp_path / "site.yaml"
    assert find_site(tmp_path / "other.yaml") == tmp_path / "other.yaml"
    assert load_site(tmp_path / "other.yaml", ELEMENT_TYPES).file == (tmp_path / "other.yaml").resolve()
