from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from livepages.runtime.web.assets import MAX_STYLESHEETS, Asset, Assets, read_client
from livepages.runtime.web.bundle import join_modules
from livepages.styles.stylesheet import Stylesheet


def test_an_assets_address_changes_with_its_content() -> None:
    one, two = Asset(b"a", "text/plain"), Asset(b"b", "text/plain")
    assert one.digest != two.digest and len(one.digest) == 16
    assert gzip.decompress(one.compressed) == b"a"
    assert one.compressed == Asset(b"a", "text/plain").compressed


def test_former_style_sheets_are_kept_for_a_while() -> None:
    styles = Stylesheet()
    assets = Assets(styles)
    urls = [assets.css_url]
    for number in range(MAX_STYLESHEETS):
        styles.add([f"mt-[{number}px]"])
        urls.append(assets.css_url)
    assert len(set(urls)) == len(urls)
    assert assets.find(urls[0]) is None
    found = assets.find(urls[-1])
    assert found is not None and found.content == styles.css.encode() and found.media_type == "text/css"
    assert assets.find(urls[1]) is not None
    assert assets.find("/_livepages/css/x.css") is None
    client = assets.find(assets.client_url)
    assert client is assets.client and client is not None


def test_the_client_is_one_module_with_all_of_its_parts() -> None:
    code = read_client(development=True).content.decode()
    assert not re.search(r"^(import|export) ", code, re.MULTILINE)
    folder = Path(__file__).parents[3] / "livepages" / "client"
    for file in folder.glob("*.js"):
        for name in re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", file.read_text(), re.MULTILINE):
            assert re.search(rf"^(?:async )?(?:function|class|const) {name}\b", code, re.MULTILINE), (file.name, name)


def test_modules_are_joined_in_the_order_of_their_imports() -> None:
    modules = {
        "main": 'import { a } from "./a.js";\nimport { b } from "./b.js";\n\n/** Runs. */\na(b);\n',
        "a": 'import { b } from "./b.js";\n\n// A comment\nexport function a() {\n  // in it\n  return "// text";\n}\n',
        "b": "export const b = 1;\nexport async function c() {}\n",
        "unused": "export const d = 2;\n",
    }
    assert join_modules(modules, "main") == (
        'const b = 1;\nasync function c() {}\nfunction a() {\n  return "// text";\n}\na(b);\n'
    )


def test_a_module_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        join_modules({"main": 'import { a } from "./a.js";\n'}, "main")


def test_names_of_other_modules_are_imported_once_and_named_ones_exported() -> None:
    modules = {
        "main": 'import { one } from "./one.js";\nimport { B, A } from "./library.js";\n'
        "export function start() {\n  one(A, B);\n}\n",
        "one": 'import { A } from "./library.js";\nexport function one() {\n  return A;\n}\n',
    }
    assert join_modules(modules, "main", others=("library",), exports=("start",)) == (
        'import { A, B } from "./library.js";\n'
        "function one() {\n  return A;\n}\nfunction start() {\n  one(A, B);\n}\nexport { start };\n"
    )


def test_parts_have_addresses_that_change_with_the_client() -> None:
    assets = Assets(Stylesheet())
    documents = assets.find(assets.part_url("documents.js"))
    assert documents is not None and documents.content.endswith(b"export { start };\n")
    assert {name.rpartition(".")[2] for name in assets.parts} == {"js", "css"}
    assert assets.find(f"/_livepages/parts/{'0' * 16}/documents.js") is None
    assert assets.find(assets.part_url("../client.js")) is None
    assert assets.build in assets.client_url
