"""Cycles: what one does, what the other then does, and so on round. For a counselor, who looks at both at once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nearer.cues import Catalogue, catalogue
from nearer.guidance.coaching import coaches
from nearer.reading.types import Finding, Reading

NEAR = 6
"""Messages within which an answer counts as one."""
MOST_CYCLES = 3


@dataclass(frozen=True, slots=True)
class Cycle:
    """After `first` does one thing, `second` does another; `back` of the `times` the first does one of these again.
    `examples` holds up to two pairs of findings, the surest first."""

    first: str
    first_cue: str
    second: str
    second_cue: str
    times: int
    back: int
    examples: tuple[tuple[Finding, Finding], ...]

    def sentence(self, book: Catalogue | None = None) -> str:
        """The cycle in words that take no side."""
        cues = (book or catalogue()).cues
        one, other = (
            f"“{cues[self.first_cue].name}” from {self.first}",
            f"“{cues[self.second_cue].name}” from {self.second}",
        )
        if self.times == 1:
            return f"After {one} came {other}, and then {self.first} went on. It came once, so it may be no pattern."
        often = "twice" if self.times == 2 else f"{self.times} times"
        return f"After {one} comes {other}. Seen {often}." + (
            f" {self.first} then comes back to it." if self.back else ""
        )


def cycles(reading: Reading) -> tuple[Cycle, ...]:
    """The most frequent ones, three at most; what came once and did not come back goes round in nothing. None where
    there may be danger: fear is no pattern between two."""
    if not coaches(reading.danger):
        return ()
    hurts = [f for f in reading.findings if f.polarity == "hurts"]
    pairs: dict[tuple[str, str, str, str], list[tuple[Finding, Finding, bool]]] = defaultdict(list)
    starts = [e.first for e in reading.episodes]
    for place, first in enumerate(hurts):
        answer = _next(hurts, place, starts, first.speaker, same=False)
        if answer is None:
            continue
        second = hurts[answer]
        back = _next(hurts, answer, starts, first.speaker, same=True)
        some = pairs[first.speaker, first.cue, second.speaker, second.cue]
        # Two hurts with one answer are one turn of the wheel: the nearer one was answered.
        if some and some[-1][1].id == second.id:
            some.pop()
        some.append((first, second, back is not None))
    found = [
        Cycle(*key, len(some), sum(back for _, _, back in some), tuple((a, b) for a, b, _ in _surest(some)[:2]))
        for key, some in pairs.items()
        if len(some) > 1 or some[0][2]
    ]
    chosen: list[Cycle] = []
    answers: set[int] = set()
    for cycle in sorted(found, key=lambda c: (-c.times, -c.back, c.examples[0][0].message)):
        # What holds nothing but the answers of another cycle is that same one, seen from its middle or under another name.
        if all(answers & {a.message, b.message} for a, b in cycle.examples):
            continue
        answers.update(b.message for _, b in cycle.examples)
        chosen.append(cycle)
    return tuple(chosen[:MOST_CYCLES])


def _next(hurts: Sequence[Finding], place: int, starts: Sequence[int], who: str, same: bool) -> int | None:
    """The place of the next hurt by `who` (or by anybody else), near enough and in the same episode."""
    here = hurts[place]
    for later in range(place + 1, len(hurts)):
        f = hurts[later]
        if f.message > here.message + NEAR or bisect_right(starts, f.message) != bisect_right(starts, here.message):
            return None
        if (f.speaker == who) == same:
            return later
    return None


def _surest(some: list[tuple[Finding, Finding, bool]]) -> list[tuple[Finding, Finding, bool]]:
    return sorted(some, key=lambda x: -(x[0].confidence + x[1].confidence))
