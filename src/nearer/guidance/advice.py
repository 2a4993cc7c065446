"""What to say to a person about a reading: strengths first, their own part first, three adjustments at most.

Nothing is advised where the danger screen fired: coaching a threatened person to be softer would do harm.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nearer.cues import Catalogue, catalogue
from nearer.guidance.coaching import coaches
from nearer.reading.types import Finding, Reading

MOST_ADJUSTMENTS = 3
MOST_STRENGTHS = 3
MOST_ANSWERS = 2
_WEIGHT = {"safety": 1.0, "attunement": 0.9, "connection": 0.8, "vulnerability": 1.0, "intimacy": 0.9}


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that helped: what it is, the words, how often, and what the listener may take from it."""

    cue: str
    name: str
    quote: str
    finding: str
    times: int
    heard_as: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One thing to try: the words, how they may be heard, the other reading, what to try, and a rewording if any."""

    cue: str
    name: str
    quote: str
    finding: str
    times: int
    heard_as: str
    other_reading: str
    adjust: str
    reword: str | None


@dataclass(frozen=True, slots=True)
class CueToAnswer:
    """Something the other said that may sting, and one kind thing to answer."""

    cue: str
    name: str
    quote: str
    finding: str
    times: int
    answer: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything for one person. `stopped` is True where danger was seen: then nothing is advised, and only strengths are
    left. `too_little` says why there is less than usual."""

    who: str
    strengths: tuple[Strength, ...]
    adjustments: tuple[Adjustment, ...]
    answers: tuple[CueToAnswer, ...]
    repair: str | None
    stopped: bool
    too_little: str | None


def advice(reading: Reading, who: str, book: Catalogue | None = None) -> Advice:
    """What to say to `who`, a speaker of the reading."""
    cues = (book or catalogue()).cues
    own = reading.of(who)
    others = [f for f in reading.findings if f.speaker != who]
    speaker = next(s for s in reading.speakers if s.name == who)
    too_little = None if speaker.enough else _too_little(who, reading.me)
    strengths = tuple(
        Strength(c, cues[c].name, f.quote, f.id, n, cues[c].heard_as)
        for c, f, n in _top([f for f in own if f.polarity == "helps"], MOST_STRENGTHS)
    )
    if not coaches(reading.danger):
        return Advice(who, strengths, (), (), None, True, too_little)
    adjustments = tuple(
        Adjustment(c, cues[c].name, f.quote, f.id, n, f.heard_as, cues[c].other_reading, cues[c].adjust, f.reword)
        for c, f, n in _top([f for f in own if f.polarity == "hurts"], MOST_ADJUSTMENTS)
    )
    answers = tuple(
        CueToAnswer(c, cues[c].name, f.quote, f.id, n, cues[c].answer)
        for c, f, n in _top(_apart([f for f in others if f.polarity == "hurts" and cues[f.cue].answer]), MOST_ANSWERS)
    )
    return Advice(who, strengths, adjustments, answers, _repair(adjustments, answers, strengths), False, too_little)


def _too_little(who: str, me: str | None) -> str:
    if who == me:
        return "You say too little here to tell how often things happen."
    return f"{who} says too little here to tell how often things happen."


def _apart(found: Sequence[Finding]) -> list[Finding]:
    """One finding a message, the surest: nobody needs two answers to one sentence."""
    best: dict[int, Finding] = {}
    for finding in found:
        kept = best.get(finding.message)
        if kept is None or finding.confidence > kept.confidence:
            best[finding.message] = finding
    return list(best.values())


def _top(found: Sequence[Finding], most: int) -> list[tuple[str, Finding, int]]:
    """(cue, its clearest finding, how often), one a cue and at most two a family, weightiest first. No message is
    quoted twice: a cue seen nowhere else gives way to the next."""
    by_cue: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_cue[finding.cue].append(finding)

    def clearest(some: list[Finding]) -> Finding:
        return max(
            some, key=lambda f: (f.reword is not None, round(f.confidence, 2), min(len(f.quote), 60), -f.message)
        )

    quoted: set[int] = set()

    def weight(code: str) -> float:
        some = by_cue[code]
        return clearest(some).confidence * _WEIGHT[some[0].stage] * (1 + 0.25 * min(len(some), 6))

    ranked = sorted(by_cue, key=lambda c: (-weight(c), c))
    families: Counter[str] = Counter()
    chosen: list[tuple[str, Finding, int]] = []
    for code in ranked:
        free = [f for f in by_cue[code] if f.message not in quoted]
        if not free or len(chosen) == most:
            continue
        finding = clearest(free)
        if families[finding.family] < 2:
            families[finding.family] += 1
            quoted.add(finding.message)
            chosen.append((code, finding, len(by_cue[code])))
    return chosen


def _repair(
    adjustments: Sequence[Adjustment], answers: Sequence[CueToAnswer], strengths: Sequence[Strength]
) -> str | None:
    """What one could say next that is kind and true. A frame to fill in, never a finished letter."""
    if adjustments:
        return "You could say: “I have been thinking about what I said. I would like to say it better. Is now a good time?”"
    if answers:
        return "You could say: “I want to understand how that was for you. Will you tell me?”"
    if strengths:
        return "You could say: “I liked talking with you. Thank you for that.”"
    return None
