"""Five minutes about oneself."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from nearer.journal.checkins import check_in, days, questions
from nearer.journal.readings import people
from nearer.web.render import Nav, page
from nearer.web.state import form, journal

router = APIRouter()
NAV = Nav(40, "Check-in", "/checkin")
Form = Annotated[dict[str, str], Depends(form)]
SHOWN = 14


@router.get("/checkin")
def ask(request: Request, saved: bool = False) -> Response:
    """The questions; every one can be left out."""
    book = journal(request)
    return page(
        request,
        "checkin.html.j2",
        about_two=[q for q in questions() if q.who],
        about_me=[q for q in questions() if not q.who],
        asked={q.id: q for q in questions()},
        people=[name for name, _ in people(book)],
        past=list(reversed(days(book)))[:SHOWN],
        saved=saved,
    )


@router.post("/checkin")
def keep(request: Request, fields: Form) -> Response:
    """Keep what was answered."""
    answers = {q.id: fields[q.id] for q in questions() if fields.get(q.id)}
    check_in(journal(request), answers, date.today(), fields.get("who", "")[:200])
    return RedirectResponse("/checkin?saved=1", 303)
