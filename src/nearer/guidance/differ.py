""" "I see it differently": what a holder disagreed with makes the same cue ask for more certainty next time."""

from __future__ import annotations

from collections.abc import Mapping

from nearer.reading.types import Reading

FIRST, STEP, MOST = 0.5, 0.1, 0.97


def needed(times: int) -> float:
    """The confidence (0-1) that a cue needs once the holder has disagreed with it so many times."""
    return min(MOST, FIRST + STEP * max(times, 0)) if times > 0 else 0.0


def quiet(reading: Reading, disagreed: Mapping[str, int]) -> frozenset[str]:
    """Ids of findings to leave out, given how often the holder disagreed with each cue. Never touches what helps, nor
    danger, which is no finding."""
    return frozenset(
        f.id for f in reading.findings if f.polarity == "hurts" and f.confidence < needed(disagreed.get(f.cue, 0))
    )
