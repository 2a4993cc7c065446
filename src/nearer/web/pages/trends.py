"""How things go over time: one family at a time, stages, measures, and the holder's own check-ins beside them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from nearer.errors import NearerError
from nearer.guidance.words import STATE_WORDS
from nearer.journal import trends
from nearer.journal.checkins import days, questions
from nearer.journal.readings import entries
from nearer.model import GROUPS, NAMES
from nearer.signals.dynamics.measures import DESCRIPTIONS
from nearer.web.render import page
from nearer.web.state import journal, vault

router = APIRouter()


@router.get("/journal/p/{sign}/trends")
def show(
    request: Request, sign: str, by: str = "week", family: str = "", side: str = "me", measure: str = "words_share"
) -> Response:
    """Charts with their tables beneath."""
    if by not in ("week", "episode") or side not in ("me", "other") or measure not in DESCRIPTIONS:
        raise NearerError("There is no such view of the trends.")
    who = vault(request).person(sign)
    every = entries(journal(request), who)
    # What is read where there may be danger is no trend to work on.
    kept = [e for e in every if not e.danger]
    lines = (trends.by_week if by == "week" else trends.by_episode)(kept, side)
    busiest = max(
        lines, key=lambda line: sum(1 for p in line.points if p.hurts and p.hurts.per_100 > 0.5), default=None
    )
    chosen = family if family in GROUPS else (busiest.family if busiest else GROUPS[0])
    line = next((x for x in lines if x.family == chosen), None)
    own = days(journal(request), who)
    asked = {q.id: q.ask for q in questions()}
    return page(
        request,
        "trends.html.j2",
        who=who,
        sign=sign,
        by=by,
        side=side,
        chosen=chosen,
        families=[(f, NAMES[f]) for f in GROUPS],
        points=[p for p in line.points if p.start] if line else [],
        stages=[(NAMES[s.stage], s.states) for s in reversed(trends.stages(kept, side))],
        states=STATE_WORDS,
        measure=measure,
        measures=DESCRIPTIONS,
        taken=[(day, value) for day, value in trends.measure(kept, measure, side) if day],
        own=[(asked[q], given) for q, given in trends.answers(own).items() if len(given) > 1],
        care=trends.self_care(own),
        left_out=len(every) - len(kept),
        names=NAMES,
    )
