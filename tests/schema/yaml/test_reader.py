import os
from pathlib import Path

import pytest

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import text_report
from livepages.schema.yaml.reader import MAX_BYTES, read_text, read_yaml
from livepages.schema.yaml.tree import Mapping, Scalar, plain

Files = dict[str, str | bytes]


def read(folder: Path, files: Files, main: str = "site.yaml") -> tuple[object, str, set[str]]:
    """The plain value, the findings without their snippets, and the files read; names are relative to `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    diagnostics = Diagnostics()
    node, read_files = read_yaml(folder / main, folder, diagnostics)
    lines = []
    for found in diagnostics:
        hint = f" {found.hint}" if found.hint else ""
        lines.append(f"{found.position or '-'} {found.code}: {found.message}{hint}")
    report = "\n".join(lines).replace(folder.as_posix() + "/", "")
    return plain(node) if node else None, report, {path.relative_to(folder.resolve()).as_posix() for path in read_files}


def test_a_file(tmp_path: Path) -> None:
    assert read(tmp_path, {"site.yaml": "title: Clock\n"}) == ({"title": "Clock"}, "", {"site.yaml"})


def test_an_empty_file_has_no_node_and_no_findings(tmp_path: Path) -> None:
    assert read(tmp_path, {"site.yaml": "# soon\n"}) == (None, "", {"site.yaml"})


def test_names_in_messages_are_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "board" / "parts").mkdir(parents=True)
    (tmp_path / "board" / "site.yaml").write_text("a: !include parts/b.yaml\n")
    (tmp_path / "board" / "parts" / "b.yaml").write_text("x: 1\nx: 2\n")
    monkeypatch.chdir(tmp_path)
    diagnostics = Diagnostics()
    read_yaml(Path("board/site.yaml"), Path("board"), diagnostics)
    assert text_report(diagnostics) == (
        'board/parts/b.yaml:2:1: error: The key "x" is used twice; first at line 1.\n  2 | x: 2\n    | ^\n\n1 error\n'
    )


def test_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    value, report, _ = read(tmp_path, {"site.yaml": b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n"})
    assert (value, report) == ({"a": 1, "b": "x\ny\n"}, "")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"a: 1\nb: caf\xe9\n",
            "site.yaml:2:7 not-utf-8: This file is not UTF-8 text. Save it with the encoding UTF-8.",
        ),
        (
            "a: 1".encode("utf-16"),
            "site.yaml:1:1 not-utf-8: This file is not UTF-8 text. Save it with the encoding UTF-8.",
        ),
        (
            b"a: \x00",
            (
                "site.yaml:1:4 character-not-allowed: The character U+0000 can't stand in a YAML file."
                " Save the file as UTF-8 text."
            ),
        ),
        (
            b"a: 1\nb: \x1b[31m",
            (
                "site.yaml:2:4 character-not-allowed: The character U+001B can't stand in a YAML file."
                ' In double quotes it can be written as "\\u001b".'
            ),
        ),
        (
            "a: x\u2028y",
            (
                "site.yaml:1:5 character-not-allowed: The character U+2028 can't stand in a YAML file."
                ' In double quotes it can be written as "\\u2028".'
            ),
        ),
        (
            "x" * (MAX_BYTES + 1),
            '- file-too-large: "site.yaml" is larger than 2 MiB, the most that is read. Divide it with !include.',
        ),
        (
            "a:\n\tb: 1",
            "site.yaml:2:1 yaml-syntax: A line can't be indented with tabs. Use spaces, two for each level.",
        ),
    ],
)
def test_files_that_are_no_yaml(tmp_path: Path, content: str | bytes, expected: str) -> None:
    assert read(tmp_path, {"site.yaml": content}) == (None, expected, {"site.yaml"})


def test_a_missing_file(tmp_path: Path) -> None:
    expected = '- file-missing: There is no file "site.yml". Did you mean "site.yaml"?'
    assert read(tmp_path, {"site.yaml": ""}, "site.yml") == (None, expected, {"site.yml"})


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").mkdir()
    assert read(tmp_path, {})[1] == '- not-a-file: "site.yaml" is not a file.'


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "site.yaml")
    assert read(tmp_path, {})[1] == '- not-a-file: "site.yaml" is not a file.'


def test_includes(tmp_path: Path) -> None:
    files: Files = {
        "site.yaml": "a: !include parts/one.yaml\nb: [!include 'parts/list.yml']\n<<: !include base.yaml\n",
        "parts/one.yaml": "two: !include ../two.yaml\n",
        "parts/list.yml": "- x\n- y\n",
        "two.yaml": "2",
        "base.yaml": "c: 3\n",
    }
    value, report, read_files = read(tmp_path, files)
    assert value == {"c": 3, "a": {"two": 2}, "b": [["x", "y"]]}
    assert (report, read_files) == ("", set(files))


def test_a_file_included_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("- !include a.yaml\n- !include ./a.yaml\n- &x !include a.yaml\n- *x")
    (tmp_path / "a.yaml").write_text("k: {}\nk: {}")
    diagnostics = Diagnostics()
    node, _ = read_yaml(tmp_path / "site.yaml", tmp_path, diagnostics)
    assert node
    assert not isinstance(node, Scalar | Mapping)
    assert all(item is node.items[0] for item in node.items)
    assert [found.code for found in diagnostics] == ["duplicate-key"]


def test_an_included_empty_file_is_null(tmp_path: Path) -> None:
    assert read(tmp_path, {"site.yaml": "a: !include b.yaml", "b.yaml": ""})[:2] == ({"a": None}, "")


def test_a_file_that_cannot_be_included_leaves_a_broken_null(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("a: !include gone.yaml\nb: 1\n")
    node, _ = read_yaml(tmp_path / "site.yaml", tmp_path, Diagnostics())
    assert isinstance(node, Mapping)
    left = node.get("a")
    assert isinstance(left, Scalar)
    assert (left.value, left.broken, left.position[1:]) == (None, True, (1, 4, 18))


OUTSIDE = "is outside of the site folder; only files in it can be included."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mesages.yaml", 'file-missing: There is no file "mesages.yaml". Did you mean "messages.yaml"?'),
        ("form.yaml", 'file-missing: There is no file "form.yaml". Did you mean "parts/form.yaml"?'),
        ("zebra.yaml", 'file-missing: There is no file "zebra.yaml".'),
        ("folder.yaml", 'not-a-file: "folder.yaml" is not a file.'),
        ("../secret.yaml", f'include-outside: "../secret.yaml" {OUTSIDE}'),
        ("parts/../../secret.yaml", f'include-outside: "parts/../../secret.yaml" {OUTSIDE}'),
        ("/etc/hosts.yaml", f'include-outside: "/etc/hosts.yaml" {OUTSIDE}'),
        ("link.yaml", f'include-outside: "link.yaml" {OUTSIDE}'),
        ("loop.yaml", f'include-outside: "loop.yaml" {OUTSIDE}'),
        ('"a\\0.yaml"', f'include-outside: "a\0.yaml" {OUTSIDE}'),
        ("notes.md", 'include-not-yaml: !include takes the name of a .yaml file, not "notes.md".'),
        ("", 'include-not-yaml: !include takes the name of a .yaml file, not "".'),
        ("site.yaml", "include-cycle: This file would include itself: site.yaml -> site.yaml."),
    ],
)
def test_files_that_cannot_be_included(tmp_path: Path, name: str, expected: str) -> None:
    folder = tmp_path / "site"
    (folder / "folder.yaml").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("secret")
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    files: Files = {"site.yaml": f"a: !include {name}", "messages.yaml": "", "parts/form.yaml": "", "notes.md": ""}
    value, report, _ = read(folder, files)
    assert (value, report) == ({"a": None}, f"site.yaml:1:4 {expected}")


def test_an_absolute_path_is_refused_even_within_the_folder(tmp_path: Path) -> None:
    name = (tmp_path / "b.yaml").as_posix()
    _, report, _ = read(tmp_path, {"site.yaml": f"a: !include {name}", "b.yaml": "1"})
    assert report == f'site.yaml:1:4 include-outside: "b.yaml" {OUTSIDE}'


def test_a_name_that_the_system_refuses(tmp_path: Path) -> None:
    name = "x" * 300 + ".yaml"
    _, report, _ = read(tmp_path, {"site.yaml": f"a: !include {name}"})
    assert report == f'site.yaml:1:4 file-unreadable: "{name}" can\'t be read: File name too long.'


def test_suggestions_look_at_a_bounded_number_of_files(tmp_path: Path) -> None:
    files: Files = {f"a/n{number}.txt": "" for number in range(1001)}
    files |= {"site.yaml": "a: !include form.yaml", ".hidden/form.yaml": "", "a/b/form.yaml": ""}
    _, report, _ = read(tmp_path, files)
    assert report == 'site.yaml:1:4 file-missing: There is no file "form.yaml".'


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").symlink_to(tmp_path / "c.yaml")
    value, report, files = read(tmp_path, {"site.yaml": "a: !include b.yaml", "c.yaml": "1"})
    assert (value, report, files) == ({"a": 1}, "", {"site.yaml", "c.yaml"})


def test_files_that_include_each_other(tmp_path: Path) -> None:
    files: Files = {"site.yaml": "!include a.yaml", "a.yaml": "x: !include b.yaml", "b.yaml": "y: !include a.yaml"}
    value, report, _ = read(tmp_path, files)
    assert value == {"x": {"y": None}}
    assert report == "b.yaml:1:4 include-cycle: This file would include itself: a.yaml -> b.yaml -> a.yaml."


def test_every_place_of_a_missing_file_is_reported(tmp_path: Path) -> None:
    _, report, files = read(tmp_path, {"site.yaml": "- !include b.yaml\n- !include b.yaml"})
    assert report == (
        'site.yaml:1:3 file-missing: There is no file "b.yaml".\nsite.yaml:2:3 file-missing: There is no file "b.yaml".'
    )
    assert files == {"site.yaml", "b.yaml"}


def test_errors_of_all_files_are_reported(tmp_path: Path) -> None:
    files: Files = {"site.yaml": "a: !include a.yaml\nb: !include b.yaml\nc: 1", "a.yaml": "[", "b.yaml": "x: 1\nx: 2"}
    value, report, _ = read(tmp_path, files)
    assert value == {"a": None, "b": {"x": 1}, "c": 1}
    assert report.splitlines() == [
        "a.yaml:1:2 yaml-syntax: The file ends inside brackets. Add the ] or } that is missing.",
        'b.yaml:2:1 duplicate-key: The key "x" is used twice; first at line 1.',
    ]


def test_a_row_of_includes_is_bounded(tmp_path: Path) -> None:
    files: Files = {f"f{number}.yaml": f"!include f{number + 1}.yaml" for number in range(25)}
    _, report, _ = read(tmp_path, files, "f0.yaml")
    assert report == "f19.yaml:1:1 include-depth: More than 20 files include each other in a row."


def test_includes_that_multiply_are_bounded(tmp_path: Path) -> None:
    files: Files = {f"f{number}.yaml": f"- !include f{number + 1}.yaml\n" * 10 for number in range(8)}
    value, report, _ = read(tmp_path, {**files, "f8.yaml": "x"}, "f0.yaml")
    assert value == [[[None] * 10] * 10] * 10
    assert report.startswith("f3.yaml:10:3 too-large: With all aliases and includes")


def test_included_files_count_as_nesting(tmp_path: Path) -> None:
    deep = "[" * 60 + "!include b.yaml" + "]" * 60
    _, report, _ = read(tmp_path, {"site.yaml": deep, "b.yaml": "[" * 60 + "]" * 60})
    assert report.startswith("site.yaml:1:61 too-deep:")


def test_text_without_a_file() -> None:
    diagnostics = Diagnostics()
    node = read_text("a: {", diagnostics, "dict of a handler")
    assert node is None
    assert [str(found.position) for found in diagnostics] == ["dict of a handler:1:5"]
