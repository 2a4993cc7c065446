"""Bad files: one clear sentence, and nothing leaves the archive."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, chats, load
from sources.exports import FILES

CHAT = "[14/03/2024, 21:15:07] Ana: hi\n[14/03/2024, 21:15:09] Ben: ho\n"


def _zip(path: Path, name: str, data: str, compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        (bytes(range(256)) * 40, "not"),
        (b"\n\n \n", "does not look like"),
        (b"\x00" * 5000, "picture"),
        (b"PK\x03\x04" + b"\x01" * 60, "zip"),
    ],
)
def test_what_is_no_conversation_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    with pytest.raises(NearerError, match=says) as caught:
        load(path)
    assert "file.txt" in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="There is no file"):
        load(tmp_path / "none.txt")


@pytest.mark.parametrize("name", ["../_chat.txt", "/etc/_chat.txt", "a/../../_chat.txt", "C:\\_chat.txt"])
def test_a_zip_with_a_path_outside_is_not_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(NearerError, match="leads outside"):
        load(_zip(tmp_path / "chat.zip", name, CHAT))


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="unpacks to far more"):
        load(_zip(tmp_path / "chat.zip", "_chat.txt", "a" * 30_000_000, zipfile.ZIP_DEFLATED))


@pytest.mark.parametrize("packed", [True, False])
def test_no_more_of_a_member_is_read_than_its_head(tmp_path: Path, packed: bool) -> None:
    (tmp_path / "chats").mkdir()
    (tmp_path / "chats" / "_chat.txt").write_text(CHAT * 200_000)
    path = _zip(tmp_path / "chat.zip", "_chat.txt", CHAT * 200_000) if packed else tmp_path / "chats"
    tracemalloc.start()
    assert Input(path).head.text.startswith(CHAT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 << 20


def test_a_cut_off_zip_is_told(tmp_path: Path) -> None:
    whole = _zip(tmp_path / "chat.zip", "_chat.txt", CHAT * 100).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NearerError, match="cut-off"):
        load(tmp_path / "cut.zip")


def test_an_empty_folder_and_an_empty_zip(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NearerError, match="empty"):
        load(tmp_path / "empty")
    with pytest.raises(NearerError):
        load(_zip(tmp_path / "photo.zip", "photo.jpg", "x"))


def test_nul_bytes_and_mixed_line_ends_do_not_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT.replace("\n", "\r\n", 1).replace("hi", "h\0i").encode())
    assert [m.text for m in load(path)] == ["h\0i", "ho"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT.encode(encoding))
    assert [m.text for m in load(path)] == ["hi", "ho"]


def test_two_encodings_in_one_file_and_a_letter_cut_in_two(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(
        CHAT.replace("hi", "é").encode() + CHAT.replace("hi", "ñ").encode("latin-1") + "日本\n".encode() * 3
    )
    assert [m.text for m in load(path)][::2] == ["é", "ñ"]
    path.write_bytes((CHAT.rstrip() + "é").encode()[:-1])
    assert [m.text for m in load(path)] == ["hi", "ho"]


def test_noughts_at_the_end_and_doubled_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT.replace("\n", "\r\r\n").encode() + b"\0" * 50)
    assert [m.text for m in load(path)] == ["hi", "ho"]


def test_the_chat_is_found_among_what_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export/__MACOSX/._Anaとのトーク.txt", b"\0\5\x16\7")
        archive.writestr("export/.DS_Store", b"\0")
        archive.writestr("export/00000001-notes.txt", "a: b\n")
        archive.writestr("export/Anaとのトーク.txt", CHAT)
    assert [m.text for m in load(path)] == ["hi", "ho"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_an_export_pasted_into_a_message_changes_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "chat.txt"
    pasted = FILES[name][1].decode(errors="replace")[:1500]
    for said in (pasted, " ".join(pasted.split())):
        path.write_text(CHAT.replace("hi", f"look: {said}") + CHAT.splitlines()[1].join("\n" * 31))
        assert load(path).source == "whatsapp"


def test_a_word_of_another_format_in_a_message_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(CHAT.replace("hi", "hChatLog"))
    assert load(path).source == "whatsapp"


def test_a_folder_of_talks_is_a_list_of_talks(tmp_path: Path) -> None:
    (tmp_path / "session 1.txt").write_text("Ana: hi\nBen: hi you\nAna: so\nBen: so\n")
    (tmp_path / "session 2.txt").write_text("Ana: you again\nBen: me\nAna: so\nBen: so\n")
    (tmp_path / "about.txt").write_text("What these are, at length. " * 40)
    with pytest.raises(UsageError, match="holds 2 chats; choose one with --chat"):
        load(tmp_path, Options(format="plain"))
    assert [m.text for m in load(tmp_path, Options(chat="session 2", format="plain"))][:2] == ["you again", "me"]
    (tmp_path / "about.txt").unlink()
    assert [c.title for c in chats(tmp_path)] == ["session 1", "session 2"]


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1\\ansi\n" + b"T: hm\\\nC: hm\\\n" * 20,
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0" + b"\0" * 99,
        b"$FL2@(#) SPSS DATA FILE",
    ],
)
def test_other_documents_are_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "talk").write_bytes(data)
    with pytest.raises(NearerError, match="save it as Word"):
        load(tmp_path / "talk")


@pytest.mark.parametrize("member", ["content.xml", "xl/workbook.xml"])
def test_documents_that_are_zips_are_told(tmp_path: Path, member: str) -> None:
    with pytest.raises(NearerError, match="save it as Word"):
        load(_zip(tmp_path / "talk.odt", member, "<a/>"))
