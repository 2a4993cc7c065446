"""The ladder: for each direction, which stages are found, mixed, not seen, breached, or have too little text.

A stage stands only on stages that are found. Directions are never averaged. The order of the stages is this model's
map, not a measured law; reports say so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nearer.model import STAGES
from nearer.reading.audience import Audience
from nearer.reading.evidence import Evidence, disclosures_met, gather
from nearer.reading.rates import share_interval
from nearer.reading.standing import enough
from nearer.reading.types import DangerFinding, Direction, Finding, StageReading, State

if TYPE_CHECKING:
    from nearer.signals.read import Signals

_PAIRS = 12
"""In a large group only the pairs that answer each other most are read."""
_SHORT = 40
"""Turns under which one sign of a stage is enough to find it."""
_QUOTES = 6
"""Findings named under a stage."""


def directions(signals: Signals, found: Sequence[Finding], danger: Sequence[DangerFinding]) -> tuple[Direction, ...]:
    """Both directions of every pair that talks together, most talkative pairs first."""
    by_speaker: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_speaker[finding.speaker].append(finding)
    threats = {name for d in danger for name in _threatening(d, signals.lines.names)}
    audience = Audience(signals)
    out: list[Direction] = []
    for one, other in _pairs(signals):
        there = gather(signals, audience, by_speaker, one, other)
        back = gather(signals, audience, by_speaker, other, one)
        met = disclosures_met(signals, one, other), disclosures_met(signals, other, one)
        out.append(_direction(signals, one, other, there, back, met, threats))
        out.append(_direction(signals, other, one, back, there, met[::-1], threats))
    return tuple(out)


def _threatening(danger: DangerFinding, names: Sequence[str]) -> list[str]:
    """Who a sign of danger speaks of: who is feared, not who fears; who does it, not who tells of it."""
    if danger.cue == "DNG302":
        return []
    told = danger.cue == "DNG304" or (
        re.search(r"\b(?:me|my|i'm not allowed)\b", danger.quote.lower())
        and not re.search(
            r"\b(?:i'?ll|i will|send me|give me|show me|make me|i(?:'m| am) (?:not )?l)", danger.quote.lower()
        )
    )
    return [n for n in names if (n != danger.speaker) == bool(told)]


def _pairs(signals: Signals) -> list[tuple[int, int]]:
    turns, f = signals.turns, signals.features
    rows = f.previous >= 0
    talk: dict[tuple[int, int], int] = defaultdict(int)
    for a, b in zip(turns.speaker[rows].tolist(), turns.speaker[f.previous[rows]].tolist(), strict=True):
        talk[min(a, b), max(a, b)] += 1
    return sorted(sorted(talk), key=lambda p: -talk[p])[:_PAIRS]


def _direction(
    signals: Signals, giver: int, taker: int, own: Evidence, back: Evidence, met: tuple[int, int], threats: set[str]
) -> Direction:
    lines, turns = signals.lines, signals.turns
    words = [int(lines.words[lines.speaker == s].sum()) for s in (giver, taker)]
    number = [int((turns.speaker == s).sum()) for s in (giver, taker)]
    little = not enough(words[0], number[0])
    threatened = lines.names[giver] in threats
    stages: list[StageReading] = []
    standing: str | None = None
    stands, told = True, False
    for stage in STAGES:
        good, bad = own.good.get(stage, []), own.bad.get(stage, [])
        breaches = own.breaches if stage == "safety" else []
        state, why = _state(stage, own, back, met, little, threatened, number[0])
        if state == "found" and not stands:
            # What stands over a missing stage is shown as what it is: a risk taken, not progress.
            if stage in ("vulnerability", "intimacy"):
                why += " Not every stage below it was found, so this may be a risk taken rather than a step."
                state = "mixed"
            elif not told:
                why += " Not every stage below it was found."
                told = True
        stands = stands and state == "found"
        if stands:
            standing = stage
        mean, low, high = share_interval(len(good), len(bad) + 2 * len(breaches))
        because = tuple(i for i in (*breaches, *good, *bad) if i)[:_QUOTES]
        if state in ("too_little", "not_seen"):
            stages.append(StageReading(stage, state, None, None, because, why))
        else:
            interval = (round(100 * low, 1), round(100 * high, 1))
            stages.append(StageReading(stage, state, round(100 * mean, 1), interval, because, why))
    return Direction(lines.names[giver], lines.names[taker], tuple(stages), standing)


def _state(
    stage: str, own: Evidence, back: Evidence, met: tuple[int, int], little: bool, threatened: bool, turns: int
) -> tuple[State, str]:
    good, bad = len(own.good.get(stage, ())), len(own.bad.get(stage, ()))
    said = " ".join(own.words.get(stage, ()))
    if stage == "safety" and threatened:
        return "breached", "Something here may be a danger; see what is said about safety first."
    if stage == "safety" and own.breaches:
        count = len(own.breaches)
        why = f"{count} hurt{'s' * (count > 1)} with no mending in what was read. {said}".strip()
        # One hard word in a long talk does not break it; two, or one that is much of a short one, do.
        return "mixed" if count == 1 and turns >= _SHORT and good else "breached", why
    if little:
        return "too_little", "Too little to go on."
    if stage == "intimacy":
        return _intimacy(met, said)
    if stage == "vulnerability" and len(own.bad.get(stage, ())) > 0:
        return "breached", f"Something told was used or mocked. {said}"
    # In a short talk one sign is as much as can be expected.
    least = 1 if stage == "safety" or turns < _SHORT else 2
    if good < least:
        alone = f"{said} One alone says little in a talk as long as this." if good else _ABSENT[stage]
        return ("mixed", said) if bad else ("not_seen", alone)
    if bad > 0.5 * good + 1:
        return "mixed", said
    if stage == "vulnerability" and len(back.good.get(stage, ())) == 0:
        return "mixed", f"{said} So far it comes from one side."
    return "found", said


def _intimacy(met: tuple[int, int], said: str) -> tuple[State, str]:
    """Felt understanding after a disclosure, both ways and more than once; nothing else counts."""
    if met[0] >= 2 and met[1] >= 2:
        return "found", f"Hard things were told and met on both sides ({met[0]} and {met[1]} times). {said}".strip()
    if met[0] or met[1]:
        return "mixed", "Hard things were told and met, but not yet more than once each way."
    return "not_seen", _ABSENT["intimacy"]


_ABSENT: dict[str, str] = {
    "safety": "How a misstep, a refusal or hard news would be met was not seen.",
    "attunement": "No moment was seen that showed one tuning in to the other.",
    "connection": "Few signs of joining in were seen.",
    "vulnerability": "Nothing risky was told. That may be just right for this talk.",
    "intimacy": "Something hard that was told, and met with understanding, was not seen.",
}
