"""The form of a text that patterns see: ASCII, one character for one character of the original.

Every pattern is written for plain ASCII. Here curly quotes become straight, accents fall off, odd spaces become a
space, and emoji become a control character that says what they mean (a laugh, a heart, tears …). Nothing is ever
inserted or removed, so an offset in the normal form *is* the offset in the original, in Unicode characters, whatever
stands before it; and because one character is one byte, what an engine reports in bytes needs no conversion.
"""

from __future__ import annotations

import re
import unicodedata

LAUGH, LOVE, SAD, ANGRY, WINK, PLEASE, OTHER = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06", "\x0e"
"""Emoji classes as single characters; vocabulary.toml gives them names ({laugh_emoji}, {love_emoji} …)."""

BREAK = "\r"
"""A line break inside one message. "\\n" itself parts messages when many are scanned at once."""

_EMOJI: dict[str, str] = {
    LAUGH: "😂🤣😆😹😄😅😁😀😃😝😜🤪😛😸💀☠🙈🤭",
    LOVE: "❤♥💕💖💗💓💞💘💝💛💚💙💜🧡🤍🖤🤎😍🥰😘😗😙😚😻💋🤗🫶💑💏🫂☺😊🥹🌹💐",
    SAD: "😢😭😞😔😟😥😓😩😫🥺💔😿☹🙁😣😖😰😨😪",
    ANGRY: "😠😡🤬😤🖕👿💢😾🙄😒",
    WINK: "😉😏😎🙃😇",
    PLEASE: "🙏",
}
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f"
_PLAIN: dict[str, str] = {
    "'": "\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4\u0060\uff07\u02b9\u05f3",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02\u300c\u300d\u05f4",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d",
    ".": "\u2026\u3002\uff0e",
    ",": "\u3001\uff0c\u060c",
    "?": "\uff1f\u061f\u203d\u2753\u2754\u2047",
    "!": "\uff01\u2757\u2755\u203c\u2049",
    BREAK: "\n\u2028\u2029\u0085",
    " ": _SPACES,
    "~": "\u266a\u266b\u266c\U0001f3b5\U0001f3b6",
}


class _Table(dict[int, str]):
    """Translation of single code points, worked out when first met and kept."""

    def __missing__(self, code: int) -> str:
        if code < 128:
            result = chr(code)
        else:
            base = unicodedata.normalize("NFKD", chr(code))[0]
            # A combining mark or a variation selector is nothing of its own, yet it takes its place.
            result = base if base.isascii() and base.isprintable() else OTHER
        self[code] = result
        return result


_TABLE = _Table()
for _target, _sources in (*_EMOJI.items(), *_PLAIN.items()):
    for _char in _sources:
        _TABLE[ord(_char)] = _target
for _code in (*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F):
    _TABLE[_code] = OTHER
_TABLE[0] = OTHER


def normal(text: str) -> str:
    """The normal form of `text`: pure ASCII, the same length, "\\n" turned into BREAK. Case is kept."""
    if text.isascii() and text.isprintable():
        return text
    # The table is asked about every character that it is given: most of them, plain already, are left out.
    return _ODD.sub(_plain, text)


_ODD = re.compile("[^ -~]+")


def _plain(odd: re.Match[str]) -> str:
    return odd[0].translate(_TABLE)
