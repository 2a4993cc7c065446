"""One person in the journal: readings, notes and goals."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from nearer.cues import catalogue
from nearer.guidance.words import KIND_WORDS
from nearer.journal.goals import Aim, drop_goal, goals, look_back, rate_of, set_goal
from nearer.journal.notes import add_note, drop_note, notes
from nearer.journal.readings import Entry, entries
from nearer.model import GROUPS, NAMES
from nearer.web.render import page
from nearer.web.state import form, journal, vault

router = APIRouter()
Form = Annotated[dict[str, str], Depends(form)]


@router.get("/journal/p/{sign}")
def person(request: Request, sign: str) -> Response:
    """Readings, the newest first, with the holder's notes and goals."""
    who = vault(request).person(sign)
    book = journal(request)
    kept = entries(book, who)
    aims = [(a, aim_words(a), _since(a, kept)) for a in goals(book, who)]
    return page(
        request,
        "person.html.j2",
        who=who,
        sign=sign,
        kept=list(reversed(kept)),
        danger=any(e.danger for e in kept),
        kinds=KIND_WORDS,
        notes=list(reversed(notes(book, who))),
        goals=aims,
        targets=_targets(),
    )


@router.post("/journal/p/{sign}/note")
def write(request: Request, sign: str, fields: Form) -> Response:
    """A note of the holder's own."""
    add_note(journal(request), vault(request).person(sign), fields.get("text", "")[:20_000])
    return _back(sign)


@router.post("/journal/p/{sign}/note/{number}/drop")
def drop(request: Request, sign: str, number: int) -> Response:
    """Throw a note away."""
    drop_note(journal(request), number)
    return _back(sign)


@router.post("/journal/p/{sign}/goal")
def aim(request: Request, sign: str, fields: Form) -> Response:
    """Set a goal: fewer of what may hurt, or more of what helps."""
    direction, _, target = fields.get("goal", "").partition(":")
    who = vault(request).person(sign)
    kept = entries(journal(request), who)
    set_goal(journal(request), who, target, direction, kept, date.today())
    return _back(sign)


@router.post("/journal/p/{sign}/goal/{number}/drop")
def let_go(request: Request, sign: str, number: int) -> Response:
    """Let a goal go."""
    drop_goal(journal(request), number)
    return _back(sign)


def _since(goal: Aim, kept: list[Entry]) -> str | None:
    """What the last reading says of a goal, once there is one that the goal was not set on."""
    if not kept or any(e.danger for e in kept):
        return None
    last = kept[-1]
    new = last.kept_at.date() > goal.set_on or rate_of(last, goal.target, goal.direction) != goal.baseline
    return look_back(goal, last) if new else None


def aim_words(goal: Aim) -> str:
    """A goal as a person would say it."""
    cue = catalogue().cues.get(goal.target)
    return f"{goal.direction.capitalize()} of this: {cue.name if cue else NAMES.get(goal.target, goal.target)}"


def _targets() -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(value, name)]) of everything a goal can be about."""
    cues = sorted(catalogue().cues.values(), key=lambda c: c.name)
    return [
        ("Fewer of", [(f"fewer:{c.code}", c.name) for c in cues if c.polarity == "hurts"]),
        ("More of", [(f"more:{c.code}", c.name) for c in cues if c.polarity == "helps"]),
        ("More of what helps in", [(f"more:{f}", NAMES[f]) for f in GROUPS]),
    ]


def _back(sign: str) -> Response:
    return RedirectResponse(f"/journal/p/{sign}", 303)
