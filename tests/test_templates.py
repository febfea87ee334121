from __future__ import annotations

from pathlib import Path

import pytest

from livepages.templates import TemplateError, new_site, template_folder, templates

MODELINE = "# yaml-language-server: $schema=livepages.schema.json\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Templates: one plain, one with the modeline and all that is not to be copied."""
    plain, full = tmp_path / "templates" / "plain", tmp_path / "templates" / "full"
    for site, text in ((plain, "body: [a]\n"), (full, f"{MODELINE}body: [b]\n")):
        (site / "static").mkdir(parents=True)
        (site / "static" / "a.png").write_bytes(b"\x89")
        (site / "site.yaml").write_text(text, encoding="utf-8")
    (full / "__pycache__").mkdir()
    for name in ("__pycache__/h.pyc", ".hidden", "site.yaml~", "livepages.schema.json"):
        (full / name).write_text("old", encoding="utf-8")
    (tmp_path / "templates" / "no-site").mkdir()
    return tmp_path / "templates"


def test_the_example_sites_are_the_templates() -> None:
    assert set(templates(template_folder())) >= {"board", "clock", "countdown", "poll", "rooms", "signup", "todo"}


def test_folders_without_a_site_are_no_templates(folder: Path) -> None:
    assert templates(folder) == {"full": folder / "full", "plain": folder / "plain"}


def test_a_copy_has_the_schema_and_names_it(folder: Path, tmp_path: Path) -> None:
    new_site(tmp_path / "deep" / "new", "plain", "{}", folder)
    made = {str(path.relative_to(tmp_path / "deep" / "new")) for path in (tmp_path / "deep" / "new").rglob("*.*")}
    assert made == {"site.yaml", "static/a.png", "livepages.schema.json"}
    assert (tmp_path / "deep/new/site.yaml").read_text(encoding="utf-8") == f"{MODELINE}body: [a]\n"


def test_what_is_no_part_of_the_site_is_left_out_and_the_modeline_added_once(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    new_site(tmp_path / "new", "full", "{}", folder)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "livepages.schema.json",
        "site.yaml",
        "static",
    ]
    assert (tmp_path / "new/site.yaml").read_text(encoding="utf-8") == f"{MODELINE}body: [b]\n"
    assert (tmp_path / "new/livepages.schema.json").read_text(encoding="utf-8") == "{}"


def test_what_is_there_stays(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"file is a file; choose another name\."):
        new_site(file, "plain", "{}", folder)
    with pytest.raises(TemplateError, match=r"templates is not empty; choose another name\."):
        new_site(folder, "plain", "{}", folder)


def test_a_place_that_can_not_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"can't be written: Not a directory\."):
        new_site(tmp_path / "file" / "new", "plain", "{}", folder)


def test_an_unknown_template(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r'There is no template "plane"\. Did you mean "plain"\?'):
        new_site(tmp_path / "new", "plane", "{}", folder)
    with pytest.raises(TemplateError, match=r'There is no template "zz"\. There are full, plain\.'):
        new_site(tmp_path / "new", "zz", "{}", folder)
