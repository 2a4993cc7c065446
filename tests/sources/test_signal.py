"""Signal as signal-export, sigtop and Signal itself write it: what they put beside the words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nearer.conversation import Conversation, Reaction
from nearer.errors import UsageError
from nearer.sources import Options, chats, load


def block(minute: int, who: str, body: str, behind: str = "") -> str:
    """A message of chat.md."""
    return f"[2024-02-13 20:{minute:02}:00] {who}: {body}  {behind}\n\n"


def markdown(tmp_path: Path, *blocks: str) -> Conversation:
    (tmp_path / "chat.md").write_text("".join(blocks), encoding="utf-8")
    return load(tmp_path / "chat.md")


def rows(tmp_path: Path, *said: dict[str, Any]) -> Conversation:
    """A data.json of these messages."""
    bare = {"date": "2024-02-13T20:00:00", "quote": "", "sticker": None, "reactions": [], "attachments": []}
    whole = ({**bare, **s, "body": s.get("body", "") + "  ", "deleted": False} for s in said)
    (tmp_path / "data.json").write_text("".join(json.dumps(s) + "\n" for s in whole), encoding="utf-8")
    return load(tmp_path / "data.json")


def test_files_stand_behind_the_reactions_and_may_have_brackets_in_their_names(tmp_path: Path) -> None:
    talk = markdown(
        tmp_path,
        block(0, "Me", "", "\n(- Ben: ❤ -)![a_(1).jpg](./media/a_(1).jpg)  "),
        block(1, "Ben", "see [this]", "\n(- Me: 😂 -)[b[1].pdf](./media/b[1].pdf)  ![c.jpg](./media/c.jpg)  "),
        block(2, "Ben", "two", "![old one.jpg](./media/old one.jpg)  "),
    )
    assert talk.texts == ["", "see [this]", "two"]
    assert [m.attachment for m in talk] == ["a_(1).jpg", "b[1].pdf", "old one.jpg"]
    assert [m.reactions for m in talk] == [(Reaction("Ben", "❤"),), (Reaction("Me", "😂"),), ()]


def test_only_what_stands_above_a_reply_is_quoted(tmp_path: Path) -> None:
    talk = markdown(tmp_path, block(0, "Me", "hi"), block(1, "Ben", "\n\n> hi\n\n> to quote the poet\nyes"))
    assert (talk.texts, talk[1].reply_to) == (["hi", "> to quote the poet\nyes"], 0)


def test_records_without_anything_in_them_are_notices(tmp_path: Path) -> None:
    """Such as "You set the timer", which the export gives to the other person, without words."""
    for talk in (
        markdown(tmp_path, block(0, "Ben", ""), block(1, "Me", ""), block(2, "Ben", "hi")),
        rows(tmp_path, {"sender": "Ben"}, {"sender": "Me"}, {"sender": "Ben", "body": "hi"}),
    ):
        assert [(m.speaker, m.kind) for m in talk] == [("Me", "media"), ("Ben", "text")]
        assert talk.system.height == 1


def test_words_of_somebody_unknown_are_words(tmp_path: Path) -> None:
    for talk in (
        markdown(tmp_path, block(0, "No-Sender", "hi \ufffc"), block(1, "No-Sender", "Missed group call")),
        rows(tmp_path, {"sender": "No-Sender", "body": "hi \ufffc"}, {"sender": "No-Sender", "body": "Incoming call"}),
    ):
        assert [(m.speaker, m.text) for m in talk] == [("Unknown", "hi @")]
        assert talk.system.height == 1


def test_edits_and_a_long_first_message(tmp_path: Path) -> None:
    edits = [{"date": "2024-02-13T20:00:00", "body": "old"}]
    talk = rows(tmp_path, {"sender": "Ben", "body": "long " * 2000}, {"sender": "Me", "body": "new", "edits": edits})
    assert (talk.source, talk[1].text, talk[1].edited) == ("signal", "new", True)


def test_a_folder_of_chats_without_json(tmp_path: Path) -> None:
    (tmp_path / "Ben" / "media").mkdir(parents=True)
    (tmp_path / "Ben" / "media" / "note.txt").write_text("a text\nthat was sent\n")
    (tmp_path / "Ben" / "chat.md").write_text(block(0, "Ben", "hi"))
    for folder in (tmp_path, tmp_path / "Ben"):
        assert (load(folder).texts, load(folder).title) == (["hi"], "Ben")


def test_what_signal_desktop_keeps_of_names_and_of_erased_messages(tmp_path: Path) -> None:
    bare = {"conversationId": "c1", "type": "incoming", "sent_at": 1707854400000, "sourceUuid": "s2"}
    more: list[dict[str, Any]] = [
        {"body": "hi \ufffc, \ufffc", "bodyRanges": [{"start": 3, "length": 1, "mentionUuid": "s2"}]},
        {"isErased": True, "isViewOnce": True},
        {"isErased": True, "deletedForEveryone": True},
        {"flags": 1, "body": ""},
    ]
    lines = ",\n".join(json.dumps({"id": f"a{i}", **bare, **m}) for i, m in enumerate(more))
    (tmp_path / "Ben (+15550100100).json").write_text(f"[\n{lines}\n]\n")
    talk = load(tmp_path / "Ben (+15550100100).json")
    assert [(m.text, m.kind) for m in talk] == [("hi @Ben, @", "text"), ("", "media"), ("", "deleted")]
    assert talk.system.height == 1


def exported(tmp_path: Path, *frames: dict[str, Any] | str) -> Path:
    """What Signal's own export makes: a folder with main.jsonl."""
    first = {"version": "1", "backupTimeMs": "1707854400000", "mediaRootBackupKey": "q6s="}
    people = {"1": {"self": {}}, "2": {"contact": {"aci": "QUJD", "e164": "15550100", "profileGivenName": "Ben", "profileFamilyName": "Lee"}},
              "3": {"group": {"snapshot": {"title": {"title": "us"}}}}, "4": {"contact": {"e164": "15550101"}}}  # fmt: skip
    rows = [
        first,
        {"account": {"givenName": "Ana"}},
        *({"recipient": {"id": key, **what}} for key, what in people.items()),
        *({"chat": {"id": key, "recipientId": key}} for key in ("2", "3")),
        *frames,
    ]
    folder = tmp_path / "signal-export-2026-01-01" / "signal-backup-2026-01-01"
    (folder / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (folder / "files" / "ab" / "note.txt").write_text("sent\n" * 5000)
    (folder / "metadata.json").write_text('{"version":1}')
    text = "\n".join(
        r if isinstance(r, str) else json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in rows
    )
    (folder / "main.jsonl").write_text(f"{text}\n", encoding="utf-8")
    return tmp_path


def item(who: str, second: int, chat: str = "2", **what: Any) -> dict[str, Any]:
    return {"chatItem": {"chatId": chat, "authorId": who, "dateSent": str(1707854400000 + second * 1000), **what}}


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"outgoing": {}, "standardMessage": {"text": {"body": text}, **more}}


