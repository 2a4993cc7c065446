"""Each speaker's balance of helps and hurts, family by family. Both are shown; there is no one grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nearer.model import GROUPS
from nearer.reading.rates import FAMILY_WORDS, LEAST_TURNS, LEAST_WORDS, rate
from nearer.reading.types import FamilyBalance, Finding, SpeakerReading

if TYPE_CHECKING:
    from nearer.reading.norms import Norms
    from nearer.signals.lines import Lines, Turns


def speakers(
    lines: Lines, turns: Turns, found: Sequence[Finding], norms: Norms, kind: str
) -> tuple[SpeakerReading, ...]:
    """One reading a speaker, in the order in which they first spoke."""
    size = len(lines.names)
    messages = np.bincount(lines.speaker, minlength=size)
    words = np.bincount(lines.speaker, lines.words, size).astype(int)
    number = np.bincount(turns.speaker, minlength=size)
    total = max(int(words.sum()), 1)
    counts = Counter((f.speaker, f.family, f.polarity) for f in found)
    return tuple(
        SpeakerReading(
            name=name,
            messages=int(messages[code]),
            words=int(words[code]),
            turns=int(number[code]),
            air_time=round(int(words[code]) / total, 4),
            enough=enough(int(words[code]), int(number[code])),
            families=tuple(
                _balance(family, counts[name, family, "helps"], counts[name, family, "hurts"],
                         int(words[code]), int(number[code]), norms, kind)
                for family in GROUPS
            ),
        )
        for code, name in enumerate(lines.names)
    )  # fmt: skip


def enough(words: int, turns: int) -> bool:
    """Is there enough of a speaker for rates at all?"""
    return words >= LEAST_WORDS and turns >= LEAST_TURNS


def _balance(family: str, helps: int, hurts: int, words: int, turns: int, norms: Norms, kind: str) -> FamilyBalance:
    if not enough(words, turns):
        return FamilyBalance(family, helps, hurts, None, None, None, None, enough=False)
    usual_hurts, usual_helps = norms.of(kind, family, "hurts"), norms.of(kind, family, "helps")
    hurt, help_ = rate(hurts, turns, usual_hurts.prior), rate(helps, turns, usual_helps.prior)
    return FamilyBalance(
        family, helps, hurts, help_.per_100, hurt.per_100, (hurt.low, hurt.high), usual_hurts.range,
        enough=words >= FAMILY_WORDS, helps_interval=(help_.low, help_.high), helps_norm=usual_helps.range,
    )  # fmt: skip
