"""Transcripts of Adobe Premiere: timecodes with frames, the speaker on the line below, then the words
(docs/sources/transcripts.md)."""

from __future__ import annotations

import re

from nearer.conversation import Conversation, ConversationBuilder
from nearer.sources import pieces
from nearer.sources.base import Head, Input, Options
from nearer.sources.text import clean_name, decode, lines_of

NAME = "premiere"
TITLE = "Transcript of Adobe Premiere"

_CODE = r"(\d\d)[:;](\d\d)[:;](\d\d)[:;](\d\d)"
_TIMES = re.compile(rf"\s*{_CODE}\s*[-–]\s*{_CODE}\s*$")
"""00:00:01:12 - 00:00:04:03, or with semicolons where the frame rate is 29.97: hours, minutes, seconds, frames."""
_RATES = (24, 25, 30, 50, 60, 120)
"""Frames a second that cameras record."""
_NOBODY = "Unknown"


def sniff(head: Head) -> float:
    """Pairs of timecodes on lines of their own."""
    return 0.96 if sum(1 for x in head.text.split("\n")[:400] if _TIMES.match(x)) >= 2 else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the pieces; neighbouring ones of one speaker become one message. Raises NearerError where nobody speaks."""
    builder = ConversationBuilder(NAME, medium="speech")
    cues: list[tuple[list[int], list[str]]] = []
    for number, line in enumerate(lines_of(decode(source.words(), source.path.name)), 1):
        if match := _TIMES.match(line):
            cues.append(([int(x) for x in match.groups()], []))
        elif cues and line.strip():
            cues[-1][1].append(line.strip())
        elif line.strip():
            builder.skip(number, "It stands before the first timecode.")
    # The file does not say its rate; the slowest of the usual ones that has so many frames in a second is the likeliest.
    last = max((max(code[3], code[7]) for code, _ in cues), default=0)
    rate = next((r for r in _RATES if r > last), _RATES[-1])
    said = [_piece(code, lines, rate) for code, lines in cues]
    pieces.add(builder, said, source.path.name)
    return builder.build()


def _piece(code: list[int], lines: list[str], rate: int) -> pieces.Piece:
    """The first line names the speaker, unless it is the only one."""
    speaker = clean_name(lines[0]) if len(lines) > 1 else _NOBODY
    words = " ".join(lines[1:] or lines)
    return None if speaker == _NOBODY else speaker, words, _seconds(code[:4], rate), _seconds(code[4:], rate)


def _seconds(code: list[int], rate: int) -> float:
    hours, minutes, seconds, frames = code
    return hours * 3600 + minutes * 60 + seconds + frames / rate
