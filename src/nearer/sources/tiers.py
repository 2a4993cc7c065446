"""Annotation tiers of several speakers, side by side in time, made into one conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median

from nearer.conversation import ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Options
from nearer.sources.text import clean_name

Interval = tuple[float | None, float | None, str]
"""Start and end in seconds, and the label."""

_WORDS_TIER = re.compile(r"(?:^|[ _.:-])(?:words?|wrd|ort|orth?ography|mau)$|^(?:words?|ort)[ _.:-]", re.I)
_NO_SPEECH = re.compile(
    r"(?:^|[ _.:-])(?:phones?|phn|phonemes?|segments?|syll(?:able)?s?|tones?|breaks?|ipa|gestures?|gaze|notes?"
    r"|comments?|noise|events?|pos|gloss(?:es)?|translation|kan|head|hands?)$",
    re.I,
)
_SILENCE = re.compile(
    r"^(?:<?(?:sil|sp|p:?|pause|silence|usb)>?|#|_|-|\.\.\.|xxx|\[[^\]]*\]|<[^>]*>|\([.\d]*\))?$", re.I
)
_TURN_PAUSE = 0.5
"""Seconds; words of one tier closer than this are one turn."""


def add_tiers(
    builder: ConversationBuilder, tiers: Mapping[str, Sequence[Interval]], options: Options, file: str
) -> None:
    """Add what the tiers hold, in order of time. `options.chat` names the tiers to take, parted by commas."""
    wanted = _wanted(tiers, options, file)
    rows: list[tuple[float, str, str, float | None, float | None]] = []
    for name, intervals in tiers.items():
        if name not in wanted:
            builder.note(
                f"The tier {name!r} was left out: it does not look like speech. Name it with --chat to read it."
            )
            continue
        spoken = [i for i in intervals if not _SILENCE.match(i[2].strip())]
        for _ in range(len(intervals) - len(spoken)):
            builder.notice("silence or noise")
        for start, end, label in _turns(spoken, name):
            rows.append(
                (start if start is not None else float("inf"), clean_name(name) or "Speaker", label, start, end)
            )
    rows.sort(key=lambda r: r[0])
    for number, (_, who, label, start, end) in enumerate(rows, 1):
        builder.add(who, label, None, "text", number, start=start, end=end)
    if not rows:
        raise NearerError(f"{file} holds no tier with words.")


def _wanted(tiers: Mapping[str, Sequence[Interval]], options: Options, file: str) -> set[str]:
    if options.chat:
        chosen = {name.strip() for name in options.chat.split(",")}
        unknown = sorted(chosen - set(tiers))
        if unknown:
            raise NearerError(f"{file} holds no tier {unknown[0]!r}; it has {', '.join(tiers)}.")
        return chosen
    spoken = {
        n
        for n, rows in tiers.items()
        if not _NO_SPEECH.search(n) and any(not _SILENCE.match(r[2].strip()) for r in rows)
    }
    # Where a speaker has whole turns and the same as single words, only the turns count.
    turns = {n for n in spoken if not _WORDS_TIER.search(n)}
    return turns or spoken or {n for n, rows in tiers.items() if any(r[2].strip() for r in rows)}


def _turns(intervals: Sequence[Interval], name: str) -> list[Interval]:
    """Intervals as they are; in a tier of single words, the words of each turn together."""
    if not intervals or (median(len(i[2].split()) for i in intervals) > 1 and not _WORDS_TIER.search(name)):
        return [(s, e, " ".join(t.split())) for s, e, t in intervals]
    found: list[tuple[float | None, float | None, list[str]]] = []
    for start, end, label in intervals:
        last = found[-1] if found else None
        close = last is not None and start is not None and last[1] is not None and start - last[1] <= _TURN_PAUSE
        if last is not None and close:
            last[2].extend(label.split())
            found[-1] = (last[0], end, last[2])
        else:
            found.append((start, end, label.split()))
    return [(start, end, " ".join(words)) for start, end, words in found]
