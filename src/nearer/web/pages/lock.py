"""The journal's passphrase: set, given, and forgotten on lock."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from nearer.errors import NearerError
from nearer.web.render import page
from nearer.web.state import desk, drafts, form, vault
from nearer.web.vault import Locked

router = APIRouter()
Form = Annotated[dict[str, str], Depends(form)]


@router.post("/journal/unlock")
def unlock(request: Request, fields: Form) -> Response:
    """Open the journal."""
    try:
        vault(request).unlock(fields.get("passphrase", ""))
    except Locked as error:
        return page(request, "unlock.html.j2", 403, why=str(error))
    return RedirectResponse("/journal", 303)


@router.post("/journal/lock")
def lock(request: Request) -> Response:
    """Close the journal, and with it all that is open."""
    desk(request).clear()
    drafts(request).forget()
    vault(request).lock()
    return RedirectResponse("/", 303)


@router.post("/journal/passphrase")
def protect(request: Request, fields: Form) -> Response:
    """Give the journal a passphrase."""
    new = fields.get("passphrase", "")
    if new != fields.get("again", ""):
        raise NearerError("The two passphrases are not the same. Nothing was changed.")
    vault(request).get()
    vault(request).protect(new)
    return RedirectResponse("/journal", 303)
