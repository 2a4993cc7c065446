"""The next step: one family, in a sentence that is true of it."""

from __future__ import annotations

import pytest

from nearer.reading.next_step import GLOSS, next_step
from nearer.reading.types import Direction, FamilyBalance, SpeakerReading, StageReading


def _speaker(**hurts: int) -> SpeakerReading:
    families = tuple(
        FamilyBalance(family, 0, n, 0.0, float(n), (0.0, 2.0 * n), (0.0, 0.0), enough=True)
        for family, n in hurts.items()
    )
    return SpeakerReading("Ana", 50, 500, 50, 0.5, True, families)


UNSAFE = Direction("Ana", "Ben", (StageReading("safety", "mixed", 40.0, (20.0, 60.0), (), ""),), None)


@pytest.mark.parametrize(
    ("hurts", "family"),
    [({"humor": 2, "ownership": 2}, "ownership"), ({"humor": 3, "ownership": 2}, "humor"), ({"humor": 1}, "humor")],
)
def test_what_writing_hides_most_gives_way_to_its_equals(hurts: dict[str, int], family: str) -> None:
    step = next_step(_speaker(**hurts), UNSAFE)
    assert step is not None
    assert step.family == family
    assert step.why == f"Safety comes first, and what stands out most here has to do with {GLOSS[family]}."
