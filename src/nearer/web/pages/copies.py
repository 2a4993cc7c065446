"""A copy of a reading to keep or hand on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from nearer.errors import NearerError
from nearer.report.write import render
from nearer.web.state import case

router = APIRouter()
KINDS = {"html": "text/html", "md": "text/markdown", "json": "application/json", "csv": "text/csv"}


@router.get("/read/{id}/copy.{kind}")
def copy(request: Request, id: str, kind: str) -> Response:
    """The report in one of its forms, as a download; what the holder sees differently is left out."""
    if kind not in KINDS:
        raise NearerError("There is no copy in that form.")
    here = case(request, id)
    data = render(here.shown(), here.conversation, kind)
    return Response(
        data, media_type=KINDS[kind], headers={"content-disposition": f'attachment; filename="reading.{kind}"'}
    )
