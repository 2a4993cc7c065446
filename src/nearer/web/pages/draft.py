"""Before you send: a draft, and the message it answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from nearer.cues import catalogue
from nearer.errors import NearerError
from nearer.guidance.danger import help_lines
from nearer.reading.types import Finding
from nearer.report.view import marked
from nearer.web.drafts import MOST, worth_saying
from nearer.web.render import Nav, page
from nearer.web.state import drafts, form, settings

router = APIRouter()
NAV = Nav(20, "Before you send", "/draft")
Form = Annotated[dict[str, str], Depends(form)]


@router.get("/draft")
def draft(request: Request) -> Response:
    """An empty page to write on."""
    return page(request, "draft.html.j2", text="", before="", result=None)


@router.post("/draft")
def check(request: Request, fields: Form) -> Response:
    """What is in the draft: a piece for the script, the whole page without it."""
    text, before = fields.get("text", "").strip(), fields.get("before", "").strip()
    if max(len(text), len(before)) > MOST:
        raise NearerError("That is very long for one message. nearer reads up to 20,000 letters here.")
    result = _result(request, text, before) if text else None
    piece = "draft_result.html.j2" if "hx-request" in request.headers else "draft.html.j2"
    return page(request, piece, text=text, before=before, result=result)


def _result(request: Request, text: str, before: str) -> dict[str, object]:
    chosen = settings(request)
    context = [("other", before)] if before else []
    found, danger = drafts(request).check(text, context, chosen.encoder)
    hurts = worth_saying(found)
    return {
        "danger": danger,
        "help_lines": help_lines(chosen.country or None) if danger else [],
        "hurts": hurts,
        "helps": [f for f in found if f.polarity == "helps"][:1],
        "parts": marked(text, _narrow(hurts, len(text))),
        "cues": catalogue().cues,
    }


def _narrow(hurts: list[Finding], length: int) -> list[Finding]:
    """Those to mark in the text: one about the whole message would hide where the others lie."""
    return [f for f in hurts if f.end - f.start < length] or hurts
