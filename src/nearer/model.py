"""The model's own words: families, stages, kinds. Everything that names one of them takes it from here."""

from __future__ import annotations

from typing import Literal

Kind = Literal["conflict", "support", "everyday", "planning", "first_meeting"]

FAMILIES: tuple[str, ...] = (
    "self_control", "self_acceptance", "humor", "transparency", "mutuality", "ownership", "adjusting", "self_care",
)  # fmt: skip
STAGES: tuple[str, ...] = ("safety", "attunement", "connection", "vulnerability", "intimacy")
KINDS: tuple[Kind, ...] = ("conflict", "support", "everyday", "planning", "first_meeting")
