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
GLOSS: dict[str, str] = {
    "self_control": "staying courteous when it gets hot",
    "self_acceptance": "being fair to oneself",
    "humor": "jokes that both can laugh at",
    "transparency": "saying plainly what is so",
    "mutuality": "give and take, side by side",
    "ownership": "speaking for oneself",
    "adjusting": "easing off when the other shows a sign",
    "self_care": "looking after oneself",
}
"""A family in a few plain words, to stand after “has to do with”."""


def next_step(speaker: SpeakerReading, direction: Direction | None) -> NextStep | None:
    """For one person, in one direction. None where there is too little to go on."""
    if not speaker.enough or direction is None:
        return None
    worst = _most_hurts([b for b in speaker.families if b.family in FAMILIES])
    stages = {s.stage: s.state for s in direction.stages}
    if worst is not None and stages.get("safety") != "found":
        return NextStep(
            worst.family, f"Safety comes first, and what stands out most here has to do with {GLOSS[worst.family]}."
        )
    for stage, (family, why) in _FOR_STAGE.items():
        if stages.get(stage) in ("not_seen", "mixed", "breached"):
            return NextStep(family, why)
    if worst is not None:
        return NextStep(worst.family, f"Most is well here. What is left to gain has to do with {GLOSS[worst.family]}.")
    return None


def _most_hurts(balances: Sequence[FamilyBalance]) -> FamilyBalance | None:
    """The family whose hurts stand highest over what is usual. Humor gives way to its equals: writing hides it most."""

    def over(balance: FamilyBalance) -> float:
        return (balance.hurts_per_100 or 0.0) - (balance.norm[1] if balance.norm else 0.0)

    hurting = [b for b in balances if b.hurts]
    return max(hurting, key=lambda b: (over(b), b.hurts, b.family != "humor", -FAMILIES.index(b.family)), default=None)
