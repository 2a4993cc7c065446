"""DiscordChatExporter's files from many countries, and its folders."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from nearer.errors import UsageError
from nearer.sources import Options, chats, load
from sources.exports import DISCORD

RULE = "=" * 62
TOP = f"{RULE}\nGuild: Direct Messages\nChannel: Private / Ben\n{RULE}\n\n"
END = f"{RULE}\nExported 1 message(s)\n{RULE}\n"


@pytest.mark.parametrize(
    "written",
    ["13-Feb-24 08:01 PM", "13.2.2024 20.01", "13.02.2024 г. 20:01", "2024. 02. 13. 20:01", "13/2/2567 20:01",
     "\u200f13\u200f/2\u200f/2024 8:01 م", "2/13/2024 8:01\u202fPM", "13/02/2024 8:01 μ.μ.", "2024-02-13 8:01 p.m."],
)  # fmt: skip
def test_times_as_the_computer_wrote_them(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.txt").write_text(f"{TOP}[{written}] ana\nhi\n\n\n{END}", encoding="utf-8")
    head = "AuthorID,Author,Date,Content,Attachments,Reactions\n"
    (tmp_path / "a.csv").write_text(f'{head}"1","ana","{written}","hi","",""\n', encoding="utf-8")
    for file in ("a.txt", "a.csv"):
        assert load(tmp_path / file)[0].time == datetime(2024, 2, 13, 20, 1)


def test_a_day_without_a_time_of_day_has_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TOP}[13.2.2024 later] ana\nhi\n\n\n{END}", encoding="utf-8")
    assert [(m.text, m.time) for m in load(tmp_path / "a.txt")] == [("hi", None)]


def test_an_american_clock_makes_the_american_order_likely(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TOP}[3/4/2024 12:05\u202fAM] ana\nhi\n\n\n{END}", encoding="utf-8")
    talk = load(tmp_path / "a.txt")
    assert (talk[0].time, "--dates dmy" in talk.notes[0]) == (datetime(2024, 3, 4, 0, 5), True)
    assert load(tmp_path / "a.txt", Options(dates="dmy"))[0].time == datetime(2024, 4, 3, 0, 5)


def test_words_that_begin_like_a_notice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TOP}[2/13/2024 8:01 PM] ana\nStarted a call with Mum, one moment\n\n\n{END}")
    assert load(tmp_path / "a.txt").texts == ["Started a call with Mum, one moment"]


def test_a_folder_of_channels_in_parts(tmp_path: Path) -> None:
    first, second = ({**DISCORD, "messages": DISCORD["messages"][i : i + 1]} for i in (0, 1))
    for name, whole in (
        ("Ben [9]", first),
        ("Ben [9] [part 2]", second),
        ("Ben [9] [part 10]", first),
        ("Cleo [8]", first),
    ):
        (tmp_path / f"Direct Messages - {name}.json").write_text(json.dumps(whole))
    assert [c.title for c in chats(tmp_path)] == ["Direct Messages - Ben [9]", "Direct Messages - Cleo [8]"]
    with pytest.raises(UsageError, match="holds 2 chats"):
        load(tmp_path)
    talk = load(tmp_path, Options(chat="Ben"))
    assert (talk.texts, talk[1].reply_to, len(talk.skipped)) == (["shall we play?", "yes!"], 0, 1)


def test_a_folder_of_texts_in_parts(tmp_path: Path) -> None:
    for part, words in (("", "hi"), (" [part 2]", "ho")):
        (tmp_path / f"Ben [9]{part}.txt").write_text(f"{TOP}[2/13/2024 8:01 PM] ana\n{words}\n\n\n{END}")
    assert load(tmp_path).texts == ["hi", "ho"]


def test_a_forwarded_picture_is_no_reply(tmp_path: Path) -> None:
    said = [dict(m) for m in DISCORD["messages"][:2]]
    forwarded = {"content": "", "attachments": [{"id": "1", "url": "https://x/b.png", "fileName": "b.png"}]}
    said[1] |= {
        "content": "",
        "forwardedMessage": forwarded,
        "reference": {"type": "Forward", "messageId": said[0]["id"]},
    }
    (tmp_path / "a.json").write_text(json.dumps({**DISCORD, "messages": said}))
    talk = load(tmp_path / "a.json")
    assert (talk[1].forwarded, talk[1].attachment, talk[1].reply_to) == (True, "b.png", None)
