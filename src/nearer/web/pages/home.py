"""The first page: choose a conversation."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from nearer.web.render import Nav, page
from nearer.web.state import desk, vault

router = APIRouter()
NAV = Nav(10, "Read", "/")


@router.get("/")
def home(request: Request) -> Response:
    """Choose a file, or go back to one that is open."""
    return page(request, "home.html.j2", open=desk(request).all(), locked=vault(request).locked)
