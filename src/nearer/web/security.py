"""The guard at the door: every request passes it before any page sees it.

Threats met here: another site in the same browser (Origin, SameSite, CSRF), a name that is made to point to this machine
(Host), another person or program on it (token, cookie), huge bodies, words leaking into logs or caches.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from fastapi import HTTPException, Request

log = logging.getLogger("nearer.web")

UPLOAD_LIMIT = 512 << 20
FORM_LIMIT = 2 << 20
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": browsers would then call the origin of our own forms "null". Nothing goes to other sites.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "cache-control": "no-store",
}
_EXTENSIONS = ("chrome-extension", "moz-extension", "safari-web-extension")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass
class Keys:
    """The secrets of one run: `entry` opens the door once, `session` is the cookie, `csrf` is in every form, `api` is
    the bearer token for editors and extensions."""

    entry: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    api: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    cookie: str = "nearer"
    entered: bool = False

    def enter(self, key: str) -> bool:
        """Whether `key` opens the door; it does so once, since addresses stay in histories and process lists."""
        if self.entered or not same(key, self.entry):
            return False
        self.entered = True
        return True

    def leave(self) -> None:
        """End the session: the cookie in the browser is worth nothing from now on, and a new entry key is made."""
        self.session, self.csrf, self.entry = (secrets.token_urlsafe(32) for _ in range(3))
        self.entered = False


def same(given: str, wanted: str) -> bool:
    """Equal, in a time that does not tell how much is."""
    return hmac.compare_digest(given.encode(), wanted.encode())


class TooLargeError(Exception):
    """A body over its limit."""


class Guard:
    """ASGI middleware around everything. `hosts` are the only names this server answers to."""

    def __init__(self, app: App, keys: Keys, hosts: frozenset[str], refuse: Callable[[int, str], Any]) -> None:
        self.app, self.keys, self.hosts, self.refuse = app, keys, hosts, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        started = False

        async def sending(message: dict[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                ours = {k.encode(): v.encode() for k, v in HEADERS.items()}
                if scope["path"].startswith("/static/") and message["status"] == 200:
                    ours[b"cache-control"] = b"private, max-age=86400"
                kept = [(k, v) for k, v in message["headers"] if k.lower() not in ours and k.lower() != b"server"]
                message = {**message, "headers": [*kept, *ours.items()]}
            await send(message)

        async def no(status: int, why: str) -> None:
            await self.refuse(status, why)(scope, receive, sending)

        try:
            refusal = self.check(scope)
            if refusal is not None:
                return await no(*refusal)
            await self.app(scope, limited(scope, receive), sending)
        except TooLargeError:
            if not started:
                await no(413, LARGE)
        except Exception as error:
            # Neither the message of the error nor its trace is logged: they may hold somebody's words.
            log.error("a page failed: %s", type(error).__name__)
            if not started:
                await no(500, "Something went wrong inside. Nothing you had saved is lost.")

    def check(self, scope: Scope) -> tuple[int, str] | None:
        """Why this request is refused: (status, one sentence); None where it may pass."""
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        path, method = scope["path"], scope["method"]
        if headers.get("host", "").lower() not in self.hosts:
            return 421, "nearer answers only on this computer, under its own address."
        if int(headers.get("content-length", "0") or 0) > _most(path):
            return 413, LARGE
        api = path.startswith("/api/") and same(headers.get("authorization", ""), f"Bearer {self.keys.api}")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and not (api and urlsplit(origin).scheme in _EXTENSIONS):
            parts = urlsplit(origin)
            if parts.scheme != "http" or parts.netloc.lower() not in self.hosts:
                return 403, FOREIGN
        # To a browser another port of this machine is the same site: its cookies would come along, so that is asked too.
        arriving = method in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
        if not api and not arriving and site in ("cross-site", "same-site"):
            return 403, FOREIGN
        if path.startswith("/static/") or path == "/enter" or api:
            return None
        if path.startswith("/api/"):
            return 401, "The token is missing or wrong; Settings shows it."
        if not same(_cookie(headers.get("cookie", ""), self.keys.cookie), self.keys.session):
            return 403, CLOSED
        return None


FOREIGN = "Another site asked for this page, so it was not given."
LARGE = "That is too large for nearer to take in one piece. Export the chat without its pictures."
CLOSED = "This page is closed. To open it again, start nearer once more."


def _cookie(header: str, name: str) -> str:
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


def _most(path: str) -> int:
    return UPLOAD_LIMIT if path in ("/read", "/journal/import") else FORM_LIMIT


def limited(scope: Scope, receive: Receive) -> Receive:
    """`receive`, but no more bytes than the path may take. Raises TooLargeError."""
    most = _most(scope["path"])
    taken = 0

    async def receiving() -> dict[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLargeError
        return message

    return receiving


async def check_csrf(request: Request) -> None:
    """A dependency of every page: what changes something carries the token of this run, as a field or a header."""
    if request.method in ("GET", "HEAD") or request.url.path.startswith("/api/"):
        return
    given = request.headers.get("x-csrf-token")
    if given is None:
        kind = request.headers.get("content-type", "")
        form = await request.form() if "form" in kind else {}
        value = form.get("csrf", "")
        given = value if isinstance(value, str) else ""
    if not same(given, request.app.state.keys.csrf):
        raise HTTPException(403, "This form is out of date. Go back, reload the page, and try again.")
