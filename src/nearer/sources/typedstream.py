"""The words inside `attributedBody`, the form in which newer Macs keep a message (NSArchiver's typed stream)."""

from __future__ import annotations

from typing import Any

_CLASS = b"NSString"
_STRING = b"\x84\x01+"
_REPEATED = b"\x94\x01+"
"""The same mark where a class was named before: a type seen earlier is given by its number."""


def text_of(blob: Any) -> str | None:
    """The first string of the stream, or None where there is none. Its length is given in bytes, in one byte, or after
    0x81 in two and after 0x82 in four, low byte first."""
    if not isinstance(blob, bytes):
        return None
    start = blob.find(_CLASS)
    if start < 0:
        return None
    marks = [p for p in (blob.find(m, start, start + 64) for m in (_STRING, _REPEATED)) if p >= 0]
    if not marks:
        return None
    at = min(marks) + len(_STRING)
    if at >= len(blob):
        return None
    size = blob[at]
    at += 1
    if size in (0x81, 0x82):
        width = 2 if size == 0x81 else 4
        size = int.from_bytes(blob[at : at + width], "little")
        at += width
    elif size >= 0x80:
        return None
    return blob[at : at + size].decode("utf-8", errors="replace") or None
