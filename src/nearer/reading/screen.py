"""The danger screen: what in a conversation may be a sign of danger. Recall comes first here.

Single words are read by the cues under cues/danger. Over a whole conversation, weaker signs add up: demands for
whereabouts that keep coming, one side that only ever says sorry, messages after a stop. Where the screen speaks,
nothing in nearer coaches anybody to be softer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from nearer.reading.types import DangerFinding
from nearer.signals.phrases import Hit

if TYPE_CHECKING:
    from nearer.cues import Catalogue
    from nearer.signals.read import Signals

_ENOUGH = 0.5
"""How sure one sign must be to speak alone."""
_PLAY = 0.55
"""Factor for a sign in play: a threat with a laugh may be a joke, and may not."""
_FICTION = 0.4
"""Factor for somebody else's words in talk about a film, a book or a song."""
_RATCHET = 4
"""Demands for whereabouts in one conversation that speak together though none would alone."""
_APPEASED = 3
"""Apologies of the one side, none of the other's, that make such demands a ratchet."""
_SURE_OF_RATCHET = 0.55
_MEANT = re.compile(
    r"\bnot (?:even |fucking )?(?:joking|kidding|playing)\b|\bno joke\b|\bi(?:'m| am|m) (?:dead )?serious\b", re.I
)
_TALE = re.compile(
    r"\b(?:film|movie|episodes?|season|series|book|novel|lyrics?|song|character|chapter|podcast|play|plot)\b", re.I
)


def screen(signals: Signals, catalogue: Catalogue, times: Sequence[datetime | None]) -> tuple[DangerFinding, ...]:
    """Everything that may be danger, in the order of the conversation; empty where nothing is.

    times: when each message was sent, None where unknown. What is returned stops every adjustment for the pair, so a
    sign counts only when it is sure enough, alone or together with others.
    """
    seen = [
        (hit, _sure(hit, signals, catalogue)) for hit in signals.hits if catalogue.cues[hit.cue].polarity == "danger"
    ]
    # Signs in several messages make each of them surer: danger is a pattern more often than a word.
    lift = 1.0
    if messages := {hit.message for hit, _ in seen}:
        kinds = min(len({hit.cue for hit, _ in seen}), len(messages))
        lift += 0.15 * min(len(messages) - 1, 2) + 0.1 * (kinds - 1)
    found = [_finding(signals, hit, min(sure * lift, 0.95), times) for hit, sure in seen if sure * lift >= _ENOUGH]
    found += [_finding(signals, hit, _SURE_OF_RATCHET, times) for hit in _ratchet(signals)]
    return tuple(sorted(found, key=lambda d: (d.message, d.start, d.cue)))


def _sure(hit: Hit, signals: Signals, catalogue: Catalogue) -> float:
    sure = catalogue.cues[hit.cue].confidence if hit.confidence is None else hit.confidence
    if hit.contexts & {"playful", "taken_up"} and not _meant(hit, signals):
        sure *= _PLAY
    if "reported" in hit.contexts and _told_tale(hit.message, signals):
        sure *= _FICTION
    return sure


def _meant(hit: Hit, signals: Signals) -> bool:
    """A laugh beside a threat does not make it a joke where the words deny it, or the other gives in to it."""
    f, turns = signals.features, signals.turns
    if _MEANT.search(signals.lines.normal[hit.message]):
        return True
    answer = int(f.next[turns.of_message[hit.message]])
    return answer >= 0 and bool((f["apology"] | f["stop_signal"])[answer]) and not bool(f["laugh"][answer])


def _told_tale(message: int, signals: Signals) -> bool:
    """Is a film, a book or a song being talked of just here?"""
    near = signals.lines.normal[max(0, message - 1) : message + 2]
    return any(_TALE.search(text) for text in near)


def _ratchet(signals: Signals) -> list[Hit]:
    """Whereabouts demanded again and again by one person of another who mostly gives in or says sorry."""
    f, turns = signals.features, signals.turns
    if not len(turns) or len(signals.lines.names) != 2:
        return []
    asks = f["whereabouts"] & ~f["laugh"] & ~f["planning_talk"]
    sorry = f["apology"]
    for speaker in (0, 1):
        own, theirs = turns.speaker == speaker, turns.speaker != speaker
        many = int((asks & own).sum())
        back = int((asks & theirs).sum())
        appeases = int((sorry & theirs).sum())
        if many >= _RATCHET and back <= many // 4 and appeases >= _APPEASED and not (sorry & own).any():
            place = f.first_words(int(np.flatnonzero(asks & own)[-1]))
            return [Hit("DNG303", place, 0, len(signals.lines.normal[place]), frozenset())]
    return []


def _finding(signals: Signals, hit: Hit, sure: float, times: Sequence[datetime | None]) -> DangerFinding:
    lines = signals.lines
    return DangerFinding(
        hit.cue, lines.names[lines.speaker[hit.message]], hit.message, lines.texts[hit.message][hit.start : hit.end],
        round(sure, 3), hit.start, hit.end, times[hit.message],
    )  # fmt: skip
