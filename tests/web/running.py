"""A running app, and ways into it, for the tests of the pages."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext

from nearer.web import desk
from nearer.web.app import create_app

EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass
class Server:
    """A running app: where it answers, and the app itself for its keys."""

    base: str
    app: FastAPI

    @property
    def cookie(self) -> dict[str, str]:
        return {self.app.state.keys.cookie: self.app.state.keys.session}

    def client(self) -> httpx.Client:
        headers = {"x-csrf-token": self.app.state.keys.csrf}
        return httpx.Client(base_url=self.base, cookies=self.cookie, headers=headers, follow_redirects=True, timeout=60)


def start() -> Iterator[Server]:
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    port = door.getsockname()[1]
    app = create_app(port)
    app.state.settings = app.state.settings.model_copy(update={"encoder": False})
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    desk.MOST_OPEN = 50
    yield Server(f"http://127.0.0.1:{port}", app)
    server.should_exit = True
    thread.join(10)
    door.close()


def enter(chromium: Browser, server: Server, **options: object) -> BrowserContext:
    """A window of the browser that has been let in."""
    context = chromium.new_context(base_url=server.base, **options)  # type: ignore[arg-type]
    name, value = next(iter(server.cookie.items()))
    context.add_cookies([{"name": name, "value": value, "url": server.base, "httpOnly": True, "sameSite": "Strict"}])
    context.set_default_timeout(8000)
    return context


def upload(client: httpx.Client, name: str, data: bytes, me: str | None = None) -> str:
    """Read a file through the app; returns the address of the reading."""
    place = client.post("/read", files={"file": (name, data)}).url.path
    wait(client, place)
    page = client.get(place)
    if me is not None and "Which of these is you" in page.text:
        before = page.text.split(f"<bdi>{me}</bdi>")[0]
        number = before.rsplit('name="me" value="', 1)[1].split('"')[0]
        client.post(f"{place}/me", data={"me": number})
        wait(client, place)
    return place


def wait(client: httpx.Client, place: str) -> None:
    for _ in range(600):
        if "HX-Redirect" in client.get(f"{place}/state").headers:
            return
        time.sleep(0.05)
    raise AssertionError("the reading did not come to an end")
