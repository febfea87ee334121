import hashlib
import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from livepages.styles import vendor

ROOT = Path(__file__).resolve().parents[2]


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


def test_manifest_names_no_registry_host(script: ModuleType) -> None:
    texts = [
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
