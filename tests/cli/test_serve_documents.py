"""Where `livepages serve` keeps documents, and what it says where it can't."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pycrdt import Doc, Text
from websockets.sync.client import ClientConnection, connect

from livepages.coediting.protocol.messages import Change, asking_for_state, change, read_message
from tests.cli.program import SITES, program, write_site

NOTES = "scope: shared\nbody: [{editor: notes}]\n"


@contextmanager
def joined(url: str, key: str = "notes") -> Iterator[tuple[ClientConnection, Doc[Text]]]:
    """A document as it is now, and its socket."""
    doc: Doc[Text] = Doc()
    with connect(f"ws{url.removeprefix('http')}_livepages/documents/{key}", open_timeout=60) as socket:
        socket.send(asking_for_state(doc.get_state()))
        while not isinstance(message := told(socket), Change):
            pass
        doc.apply_update(message.update)
        yield socket, doc


def told(socket: ClientConnection) -> object:
    data = socket.recv(timeout=60)
    assert isinstance(data, bytes)
    return read_message(data)


def write(url: str, text: str) -> None:
    """Put a text at the beginning of the document, and wait until another has it: then it is kept."""
    with joined(url) as (_, doc), joined(url) as (other, _):
        made: list[bytes] = []
        watching = doc.observe(lambda event: made.append(event.update))
        doc.get("text", type=Text).insert(0, text)
        with connect(f"ws{url.removeprefix('http')}_livepages/documents/notes", open_timeout=60) as socket:
            socket.send(change(made[0]))
            while not isinstance(told(other), Change):
                pass
        del watching


def text_of(url: str) -> str:
    with joined(url) as (_, doc):
        return str(doc.get("text", type=Text))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_documents_are_kept_beside_the_site(tmp_path: Path, number: int) -> None:
    site = write_site(tmp_path / "site", NOTES)
    with program("serve", site, "-p", "0") as served:
        url = served.url()
        write(url, "kept")
        served.end(number)
    assert sorted(each.name for each in (site / ".livepages").iterdir())[:2] == [".gitignore", "documents.lock"]
    with program("serve", site, "-p", "0") as served:
        assert text_of(served.url()) == "kept\n"


def test_another_folder_can_keep_them(tmp_path: Path) -> None:
    site, data = write_site(tmp_path / "site", NOTES), tmp_path / "data" / "here"
    for text in ("b", "a"):
        with program("serve", site, "-p", "0", "--data", data) as served:
            write(served.url(), text)
            assert served.end(signal.SIGTERM).code == 0
    with program("serve", site, "-p", "0", "--data", data) as served:
        assert text_of(served.url()) == "ab\n"
    assert not (site / ".livepages").exists()


def test_none_keeps_them_in_memory(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", NOTES)
    with program("serve", site, "-p", "0", "--data", "none") as served:
        url = served.url()
        write(url, "not kept")
        assert text_of(url) == "not kept\n"
        served.end(signal.SIGINT)
    assert [each.name for each in site.iterdir()] == ["site.yaml"]


def test_a_site_without_documents_makes_no_folder(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", "body: [{p: Hello}]\n")
    with program("serve", site, "-p", "0") as served:
        served.url()
        served.end(signal.SIGINT)
    assert [each.name for each in site.iterdir()] == ["site.yaml"]


def test_a_folder_that_another_server_has_is_told(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", NOTES)
    with program("serve", site, "-p", "0") as served:
        served.url()
        with program("serve", site, "-p", "0") as second:
            ended = second.end()
    assert ended.code == 1
    sentence = (
        f"The documents in {site / '.livepages'} are in use by another livepages; end that, or choose another folder"
    )
    assert " ".join(ended.err.split()) == f"Error: {sentence} with --data. Nothing is served."


def test_a_folder_that_cant_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with program("serve", SITES / "editor", "-p", "0", "--data", tmp_path / "file") as served:
        ended = served.end()
    assert ended.code == 1
    assert str(tmp_path / "file") in ended.err and "--data" in ended.err and "Traceback" not in ended.err


def test_a_damaged_store_is_set_aside_and_told(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", NOTES)
    folder = site / ".livepages"
    folder.mkdir()
    (folder / "documents.sqlite").write_bytes(os.urandom(8192))
    with program("serve", site, "-p", "0") as served:
        url = served.url()
        assert text_of(url) == "\n"
        ended = served.end(signal.SIGINT)
    (aside,) = folder.glob("documents.sqlite.damaged-*")
    assert aside.stat().st_size == 8192
    assert aside.name in "".join(ended.err.split())
