"""Settings."""

from __future__ import annotations

import tomllib
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from nearer.errors import NearerError
from nearer.guidance.danger import SHIPPED, help_lines
from nearer.web import settings as store
from nearer.web.render import Nav, page
from nearer.web.state import drafts, form, settings

router = APIRouter()
NAV = Nav(90, "Settings", "/settings")
Form = Annotated[dict[str, str], Depends(form)]
COUNTRIES = {
    "AU": "Australia", "AT": "Austria", "BE": "Belgium", "CA": "Canada", "CH": "Switzerland", "DE": "Germany",
    "DK": "Denmark", "ES": "Spain", "FR": "France", "GB": "United Kingdom", "IE": "Ireland", "IN": "India",
    "IT": "Italy", "MX": "Mexico", "NL": "Netherlands", "NZ": "New Zealand", "PL": "Poland", "PT": "Portugal",
    "SE": "Sweden", "US": "United States", "ZA": "South Africa",
}  # fmt: skip


@router.get("/settings")
def show(request: Request, saved: bool = False) -> Response:
    """What can be chosen."""
    return page(
        request,
        "settings.html.j2",
        chosen=settings(request),
        countries=_countries(),
        saved=saved,
        token=request.app.state.keys.api,
        address=str(request.base_url).rstrip("/"),
    )


@router.post("/settings")
def change(request: Request, fields: Form) -> Response:
    """Store what was chosen."""
    switches = {name: name in fields for name in ("keep_conversations", "encoder", "plain_title")}
    try:
        chosen = store.Settings.model_validate(
            {**settings(request).model_dump(), "country": fields.get("country", ""), **switches}
        )
    except ValidationError:
        raise NearerError("Choose a country from the list.") from None
    store.save(chosen)
    request.app.state.settings = chosen
    drafts(request).forget()
    return RedirectResponse("/settings?saved=1", 303)


@router.get("/help")
def places(request: Request) -> Response:
    """Where help is to be had, in the holder's country."""
    return page(request, "help.html.j2", help_lines=help_lines(settings(request).country or None))


def _countries() -> list[tuple[str, str]]:
    """(code, name) of every country in the list of places that help."""
    codes = [c for c in tomllib.loads(SHIPPED.read_text(encoding="utf-8")) if len(c) == 2]
    return sorted(((c, COUNTRIES.get(c, c)) for c in codes), key=lambda pair: pair[1])
