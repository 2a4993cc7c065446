"""Bytes to text, and the small marks that exporters leave in it."""

from __future__ import annotations

import re

from nearer.errors import NearerError

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_LATIN = ["cp1252", "cp1250", "cp1254", "mac_roman"]
"""Encodings of Windows and Macs for letters with accents."""
_DROP = {ord(c): None for c in MARKS}
_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " "}
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\x1f\x8b", b"RIFF", b"OggS", b"ID3", b"\x00\x00\x00")
_CLEAN = {**_DROP, **_SPACES}


def decode(data: bytes, name: str, partial: bool = False) -> str:
    """Text of a file: UTF-8, UTF-16 and UTF-32 by their mark or their noughts, else what charset-normalizer finds.

    Raises NearerError for what is no text. `partial` forgives a character cut in two at the end. NULs at its end are dropped.
    """
    if data.startswith(_BINARY) and not data.startswith(b"\x00\x00\xfe\xff"):
        if partial:
            return ""
        raise NearerError(f"{name} is a picture, a recording or another file without text.")
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace").lstrip("\ufeff").rstrip("\0")
    try:
        return data.decode("utf-8-sig").rstrip("\0")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8-sig").rstrip("\0")
    if data[:4096].count(0) <= 64 and _mostly_utf8(data):
        return "\n".join(map(western, data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))).rstrip("\0")
    import logging

    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.WARNING)
    best = from_bytes(head := data[: 1 << 18], cp_isolation=_LATIN if _latin(head) else None).best()
    if best is None or data[:4096].count(0) > 64:
        if partial:
            return data.decode("utf-8", errors="replace")
        raise NearerError(f"{name} is not a text file, or its encoding is unknown; save it as UTF-8.")
    encoding = "cp1252" if best.encoding == "mac_roman" and _small_letters_of_windows(head) else best.encoding
    return data.decode(encoding, errors="replace").rstrip("\0")


def _latin(data: bytes) -> bool:
    """Whether letters outside ASCII stand alone among others, as accents in Latin script do. Of a few such words
    charset-normalizer would make Chinese."""
    runs = re.findall(rb"[\x80-\xff]+", data)
    return sum(len(run) == 1 for run in runs) * 10 > len(runs) * 7


def _small_letters_of_windows(data: bytes) -> bool:
    """Whether small letters with accents stand where Windows has them, and not where Macs do."""
    return sum(b >= 0xE0 for b in data) > sum(0x80 <= b <= 0x9F for b in data)


def _wide(data: bytes) -> str | None:
    """The name of an encoding with two or four bytes a character, where the file has one."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:2000]
    if len(start) < 20 or start.count(0) < len(start) // 4:
        return None
    # Without a mark: digits, spaces and line breaks have a nought in every other byte, in any language's export.
    for half, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[1 - half :: 2].count(0) == 0 and start[half::2].count(0) > len(start) // 4:
            return encoding
    return None


def is_wide(data: bytes) -> bool:
    """Whether characters have two or four bytes."""
    return _wide(data) is not None


def _mostly_utf8(data: bytes) -> bool:
    """Whether only some lines of a file are not UTF-8, as where an export was added to in another program."""
    wide = [x for x in data[: 1 << 22].split(b"\n") if not x.isascii()]
    return sum(_is_utf8(x) for x in wide) * 2 > len(wide)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def western(line: bytes) -> str:
    """Text of one line: UTF-8, else the encoding of Western Europe."""
    return line.decode("utf-8") if _is_utf8(line) else line.decode("cp1252", errors="replace")


def unix(text: str) -> str:
    """Every CRLF made LF; in a file that knows no LF, every CR. A lone CR elsewhere is somebody's paste."""
    if "\r" not in text:
        return text
    text = text.replace("\r\n", "\n")
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")  # Two programs in turn made CRLF of it.
    return text if text.count("\n") > 1 else text.replace("\r", "\n")


def lines_of(text: str) -> list[str]:
    """Lines parted at LF alone: people paste every other kind of break inside their messages."""
    found = unix(text).split("\n")
    if found and found[-1] == "":
        found.pop()
    return found


def plain(text: str) -> str:
    """For matching only: direction marks gone, odd spaces made plain."""
    return text if text.isascii() else text.translate(_CLEAN)


def clean_name(name: str) -> str:
    """A sender's name without marks, the "~" of unsaved contacts, or space around it."""
    return re.sub(r"^~\s*", "", plain(name)).strip()
