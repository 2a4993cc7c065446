"""Facebook's, Instagram's and Messenger's own JSON."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from nearer.conversation import Reaction
from nearer.errors import UsageError
from nearer.sources import Input, Options, chats, detect, load
from sources.exports import FACEBOOK, MESSENGER, printed


@pytest.mark.parametrize("indent", [2, None])
def test_one_part_is_mended_and_put_in_order(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "message_1.json"
    path.write_bytes(printed(FACEBOOK, indent))
    assert detect(Input(path))[0][0] == "messenger"
    talk = load(path)
    assert talk.texts == ["that’s lovely", "", ""]
    assert [m.kind for m in talk] == ["text", "media", "deleted"]
    assert talk[0].reactions == (Reaction("Zoë", "❤"),)
    assert talk[1].attachment == "messages/inbox/zoe_1/photos/1.jpg"
    assert talk.system["text"].to_list() == ["Zoë named the group us."]
    assert (talk.me, talk.speakers) == ("Ana", ("Ana", "Zoë"))


def test_parts_of_a_thread_are_joined_and_threads_listed(tmp_path: Path) -> None:
    def part(first: int) -> bytes:
        rows = [
            {"sender_name": "Ana", "timestamp_ms": 1_700_000_000_000 - (first + i) * 60_000, "content": f"m{first + i}"}
            for i in range(3)
        ]
        return printed({"participants": [{"name": "Zed"}, {"name": "Ana"}], "messages": rows, "title": "Zed"})

    path = tmp_path / "facebook.zip"
    inbox = "your_facebook_activity/messages/inbox"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ads/interests.json", "{}")
        for number in range(1, 12):
            archive.writestr(f"{inbox}/zed_1/message_{number}.json", part(number * 3 - 3))
        archive.writestr(f"{inbox}/zoe_1/message_1.json", printed(FACEBOOK))
    assert [(c.id, c.messages) for c in chats(path)] == [("inbox/zed_1", 33), ("inbox/zoe_1", 4)]
    with pytest.raises(UsageError, match="zoe_1"):
        load(path)
    assert load(path, Options(chat="zed")).texts == [f"m{i}" for i in range(32, -1, -1)]
    assert len(load(path, Options(chat="inbox/zoe_1"))) == 3


def test_an_encrypted_chat_is_oldest_first(tmp_path: Path) -> None:
    path = tmp_path / "messages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Zoë_3.json", printed(MESSENGER))
        archive.writestr("media/a.jpg", b"")
    talk = load(path)
    assert talk.texts == ["are you home?", ""]
    assert talk[1].attachment == "./media/a.jpg"
    assert talk[0].reactions == (Reaction("Ana", "👍"),)


def test_the_owner_of_an_account_is_whoever_is_in_every_chat(tmp_path: Path) -> None:
    def thread(*names: str) -> str:
        rows = [{"sender_name": n, "timestamp_ms": 1707854400000 + i, "content": "hi"} for i, n in enumerate(names)]
        return json.dumps({"participants": [{"name": n} for n in names], "messages": rows, "title": "us"}, indent=2)

    inbox = tmp_path / "your_facebook_activity" / "messages" / "inbox"
    for folder, names in {"a_1": ("Zoe", "Ana", "Ben"), "b_2": ("Cleo", "Ana")}.items():
        (inbox / folder).mkdir(parents=True)
        (inbox / folder / "message_1.json").write_text(thread(*names))
    assert load(tmp_path, Options(chat="inbox/a_1")).me == "Ana"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ana Lee hat einen Anhang gesendet.", "media"), ("Ana Lee envió un archivo adjunto.", "media"),
        ("Ana a envoyé une pièce jointe.", "media"), ("Ana님이 사진을 보냈습니다.", "media"),
        ("Anaさんが添付ファイルを送信しました。", "media"), ("Hat mit ❤ auf deine Nachricht reagiert", None),
        ("Reagiu com ❤ à sua mensagem", None), ("A aimé un message", None), ("Ana ti ha chiamato.", None),
        ("Du hast einen Anruf von Ana verpasst.", None), ("te llamo luego", "text"), ("Ana a changé d’avis", "text"),
        ("hat sie dir das gesagt?", "text"),
    ],
)  # fmt: skip
def test_lines_of_the_app_in_other_languages(tmp_path: Path, line: str, kind: str | None) -> None:
    path = tmp_path / "message_1.json"
    rows = [
        {"sender_name": name, "timestamp_ms": 1_700_000_000_000 - i, "content": text.encode().decode("latin-1")}
        for i, (name, text) in enumerate([("Ana Lee", line), ("Ben", "hi")])
    ]
    path.write_bytes(
        printed({"participants": [{"name": "Ben"}, {"name": "Ana Lee"}], "messages": rows, "title": "Ben"})
    )
    talk = load(path)
    assert [m.kind for m in talk] == ["text", *([kind] if kind else [])]
    assert talk.system.height == (kind is None)


def test_the_title_stands_behind_the_messages(tmp_path: Path) -> None:
    path = tmp_path / "message_1.json"
    rows = [
        {"sender_name": n, "timestamp_ms": 1_700_000_000_000 - i, "content": "hi"} for i, n in enumerate(["Ana", "Ben"])
    ]
    path.write_bytes(printed({"participants": [{"name": "Ana"}, {"name": "Ben"}], "messages": rows, "title": "Ben"}))
    assert (load(path).title, load(path).me) == ("Ben", "Ana")


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Zoë waved at you!", None), ("Zoë left the video chat", None), ("You missed an audio call", None),
     ("Audio call ended", None), ("Zoë's poll has multiple updates.", None), ("Zoë joined the group.", None), ("Zoë turned off link joining.", None), ("Zoë mentioned you in their story", None),
     ("Zoë shared a story.", "media"), ("Zoë sent a live location.", "media"), ("Zoë sent you a reel", "media"),
     ("Zoë sent 3 photos.", "media"), ("Zoë waved at the man", "text"), ("You called him.", "text"), ("You called Mum.", "text"),
     ("Zoë set her own nickname to Zo.", None), ("Zoë changed the chat colors.", None), ("Zoë added Cleo as a group admin.", None),
     ("You can now call each other and see information such as Active Status and when you've read messages.", None),
     ("Zoë wasn't notified about this message because they're in quiet mode.", None), ("Zoë called you.", None),
     ("You missed a call from Zoë.", None), ("Zoë left the group.", None), ("You added Cleo and Dora to the group.", None),
     ("Zoë responded Going to Dinner.", None), ("Messages and calls are secured with end-to-end encryption.", None),
     ("Zoë called you a liar", "text"), ("You left the group early last night", "text"), ("You added me to the group without asking", "text"),
     ("You missed your call with the doctor", "text"), ("The video call ended with her crying", "text"), ("You added us to the group", "text")],
)  # fmt: skip
def test_what_the_apps_write_themselves(tmp_path: Path, line: str, kind: str | None) -> None:
    about = {"sender_name": "Zoë", "is_geoblocked_for_viewer": False}
    messages = [about | {"timestamp_ms": 1707854400000 + i, "content": t} for i, t in enumerate(["hi", line])]
    path = tmp_path / "message_1.json"
    path.write_text(
        json.dumps({"participants": [{"name": "Zoë"}, {"name": "Ana"}], "messages": messages, "title": "Zoë"})
    )
    talk = load(path)
    assert [m.kind for m in talk][1:] == ([] if kind is None else [kind])


def test_names_that_hold_what_ends_a_sentence(tmp_path: Path) -> None:
    lines = ["j.r. lee! changed the theme to Love.", "j.r. lee! sent an attachment.", "j.r. lee! is my name"]
    rows = [{"sender_name": "j.r. lee!", "timestamp_ms": 1707854400000 + i, "content": t} for i, t in enumerate(lines)]
    path = tmp_path / "message_1.json"
    path.write_bytes(printed({"participants": [{"name": "j.r. lee!"}], "messages": rows, "title": "us"}))
    talk = load(path)
    assert [(m.kind, m.text) for m in talk] == [("media", ""), ("text", lines[2])]
    assert talk.system["text"].to_list() == lines[:1]
