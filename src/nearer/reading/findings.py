"""From hits to findings: who, when, how sure, and in the kind of conversation that it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from nearer.cues.rewording import reword
from nearer.reading.calm import SHORT, calm
from nearer.reading.types import Episode, Finding

if TYPE_CHECKING:
    from nearer.cues import Catalogue, Cue
    from nearer.signals.phrases import Hit
    from nearer.signals.read import Signals

LEAST_SURE = 0.35
"""A finding less sure than this is not shown at all: a false accusation costs more trust than a missed cue."""
_PLAYFUL = 0.75
"""Factor for a hurt said in play that its cue lets speak all the same."""
_CALM = 0.75
"""Factor for the only hurt in a stretch of calm talk."""


def findings(
    signals: Signals,
    catalogue: Catalogue,
    episodes: Sequence[Episode],
    times: Sequence[datetime | None],
    self_care_of: str | None,
    *,
    advise: bool = True,
) -> tuple[Finding, ...]:
    """Everything but danger, in the order of the conversation.

    self_care_of: the one speaker whose Self-care is read, because the holder asked for it; None reads nobody's.
    advise: False where there may be danger: then no finding says what to try.
    """
    lines = signals.lines
    names = [lines.names[code] for code in lines.speaker.tolist()]
    kinds = ["everyday"] * len(lines)
    for e in episodes:
        kinds[e.first : e.last + 1] = [e.kind] * (e.last + 1 - e.first)
    found: list[Finding] = []
    at_ease = calm(signals, catalogue).tolist()
    for hit in signals.hits:
        cue, place = catalogue.cues[hit.cue], hit.message
        if cue.polarity == "danger" or (cue.family == "self_care" and names[place] != self_care_of):
            continue
        sure = confidence(cue, hit, kinds[place])
        if at_ease[place] and cue.polarity == "hurts" and cue.family != "self_acceptance":
            sure = 0.0 if lines.words[place] <= SHORT else round(sure * _CALM, 3)
        if sure >= LEAST_SURE:
            found.append(_finding(cue, hit, names[place], times[place], sure, lines.texts[place], advise))
    return tuple(found)


def confidence(cue: Cue, hit: Hit, kind: str) -> float:
    """How sure the finding is, 0 to 1: the cue's own, turned by the kind of conversation and by play."""
    sure = hit.confidence if hit.confidence is not None else cue.confidence
    sure *= cue.kinds.get(kind, 1.0)
    if cue.polarity == "hurts" and hit.contexts & {"playful", "taken_up"}:
        sure *= _PLAYFUL
    return round(min(sure, 0.95), 3)


def _finding(cue: Cue, hit: Hit, speaker: str, time: datetime | None, sure: float, text: str, advise: bool) -> Finding:
    quote = text[hit.start : hit.end]
    return Finding(
        id=f"{cue.code}-{hit.message}-{hit.start}", cue=cue.code, family=cue.family_or_stage, stage=cue.stage,
        polarity=cue.polarity, speaker=speaker, message=hit.message, time=time, start=hit.start, end=hit.end,
        quote=quote, confidence=sure, heard_as=cue.heard_as,
        adjust=cue.adjust if advise else None, reword=reword(cue, quote) if advise and cue.rewordings else None,
        why=", ".join(sorted(hit.contexts)),
    )  # fmt: skip
