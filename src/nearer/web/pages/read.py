"""From a file to a reading: take it in, ask which chat and who you are, show how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from nearer.errors import NearerError
from nearer.model import KINDS
from nearer.web import background
from nearer.web.render import HERE, page
from nearer.web.state import case, desk, form, settings, vault

router = APIRouter()
Form = Annotated[dict[str, str], Depends(form)]
MOST_NAMES = 40


@router.post("/read")
async def take_in(request: Request) -> Response:
    """A file from the holder."""
    upload = (await request.form()).get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise NearerError("No file was chosen. Choose the chat you saved, then press “Read it”.")
    new = await run_in_threadpool(desk(request).take_in, upload.filename, upload.file)
    desk(request).later(new, lambda: background.open_file(new, settings(request), vault(request)))
    return _to(new.id)


@router.post("/read/example")
def example(request: Request) -> Response:
    """The chat that comes with nearer."""
    with open(Path(HERE) / "example.txt", "rb") as stream:
        new = desk(request).take_in("example.txt", stream)
    new.me = "Tom"
    desk(request).later(new, lambda: background.open_file(new, settings(request), vault(request)))
    return _to(new.id)


@router.get("/read/{id}/state")
def state(request: Request, id: str) -> Response:
    """The progress piece, asked for again and again; once there is something to do, the browser is sent there."""
    here = case(request, id)
    if here.stage in ("opening", "reading"):
        return page(request, "progress.html.j2", case=here)
    return Response(status_code=200, headers={"HX-Redirect": f"/read/{id}"})


@router.post("/read/{id}/chat")
def choose_chat(request: Request, id: str, fields: Form) -> Response:
    """Which of several chats."""
    here = case(request, id)
    chat = fields.get("chat", "")
    if here.stage != "which_chat" or chat not in {c.id for c in here.chats}:
        raise NearerError("Choose one of the chats in the list.")
    here.stage = "opening"
    desk(request).later(here, lambda: background.load_chat(here, chat, settings(request), vault(request)))
    return _to(id)


@router.post("/read/{id}/me")
def choose_me(request: Request, id: str, fields: Form) -> Response:
    """Who the holder is; asked again whenever they like."""
    here = case(request, id)
    if here.conversation is None:
        raise NearerError("This conversation is not open yet.")
    place = fields.get("me", "")
    names = here.conversation.speakers
    if place != "nobody" and not (place.isdigit() and int(place) < len(names)):
        raise NearerError("Choose which of these is you, or that none is.")
    here.me = None if place == "nobody" else names[int(place)]
    here.conversation = next((c for order, c in here.dated.items() if order == fields.get("dates")), here.conversation)
    here.stage = "reading"
    desk(request).later(here, lambda: background.read_case(here, settings(request), vault(request)))
    return _to(id)


@router.post("/read/{id}/again")
def ask_again(request: Request, id: str) -> Response:
    """Back to the question of who is who."""
    here = case(request, id)
    if here.stage == "done" and here.conversation is not None:
        here.stage = "who"
    return _to(id)


@router.post("/read/{id}/kind")
def choose_kind(request: Request, id: str, fields: Form) -> Response:
    """Which kind of talk it is, where the holder knows better; it is read anew."""
    here = case(request, id)
    kind = next((k for k in KINDS if k == fields.get("kind")), None)
    if here.stage != "done" or kind is None:
        raise NearerError("Choose one of the kinds in the list.")
    here.kind, here.stage = kind, "reading"
    desk(request).later(here, lambda: background.read_case(here, settings(request), vault(request)))
    return _to(id)


@router.post("/read/{id}/close")
def close(request: Request, id: str) -> Response:
    """Put a conversation away."""
    desk(request).close(id)
    return RedirectResponse("/", 303)


def _to(id: str) -> Response:
    return RedirectResponse(f"/read/{id}", 303)
