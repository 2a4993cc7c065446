"""The counselor's page and its export."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import escape

from nearer.cues import catalogue
from nearer.errors import NearerError
from nearer.guidance.words import STATE_WORDS
from nearer.model import NAMES
from nearer.naming import words_of
from nearer.report.markdown import escaped
from nearer.web.counsel import HOLDER, Counsel, counsel
from nearer.web.desk import Case
from nearer.web.render import environment, page
from nearer.web.state import case, form

router = APIRouter()
Form = Annotated[dict[str, str], Depends(form)]
_FREE = ("title", "context", "experiment", "uncertain", "cycle:0", "cycle:1", "cycle:2")
MOST = 5000
_WORDS_TOO = ("me", "you")
"""Names under which chats know somebody that are also words of people's talk."""


@router.get("/read/{id}/counselor")
def show(request: Request, id: str, saved: bool = False) -> Response:
    """The page, to be changed."""
    here = case(request, id)
    made = counsel(here, private=True)
    return page(
        request,
        "counselor.html.j2",
        case=here,
        c=made,
        danger=made.danger,
        labels=sorted(cue.name for cue in catalogue().cues.values()),
        names=NAMES,
        states=STATE_WORDS,
        saved=saved,
    )


@router.post("/read/{id}/counselor")
def save(request: Request, id: str, fields: Form) -> Response:
    """Keep what was changed, and export it where that was asked for."""
    here = case(request, id)
    _keep(here, fields)
    wanted = fields.get("export", "")
    if not wanted:
        return RedirectResponse(f"/read/{id}/counselor?saved=1", 303)
    if here.shown().danger and "private" not in fields:
        raise NearerError("There may be danger here, so there is no page for both. Tick “for me alone” to export it.")
    made = counsel(here, private="private" in fields)
    names = dict(zip(made.both, ("Person A", "Person B"), strict=False)) if "masked" in fields else {}
    kind = "md" if wanted == "md" else "html"
    text = _masked(_export(made, kind), names)
    headers = {"content-disposition": f'attachment; filename="counselor.{kind}"'}
    return Response(text, media_type="text/markdown" if kind == "md" else "text/html", headers=headers)


def _keep(here: Case, fields: dict[str, str]) -> None:
    ids = {f.id for f in here.shown().findings}
    for name, value in fields.items():
        kind, _, finding = name.partition(":")
        if name in _FREE or (kind in ("label", "note") and finding in ids):
            here.edits[name] = value.replace("\r\n", "\n")[:MOST]
    for name in fields:
        kind, _, finding = name.partition(":")
        if kind == "label" and finding in ids:
            here.edits[f"keep:{finding}"] = "yes" if f"keep:{finding}" in fields else "no"


def _export(made: Counsel, kind: str) -> str:
    template = environment().get_template(f"counselor_export.{kind}.j2")
    return template.render(c=made, names=NAMES, states=STATE_WORDS, danger=made.danger, md=escaped)


def _masked(text: str, names: dict[str, str]) -> str:
    """The export with other names for people's, full and first in any case, and last; tags and styles are no text. A
    last name, a letter, or a word such as "You" is a name only as it is written in the chat."""
    import re

    others: dict[str, str] = {}
    exact: set[str] = set()
    for name, other in names.items():
        first, *more = [name] if name == HOLDER else name.split()
        for part in (name, first, *(word for word in more if words_of(word))):
            last = part not in (name, first)
            # A last name that two of them share is nobody's own.
            label = "Surname" if last and any(part in n.split() for n in names if n != name) else other
            for written in (str, escape, escaped):
                others.setdefault(str(written(part)), label)
            if last or len(part) == 1 or part.casefold() in _WORDS_TOO:
                exact.update(str(written(part)) for written in (str, escape, escaped))
    if not others:
        return text
    longest_first = sorted(others, key=len, reverse=True)
    wanted = "|".join(f"({re.escape(p)})" if p in exact else f"((?i:{re.escape(p)}))" for p in longest_first)

    def masked(found: re.Match[str]) -> str:
        return others[longest_first[found.lastindex - 1]] if found.lastindex else found[0]

    return re.sub(rf"(?s:<style>.*?</style>|<[^>]*>)|(?<!\w)(?:{wanted})(?!\w)", masked, text)
