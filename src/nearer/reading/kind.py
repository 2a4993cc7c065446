"""What kind of conversation an episode is, guessed from its words, with the reason; the holder may say otherwise.

The same words are heard differently in a quarrel and in comfort (SCIENCE notes on context: Meier et al. 2021, Bowen
et al. 2017), so the guess is made first and shown, and `--kind` replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from nearer.model import KINDS, Kind
from nearer.reading.types import Episode

if TYPE_CHECKING:
    from nearer.cues import Catalogue
    from nearer.signals.read import Signals

_NEEDED: dict[Kind, float] = {"conflict": 0.10, "support": 0.12, "planning": 0.22, "first_meeting": 0.10}
"""Share of an episode's turns that must say so. Found by reading conversations of each kind; nearer's own judgement."""
_LEAST = 2
"""Turns that must say so, however short the episode."""
_FIGHT = ("CTL2", "OWN20", "ADJ20", "MUT202")
_WHY: dict[Kind, str] = {
    "conflict": "{k} of {n} turns sound upset, press a point or ask to stop.",
    "support": "{k} of {n} turns tell of something hard or answer it.",
    "planning": "{k} of {n} turns settle times, places or who does what.",
    "first_meeting": "{k} of {n} turns are what people ask when they are getting to know each other.",
    "everyday": "Nothing in it stands out as a quarrel, comfort, planning or a first meeting.",
}
_MOSTLY = "{k} of {n} messages are in parts where nothing stands out."
_PARTS: dict[Kind, str] = {
    "conflict": "{k} of {n} messages are in parts that read as a hard talk.",
    "support": "{k} of {n} messages are in parts where one tells of something hard and the other answers it.",
    "planning": "{k} of {n} messages are in parts that make plans.",
    "first_meeting": "{k} of {n} messages are in parts where people get to know each other.",
}


def episodes(
    signals: Signals, catalogue: Catalogue, times: Sequence[datetime | None], kind: Kind | None = None
) -> tuple[Episode, ...]:
    """The episodes of a conversation with the kind of each: the one given, or the guess."""
    turns, f = signals.turns, signals.features
    if not len(turns):
        return ()
    sharp = np.zeros(len(turns), bool)
    for hit in signals.hits:
        if catalogue.cues[hit.cue].polarity == "hurts" and hit.cue.startswith(_FIGHT):
            sharp[turns.of_message[hit.message]] = True
    comfort = f["warmth"] | f["understanding"]
    says: dict[Kind, np.ndarray] = {
        "conflict": sharp | (f["stop_signal"] & f["contempt"]) | f["demand"] & ~f["laugh"],
        "support": f["disclosure"] | (comfort & (f.previous >= 0) & f["disclosure"][f.previous]),
        "planning": f["planning_talk"],
        "first_meeting": f["first_meeting_talk"],
    }
    found = []
    bounds = np.flatnonzero(np.diff(turns.episode, prepend=-1, append=-1))
    for number, (left, right) in enumerate(pairwise(bounds.tolist())):
        guess, why = (kind, "You said so.") if kind else _guess({k: int(v[left:right].sum()) for k, v in says.items()},
                                                                int(right - left))  # fmt: skip
        first, last = int(turns.first[left]), int(turns.last[right - 1])
        known = [t for t in times[first : last + 1] if t is not None]
        # The earliest and the latest: messages may come out of order.
        found.append(Episode(number, first, last, guess, why, min(known, default=None), max(known, default=None)))
    return tuple(found)


def overall(found: Sequence[Episode]) -> tuple[Kind, str]:
    """The kind that most messages belong to, and why."""
    weight = dict.fromkeys(KINDS, 0)
    for episode in found:
        weight[episode.kind] += episode.last - episode.first + 1
    kind = max(KINDS, key=lambda k: weight[k]) if found else "everyday"
    if len(found) == 1:
        return kind, found[0].why
    total = sum(weight.values())
    if not total:
        return kind, _WHY["everyday"]
    if kind == "everyday":
        return kind, _WHY["everyday"] if weight[kind] == total else _MOSTLY.format(k=weight[kind], n=total)
    return kind, _PARTS[kind].format(k=weight[kind], n=total)


def _guess(says: dict[Kind, int], turns: int) -> tuple[Kind, str]:
    strength = {k: says[k] / turns / _NEEDED[k] for k in says if says[k] >= _LEAST}
    best = max(strength, key=lambda k: strength[k], default=None)
    if best is None or strength[best] < 1:
        return "everyday", _WHY["everyday"]
    return best, _WHY[best].format(k=says[best], n=turns)
