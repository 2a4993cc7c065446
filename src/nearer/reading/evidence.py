"""What speaks for and against each stage, in one direction: what one person gives the other.

Courtesy alone never raises Safety. What does is a misstep, a no or a disclosure that was met without punishment, and
a breach that was mended (MODEL: Evidence for each stage).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from nearer.reading.types import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.reading.audience import Audience
    from nearer.signals.read import Signals

BREACHES: frozenset[str] = frozenset({"CTL201", "CTL204", "CTL205", "VUL201", "ADJ203", "HUM201"})
"""Hurts that break safety where nothing mends them."""
_SURE = 0.5
_MENDS: frozenset[str] = frozenset({"CTL103", "ADJ102"})
_MEND_WITHIN = 40
"""Turns within which an apology or repair mends a breach."""


@dataclass(eq=False)
class Evidence:
    """For and against, stage by stage. `good` and `bad` hold finding ids where there is one, else "" for a turn that
    counted; `words` says in sentences what was counted. breaches: unmended, mended: breached and mended."""

    good: dict[str, list[str]] = field(default_factory=dict)
    bad: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)

    def add(self, stage: str, ids: Sequence[str], good: bool, sentence: str) -> None:
        """Count `ids` for or against a stage, and say how many; nothing to count says nothing."""
        if ids:
            (self.good if good else self.bad).setdefault(stage, []).extend(ids)
            self.words.setdefault(stage, []).append(sentence.format(n=len(ids), s="" if len(ids) == 1 else "s"))

    def add_found(self, stage: str, found: Sequence[Finding], good: bool, sentence: str) -> None:
        """Count each message with findings once, by its surest: it is one thing said, whatever number of cues it holds."""
        surest = {x.message: x.id for x in sorted(found, key=lambda x: (x.message, x.confidence))}
        self.add(stage, list(surest.values()), good, sentence)


def gather(
    signals: Signals, audience: Audience, found: Mapping[str, Sequence[Finding]], giver: int, taker: int
) -> Evidence:
    """Evidence of what `giver` gives `taker` (speaker indexes). found: findings by speaker name."""
    f, turns = signals.features, signals.turns
    names = signals.lines.names
    own = [x for x in found.get(names[giver], ()) if audience.hears(taker, x.message)]
    theirs = [x for x in found.get(names[taker], ()) if audience.hears(giver, x.message)]
    to_taker = (turns.speaker == giver) & (f.previous >= 0) & (turns.speaker[f.previous] == taker)
    before = f.previous
    harsh = _turns_with(signals, own, lambda x: x.polarity == "hurts")
    kind = ~harsh & ~f["contempt"] & ~f["dismissal"]
    evidence = Evidence()

    def met(name: str, reply: NDArray[np.bool_]) -> list[str]:
        return [""] * int((to_taker & f[name][before] & reply & kind).sum())

    evidence.add("safety", met("misstep", f["met_kindly"]), True, "{n} misstep{s} met without blame.")
    evidence.add(
        "safety", met("refusal", f["met_kindly"] | f["agreement"]), True, "{n} time{s} a “no” was taken kindly."
    )
    evidence.add("safety", met("disclosure", f["warmth"] | f["understanding"]), True, "{n} hard thing{s} met gently.")
    _breaches(signals, audience, evidence, own, giver, taker)
    hurts = [x for x in own if x.stage == "safety" and x.polarity == "hurts" and x.confidence >= _SURE]
    evidence.add_found("safety", hurts, False, "{n} thing{s} that may have stung.")
    for stage, said in (("attunement", "{n} sign{s} of tuning in to the other."), ("connection", "{n} sign{s} of joining in."),
                        ("vulnerability", "{n} thing{s} risked and told."), ("intimacy", "{n} sign{s} of closeness.")):  # fmt: skip
        evidence.add_found(stage, [x for x in own if x.stage == stage and x.polarity == "helps"], True, said)
        missed = [x for x in own if x.stage == stage and x.polarity == "hurts"]
        evidence.add_found(stage, missed, False, "{n} moment{s} passed over.")
    follow = int((to_taker & f["question"] & f["picks_up"] & kind).sum())
    evidence.add("connection", [""] * follow, True, "{n} question{s} that followed up.")
    laughed = int((to_taker & f["laugh"] & f["laugh"][before]).sum())
    evidence.add("connection", [""] * laughed, True, "{n} laugh{s} shared.")
    punished = [x.id for x in theirs if x.cue == "VUL201"]
    evidence.add("vulnerability", punished, False, "{n} time{s} it was not safe to tell.")
    return evidence


def disclosures_met(signals: Signals, giver: int, taker: int) -> int:
    """How often `giver` answered a disclosure of `taker` with warmth or understanding: the unit of intimacy."""
    f, turns = signals.features, signals.turns
    rows = (turns.speaker == giver) & (f.previous >= 0) & (turns.speaker[f.previous] == taker)
    reply = (f["warmth"] | f["understanding"]) & ~f["contempt"] & ~f["dismissal"]
    return int((rows & f["disclosure"][f.previous] & reply).sum())


def _turns_with(signals: Signals, found: Sequence[Finding], wanted: Callable[[Finding], bool]) -> NDArray[np.bool_]:
    mask = np.zeros(len(signals.turns), bool)
    for item in found:
        if wanted(item):
            mask[signals.turns.of_message[item.message]] = True
    return mask


def _breaches(
    signals: Signals, audience: Audience, evidence: Evidence, own: Sequence[Finding], giver: int, taker: int
) -> None:
    """Part breaches into mended (an own apology or repair soon after, not thrown back) and open ones. What the other
    takes with a laugh or warmly was teasing between the two, and breaks nothing."""
    f, turns = signals.features, signals.turns
    mends = _turns_with(signals, own, lambda x: x.cue in _MENDS)
    for place in np.flatnonzero((turns.speaker == giver) & f["repair"] & ~f["contempt"]):
        mends[place] |= any(audience.hears(taker, m) for m in range(turns.first[place], turns.last[place] + 1))
    for item in own:
        if item.cue not in BREACHES or item.confidence < _SURE:
            continue
        turn = int(signals.turns.of_message[item.message])
        answer = f.next[turn]
        if answer >= 0 and turns.speaker[answer] == taker and (f["laugh"][answer] or f["warmth"][answer]):
            continue
        later = np.flatnonzero(mends[turn + 1 : turn + 1 + _MEND_WITHIN]) + turn + 1
        mended = any(
            answer < 0 or turns.speaker[answer] != taker or not (f["contempt"][answer] or f["stop_signal"][answer])
            for answer in f.next[later]
        )
        (evidence.mended if mended else evidence.breaches).append(item.id)
    evidence.add("safety", evidence.mended, True, "{n} hurt{s} mended.")
