"""The words inside `attributedBody`, the form in which newer Macs keep a message (NSArchiver's typed stream)."""

from __future__ import annotations

import re
from typing import Any

_STRING = re.compile(rb"NSString.{0,53}?[\x84\x94]\x01\+", re.DOTALL)
"""What stands before a string; where its class was named before, the type is given by its number (0x94)."""


def text_of(blob: Any) -> str | None:
    """The first string of the stream, or None where there is none. Its length is given in bytes, in one byte, or after
    0x81 in two and after 0x82 in four, low byte first."""
    if not isinstance(blob, bytes):
        return None
    match = _STRING.search(blob)
    if match is None or match.end() >= len(blob):
        return None
    size, at = blob[match.end()], match.end() + 1
    if size in (0x81, 0x82):
        width = 2 if size == 0x81 else 4
        size = int.from_bytes(blob[at : at + width], "little")
        at += width
    elif size >= 0x80:
        return None
    return blob[at : at + size].decode("utf-8", errors="replace") or None
