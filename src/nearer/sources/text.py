"""Bytes to text, and the small marks that exporters leave in it."""

from __future__ import annotations

import re

from nearer.errors import NearerError

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_DROP = {ord(c): None for c in MARKS}
_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " "}
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\x1f\x8b", b"RIFF", b"OggS", b"ID3", b"\x00\x00\x00")
_CLEAN = {**_DROP, **_SPACES}


def decode(data: bytes, name: str, partial: bool = False) -> str:
    """Text of a file: UTF-8, UTF-16 by its mark, else what charset-normalizer finds. Raises NearerError for what is no
    text. `partial` forgives a character cut in two at the end."""
    if data.startswith(_BINARY):
        if partial:
            return ""
        raise NearerError(f"{name} is a picture, a recording or another file without text.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if partial and error.start > len(data) - 4:
            return data[: error.start].decode("utf-8-sig")
    import logging

    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.WARNING)
    best = from_bytes(data[: 1 << 18]).best()
    if best is None or data[:4096].count(0) > 64:
        if partial:
            return data.decode("utf-8", errors="replace")
        raise NearerError(f"{name} is not a text file, or its encoding is unknown; save it as UTF-8.")
    return data.decode(best.encoding, errors="replace")


def unix(text: str) -> str:
    """Every CRLF made LF; in a file that knows no LF, every CR. A lone CR elsewhere is somebody's paste."""
    if "\r" not in text:
        return text
    text = text.replace("\r\n", "\n")
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
