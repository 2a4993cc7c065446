"""Two people's check-ins side by side, where both chose to: a file goes from hand to hand, and nothing of it is kept."""

from __future__ import annotations

import json
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from nearer.errors import NearerError
from nearer.journal.checkins import Day, beside, days, questions
from nearer.web.render import page
from nearer.web.state import journal

router = APIRouter()
SCHEMA = "nearer/checkins/1"
MOST = 2000


@router.post("/checkin/share")
def share(request: Request) -> Response:
    """The holder's numbers as a file, without their written words and without names."""
    scales = {q.id for q in questions() if q.kind == "scale"}
    rows = [
        {"day": d.day.isoformat(), "answers": {k: v for k, v in d.answers.items() if k in scales}}
        for d in days(journal(request))
    ]
    text = json.dumps({"schema": SCHEMA, "days": rows}, indent=1)
    headers = {"content-disposition": 'attachment; filename="check-ins.json"'}
    return Response(text, media_type="application/json", headers=headers)


@router.post("/checkin/compare")
async def compare(request: Request) -> Response:
    """Both, day by day. There is no difference counted and no one who does better."""
    upload = (await request.form()).get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise NearerError("Choose the file that the other person gave you.")
    theirs = parse(await upload.read())
    mine = await run_in_threadpool(days, journal(request))
    rows = beside(mine, theirs)
    return page(request, "compare.html.j2", rows=list(reversed(rows)), asked={q.id: q.ask for q in questions()})


def parse(data: bytes) -> list[Day]:
    """The check-ins in a shared file. Raises NearerError for anything else; answers it does not know are left out."""
    scales = {q.id for q in questions() if q.kind == "scale"}
    try:
        raw = json.loads(data)
        if raw["schema"] != SCHEMA or len(raw["days"]) > MOST:
            raise ValueError
        return [
            Day(
                0,
                date.fromisoformat(d["day"]),
                "",
                {k: v for k, v in d["answers"].items() if k in scales and v in range(1, 6)},
            )
            for d in raw["days"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NearerError("That is no file of check-ins.") from None
