"""Fixed sentences and names that every report says alike."""

from __future__ import annotations

import re

from nearer.reading.types import State

STATE_WORDS: dict[State, str] = {
    "found": "found",
    "mixed": "mixed",
    "not_seen": "not seen here",
    "breached": "hurt, not yet mended",
    "too_little": "too little text",
}
KIND_WORDS: dict[str, str] = {
    "conflict": "a hard talk",
    "support": "a talk of comfort",
    "everyday": "an everyday talk",
    "planning": "making plans",
    "first_meeting": "getting to know each other",
}
NOT_THERAPY = (
    "This is one reading of the words and it may be wrong. It is not therapy, and no judgement of anyone. "
    "You know the two of you better than it does."
)
MAP_NOT_LAW = "The order of the stages is this model’s map. It is not a measured law."
DANGER_TITLE = "Please read this first"
DANGER_WORDS = (
    "Some words here can be signs of danger. This may be wrong: words alone do not show everything. "
    "Because of such words, nearer gives no tips on how to speak more softly. If you are afraid, it is not your fault. "
    "There are people who know about this and will listen, most of them for free."
)
SEEN_IN_TEXT = "What was seen:"
"""Heads the list of quotations under a danger notice."""


def counted(number: int, what: str) -> str:
    """ "1 message", "2,000 messages": a number with its noun, whose plural ends in s."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def without_options(note: str) -> str:
    """A note without the clause that names an option of the command line or a page of the handbook: whoever reads it in
    the app, or on a page that was handed on, has neither."""
    clause = r"(?:(;)|(?<=\.))\s*[^.;]*(?:--[a-z]|docs/)[^;]*?\.(?=\s|$)"
    return re.sub(clause, lambda found: "." if found[1] else "", note)


def short(text: str, most: int) -> str:
    """Somebody's words on one line, with "…" where they were cut to `most` characters."""
    one = " ".join(text.split())
    return one if len(one) <= most else one[: most - 1] + "…"
