"""Pieces of recognised speech, whatever service they come from: whose they are, what was said, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nearer.conversation import ConversationBuilder
from nearer.errors import NearerError

_PAUSE = 2.0
"""Seconds; pieces of one speaker closer than this are one message."""
_CLOSE_UP = ",.!?;:…%)]}、。，？！"
"""What stands close to the word before."""
Piece = tuple[str | None, str, float | None, float | None]


def add(builder: ConversationBuilder, pieces: list[Piece], file: str) -> None:
    """Put the pieces into a conversation. Raises NearerError where nobody says anything."""
    unnamed = sum(1 for p in pieces if p[0] is None)
    for number, (speaker, text, start, end) in enumerate(_joined(pieces), 1):
        builder.add(speaker or "Speaker", text, None, "text", number, start=start, end=end)
    if not len(builder):
        raise NearerError(f"{file} holds no words of anybody.")
    if unnamed == len(pieces):
        builder.note("The transcript does not say who speaks, so everything stands under one speaker.")
    elif unnamed:
        builder.note(f"{unnamed} pieces name no speaker and stand under Speaker.")


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing where it is no list."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def named(who: Any) -> str | None:
    """The name of a speaker: "Speaker 1" for number 0, "Speaker A" for A."""
    if who is None or isinstance(who, dict | list | bool) or who == "":
        return None
    text = str(who).strip()
    if text.isdigit() and len(text) < 9:
        return f"Speaker {int(text) + 1}"
    return f"Speaker {text}" if len(text) == 1 else text


def number(value: Any, scale: float = 1.0) -> float | None:
    """Seconds, where that is what the value is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value) / scale
    except OverflowError:
        return None
    return seconds if 0 <= seconds < 1e9 else None


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring pieces of one speaker as one message."""
    held: Piece | None = None
    words = ""
    for who, text, start, end in pieces:
        if not text:
            continue
        close = held is not None and (start is None or held[3] is None or start - held[3] <= _PAUSE)
        if held is not None and close and held[0] == who:
            words += text if text[0] in _CLOSE_UP else f" {text}"
            held = (who, "", held[2], end if end is not None else held[3])
            continue
        if held is not None:
            yield held[0], words, held[2], held[3]
        held, words = (who, "", start, end), text
    if held is not None:
        yield held[0], words, held[2], held[3]
