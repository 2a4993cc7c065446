"""The apps that came later: pages, other texting apps, chats of meetings."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nearer.conversation import Reaction
from nearer.sources import Options, load
from sources.exports import FILES, TELEGRAM_HTML, counts, read


def test_telegram_pages(tmp_path: Path) -> None:
    talk = read(tmp_path, "telegram_html")
    assert talk.texts == ["are you <there>?\nsee https://example.org", "", "yes"]
    assert [m.speaker for m in talk] == ["Ana", "Ana", "Ben"]
    assert talk[0].time == datetime(2024, 2, 13, 19, 1, tzinfo=UTC)
    assert (talk[0].reactions, talk[1].attachment, talk[2].reply_to) == (
        (Reaction("Ben", "❤"),),
        "photos/photo_1.jpg",
        0,
    )
    assert (counts(talk), talk.title) == ((3, 1, 0), "Ben")


def test_telegram_pages_of_a_folder_in_order(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "messages.html").write_text(TELEGRAM_HTML, encoding="utf-8")
    later = TELEGRAM_HTML.replace("yes\n", "later\n").replace("13.02.2024", "14.02.2024")
    for page in (2, 10):
        (tmp_path / "export" / f"messages{page}.html").write_text(later, encoding="utf-8")
    talk = load(tmp_path / "export")
    assert len(talk) == 9
    assert [m.text for m in talk][2::3] == ["yes", "later", "later"]


def test_google_voice(tmp_path: Path) -> None:
    talk = read(tmp_path, "google_voice")
    assert talk.texts == ["hi", "are you up?\ncall me", ""]
    assert [m.speaker for m in talk] == ["Me", "Ben", "Ben"]
    assert talk[0].time == datetime(2024, 2, 14, 3, 0, tzinfo=UTC)
    assert (talk[2].kind, talk.me) == ("media", "Me")


def test_somebody_who_left_google(tmp_path: Path) -> None:
    (tmp_path / "messages.json").write_text(
        '{"messages": [{"creator": {"user_type": "Human"}, "created_date": "Tuesday, February 13, 2024 at 8:00:00 PM UTC", "text": "hi"}]}'
    )
    assert load(tmp_path / "messages.json").speakers == ("Unknown",)


def test_google_voice_placeholders_and_reactions_as_texts(tmp_path: Path) -> None:
    row = (
        '<div class="message"><abbr class="dt" title="2024-02-13T20:0{}:00.000-07:00"></abbr><cite class="sender vcard">'
        + ('<a class="tel" href="tel:+15550100100"><span class="fn">{}</span></a></cite>: <q>{}</q></div>')
    )
    said = [("Me", "hi &amp; ho"), ("Ben", "MMS Received"), ("Ben", "Liked “hi &amp; ho”")]
    page = "".join(row.format(i, who, words) for i, (who, words) in enumerate(said))
    (tmp_path / "Ben - Text - 2024.html").write_text(f'<div class="hChatLog hfeed">{page}</div>', encoding="utf-8")
    talk = load(tmp_path / "Ben - Text - 2024.html")
    assert [(m.text, m.kind, m.reactions) for m in talk] == [
        ("hi & ho", "text", (Reaction("Ben", "Liked"),)),
        ("", "media", ()),
    ]


def test_reactions_that_came_as_text_messages(tmp_path: Path) -> None:
    said = [
        (1, "See you at 5&#10;or 6"), (2, "Loved “See you at 5&#10;or 6”"), (2, "Removed a heart from “See you at…”"),
        (2, "Reacted 🎉 to “See you at 5&#10;or 6”"), (1, "Loved it, “really”"), (1, "Disliked “long gone”"),
    ]  # fmt: skip
    rows = "".join(
        f'<sms address="5550100100" date="170785440000{i}" type="{box}" body="{words}" contact_name="Ben" />'
        for i, (box, words) in enumerate(said)
    )
    (tmp_path / "sms.xml").write_text(f"<smses>{rows}</smses>", encoding="utf-8")
    talk = load(tmp_path / "sms.xml")
    assert talk.texts == ["See you at 5\nor 6", "Loved it, “really”"]
    assert (talk[0].reactions, talk.system.height) == ((Reaction("Me", "🎉"),), 4)


@pytest.mark.parametrize(
    ("subject", "text"), [("Ã©tÃ©", "été\nhi"), ("null", "hi"), ("(no subject)", "hi"), ("proto:CjoKImNv", "hi")]
)
def test_subjects_of_pictures_by_text_message(tmp_path: Path, subject: str, text: str) -> None:
    (tmp_path / "sms.xml").write_text(
        f'<smses><mms date="1707854400000" sub="{subject}" msg_box="2" address="5550100100"><parts>'
        '<part seq="0" ct="text/plain" text="hi" /></parts></mms></smses>',
        encoding="utf-8",
    )
    assert load(tmp_path / "sms.xml").texts == [text]


def test_signal_desktop(tmp_path: Path) -> None:
    talk = read(tmp_path, "signal_desktop")
    assert talk.texts == ["are you there?", "yes", "", ""]
    assert [m.speaker for m in talk] == ["Me", "Ben", "Ben", "Me"]
    assert talk[0].reactions == (Reaction("Ben", "👍"),)
    assert (talk[1].reply_to, talk[1].edited, talk[2].attachment, talk[3].kind) == (0, True, "a.jpg", "deleted")
    assert counts(talk) == (4, 2, 1)


def test_line(tmp_path: Path) -> None:
    talk = read(tmp_path, "line")
    assert talk.texts == ["are you home?", 'two\nlines "quoted"', "", "good morning"]
    assert [m.time for m in talk][2:] == [datetime(2024, 2, 13, 20, 2), datetime(2024, 2, 14, 9, 5)]
    assert (counts(talk), talk.title) == ((4, 2, 0), "Ben")


def test_kakaotalk_from_a_phone(tmp_path: Path) -> None:
    talk = read(tmp_path, "kakaotalk")
    assert talk.texts == ["집에 왔어?", "응: 방금\n두 번째 줄", ""]
    assert talk[0].time == datetime(2024, 2, 13, 20, 0)
    assert (counts(talk), talk.title) == ((3, 1, 0), "Ben")


def test_kakaotalk_from_a_computer(tmp_path: Path) -> None:
    talk = read(tmp_path, "kakaotalk desk")
    assert talk.texts == ["home yet?", "yes\njust now", ""]
    assert (talk[1].time, talk[2].kind) == (datetime(2024, 2, 13, 20, 1), "deleted")


def test_chat_of_a_zoom_meeting(tmp_path: Path) -> None:
    talk = read(tmp_path, "zoom_chat")
    assert [(m.speaker, m.text) for m in talk] == [("Ana Petrova", "can you hear me?"), ("Ben", "yes, well")]
    assert counts(talk) == (2, 1, 0)


def test_zoom_chat_of_a_cloud_recording(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("00:00:07\tAna:\thello\n00:01:00\tBen:\thi\nthere\n")
    assert load(tmp_path / "chat.txt").texts == ["hello", "hi\nthere"]


def test_discord_as_text(tmp_path: Path) -> None:
    talk = read(tmp_path, "discord_txt")
    assert talk.texts == ["shall we\nplay?", ""]
    assert (talk[0].time, talk[1].attachment, talk[1].speaker) == (datetime(2024, 2, 13, 20, 1), "a.png", "ben")
    assert counts(talk) == (2, 1, 0)


def test_the_exports_own_me_gets_the_given_name(tmp_path: Path) -> None:
    file, data = FILES["signal_desktop"]
    (tmp_path / file).write_bytes(data)
    talk = load(tmp_path / file, Options(me="Ana"))
    assert (talk.me, talk.speakers) == ("Ana", ("Ana", "Ben"))
    assert load(tmp_path / file, Options(me="ben")).me == "Me"
