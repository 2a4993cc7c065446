"""The app factory."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from nearer.errors import NearerError
from nearer.version import __version__
from nearer.web import pages
from nearer.web.desk import Desk
from nearer.web.drafts import Drafts
from nearer.web.render import HERE, page, refusal
from nearer.web.security import Guard, Keys, check_csrf
from nearer.web.settings import load
from nearer.web.vault import Locked, Vault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["create_app"]


def create_app(port: int, keys: Keys | None = None) -> FastAPI:
    """The whole app, answering only to this machine's own names at `port`. `keys` are made anew unless given."""
    keys = keys or Keys()
    # Browsers share cookies between the ports of a machine; a name of its own keeps two runs apart.
    keys.cookie = f"nearer-{port}"

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.desk.clear()
        app.state.vault.lock()

    app = FastAPI(
        title="nearer",
        version=__version__,
        summary="Reads a draft before it is sent. Answers only on this computer.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(check_csrf)],
        lifespan=life,
    )
    app.state.keys = keys
    app.state.desk = Desk()
    app.state.drafts = Drafts()
    app.state.vault = Vault()
    app.state.settings = load()
    found = _pages()
    app.state.nav = sorted(m.NAV for m in found if hasattr(m, "NAV"))
    for module in found:
        app.include_router(module.router, include_in_schema=getattr(module, "IN_SCHEMA", False))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(Locked, _locked)
    app.add_exception_handler(NearerError, _sorry)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _misshapen)
    hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
    app.add_middleware(Guard, keys=keys, hosts=hosts, refuse=refusal)
    return app


def _pages() -> Sequence[Any]:
    """Every module in `pages/`."""
    return [import_module(f"{pages.__name__}.{info.name}") for info in pkgutil.iter_modules(pages.__path__)]


def _sorry(request: Request, error: Exception) -> Response:
    return _problem(request, 400, str(error))


def _locked(request: Request, error: Exception) -> Response:
    return page(request, "unlock.html.j2", 403, why="" if request.method == "GET" else str(error))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(request, error.status_code, "There is no such page." if error.status_code == 404 else error.detail)


def _misshapen(request: Request, error: Exception) -> Response:
    """What was sent does not fit; where and why, but without the words that were sent."""
    assert isinstance(error, RequestValidationError)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": [{k: e[k] for k in ("loc", "msg", "type")} for e in error.errors()]}, 422)
    return _problem(request, 422, "That address does not lead to a page.")


def _problem(request: Request, status: int, why: str) -> Response:
    """One sentence: as JSON to programs, as a small piece to htmx, as a page to people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": why}, status)
    if "hx-request" in request.headers:
        return page(request, "alert.html.j2", status, why=why)
    return page(request, "problem.html.j2", status, why=why)
