"""The small API, for editors and browser extensions on this machine. A bearer token, which Settings shows, opens it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPBearer
from pydantic import BaseModel, Field

from nearer.web.drafts import MOST
from nearer.web.state import drafts, settings

router = APIRouter(prefix="/api", tags=["drafts"])
IN_SCHEMA = True
# The guard has checked the token before this; here it is said in the schema.
_bearer = HTTPBearer(auto_error=False, description="The token that the page Settings shows.")
Words = Annotated[str, Field(max_length=MOST)]


class Said(BaseModel):
    """An earlier message."""

    speaker: str = Field(default="other", description="me, other, or a name", max_length=200)
    text: Words


class Draft(BaseModel):
    """What to read. `context`: earlier messages, oldest first; a plain text is said by the other person."""

    text: Words
    context: list[Words | Said] = Field(default_factory=list, max_length=50)


class Seen(BaseModel):
    """A finding. `start` and `end` count Unicode characters of `text`."""

    cue: str
    family: str
    stage: str
    polarity: str
    start: int
    end: int
    quote: str
    confidence: float
    heard_as: str
    adjust: str
    reword: str | None


class Danger(BaseModel):
    """Something the danger screen saw; `message` counts from 0 over the context and then the draft."""

    cue: str
    message: int
    quote: str
    confidence: float


class Answer(BaseModel):
    """`findings` is empty where `danger` is not: then nothing is coached."""

    findings: list[Seen]
    danger: list[Danger]


@router.post("/check", dependencies=[Depends(_bearer)], responses={401: {"description": "No token, or a wrong one."}})
def check(request: Request, draft: Draft) -> Answer:
    """Read one draft, said by me, after the messages in `context`."""
    context = [("other", c) if isinstance(c, str) else (c.speaker, c.text) for c in draft.context]
    found, danger = drafts(request).check(draft.text, context, settings(request).encoder)
    fields = Seen.model_fields
    return Answer(
        findings=[Seen(**{k: getattr(f, k) for k in fields}) for f in found],
        danger=[Danger(cue=d.cue, message=d.message, quote=d.quote, confidence=d.confidence) for d in danger],
    )
