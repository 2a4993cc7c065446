"""The ranges of a family balance as lengths of a picture 200 wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nearer.model import NAMES

if TYPE_CHECKING:
    from nearer.reading.types import Reading

WIDTH = 200.0


@dataclass(frozen=True)
class Range:
    """Hurts in 100 turns: the rate, its 90 % range, and the range of most talks like this, all in picture units."""

    rate: float
    low: float
    high: float
    usual_low: float
    usual_high: float


def ranges(reading: Reading) -> dict[str, dict[str, Range]]:
    """Speaker -> family as written for people -> range. All families of a speaker share one scale; where there is too
    little text there is no range."""
    found: dict[str, dict[str, Range]] = {}
    for speaker in reading.speakers:
        rows = [
            (NAMES[b.family], b.hurts_per_100, b.interval, b.norm)
            for b in speaker.families
            if b.enough and b.hurts_per_100 is not None and b.interval is not None and b.norm is not None
        ]
        top = max((max(interval[1], norm[1]) for _, _, interval, norm in rows), default=0.0) or 1.0
        found[speaker.name] = {
            name: Range(*(round(WIDTH * x / top, 1) for x in (rate, *interval, *norm)))
            for name, rate, interval, norm in rows
        }
    return found
