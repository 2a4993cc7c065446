"""The model's own words: families, stages, kinds. Everything that names one of them takes it from here."""

from __future__ import annotations

from typing import Literal

Kind = Literal["conflict", "support", "everyday", "planning", "first_meeting"]

FAMILIES: tuple[str, ...] = (
    "self_control", "self_acceptance", "humor", "transparency", "mutuality", "ownership", "adjusting", "self_care",
)  # fmt: skip
STAGES: tuple[str, ...] = ("safety", "attunement", "connection", "vulnerability", "intimacy")
KINDS: tuple[Kind, ...] = ("conflict", "support", "everyday", "planning", "first_meeting")
GROUPS: tuple[str, ...] = (*FAMILIES, *STAGES[1:])
"""What helps and hurts are counted by: within Safety the family, above it the stage itself."""
NAMES: dict[str, str] = {
    "self_control": "Self-control",
    "self_acceptance": "Self-acceptance",
    "humor": "Humor",
    "transparency": "Transparency",
    "mutuality": "Mutuality",
    "ownership": "Ownership",
    "adjusting": "Adjusting",
    "self_care": "Self-care",
    "safety": "Safety",
    "attunement": "Attunement",
    "connection": "Connection",
    "vulnerability": "Vulnerability",
    "intimacy": "Intimacy",
}
"""How families and stages are written for people."""
