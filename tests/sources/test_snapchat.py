"""Snapchat's chat_history.json, new and old."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, chats, detect, load
from sources.exports import SNAPCHAT, printed


@pytest.fixture(params=["file", "zip"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "file":
        path = tmp_path / "chat_history.json"
        path.write_bytes(printed(SNAPCHAT, None))
        return path
    path = tmp_path / "mydata.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("json/account.json", "{}")
        archive.writestr("json/chat_history.json", printed(SNAPCHAT, 2))
    return path


def counts(talk: Conversation) -> tuple[int, int, int]:
    return len(talk), talk.system.height, len(talk.skipped)


def test_chats(file: Path) -> None:
    assert detect(Input(file))[0][0] == "snapchat"
    assert [(c.id, c.title, c.messages) for c in chats(file)] == [("ben_b", "ben_b", 5), ("e1a0-group", "Choir", 1)]
    with pytest.raises(UsageError, match="Choir"):
        load(file)
    talk = load(file, Options(chat="ben_b"))
    assert [(m.speaker, m.text, m.kind, m.attachment) for m in talk] == [
        ("ana_p", "are you up?", "text", None), ("ben_b", "", "media", "b~aa"), ("ben_b", "", "deleted", None),
        ("ana_p", "", "media", "sticker"),
    ]  # fmt: skip
    assert talk[0].time == datetime(2024, 2, 13, 19, 1, 0, 123000, tzinfo=UTC)
    assert (counts(talk), talk.me, talk.title) == ((4, 1, 0), "ana_p", "ben_b")
    group = load(file, Options(chat="choir"))
    assert (group.texts, group.me, group.title) == (["choir at six"], None, "Choir")


def test_old_exports_part_the_sent_from_the_received(tmp_path: Path) -> None:
    (tmp_path / "chat_history.json").write_bytes(
        printed({
            "Received Saved Chat History": [
                {"From": "ben_b", "Media Type": "TEXT", "Created": "2021-01-01 12:00:00 UTC", "Text": "it&#39;s me"}, 7,
            ],
            "Sent Saved Chat History": [{"To": "ben_b", "Media Type": "TEXT", "Created": "2021-01-01 12:01:00 UTC", "Text": "hi"}],
        })
    )  # fmt: skip
    talk = load(tmp_path / "chat_history.json")
    assert [(m.speaker, m.text) for m in talk] == [("ben_b", "it's me"), ("Me", "hi")]
    assert talk[1].time == datetime(2021, 1, 1, 12, 1, tzinfo=UTC)
    assert (talk.me, counts(talk)) == ("Me", (2, 0, 1))


@pytest.mark.parametrize("text", ["{}", '{"a": []}', "[1]"])
def test_nothing_inside(tmp_path: Path, text: str) -> None:
    (tmp_path / "chat_history.json").write_text(text)
    with pytest.raises(NearerError, match=r"chat_history\.json holds no messages of Snapchat"):
        load(tmp_path / "chat_history.json", Options(format="snapchat"))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.booleans(), st.text(min_size=1, max_size=40)), min_size=1, max_size=10),
    fine=st.booleans(),
)
def test_what_was_said_comes_back(tmp_path: Path, rows: list[tuple[bool, str]], fine: bool) -> None:
    said = [
        {"From": "ana" if mine else "ben", "Media Type": "TEXT", "Created": "2024-02-13 19:01:00 UTC", "Content": words, "IsSender": mine}
        | ({"Created(microseconds)": 1707850860123 + i} if fine else {})
        for i, (mine, words) in enumerate(rows)
    ]  # fmt: skip
    (tmp_path / "chat_history.json").write_text(json.dumps({"ben": said[::-1] if fine else said}))
    talk = load(tmp_path / "chat_history.json", Options(format="snapchat"))
    assert talk.texts == [words for _, words in rows]
    assert talk.me == ("ana" if any(mine for mine, _ in rows) else None)
