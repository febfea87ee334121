import hashlib
import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from vendoring.libraries import HELD

from livepages.styles import vendor

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("yjs.min.js", "quill.min.js", "codemirror.min.js")
LANGUAGES = (
    "python javascript typescript jsx json html css xml sql markdown yaml java cpp rust go "
    "shell toml ini dockerfile ruby lua diff powershell r perl nginx"
)
EXPORTS = {
    "quill.min.js": "Delta Quill QuillCursors",
    "codemirror.min.js": (
        "Annotation Compartment Decoration EditorState EditorView StateEffect ViewPlugin WidgetType basicSetup "
        "indentUnit indentWithTab keymap languages lineNumbers placeholder"
    ),
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_script", ROOT / "scripts" / "vendor.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_file_is_as_the_manifest_says(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["--check"]) == 0
    assert "every file is as the manifest says" in capsys.readouterr().out


def test_check_names_what_is_wrong(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "vendor"
    shutil.copytree(script.VENDOR, copy)
    (copy / "animate-4.1.1.min.css").write_text("changed", "utf-8")
    (copy / "tailwindcss-4.3.5.min.js").unlink()
    (copy / "stray.js").write_text("", "utf-8")
    assert script.main(["--check", "--target", str(copy)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "animate-4.1.1.min.css: its sha256 is not the manifest's",
        "tailwindcss-4.3.5.min.js: missing",
        "stray.js: not in the manifest",
    ]


def test_files_carry_name_version_licence_and_origin() -> None:
    for name, entry in vendor.manifest().items():
        library, _, suffix = name.partition(".")
        assert entry["file"] == f"{library}-{entry['version']}.{suffix}"
        assert hashlib.sha256(vendor.path(name).read_bytes()).hexdigest() == entry["sha256"]
        assert entry["licence"]
        assert (ROOT / "livepages" / vendor.FOLDER / entry["licence_file"]).stat().st_size > 500
        assert entry["source"].startswith("npm package ")
        assert len(vendor.path(name).read_bytes()) < 2 * 1024 * 1024


def test_manifest_names_no_registry_host(script: ModuleType) -> None:
    texts = [
        *(path.read_text("utf-8") for path in (ROOT / "scripts").rglob("vendor*/*.py")),
        (ROOT / "scripts" / "vendor.py").read_text("utf-8"),
        json.dumps([dict(e) for e in vendor.manifest().values()]),
    ]
    assert not [text for text in texts if "http:" in text or "https:" in text]


def test_read_is_by_name_without_version() -> None:
    assert vendor.read("tailwindcss.min.js").startswith("var tailwindcss=")


def test_unknown_file_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(
        vendor.MissingVendorFile, match=r'no vendored file is called "x\.js": there are .*animate\.min\.css'
    ):
        vendor.read("x.js")


def exports(name: str) -> set[str]:
    """The exported names of a vendored ES module: esbuild writes them in one statement."""
    (statement,) = re.findall(r"\bexport\{([^}]*)\}", vendor.read(name))
    return {part.split(" as ")[-1] for part in statement.split(",")}


def imports(name: str) -> set[str]:
    """What a vendored ES module imports; the strings of its grammars that look alike have no such names in them."""
    return set(re.findall(r"\b(?:from|import\(?)\s*[\"']([\w@./:-]+)[\"']", vendor.read(name)))


def test_modules_import_nothing_and_yjs_is_there_once() -> None:
    assert [imports(name) for name in MODULES] == [set(), set(), set()]
    # Yjs leaves this in the global object, to tell when it is there twice.
    assert [name for name in MODULES if "__ $YJS$ __" in vendor.read(name)] == ["yjs.min.js"]


def test_modules_export_what_the_editors_need() -> None:
    assert {name: exports(name) for name in EXPORTS} == {name: set(words.split()) for name, words in EXPORTS.items()}
    assert exports("yjs.min.js") > {"WebsocketProvider", "Awareness", "Doc", "Text", "UndoManager", "applyUpdate"}


def test_every_language_is_there() -> None:
    found = re.search(r"=\{__proto__:null,(python:.*?)\};", vendor.read("codemirror.min.js"))
    assert found is not None
    assert (
        re.findall(r"(?:^|,)(\w+):", found[1].replace("typescript:!0", "").replace("jsx:!0", "")) == LANGUAGES.split()
    )


def test_modules_make_no_style_element_that_the_policy_forbids() -> None:
    makes = re.compile(r"createElement(?:NS)?\([^()]*[\"'`]style[\"'`]")
    assert not [name for name in ("yjs.min.js", "quill.min.js") if makes.search(vendor.read(name))]
    # CodeMirror's one is for a root without adopted style sheets; a shadow root has them.
    codemirror = vendor.read("codemirror.min.js")
    assert len(makes.findall(codemirror)) == 1
    assert re.search(r"if\(!\w+\.head&&\w+\.adoptedStyleSheets&&\w+\.CSSStyleSheet\)", codemirror)


def test_style_sheets_name_no_file() -> None:
    for name in ("quill.snow.css", "quill-cursors.min.css"):
        assert not re.search(r"sourceMappingURL|@import|url\(", vendor.read(name))


def test_licence_file_has_the_text_of_every_package_in_a_module(script: ModuleType) -> None:
    for library in (library for library in script.LIBRARIES if library.needs):
        text = (script.VENDOR / f"{library.name}-{library.version}.LICENSE.txt").read_text("utf-8")
        held = [package for name in library.needs for package in HELD.get(name, {}).items()]
        for name, version in [(library.package, library.version), *library.needs.items(), *held]:
            _, _, rest = text.partition(f"{name} {version} (")
            assert re.match(r"[\w.-]+\)\n=+\n\n[^=]{400}", rest), f"{name} in {library.name}"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A node_modules with the packages a and @b/c, both of which are in a bundle, and d, which is not."""
    for name, licence in {"a": "MIT", "@b/c": "ISC", "d": "GPL-2.0"}.items():
        package = tmp_path / "node_modules" / name
        package.mkdir(parents=True)
        package.joinpath("package.json").write_text(
            json.dumps({"name": name, "version": "1.0.0", "license": licence}), "utf-8"
        )
        package.joinpath("LICENSE.md").write_text(f"Text of {name}.\n", "utf-8")
    parts = {"entry.js": 9, "node_modules/a/a.js": 5, "node_modules/@b/c/src/c.js": 5, "node_modules/d/d.js": 0}
    inputs = {path: {"bytesInOutput": size} for path, size in parts.items()}
    (tmp_path / "inputs.json").write_text(json.dumps({"outputs": {"module.js": {"inputs": inputs}}}), "utf-8")
    return tmp_path / "node_modules"


def library(script: ModuleType, licence: str, *needs: str) -> object:
    return script.Library("a", "a", "1.0.0", licence, (), dict.fromkeys(needs, "1.0.0"))


def test_licence_of_a_bundle_is_that_of_all_its_packages(script: ModuleType, bundle: Path) -> None:
    text = script.bundle_licence(library(script, "ISC AND MIT", "@b/c"), bundle)
    assert text == (
        "@b/c 1.0.0 (ISC)\n================\n\nText of @b/c.\n\n\na 1.0.0 (MIT)\n=============\n\nText of a.\n"
    )


def test_package_or_licence_that_is_not_named_stops_the_run(script: ModuleType, bundle: Path) -> None:
    with pytest.raises(SystemExit, match=r"a: not both in the module and in LIBRARIES: @b/c, d"):
        script.bundle_licence(library(script, "MIT", "d"), bundle)
    with pytest.raises(SystemExit, match=r"a: the licence of its packages is ISC AND MIT, not MIT"):
        script.bundle_licence(library(script, "MIT", "@b/c"), bundle)
