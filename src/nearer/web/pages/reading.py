"""The reading of one conversation, its messages in pages, and each finding."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from nearer.cues import catalogue
from nearer.errors import NearerError
from nearer.guidance.coaching import coaches
from nearer.guidance.danger import help_lines
from nearer.journal import differ as memory
from nearer.report.view import main_speakers, view
from nearer.sources.base import DateOrder
from nearer.sources.dates import assumed
from nearer.web.desk import Case
from nearer.web.pages.read import MOST_NAMES
from nearer.web.ranges import ranges
from nearer.web.render import page
from nearer.web.state import case, form, journal, settings, vault
from nearer.web.talk import SHOWS, place_of, talk_page, whole_text

router = APIRouter()
log = logging.getLogger("nearer.web")
Form = Annotated[dict[str, str], Depends(form)]


@router.get("/read/{id}")
def reading(request: Request, id: str, show: str = "all", at: int | None = None, offset: int = 0) -> Response:
    """Where the case stands: a question, its progress, or the reading. `at` is a message to begin with."""
    here = case(request, id)
    if here.stage in ("opening", "reading"):
        return page(request, "wait.html.j2", case=here)
    if here.stage == "failed":
        return page(request, "failed.html.j2", 400, case=here)
    if here.stage == "which_chat":
        return page(request, "which_chat.html.j2", case=here)
    if here.stage == "who":
        return page(request, "who.html.j2", case=here, people=_people(here), days=_days(here))
    return _show(request, here, show, place_of(here, at, show) if at is not None else offset)


@router.get("/read/{id}/talk")
def talk(request: Request, id: str, show: str = "all", at: int | None = None, offset: int = 0) -> Response:
    """One page of messages, as a piece."""
    here = case(request, id)
    start = place_of(here, at, show) if at is not None else offset
    return page(request, "talk.html.j2", case=here, talk=talk_page(here, show, start), reading=here.shown())


@router.post("/read/{id}/find")
def find(request: Request, id: str, fields: Form) -> Response:
    """Messages that hold some words. A POST, since words never stand in an address."""
    here = case(request, id)
    offset = fields.get("offset", "0")
    found = talk_page(here, fields.get("show", "all"), int(offset) if offset.isdigit() else 0, fields.get("words", ""))
    return page(request, "talk.html.j2", case=here, talk=found, reading=here.shown())


@router.get("/read/{id}/message/{number}")
def message(request: Request, id: str, number: int) -> Response:
    """All of a very long message, as plain text."""
    return PlainTextResponse(whole_text(case(request, id), number))


@router.get("/read/{id}/finding/{finding}")
def finding(request: Request, id: str, finding: str) -> Response:
    """What was seen, how it may be heard, what to try."""
    return _finding(request, _coached(request, id), finding)


@router.post("/read/{id}/finding/{finding}/differ")
def differ(request: Request, id: str, finding: str) -> Response:
    """ "I see it differently": the finding is hidden."""
    here = _coached(request, id)
    found = here.finding(finding)
    here.hidden.add(finding)
    if here.conversation is not None and not vault(request).locked:
        memory.differ(journal(request), here.conversation, found)
    return _finding(request, here, finding)


@router.post("/read/{id}/finding/{finding}/agree")
def agree(request: Request, id: str, finding: str) -> Response:
    """The finding is shown again."""
    here = _coached(request, id)
    found = here.finding(finding)
    here.hidden.discard(finding)
    here.quieted -= {finding}
    if here.conversation is not None and not vault(request).locked:
        memory.agree_again(journal(request), here.conversation, found)
    return _finding(request, here, finding)


@router.post("/read/{id}/loud")
def loud(request: Request, id: str) -> Response:
    """Show what was left out because the holder saw such things differently before."""
    case(request, id).quieted = frozenset()
    return RedirectResponse(f"/read/{id}", 303)


def _coached(request: Request, id: str) -> Case:
    """The case, for whatever shows a finding with what to try. Raises NearerError where there may be danger."""
    here = case(request, id)
    if not coaches(here.shown().danger):
        raise NearerError("Where there may be danger, nearer gives no tips.")
    return here


def _finding(request: Request, here: Case, id: str) -> Response:
    found = here.finding(id)
    me = here.shown().me
    piece = "finding.html.j2" if "hx-request" in request.headers else "finding_page.html.j2"
    return page(
        request,
        piece,
        case=here,
        f=found,
        cue=catalogue().cues[found.cue],
        theirs=me is not None and found.speaker != me,
        hidden=found.id in here.hidden,
    )


def _show(request: Request, here: Case, show: str, offset: int) -> Response:
    reading = here.shown()
    shown = view(reading, here.conversation, talk=False)
    return page(
        request,
        "reading.html.j2",
        case=here,
        reading=reading,
        view=shown,
        top=max((max(h, s) for _, h, s in shown.timeline), default=1) or 1,
        help_lines=help_lines(settings(request).country or None) if reading.danger else [],
        talk=talk_page(here, show, offset),
        shows=_shows(here),
        ranges=ranges(reading),
        other=next((s.name for s in main_speakers(reading) if s.name != reading.me), ""),
        keeps_words=settings(request).keep_conversations,
    )


def _shows(here: Case) -> dict[str, str]:
    """The filters that mean something for this reading."""
    reading = here.shown()
    if reading.danger:
        return {"all": SHOWS["all"]}
    if reading.me is None:
        return {k: SHOWS[k] for k in ("all", "marked", "helps")} | {"mine": "What may hurt"}
    return SHOWS


@dataclass(frozen=True)
class Days:
    """A day of this talk that can be read in two ways, as written, and how it was read."""

    written: str
    choices: tuple[tuple[DateOrder, str], ...]
    chosen: DateOrder | None


def _days(here: Case) -> Days | None:
    """What to ask where the file leaves open whether the day or the month comes first. None where it makes no difference."""
    times = (m.time for m in here.dated.get("dmy", ()) if m.time is not None)
    day = next((t for t in times if t.day <= 12 and t.day != t.month), None)
    if day is None or here.conversation is None:
        return None
    other = day.replace(day=day.month, month=day.day)
    answered = (order for order, talk in here.dated.items() if talk is here.conversation)
    chosen = next(answered, assumed(here.conversation.notes))
    choices: tuple[tuple[DateOrder, str], ...] = (("dmy", f"{day:%-d %B %Y}"), ("mdy", f"{other:%B %-d, %Y}"))
    return Days(f"{day.day}/{day.month}/{day.year}", choices, chosen)


def _people(here: Case) -> list[tuple[int, str, int]]:
    """(number, name, messages) of those who say most."""
    talk = here.conversation
    assert talk is not None
    import numpy as np

    counts = np.bincount(talk.speaker_codes, minlength=len(talk.speakers))
    order = sorted(range(len(talk.speakers)), key=lambda i: -counts[i])[:MOST_NAMES]
    return [(i, talk.speakers[i], int(counts[i])) for i in order]
