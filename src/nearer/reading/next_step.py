"""The one family whose change would support the standing most."""

from __future__ import annotations

from collections.abc import Sequence

from nearer.model import FAMILIES
from nearer.reading.types import Direction, FamilyBalance, NextStep, SpeakerReading

_FOR_STAGE: dict[str, tuple[str, str]] = {
    "attunement": ("mutuality", "Picking up the other's own words shows that they were heard."),
    "connection": ("mutuality", "A question back, or a laugh together, gives the talk two sides."),
    "vulnerability": ("transparency", "A small true thing, said first, makes it easier to answer in kind."),
    "intimacy": ("adjusting", "When something hard is told, meeting it before anything else brings people close."),
}
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


def next_step(speaker: SpeakerReading, direction: Direction | None) -> NextStep | None:
    """For one person, in one direction. None where there is too little to go on."""
    if not speaker.enough or direction is None:
        return None
    worst = _most_hurts([b for b in speaker.families if b.family in FAMILIES])
    stages = {s.stage: s.state for s in direction.stages}
    if worst is not None and stages.get("safety") != "found":
        return NextStep(
            worst.family, f"{NAMES[worst.family]} is where most of what may sting was said. Safety comes first."
        )
    for stage, (family, why) in _FOR_STAGE.items():
        if stages.get(stage) in ("not_seen", "mixed", "breached"):
            return NextStep(family, why)
    if worst is not None:
        return NextStep(worst.family, f"Most is well here. {NAMES[worst.family]} has the most left to gain.")
    return None


def _most_hurts(balances: Sequence[FamilyBalance]) -> FamilyBalance | None:
    """The family whose hurts stand highest over what is usual."""

    def over(balance: FamilyBalance) -> float:
        return (balance.hurts_per_100 or 0.0) - (balance.norm[1] if balance.norm else 0.0)

    hurting = [b for b in balances if b.hurts]
    return max(hurting, key=lambda b: (over(b), b.hurts, -FAMILIES.index(b.family)), default=None)
