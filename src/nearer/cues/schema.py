"""What one cue is: the fields of its file, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["fires", "confirms", "vetoes"]

CONTEXTS: tuple[str, ...] = (
    "quoted", "reported", "negated", "hypothetical", "question", "playful", "sarcastic", "boundary", "taken_up",
)  # fmt: skip
"""What the engine can tell about the place of a hit; a cue lists under `speaks_in` those that do not silence it."""

HURTS_SILENT_IN = frozenset(CONTEXTS) - {"sarcastic"}
HELPS_SILENT_IN = frozenset({"quoted", "reported", "negated", "hypothetical", "sarcastic"})


@dataclass(frozen=True, slots=True)
class EncoderUse:
    """How the trained encoder serves this cue. fires: a message whose `head` reaches `at_least` is a finding by
    itself. confirms: pattern and exchange findings need it too. vetoes: they are dropped when it reaches it.
    in_answer: it speaks only of messages that answer somebody, since its head reads what came before."""

    head: str
    at_least: float
    role: Role
    min_words: int = 4
    in_answer: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeRule:
    """Adjacent turns that make the cue. Each list names features (features.toml, or computed in signals/exchange).

    before: all hold for the other person's previous turn; here: for this turn; after: for the reply to it.
    The `_not` lists: none holds. `quote` is the feature whose words are quoted, else the whole turn.
    """

    before: tuple[str, ...] = ()
    before_not: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    here_not: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    after_not: tuple[str, ...] = ()
    within_hours: float = 12.0
    quote: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class DynamicsRule:
    """A named event of the whole conversation (signals/dynamics), with its own settings."""

    event: str
    settings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rewording:
    """A rewording by rule: where `match` covers the finding, `to` (with \\1, \\2 … filled in) says it in one's own voice."""

    match: str
    to: str


@dataclass(frozen=True, slots=True)
class Example:
    """An example as people type. `quote` is the span that must be found ("«…»" in the file); None in silent ones.
    `before` and `after` are neighbouring messages: "other: …" or "me: …", oldest first."""

    text: str
    quote: str | None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """One observable behaviour; see docs/cues/CODE.md for the page made from it."""

    code: str
    name: str
    stage: str
    family: str
    polarity: Literal["helps", "hurts", "danger"]
    what: str
    heard_as: str
    other_reading: str
    adjust: str
    sources: tuple[str, ...]
    confidence: float
    patterns: tuple[str, ...]
    case_patterns: tuple[str, ...]
    unless: tuple[str, ...]
    silent_in: frozenset[str]
    only_in: frozenset[str]
    kinds: Mapping[str, float]
    exchange: tuple[ExchangeRule, ...]
    dynamics: tuple[DynamicsRule, ...]
    encoder: tuple[EncoderUse, ...]
    rewordings: tuple[Rewording, ...]
    fires: tuple[Example, ...]
    silent: tuple[Example, ...]
    answer: str
    file: str

    @property
    def family_or_stage(self) -> str:
        """The family within Safety; above it, the stage itself."""
        return self.family or self.stage
