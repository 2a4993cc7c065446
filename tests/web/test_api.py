"""The small API."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import given, settings
from schemathesis.specs.openapi.checks import ignored_auth

from web.running import Server


@pytest.fixture(scope="module")
def api(server: Server) -> httpx.Client:
    return httpx.Client(
        base_url=server.base, headers={"authorization": f"Bearer {server.app.state.keys.api}"}, timeout=60
    )


def test_a_draft_is_read_in_its_context(api: httpx.Client) -> None:
    sent = {"text": "you never listen to me", "context": ["can we talk?", {"speaker": "me", "text": "later"}]}
    answer = api.post("/api/check", json=sent).json()
    hurt = next(f for f in answer["findings"] if f["polarity"] == "hurts")
    assert sent["text"][hurt["start"] : hurt["end"]] == hurt["quote"]
    assert hurt["heard_as"]
    assert hurt["adjust"]
    assert answer["danger"] == []


def test_danger_stops_the_coaching(api: httpx.Client) -> None:
    answer = api.post(
        "/api/check", json={"text": "you never listen", "context": ["I'll kill you if you leave me"]}
    ).json()
    assert answer["danger"]
    assert answer["findings"] == []


def test_only_with_the_token(server: Server, api: httpx.Client) -> None:
    bare = httpx.Client(base_url=server.base, cookies=server.cookie)
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic x"}):
        assert bare.post("/api/check", json={"text": "hi"}, headers=headers).status_code == 401
    extension = {"origin": "chrome-extension://abcdefgh"}
    assert api.post("/api/check", json={"text": "hi"}, headers=extension).status_code == 200
    assert bare.post("/api/check", json={"text": "hi"}, headers=extension).status_code == 403
    assert api.post("/api/check", json={"text": "hi"}, headers={"origin": "https://evil.example"}).status_code == 403
    # The token opens the API and no page.
    assert api.get("/").status_code == 403


def test_errors_do_not_repeat_the_words(api: httpx.Client) -> None:
    answer = api.post("/api/check", json={"text": "secret words " * 3000})
    assert answer.status_code == 422
    assert "secret" not in answer.text


def test_it_keeps_to_its_schema(server: Server, api: httpx.Client) -> None:
    schema = schemathesis.openapi.from_dict(api.get("/api/openapi.json").json())
    operation = schema["/api/check"]["POST"]

    @given(case=operation.as_strategy())
    @settings(max_examples=15)
    def keeps(case: schemathesis.Case) -> None:
        answer = case.call(base_url=server.base, headers={"authorization": api.headers["authorization"]})
        # That check takes the right token for one made up; the token is tested above.
        case.validate_response(answer, excluded_checks=[ignored_auth])

    keeps()
    assert list(schema) == ["/api/check"]
