"""What pages share: the desk, the settings, the journal. Each is got from the request, never imported as a global."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fastapi import Request

from nearer.web.desk import Case, Desk
from nearer.web.drafts import Drafts
from nearer.web.settings import Settings
from nearer.web.vault import Vault

if TYPE_CHECKING:
    from nearer.journal import Journal


def desk(request: Request) -> Desk:
    """The open conversations."""
    return cast(Desk, request.app.state.desk)


def case(request: Request, id: str) -> Case:
    """One open conversation. Raises NearerError where it is not open."""
    return desk(request).get(id)


def settings(request: Request) -> Settings:
    """What the holder chose."""
    return cast(Settings, request.app.state.settings)


async def form(request: Request) -> dict[str, str]:
    """The text fields of a form, as a dependency for handlers that are no coroutines; of one name the last counts."""
    return {k: v for k, v in (await request.form()).items() if isinstance(v, str)}


def drafts(request: Request) -> Drafts:
    """The reader of drafts."""
    return cast(Drafts, request.app.state.drafts)


def vault(request: Request) -> Vault:
    """What holds the journal."""
    return cast(Vault, request.app.state.vault)


def journal(request: Request) -> Journal:
    """The journal. Raises Locked where it waits for its passphrase; the app then asks for it."""
    return vault(request).get()
