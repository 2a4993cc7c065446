"""What every source gets: the file, its first bytes, and what the holder chose."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Literal

from nearer.errors import NearerError
from nearer.sources import word
from nearer.sources.text import decode

HEAD_BYTES = 1 << 16
MEMBER_LIMIT = 4 << 30
RATIO_LIMIT = 300
"""A member that unpacks to more than this many times its size, and over a megabyte, is taken for a bomb."""
TEXT_LIMIT = 2 << 30

ME = "Me"
"""Whoever made the export, where it gives them no name."""

DateOrder = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True)
class Options:
    """What the holder chose: order of dates, which chat, which columns, which format, and who they are."""

    dates: DateOrder | None = None
    chat: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    me: str | None = None


@dataclass(frozen=True)
class Chat:
    """One of several chats in a file."""

    id: str
    title: str
    messages: int


@dataclass(frozen=True)
class Head:
    """The beginning of a file: its name, first bytes, those as text, and what a zip or folder holds."""

    name: str
    data: bytes
    text: str
    names: tuple[str, ...] = ()


def _of_the_system(name: str) -> bool:
    """What macOS and Windows put into folders and zips of their own accord."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _is_word(name: str) -> bool:
    return name.lower().endswith(".docx")


class Input:
    """A file, the inside of a zip, or a folder, all read the same way."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise NearerError(f"There is no file {path}.")
        self.path = path
        self.chosen: str | None = None
        """The one of several files that is read, where the holder chose it."""
        self.is_zip = False
        self._words_of_document: bytes | None = None
        if path.is_file():
            with open(path, "rb") as stream:
                self.is_zip = stream.read(4) == b"PK\x03\x04"
        if self.is_zip:
            self._words_of_document = word.text_of(path, path.name)
            self.is_zip = self._words_of_document is None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Members of the zip or files of the folder, checked; empty for a plain file."""
        if self.path.is_dir():
            found = sorted(p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if p.is_file())
            return tuple(n for n in found if not _of_the_system(n))
        if not self.is_zip:
            return ()
        try:
            with zipfile.ZipFile(self.path) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, OSError):
            raise NearerError(f"{self.path.name} is a damaged or cut-off zip file; export it again.") from None
        for info in infos:
            parts = info.filename.replace("\\", "/").split("/")
            if info.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
                raise NearerError(f"{self.path.name} holds a path that leads outside of it, so it was not opened.")
        return tuple(i.filename for i in infos if not i.is_dir() and not _of_the_system(i.filename))

    def read(self, name: str | None = None) -> bytes:
        """The whole of the file, or of one member, a Word document as plain text. Raises NearerError where it is too large or
        damaged."""
        if name is None and self._words_of_document is not None:
            return self._words_of_document
        if name is None:
            if self.path.stat().st_size > TEXT_LIMIT:
                raise NearerError(f"{self.path.name} is larger than 2 GB, more than can be read at once.")
            return self.path.read_bytes()
        data = self._bytes_of(name)
        return (word.text_of(io.BytesIO(data), name) if _is_word(name) else None) or data

    def _bytes_of(self, name: str, most: int = -1) -> bytes:
        """The bytes of one member as they are, the first `most` of them where that is given."""
        if self.path.is_dir():
            with open(self.path / name, "rb") as stream:
                return stream.read(most)
        try:
            with zipfile.ZipFile(self.path) as archive:
                info = archive.getinfo(name)
                if info.file_size > MEMBER_LIMIT or (
                    info.file_size > 1 << 20 and info.file_size > RATIO_LIMIT * max(info.compress_size, 1)
                ):
                    raise NearerError(f"{self.path.name} unpacks to far more than it should, so it was not opened.")
                with archive.open(info) as member:
                    return member.read(most)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error):
            raise NearerError(f"{self.path.name} is a damaged, locked or cut-off zip file; export it again.") from None

    def open(self, name: str | None = None) -> BinaryIO:
        """The same as a stream."""
        plainly = name is None and self.path.is_file() and self._words_of_document is None
        return open(self.path, "rb") if plainly else io.BytesIO(self.read(name))

    def main_member(self) -> str | None:
        """The member of a zip or folder that holds the words of a single chat: its one text, subtitle, table or page."""
        if self.chosen is not None:
            return self.chosen
        kinds = (".txt", ".vtt", ".srt", ".sbv", ".csv", ".json", ".jsonl")
        inside = [n for n in self.names if n.lower().endswith(kinds)]
        chats = [n for n in inside if n.lower().endswith("_chat.txt") or "whatsapp" in n.rpartition("/")[2].lower()]
        # Beside a researcher's transcripts lie notes and lists, and beside other chats web pages.
        transcripts = [n for n in self.names if n.lower().endswith((".cha", ".eaf", ".textgrid"))]
        inside = chats or transcripts or inside or [n for n in self.names if n.lower().endswith((".html", ".docx"))]
        # Text files that somebody sent lie deeper, or are shorter, than the chat itself.
        return min(inside, key=lambda n: (n.count("/"), -self._size(n)), default=None)

    def alike(self) -> list[str]:
        """The files of a zip or folder that end as its main member does."""
        ending = (self.main_member() or "").lower().rpartition(".")[2]
        return [n for n in self.names if n.lower().endswith(f".{ending}")] if ending else []

    def _size(self, name: str) -> int:
        if self.path.is_dir():
            return (self.path / name).stat().st_size
        with zipfile.ZipFile(self.path) as archive:
            return archive.getinfo(name).file_size

    def words(self) -> bytes:
        """The bytes of the file, or of the main member of a zip or folder."""
        member = self.main_member() if self.names else None
        if self.names and member is None:
            raise NearerError(f"{self.path.name} holds no text that nearer knows how to read.")
        return self.read(member)

    @cached_property
    def head(self) -> Head:
        """The first bytes of what would be read."""
        if self.names:
            member = self.main_member()
            return self.head_of(member) if member else Head(self.path.name, b"", "", self.names)
        if self.path.is_dir():
            raise NearerError(f"{self.path.name} is an empty folder.")
        with self.open() as stream:
            data = stream.read(HEAD_BYTES)
        return Head(self.path.name, data, decode(data, self.path.name, partial=True))

    def head_of(self, member: str) -> Head:
        """The first bytes of one member; a Word document has to be read whole for them."""
        data = self.read(member)[:HEAD_BYTES] if _is_word(member) else self._bytes_of(member, HEAD_BYTES)
        return Head(member, data, decode(data, self.path.name, partial=True), self.names)
