"""The first address, and leaving."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from nearer.web.render import environment, refusal, static
from nearer.web.security import CLOSED
from nearer.web.state import desk, drafts, vault

router = APIRouter()
HOURS = 12


@router.get("/enter")
def enter(request: Request, key: str = "") -> Response:
    """Exchange the key for a cookie. A page that moves on by itself, since browsers keep a strict cookie back from a
    redirect that another program began."""
    keys = request.app.state.keys
    if not keys.enter(key):
        return refusal(403, CLOSED)
    html = environment().get_template("enter.html.j2").render()
    answer = HTMLResponse(html)
    answer.set_cookie(keys.cookie, keys.session, max_age=HOURS * 3600, httponly=True, samesite="strict", path="/")
    return answer


@router.post("/leave")
def leave(request: Request) -> Response:
    """Put everything away: open conversations are forgotten and the cookie is void."""
    desk(request).clear()
    drafts(request).forget()
    vault(request).lock()
    keys = request.app.state.keys
    keys.leave()
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(keys.cookie, path="/", httponly=True, samesite="strict")
    return answer


@router.get("/favicon.ico")
def icon() -> Response:
    """What browsers ask for by themselves beside pages that are plain text."""
    return RedirectResponse(static("icon.svg"), 303)
