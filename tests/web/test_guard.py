"""The door: who is let in, what is refused, what every answer carries."""

from __future__ import annotations

import http.client
import logging
import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from nearer.web import security
from nearer.web.render import HERE
from web.running import Server


def bare(server: Server, **headers: str) -> httpx.Client:
    return httpx.Client(base_url=server.base, headers=headers)


def test_only_its_own_names_are_answered(server: Server) -> None:
    """DNS rebinding: a foreign name that is made to point here gets nothing, cookie or not."""
    for host in ("evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"):
        with httpx.Client(base_url=server.base, cookies=server.cookie, headers={"host": host}) as c:
            assert c.get("/").status_code == 421
    port = urlsplit(server.base).port
    with httpx.Client(base_url=server.base, cookies=server.cookie, headers={"host": f"localhost:{port}"}) as c:
        assert c.get("/").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "chrome-extension://abc"])
def test_other_origins_are_refused(server: Server, client: httpx.Client, origin: str) -> None:
    assert client.get("/", headers={"origin": origin}).status_code == 403
    assert client.post("/draft", data={"text": "hello"}, headers={"origin": origin}).status_code == 403
    for site in ("cross-site", "same-site"):
        fetched = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}
        assert client.post("/draft", data={"text": "hi"}, headers=fetched).status_code == 403
        assert client.get("/settings", headers=fetched).status_code == 403


def test_nothing_without_the_cookie(server: Server) -> None:
    with bare(server) as c:
        for path in ("/", "/draft", "/settings", "/read/abc", "/api/openapi.json", "/nowhere"):
            answer = c.get(path)
            assert answer.status_code in (401, 403)
            assert server.app.state.keys.csrf not in answer.text
    with httpx.Client(base_url=server.base, cookies={server.app.state.keys.cookie: "x" * 43}) as c:
        assert c.get("/").status_code == 403


def test_the_first_address_works_once_and_leaving_locks(own_server: Server) -> None:
    keys = own_server.app.state.keys
    with bare(own_server) as c:
        assert c.get("/enter", params={"key": "wrong"}).status_code == 403
        answer = c.get("/enter", params={"key": keys.entry})
        crumb = answer.headers["set-cookie"].lower()
        assert answer.status_code == 200
        assert all(word in crumb for word in ("httponly", "samesite=strict", "path=/"))
        assert c.get("/").status_code == 200
        assert bare(own_server).get("/enter", params={"key": keys.entry}).status_code == 403
        old = dict(c.cookies)
        assert c.post("/leave", data={"csrf": keys.csrf}).status_code == 303
    with httpx.Client(base_url=own_server.base, cookies=old) as c:
        assert c.get("/").status_code == 403


def test_what_changes_something_needs_the_token(server: Server) -> None:
    with httpx.Client(base_url=server.base, cookies=server.cookie) as c:
        for path in ("/draft", "/settings", "/leave", "/read", "/read/example"):
            assert c.post(path, data={"text": "hello"}).status_code == 403, path
            assert c.post(path, data={"csrf": "x"}, files={"file": ("a.txt", b"A: hi")}).status_code == 403, path
        assert c.post("/draft", data={"text": "hello", "csrf": server.app.state.keys.csrf}).status_code == 200


def test_bodies_have_limits(server: Server, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "FORM_LIMIT", 1000)
    monkeypatch.setattr(security, "UPLOAD_LIMIT", 1000)
    assert client.post("/draft", data={"text": "a" * 2000}).status_code == 413
    assert client.post("/read", files={"file": ("a.txt", b"a" * 2000)}).status_code == 413
    # The length is not trusted: a body sent in pieces is counted.
    pieces = iter([b"text=", *[b"a" * 500] * 5])
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/draft", content=pieces, headers=form).status_code == 413
    assert client.post("/draft", data={"text": "thank you"}).status_code == 200


def test_a_broken_length_is_refused(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(server.base).port or 0)
    connection.putrequest("POST", "/draft")
    connection.putheader("Content-Length", "many")
    connection.endheaders()
    assert connection.getresponse().status == 400
    connection.close()


def test_every_answer_carries_the_headers(server: Server, client: httpx.Client) -> None:
    answers = [client.get(p) for p in ("/", "/draft", "/nowhere", "/static/app.css", "/static/none.js", "/api/x")]
    answers.append(bare(server).get("/"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        if answer.url.path != "/static/app.css":
            assert answer.headers["cache-control"] == "no-store"


def test_nothing_inline_and_nothing_unescaped_in_the_templates() -> None:
    for file in [*Path(HERE, "templates").glob("*.j2"), *Path(HERE, "static").glob("*.js")]:
        text = file.read_text(encoding="utf-8")
        # An export is a file of its own, with its few styles inside.
        if file.suffix == ".j2" and "_export" not in file.name:
            assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|\|\s*safe|<script(?! src=)", text), file.name
        assert not re.search(r"\beval\(|new Function", text), file.name
        assert not re.search(r"(src|href)=[\"']https?:", text), file.name
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL)
        assert all("csrf()" in form for form in forms), file.name


def test_no_words_in_logs_when_something_fails(
    client: httpx.Client, money: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("calm down it's only eighty quid")

    monkeypatch.setattr("nearer.web.pages.reading.talk_page", fail)
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"{money}/talk")
    assert answer.status_code == 500
    assert "eighty" not in answer.text
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("nearer", "uvicorn"))]
    assert ours == ["a page failed: ValueError"]


def test_serve_answers_on_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nearer.commands.serve import serve
    from nearer.errors import NearerError

    seen = []

    def run(app: object, door: object, address: str | None) -> None:
        seen.append((door.getsockname(), address))  # type: ignore[attr-defined]
        with pytest.raises(NearerError, match="in use"):
            serve(seen[0][0][1], True)

    monkeypatch.setattr("nearer.web.run.run", run)
    serve(18477, False)
    assert seen[0][0] == ("127.0.0.1", 18477)
    assert seen[0][1] is not None
    assert "/enter?key=" in capsys.readouterr().out