def test_signals_own_export(tmp_path: Path) -> None:
    file = [{"pointer": {"contentType": "image/jpeg", "fileName": "a.jpg"}}]
    talk = load(exported(
        tmp_path,
        {"stickerPack": {"packId": "AA=="}},
        item("1", 0, **said("are you there?", reactions=[{"emoji": "👍", "authorId": "2", "sentTimestamp": "1"}])),
        item("2", 90, revisions=[item("2", 60, **said("ye"))["chatItem"]],
             **said("yes", quote={"targetSentTimestamp": "1707854400000", "authorId": "1", "text": {"body": "are you there?"}})),
        item("2", 91, standardMessage={"attachments": file}),
        item("2", 92, stickerMessage={"sticker": {}}), item("1", 93, remoteDeletedMessage={}),
        item("1", 94, viewOnceMessage={}), item("2", 95, poll={"question": "when?", "options": []}),
        item("2", 96, directionless={}, updateMessage={"individualCall": {"type": "AUDIO_CALL"}}),
        item("2", 97, directStoryReplyMessage={"textReply": {"text": {"body": "nice"}}}), "{broken", {"other": 1},
    ))  # fmt: skip
    assert (talk.source, talk.title, talk.me, talk.speakers) == ("signal_export", "Ben Lee", "Ana", ("Ana", "Ben Lee"))
    assert talk.texts == ["are you there?", "yes", "", "", "", "", "when?", "nice"]
    assert [m.kind for m in talk][2:6] == ["media", "media", "deleted", "media"]
    assert [m.attachment for m in talk][2:6] == ["a.jpg", "sticker", None, "view once"]
    assert (talk[1].edited, talk[1].reply_to, talk[0].reactions) == (True, 0, (Reaction("Ben Lee", "👍"),))
    assert talk[1].time == datetime(2024, 2, 13, 20, 1, tzinfo=UTC)
    assert (talk.system["text"].to_list(), len(talk.skipped)) == (["individual call"], 2)


def test_a_group_and_its_mentions_in_signals_own_export(tmp_path: Path) -> None:
    ranges = [{"start": 4, "length": 1, "mentionAci": "QUJD"}, {"length": 2, "style": "BOLD"}]
    talk = exported(
        tmp_path,
        item("2", 0, **said("hi", reactions=[{"emoji": "👍", "authorId": "1"}])),
        item("4", 1, "3", standardMessage={"text": {"body": "see \ufffc", "bodyRanges": ranges}}),
    )
    assert [(c.title, c.messages) for c in chats(talk)] == [("Ben Lee", 1), ("us", 1)]
    with pytest.raises(UsageError, match="2 chats"):
        load(talk)
    assert [(m.speaker, m.text) for m in load(talk, Options(chat="us"))] == [("+15550101", "see @Ben Lee")]
    assert load(talk, Options(chat="Ben")).me is None
