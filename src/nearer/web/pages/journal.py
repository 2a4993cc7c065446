"""The journal: what was kept, by person; keeping, opening again, and forgetting."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from nearer.cues import catalogue
from nearer.errors import NearerError
from nearer.guidance.words import KIND_WORDS, STATE_WORDS
from nearer.journal.export import bring_in, export
from nearer.journal.goals import goals, look_back
from nearer.journal.readings import Entry, conversation_of, entry, forget, keep, people
from nearer.model import GROUPS, NAMES
from nearer.web.desk import Case
from nearer.web.render import Nav, page
from nearer.web.state import case, desk, form, journal, settings, vault

router = APIRouter()
NAV = Nav(30, "Journal", "/journal")
Form = Annotated[dict[str, str], Depends(form)]


@router.get("/journal")
def everybody(request: Request) -> Response:
    """Whom the holder keeps readings with."""
    book = journal(request)
    rows = [(vault(request).sign(name), name, number) for name, number in people(book)]
    return page(request, "journal.html.j2", people=rows, protected=vault(request).protected)


@router.post("/read/{id}/keep")
def keep_it(request: Request, id: str, fields: Form) -> Response:
    """Keep a reading, with its words only if the holder chose so."""
    here = case(request, id)
    if here.conversation is None:
        raise NearerError("This reading is in the journal already.")
    text = settings(request).keep_conversations
    here.kept = keep(journal(request), here.shown(), here.conversation, fields.get("who", "")[:200], text=text)
    return RedirectResponse(f"/journal/r/{here.kept}", 303)


@router.get("/journal/r/{number}")
def one(request: Request, number: int) -> Response:
    """A kept reading, in numbers and cues."""
    kept = entry(journal(request), number)
    return page(
        request,
        "journal_reading.html.j2",
        kept=kept,
        sign=vault(request).sign(kept.who),
        kind=KIND_WORDS.get(kept.kind, kept.kind),
        helps=_cues(kept, "me", "helps"),
        hurts=_cues(kept, "me", "hurts"),
        families=_families(kept),
        ways=[] if kept.danger else kept.summary["directions"],
        goals=[text for g in goals(journal(request), kept.who) if (text := look_back(g, kept))],
        names=NAMES,
        states=STATE_WORDS,
    )


@router.post("/journal/r/{number}/open")
def open_again(request: Request, number: int) -> Response:
    """Read a kept conversation again, with what nearer knows today."""
    kept = entry(journal(request), number)
    talk = conversation_of(kept)
    new = desk(request).add(Case(secrets.token_urlsafe(9), kept.who, conversation=talk, kept=number))
    new.stage = "who"
    return RedirectResponse(f"/read/{new.id}", 303)


@router.post("/journal/r/{number}/forget")
def forget_one(request: Request, number: int) -> Response:
    """Forget one reading."""
    who = entry(journal(request), number).who
    forget(journal(request), number=number)
    return RedirectResponse(f"/journal/p/{vault(request).sign(who)}", 303)


@router.post("/journal/p/{sign}/forget")
def forget_person(request: Request, sign: str, fields: Form) -> Response:
    """Forget all that was kept with one person."""
    _sure(fields)
    forget(journal(request), who=vault(request).person(sign))
    return RedirectResponse("/journal", 303)


@router.post("/journal/forget")
def forget_everything(request: Request, fields: Form) -> Response:
    """Forget the whole journal."""
    _sure(fields)
    forget(journal(request), everything=True)
    return RedirectResponse("/journal", 303)


@router.post("/journal/export")
def take_along(request: Request, fields: Form) -> Response:
    """The whole journal as a file."""
    text = export(journal(request), danger="danger" in fields)
    headers = {"content-disposition": 'attachment; filename="journal.json"'}
    return Response(text, media_type="application/json", headers=headers)


@router.post("/journal/import")
async def bring_back(request: Request) -> Response:
    """An export, into an empty journal."""
    upload = (await request.form()).get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise NearerError("Choose the file that was exported.")
    try:
        text = (await upload.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise NearerError("That is no export of nearer's journal.") from None
    await run_in_threadpool(bring_in, journal(request), text)
    return RedirectResponse("/journal", 303)


def _sure(fields: dict[str, str]) -> None:
    if "sure" not in fields:
        raise NearerError("Tick the box to show that you are sure. What is forgotten cannot be brought back.")


def _cues(kept: Entry, side: str, polarity: str) -> list[tuple[str, int]]:
    """(name of a cue, how often) on one side, the most frequent first."""
    cues = catalogue().cues
    counts = Counter(f["cue"] for f in kept.findings if f["side"] == side and f["polarity"] == polarity)
    return [(cues[c].name if c in cues else c, n) for c, n in counts.most_common(6)]


def _families(kept: Entry) -> list[tuple[str, int, int]]:
    """(family, helps, hurts) of the holder."""
    own = kept.summary["sides"].get("me", {}).get("families", {})
    rows = [(NAMES[f], own[f]["helps"], own[f]["hurts"]) for f in GROUPS if f in own]
    return [row for row in rows if row[1] or row[2]]
