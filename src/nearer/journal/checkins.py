"""Check-ins: what no text shows, in the holder's own words and about the holder alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from nearer.errors import NearerError
from nearer.journal.tables import CheckIn

if TYPE_CHECKING:
    from nearer.journal.store import Journal

SELF_CARE = ("sleep", "food", "movement", "drink", "grooming", "doctor")
"""The answers that stand beside the family Self-care. They are never mixed with what was read in a text."""


@dataclass(frozen=True)
class Question:
    """One question. kind: "scale" (1 to 5, between `low` and `high`) or "words". who: is it about being with somebody?"""

    id: str
    ask: str
    low: str = ""
    high: str = ""
    kind: str = "scale"
    who: bool = False


@dataclass(frozen=True)
class Day:
    """One check-in: the day, with whom (or ""), and the answers by question."""

    id: int
    day: date
    who: str
    answers: Mapping[str, Any]


@lru_cache
def questions() -> tuple[Question, ...]:
    """All questions, in their order."""
    raw = tomllib.loads((Path(__file__).parent / "checkin.toml").read_text(encoding="utf-8"))
    return tuple(Question(**q) for q in raw["question"])


def check_in(journal: Journal, answers: Mapping[str, Any], day: date, who: str = "") -> int:
    """Keep one check-in; questions that were skipped are left out. Returns its number.

    Raises NearerError for an answer that is no number from 1 to 5 where one is asked, or where nothing was answered.
    """
    kinds = {q.id: q.kind for q in questions()}
    kept: dict[str, Any] = {}
    for key, value in answers.items():
        if key not in kinds:
            raise NearerError("That question is not in the check-in.")
        if value in (None, ""):
            continue
        if kinds[key] == "words":
            kept[key] = str(value).strip()[:4000]
        elif str(value).strip() in ("1", "2", "3", "4", "5"):
            kept[key] = int(value)
        else:
            raise NearerError("Answer with a number from 1 to 5, or leave it out.")
    if not kept:
        raise NearerError("Nothing was answered, so nothing was kept.")
    with journal.session() as session:
        row = CheckIn(day=day, who=who.strip(), answers=kept)
        session.add(row)
        session.flush()
        return row.id


def days(journal: Journal, who: str | None = None) -> list[Day]:
    """Check-ins, oldest first; if somebody is named, those with them and those of a day alone."""
    wanted = select(CheckIn).order_by(CheckIn.day, CheckIn.id)
    if who is not None:
        wanted = wanted.where(CheckIn.who.in_((who, "")))
    with journal.session() as session:
        return [Day(c.id, c.day, c.who, c.answers) for c in session.scalars(wanted)]


def beside(mine: list[Day], theirs: list[Day]) -> list[tuple[date, dict[str, tuple[int | None, int | None]]]]:
    """Two people's check-ins, day by day, where both chose to share them: question -> (mine, theirs)."""
    scales = [q.id for q in questions() if q.kind == "scale"]
    first, second = {d.day: d.answers for d in mine}, {d.day: d.answers for d in theirs}
    return [
        (day, {q: (first[day].get(q), second[day].get(q)) for q in scales if q in first[day] or q in second[day]})
        for day in sorted(first.keys() & second.keys())
    ]
