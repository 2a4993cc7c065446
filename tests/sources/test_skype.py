"""Skype's messages.json, printed or not, alone or in its .tar."""

from __future__ import annotations

import html
import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation, Reaction
from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, chats, detect, load
from nearer.sources.skype_words import attached, call, spoken
from sources.exports import SKYPE, printed


@pytest.fixture(params=[2, None, "tar"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param != "tar":
        path = tmp_path / "messages.json"
        path.write_bytes(printed(SKYPE, request.param))
        return path
    path = tmp_path / "8_live_ana_export.tar"
    with tarfile.open(path, "w") as archive:
        for name, data in (("endpoints.json", b"{}"), ("messages.json", printed(SKYPE, None))):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def counts(talk: Conversation) -> tuple[int, int, int]:
    return len(talk), talk.system.height, len(talk.skipped)


def test_a_conversation(file: Path) -> None:
    assert detect(Input(file))[0][0] == "skype"
    assert [(c.id, c.title, c.messages) for c in chats(file)] == [
        ("8:ben.b", "Ben", 5),
        ("19:abc@thread.skype", "Choir", 1),
    ]
    with pytest.raises(UsageError, match="Choir"):
        load(file)
    talk = load(file, Options(chat="ben"))
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("Me", "tea? :)", "text"), ("Ben", "yes & now", "text"), ("Me", "", "deleted"), ("Ben", "", "media"),
    ]  # fmt: skip
    assert talk[0].time == datetime(2024, 2, 13, 19, 1, tzinfo=UTC)
    assert (talk[1].reply_to, talk[1].edited, talk[1].reactions) == (0, True, (Reaction("Me", "heart"),))
    assert (talk[3].attachment, talk.system["text"].to_list()) == ("plan.pdf", ["call ended, 84 seconds"])
    assert (counts(talk), talk.me, talk.title) == ((4, 1, 0), "Me", "Ben")
    assert load(file, Options(chat="ben", me="Ana")).me == "Ana"
    assert [(m.speaker, m.text) for m in load(file, Options(chat="Choir"))] == [("Cleo", "1 < 2")]


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("plain <3", "plain <3"),
        ("one<br/>two", "one\ntwo"),
        ("<p>one</p>\n<p>two</p>", "one\ntwo"),
        ('<at id="8:ben">Ben</at>, see <a href="https://example.org">https://example.org</a>', "Ben, see https://example.org"),
        ("&lt;b&gt;", "<b>"),
        ('Edited previous message: so<e_m a="x" ts="1"></e_m>', "so"),
        ('<quote author="a"><legacyquote>[1] a: </legacyquote>theirs<legacyquote>&lt;&lt;&lt; </legacyquote></quote>mine', "mine"),
    ],
)  # fmt: skip
def test_the_words_that_a_person_saw(content: str, seen: str) -> None:
    assert spoken(content) == seen


def test_polls_places_and_calls() -> None:
    assert attached('<URIObject type="Poll" title="Rome &amp; when?">x</URIObject>', "Poll") == ("Rome & when?", "poll")
    assert attached("<location/>", "RichText/Location") == ("", "location")
    assert (call('<partlist type="missed"/>'), call("")) == ("call missed", "call")


def test_old_addresses_and_encrypted_messages(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "originalarrivaltime": "2019-02-13T19:01:00", "messagetype": "RichText", "content": "hi", "from": "https://x/contacts/8:ben"},
        {"id": "2", "originalarrivaltime": "x", "messagetype": "EndToEndEncryption/EncryptedText", "content": "?", "from": "8:ben"},
        {"id": "3", "messagetype": "ThreadActivity/TopicUpdate", "content": "<topicupdate/>", "from": "8:ben"},
    ]  # fmt: skip
    (tmp_path / "messages.json").write_bytes(
        printed({"userId": "8:ana", "conversations": [{"id": "8:ben", "MessageList": rows}]})
    )
    talk = load(tmp_path / "messages.json")
    assert [(m.speaker, m.text, m.time) for m in talk] == [("ben", "hi", datetime(2019, 2, 13, 19, 1, tzinfo=UTC))]
    assert (counts(talk), talk.me) == ((1, 1, 1), None)


def test_other_archives_get_a_sentence(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("photo.txt"))
    with pytest.raises(NearerError, match=r"a\.tar holds no messages\.json"):
        load(tmp_path / "a.tar")


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.sampled_from(["8:ana", "8:ben"]), st.text(min_size=1, max_size=40)), min_size=1, max_size=10),
    indent=st.sampled_from([None, 2]),
)  # fmt: skip
def test_what_was_said_comes_back(tmp_path: Path, rows: list[tuple[str, str]], indent: int | None) -> None:
    said = [
        {"id": str(i), "originalarrivaltime": f"2024-02-13T19:01:{i:02}Z", "messagetype": "RichText", "content": html.escape(f"x{words}x"),
         "from": who, "properties": None}
        for i, (who, words) in enumerate(rows)
    ]  # fmt: skip
    whole = {
        "userId": "8:ana",
        "exportDate": "x",
        "conversations": [{"id": "8:ben", "displayName": "Ben", "MessageList": said[::-1]}],
    }
    (tmp_path / "messages.json").write_text(json.dumps(whole, indent=indent))
    talk = load(tmp_path / "messages.json")
    assert talk.texts == [f"x{words}x" for _, words in rows]
