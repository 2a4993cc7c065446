"""One running app for all tests here, a client that is let in, and a real browser where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from web.running import EXAMPLES, Server, start, upload


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    for made in start():
        made.app.state.drafts.check("hello", (), False)
        yield made


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for a test that locks the door."""
    yield from start()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with a journal of its own."""
    monkeypatch.setattr("nearer.paths.data_folder", lambda: tmp_path)
    yield from start()


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    with server.client() as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: the pages cannot be tried in a real browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def money(client: httpx.Client) -> str:
    """The address of a reading of a made-up hard talk, seen by Tom."""
    return upload(client, "money.txt", (EXAMPLES / "1_money.txt").read_bytes(), "Tom")


@pytest.fixture(scope="session")
def afraid(client: httpx.Client) -> str:
    """The address of a reading in which the danger screen fires."""
    data = (EXAMPLES / "6_afraid.txt").read_bytes()
    return upload(client, "afraid.txt", data, data.decode().splitlines()[2].split("] ")[-1].split(":")[0])
