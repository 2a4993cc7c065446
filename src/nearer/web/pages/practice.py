"""Practice: one vignette at a time, three replies, what each may do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from nearer.errors import NearerError
from nearer.guidance.practice import SAFETY_LINE, Item, items
from nearer.guidance.practice.deck import ROUND, Deck
from nearer.journal.practice import KeptCards, pointed_at
from nearer.model import GROUPS, NAMES
from nearer.web.render import Nav, page
from nearer.web.state import form, journal

router = APIRouter()
NAV = Nav(60, "Practice", "/practice")
Form = Annotated[dict[str, str], Depends(form)]


@router.get("/practice")
def begin(request: Request) -> Response:
    """What practice is, and what to practise."""
    choices = [(f, NAMES[f]) for f in GROUPS]
    return page(request, "practice.html.j2", step="begin", choices=choices, safety=SAFETY_LINE)


@router.post("/practice")
def ask(request: Request, fields: Form) -> Response:
    """The next vignette of a round; `done` are the ids that were answered in it."""
    only, done = _only(fields), _done(fields)
    book = journal(request)
    deck = Deck(items(), KeptCards(book), _seed(request))
    left = [i for i in deck.round(datetime.now(UTC), pointed_at(book), only) if i.id not in done]
    if len(done) >= ROUND or not left:
        return page(request, "practice.html.j2", step="end")
    item = left[0]
    return page(
        request,
        "practice.html.j2",
        step="ask",
        item=item,
        shown=deck.shown(item),
        only=only,
        done=done,
        number=len(done) + 1,
        of=ROUND,
    )


@router.post("/practice/answer")
def answer(request: Request, fields: Form) -> Response:
    """Note which reply was chosen, and say what each of them may do."""
    item = _item(fields.get("item", ""))
    place = fields.get("reply", "")
    if place not in ("0", "1", "2"):
        raise NearerError("Choose one of the three replies, then go on.")
    deck = Deck(items(), KeptCards(journal(request)), _seed(request))
    order = [place for place, _ in deck.shown(item)]
    right = deck.answer(item, int(place), datetime.now(UTC))
    done = [*_done(fields), item.id]
    first = sorted(order, key=lambda p: p != int(place))
    return page(
        request,
        "practice.html.j2",
        step="told",
        item=item,
        chosen=int(place),
        replies=[(p, item.replies[p]) for p in first],
        right=right,
        only=_only(fields),
        done=done,
        number=len(done),
        of=ROUND,
    )


def _item(id: str) -> Item:
    found = next((i for i in items() if i.id == id), None)
    if found is None:
        raise NearerError("That practice item is not there any more. Begin a new round.")
    return found


def _only(fields: dict[str, str]) -> str | None:
    only = fields.get("only", "")
    return only if only in GROUPS else None


def _done(fields: dict[str, str]) -> list[str]:
    known = {i.id for i in items()}
    return [i for i in fields.get("done", "").split() if i in known][:ROUND]


def _seed(request: Request) -> int:
    """Another order each time that nearer starts, the same while it runs."""
    return sum(request.app.state.keys.csrf.encode())
