"""The ladder explained, as in docs/ladder.md; it prints as a handout."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from nearer.report.course import TITLE, body, course
from nearer.web.render import Nav, page

router = APIRouter()
NAV = Nav(70, "The ladder", "/learn")


@router.get("/learn")
def learn(request: Request) -> Response:
    """Five stages, eight families and their cues."""
    jumps = [(c.key, c.name, c.is_family) for c in course().chapters]
    # The body is made of nearer's own words alone and was escaped where it was made.
    return page(request, "learn.html.j2", title=TITLE, jumps=jumps, body=Markup(body()))
