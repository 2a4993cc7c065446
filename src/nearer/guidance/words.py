"""Fixed sentences and names that every report says alike."""

from __future__ import annotations

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
