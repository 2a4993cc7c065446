"""Goals ("fewer always and never with Sam"), and what the next reading says of them, kindly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from nearer.cues import catalogue
from nearer.errors import NearerError
from nearer.journal.readings import Entry, relationship
from nearer.journal.tables import Goal, Relationship
from nearer.model import GROUPS
from nearer.reading.rates import LEAST_TURNS

if TYPE_CHECKING:
    from nearer.journal.store import Journal


@dataclass(frozen=True)
class Aim:
    """One goal. direction: "fewer" or "more". baseline: per 100 of the holder's turns when it was set, or None."""

    id: int
    who: str
    target: str
    direction: str
    baseline: float | None
    set_on: date


def set_goal(journal: Journal, who: str, target: str, direction: str, entries: list[Entry], today: date) -> int:
    """Set a goal on a cue or a family. Raises NearerError where there is no such cue or family, or where there may be
    danger in what is kept with this person."""
    if any(e.danger for e in entries):
        raise NearerError("Where there may be danger, nearer sets no goals for you.")
    if direction not in ("fewer", "more"):
        raise NearerError("A goal is for “fewer” or for “more” of something.")
    if target not in catalogue().cues and target not in GROUPS:
        raise NearerError(f"There is no cue or family {target!r}; `nearer cues` lists them.")
    with journal.session() as session:
        goal = Goal(
            relationship_id=relationship(session, who).id, target=target, direction=direction,
            baseline=rate_of(entries[-1], target, direction) if entries else None, set_on=today,
        )  # fmt: skip
        session.add(goal)
        session.flush()
        return goal.id


def goals(journal: Journal, who: str | None = None) -> list[Aim]:
    """Goals, oldest first; with one person, if named."""
    wanted = select(Goal, Relationship.name).join(Relationship).order_by(Goal.id)
    if who is not None:
        wanted = wanted.where(Relationship.name == who)
    with journal.session() as session:
        return [
            Aim(g.id, name, g.target, g.direction, g.baseline, g.set_on) for g, name in session.execute(wanted).all()
        ]


def drop_goal(journal: Journal, number: int) -> None:
    """Let a goal go. Raises NearerError where there is none of that number."""
    with journal.session() as session:
        goal = session.get(Goal, number)
        if goal is None:
            raise NearerError(f"There is no goal {number}.")
        session.delete(goal)


def rate_of(entry: Entry, target: str, direction: str) -> float | None:
    """The holder's findings of a cue or a family, per 100 of their turns; None where they hardly spoke. Of a family,
    what hurts is counted where fewer are wanted, and what helps where more are."""
    turns = int(entry.summary["sides"].get("me", {}).get("turns", 0))
    if turns < LEAST_TURNS:
        return None
    polarity = "hurts" if direction == "fewer" else "helps"
    count = sum(
        f["side"] == "me"
        and (f["cue"] == target or (f["polarity"] == polarity and target in (f["family"], f["stage"])))
        for f in entry.findings
    )
    return round(100.0 * int(count) / turns, 2)


def look_back(aim: Aim, entry: Entry) -> str | None:
    """One kind sentence on a goal after a reading; None where there is too little to go on, or danger in it."""
    now = rate_of(entry, aim.target, aim.direction)
    if now is None or entry.danger:
        return None
    cue = catalogue().cues.get(aim.target)
    name = f"“{cue.name}”" if cue else aim.target.replace("_", " ")
    if aim.baseline is None:
        return f"You wanted {aim.direction} of {name}. This reading is where you start from: {now:g} in 100 turns."
    better = now < aim.baseline if aim.direction == "fewer" else now > aim.baseline
    if abs(now - aim.baseline) < 0.5:
        return f"You wanted {aim.direction} of {name}. It is about as it was. One talk says little; go gently."
    if better:
        return f"You wanted {aim.direction} of {name}: {aim.baseline:g} in 100 turns then, {now:g} now. Well done."
    return (
        f"You wanted {aim.direction} of {name}: {aim.baseline:g} in 100 turns then, {now:g} now. "
        "Some talks are harder than others. What made this one hard?"
    )
