"""Web pages of imessage-exporter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from nearer.conversation import Reaction
from nearer.errors import UsageError
from nearer.sources import Options, chats, load
from sources.exports import IMESSAGE_HTML, counts, read


def test_what_a_page_says(tmp_path: Path) -> None:
    talk = read(tmp_path, "imessage_html")
    assert talk.texts == [
        "are you coming up?\n\nthere is soup & bread", "a reply", "", "at six", "I am late", "https://example.org/soup", "",
    ]  # fmt: skip
    assert [m.kind for m in talk] == ["text", "text", "deleted", "text", "text", "text", "deleted"]
    assert [m.speaker for m in talk] == ["Ben", "Me", "Me", "Ben", "Ben", "Ben", "Me"]
    assert (counts(talk), talk.me, talk[0].time) == ((7, 1, 0), "Me", datetime(2022, 5, 17, 17, 29, 42))
    assert (talk[0].reactions, talk[1].reply_to, talk[3].edited) == ((Reaction("Me", "Loved"),), 0, True)
    assert [m.attachment for m in talk][3:6] == ["attachments/12/ab.caf", "attachments/12/ac.caf", None]
    assert talk.system["text"].to_list() == ["You named the conversation Soup"]


@pytest.mark.parametrize(
    "part",
    [
        '<img src="attachments/1/a.jpg">',  # The first versions.
        '<div class="attachment"><img src="attachments/1/a.jpg"></div>',
        '<div class="sticker"><img src="attachments/1/a.jpg"><div class="sticker_name">App: Memoji</div></div>',
    ],
)
def test_files_are_no_words(tmp_path: Path, part: str) -> None:
    head = '<div class="message"><div class="sent"><p><span class="timestamp">May 17, 2022 10:00:00 AM</span>'
    body = f'<span class="sender">Ana</span></p><hr><div class="message_part">{part}</div></div></div>'
    (tmp_path / "a.html").write_text(f"<html>{head}{body}</html>")
    talk = load(tmp_path / "a.html")
    assert [(m.kind, m.text, m.attachment) for m in talk] == [("media", "", "attachments/1/a.jpg")]
    assert talk.me == "Ana"


def test_a_folder_lists_its_chats(tmp_path: Path) -> None:
    for name in ("Ben", "Cleo"):
        (tmp_path / f"{name}.html").write_text(IMESSAGE_HTML.replace("Ben", name))
    with pytest.raises(UsageError, match="choose one with --chat"):
        load(tmp_path)
    assert sorted(c.title for c in chats(tmp_path)) == ["Ben", "Cleo"]
    assert load(tmp_path, Options(chat="cleo")).speakers == ("Cleo", "Me")
