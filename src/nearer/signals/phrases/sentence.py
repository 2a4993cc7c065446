"""The sentence and the clause in which a hit stands, and whether it asks or repeats somebody else's words."""

from __future__ import annotations

import re

from nearer.signals.normal import BREAK

_END = re.compile(r"[.!?]+(?=[\s\x01-\x0e\"')]|$)|\r+")
_QUOTED = re.compile(r'"[^"]{2,400}"|(?:^|\r)>[^\r]*|~[^~]*~?')


_FAR = 1500
"""No sentence is looked for further away than this: a line of a hundred megabytes is nobody's sentence."""


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence (or sentences) that hold [start, end) of a normal-form text."""
    left = max(0, start - _FAR)
    right = min(len(text), end + _FAR)
    for mark in _END.finditer(text, left, right):
        if mark.end() <= start:
            left = mark.end()
        elif mark.start() >= end - 1:
            right = mark.end()
            break
    return left, right


def is_question(text: str, right: int) -> bool:
    """Does the sentence that ends at `right` ask?"""
    return "?" in text[max(0, right - 3) : right].rstrip(BREAK)


def quoted(text: str) -> list[tuple[int, int]]:
    """Stretches of somebody else's words: in quotation marks, after ">", or sung between notes."""
    if '"' not in text and ">" not in text and "~" not in text:
        return []
    return [m.span() for m in _QUOTED.finditer(text)]


_CLAUSE_END = re.compile(
    r"\s+(?:and|but|because|cos|cuz|coz|when|if|while|though|although|then|or|since|until|unless|which|who|yet|you know)\b"
    r"|[^\w\s'-]|\r"
)
_FEW_WORDS = re.compile(r"(?:\s+[\w'-]+){0,6}")


def clause(text: str, end: int) -> int:
    """Where the clause of a match that ends at `end` ends: the quotation runs on to it, for a few words at most."""
    if not text[end - 1].isalnum():
        return end
    edge = min(len(text), end + _FAR)
    stop = _CLAUSE_END.search(text, end, edge)
    limit = stop.start() if stop else edge
    if end < limit and text[end].isalnum():
        more = text[end:limit].split(" ", 1)
        end += len(more[0])
    words = _FEW_WORDS.match(text, end, limit)
    return words.end() if words and not text[words.end() : limit].strip() else end
