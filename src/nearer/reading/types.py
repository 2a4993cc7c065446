"""What a reading holds: frozen, typed, comparable, picklable. Everything that nearer shows is made from these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from nearer.model import Kind

Polarity = Literal["helps", "hurts", "danger"]
State = Literal["found", "mixed", "not_seen", "breached", "too_little"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One cue at one place. `message` counts over non-system messages; `start` and `end` are offsets in Unicode
    characters of that message's text, and `quote` is the text between them. `reword` is None where no rewording by
    rule would be grammatical and true to the meaning; it and `adjust` are None where the danger screen saw anything, for
    then nothing is advised. `why` names what fired and what was weighed, for the curious."""

    id: str
    cue: str
    family: str
    stage: str
    polarity: Polarity
    speaker: str
    message: int
    time: datetime | None
    start: int
    end: int
    quote: str
    confidence: float
    heard_as: str
    adjust: str | None
    reword: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class DangerFinding:
    """Something the danger screen saw. It is never coached; see `nearer.guidance.danger`."""

    cue: str
    speaker: str
    message: int
    quote: str
    confidence: float
    start: int = 0
    end: int = 0
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class FamilyBalance:
    """Helps against hurts of one speaker in one family (or stage above safety). Rates are per 100 turns, shrunk
    toward the norms; `interval` is the 90 % interval of the hurts rate, `helps_interval` that of the helps rate;
    `norm` and `helps_norm` are the ranges of most reference conversations of this kind. `enough` is False under
    200 words: then only counts are shown."""

    family: str
    helps: int
    hurts: int
    helps_per_100: float | None
    hurts_per_100: float | None
    interval: tuple[float, float] | None
    norm: tuple[float, float] | None
    enough: bool
    helps_interval: tuple[float, float] | None = None
    helps_norm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SpeakerReading:
    """One person: messages, words, turns, share of the words (0-1), and a balance for each family."""

    name: str
    messages: int
    words: int
    turns: int
    air_time: float
    enough: bool
    families: tuple[FamilyBalance, ...]


@dataclass(frozen=True, slots=True)
class StageReading:
    """One stage in one direction. `because` are ids of the findings that say so; `why` says it in words. `score`
    (0-100) with its 90 % `interval` exists for trends and research; it is never shown to a person as a grade."""

    stage: str
    state: State
    score: float | None
    interval: tuple[float, float] | None
    because: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Direction:
    """What one person (`from_`) gives the other (`to`), stage by stage; never averaged with the way back.
    `standing` is the highest stage found with all under it found, or None."""

    from_: str
    to: str
    stages: tuple[StageReading, ...]
    standing: str | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one family whose change would support the standing most, and why, in one sentence."""

    family: str
    why: str


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch without a long pause: messages [first, last], the kind it was read as, and why."""

    index: int
    first: int
    last: int
    kind: Kind
    why: str
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the reading: the same four give the same reading."""

    nearer: str
    catalogue: str
    norms: str
    weights: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in one conversation. A pure function of the conversation and the versions."""

    versions: Versions
    source: str
    kind: Kind
    kind_why: str
    title: str | None
    me: str | None
    messages: int
    speakers: tuple[SpeakerReading, ...]
    start: datetime | None
    end: datetime | None
    episodes: tuple[Episode, ...]
    system_messages: int
    skipped: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]
    measures: Mapping[str, float | Mapping[str, float | None] | None]
    directions: tuple[Direction, ...]
    next_step: NextStep | None
    findings: tuple[Finding, ...]
    danger: tuple[DangerFinding, ...] = field(default=())

    def of(self, speaker: str, polarity: Polarity | None = None) -> tuple[Finding, ...]:
        """The findings of one speaker, in order, of one polarity if given."""
        return tuple(f for f in self.findings if f.speaker == speaker and polarity in (None, f.polarity))

    def surest_danger(self, most: int = 5) -> tuple[DangerFinding, ...]:
        """The surest signs of danger, no message twice, in the order of the conversation: what a page has room for."""
        surest = {d.message: d for d in sorted(self.danger, key=lambda d: d.confidence)}
        kept = sorted(surest.values(), key=lambda d: -d.confidence)[:most]
        return tuple(sorted(kept, key=lambda d: d.message))
