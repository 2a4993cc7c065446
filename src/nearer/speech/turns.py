"""Words with times and voices with times, made into a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nearer.conversation import Conversation, ConversationBuilder
from nearer.speech.voices import Stretch

_PAUSE = 1.5
"""Seconds of silence after which the same voice begins a new message."""
_BREATH = 0.4
"""The same where the other said something in that silence: a short "mhm" between two words parts no message."""
_OWN = 0.2
"""Share of a word that its own voice must cover; less is another's voice, heard across the room."""
_NEAR = 0.5
"""Seconds a word may lie from any stretch and still belong to it: loudness fades before a word does."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as heard, seconds from the beginning; `voice` where the channel says whose it is."""

    text: str
    start: float
    end: float
    voice: str | None = None


def own_words(words: Iterable[Word], speaking: Sequence[Stretch]) -> list[Word]:
    """Words of a channel that its own voice said; what only leaked in from the other one goes."""
    return [
        w
        for w in words
        if sum(_shared(w, s) for s in speaking if s.voice == w.voice) >= _OWN * max(w.end - w.start, 0.01)
    ]


def named(words: Iterable[Word], speaking: Sequence[Stretch]) -> list[Word]:
    """Words of one channel, each given to the voice that speaks most while it is said, or else just beside it."""
    out: list[Word] = []
    for w in words:
        best = max(speaking, key=lambda s: (_shared(w, s), -_distance(w, s)), default=None)
        near = best is not None and _distance(w, best) <= _NEAR
        out.append(Word(w.text, w.start, w.end, best.voice if best is not None and near else None))
    return out


def conversation(words: Sequence[Word], notes: Iterable[str] = ()) -> Conversation:
    """Messages in the order in which they began. A voice goes on with its message until it pauses, or
    until another has begun after its last word; talk across each other stays two messages whose times overlap."""
    builder = ConversationBuilder("recording", medium="speech")
    runs: list[list[Word]] = []
    last: dict[str, list[Word]] = {}
    for word in sorted(words, key=lambda w: (w.start, w.end)):
        who = word.voice or "Speaker"
        run = last.get(who)
        gap = word.start - run[-1].end if run is not None else 0.0
        taken = run is not None and any(other[0].start >= run[-1].end for other in last.values())
        if run is not None and gap <= (_BREATH if taken else _PAUSE):
            run.append(word)
        else:
            last[who] = [word]
            runs.append(last[who])
    for number, run in enumerate(runs, 1):
        text = " ".join(" ".join(w.text.strip() for w in run).split())
        builder.add(run[0].voice or "Speaker", text, None, "text", number, start=run[0].start, end=run[-1].end)
    for note in notes:
        builder.note(note)
    return builder.build()


def _shared(word: Word, stretch: Stretch) -> float:
    return max(0.0, min(word.end, stretch.end) - max(word.start, stretch.start))


def _distance(word: Word, stretch: Stretch) -> float:
    return max(0.0, stretch.start - word.end, word.start - stretch.end)
