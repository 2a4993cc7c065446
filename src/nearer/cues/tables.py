"""What the shared tables hold: features of a turn (features.toml) and guards of the engine (guards.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["before", "sentence", "message"]


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a turn can be (a question, a disclosure, a sign to stop), told by patterns, for exchange rules."""

    name: str
    what: str
    patterns: tuple[str, ...]
    case_patterns: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """A context that silences hits. before: the pattern stands in the hit's sentence and ends at most `reach`
    characters before it; sentence: anywhere in its sentence; message: anywhere in its message."""

    name: str
    what: str
    patterns: tuple[str, ...]
    where: Where
    reach: int
