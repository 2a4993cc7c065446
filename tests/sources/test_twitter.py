"""Direct messages in the archive of X."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation, Reaction
from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, chats, detect, load
from sources.exports import TWITTER, archived

ACCOUNT = 'window.YTD.account.part0 = [ { "account" : { "username" : "ana", "accountId" : "111", "accountDisplayName" : "An\\u00e1" } } ]'


def counts(talk: Conversation) -> tuple[int, int, int]:
    return len(talk), talk.system.height, len(talk.skipped)


def test_a_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "direct-messages.js"
    path.write_text(archived(TWITTER), encoding="utf-8")
    assert detect(Input(path))[0][0] == "twitter"
    assert [(c.id, c.title, c.messages) for c in chats(path)] == [
        ("111-222", "User 222", 2 + 1),
        ("111-333", "User 333", 1),
    ]
    with pytest.raises(UsageError, match="User 333"):
        load(path)
    talk = load(path, Options(chat="User 222", me="Ana"))
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("Ana", "see https://example.org/", "text"), ("User 222", "", "media"),
    ]  # fmt: skip
    assert talk[0].time == datetime(2024, 2, 13, 19, 1, tzinfo=UTC)
    assert (talk[1].attachment, talk.me, counts(talk)) == ("a.jpg", "Ana", (2, 1, 0))
    assert load(path, Options(chat="111-222"))[1].reactions == (Reaction("Me", "❤️"),)


@pytest.mark.parametrize("beside", [True, False])
def test_the_account_says_who_asked(tmp_path: Path, beside: bool) -> None:
    if beside:
        path = tmp_path / "direct-messages.js"
        path.write_text(archived(TWITTER[:1]), encoding="utf-8")
        (tmp_path / "account.js").write_text(ACCOUNT, encoding="utf-8")
    else:
        path = tmp_path / "twitter-2024.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("data/account.js", ACCOUNT)
            archive.writestr("data/direct-messages.js", archived(TWITTER[:1]))
            archive.writestr("data/direct-messages-group.js", archived([], "direct_messages_group"))
            archive.writestr("data/tweets.js", "window.YTD.tweets.part0 = []")
        assert detect(Input(path))[0][0] == "twitter"
    talk = load(path)
    assert (talk.me, talk.speakers, talk.title) == ("Aná", ("Aná", "User 222"), "User 222")
    assert len(talk.notes) == 1


def test_one_conversation_without_an_account_has_no_known_owner(tmp_path: Path) -> None:
    (tmp_path / "direct-messages.js").write_text(archived(TWITTER[:1]), encoding="utf-8")
    talk = load(tmp_path / "direct-messages.js")
    assert (talk.me, talk.speakers) == (None, ("User 111", "User 222"))


def test_nothing_inside(tmp_path: Path) -> None:
    (tmp_path / "direct-messages.js").write_text(archived([]))
    with pytest.raises(UsageError, match=r"direct-messages\.js holds no chats with messages"):
        load(tmp_path / "direct-messages.js")
    (tmp_path / "direct-messages.js").write_text(archived(TWITTER)[:90])
    with pytest.raises(NearerError, match="damaged or cut off"):
        load(tmp_path / "direct-messages.js")


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(["1", "2"]), st.text(min_size=1, max_size=40)), min_size=1, max_size=10))
def test_what_was_said_comes_back(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    said = [
        {"messageCreate": {"senderId": who, "text": words, "id": str(i), "createdAt": f"2024-02-13T19:01:{i:02}.000Z", "mediaUrls": [], "urls": []}}
        for i, (who, words) in enumerate(rows)
    ]  # fmt: skip
    whole = archived([{"dmConversation": {"conversationId": "1-2", "messages": said[::-1]}}])
    (tmp_path / "direct-messages.js").write_text(whole, encoding="utf-8")
    talk = load(tmp_path / "direct-messages.js")
    assert [(m.speaker, m.text) for m in talk] == [(f"User {who}", words) for who, words in rows]
    assert counts(talk) == (len(rows), 0, 0)
