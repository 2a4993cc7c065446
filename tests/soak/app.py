"""The app in a process of its own, with a home of its own, for the soak; and what that process holds."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import psutil

from nearer import paths


@dataclass(frozen=True)
class Held:
    """What a process holds: memory in MiB, open files and sockets, threads."""

    memory: float
    handles: int
    threads: int


@dataclass(frozen=True)
class App:
    """A running app: its process, where it answers, and its keys."""

    process: psutil.Process
    base: str
    cookie: tuple[str, str]
    csrf: str
    token: str

    def client(self) -> httpx.Client:
        """One that is let in."""
        return httpx.Client(
            base_url=self.base, cookies=dict([self.cookie]), headers={"x-csrf-token": self.csrf}, timeout=60,
            follow_redirects=True,
        )  # fmt: skip

    def held(self) -> Held:
        """What it holds now."""
        with self.process.oneshot():
            memory = self.process.memory_info().rss / 2**20
            return Held(memory, self.process.num_fds(), self.process.num_threads())


@contextmanager
def running(home: Path, encoder: bool) -> Iterator[App]:
    """The app on a free port of this machine; everything it stores goes to `home`, its complaints to `home`/errors.txt."""
    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    child = spawn.Process(target=_serve, args=(there, str(home), encoder), daemon=True)
    child.start()
    there.close()
    try:
        base, cookie, csrf, token = here.recv()
        yield App(psutil.Process(child.pid), base, cookie, csrf, token)
    finally:
        child.terminate()
        child.join(10)


def _serve(pipe: Connection, home: str, encoder: bool) -> None:
    errors = os.open(Path(home) / "errors.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(errors, 2)
    os.close(errors)
    # The holder's data is kept apart; the patterns come from the cache as they always do.
    paths.data_folder = lambda: Path(home)
    import uvicorn

    from nearer.web.app import create_app

    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    port = door.getsockname()[1]
    app = create_app(port)
    app.state.settings = app.state.settings.model_copy(update={"encoder": encoder})
    app.state.drafts.check("hello", (), encoder)
    keys = app.state.keys
    door.listen(64)
    pipe.send((f"http://127.0.0.1:{port}", (keys.cookie, keys.session), keys.csrf, keys.api))
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning")).run(sockets=[door])
