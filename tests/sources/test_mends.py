"""Forms that exporters write now and then, each of which was once read wrongly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nearer.conversation import Conversation
from nearer.sources import load


def whatsapp(tmp_path: Path, text: str) -> Conversation:
    (tmp_path / "_chat.txt").write_text(text, encoding="utf-8")
    return load(tmp_path / "_chat.txt")


IPHONE = "[14/03/2024, 21:15:0{}] {}\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\u200eBild weggelassen", "media"),
        ("\u200eimagem ocultada", "media"),
        ("\u200eaudio omesso", "media"),
        ("\u200eafbeelding weggelaten", "media"),
        ("\u200eses dahil edilmedi", "media"),
        ("\u200eаудиофайл отсутствует", "media"),
        ("\u200e사진 생략됨", "media"),
        ("plan.pdf • \u200e3 pages \u200edocument omitted", "media"),
        ("\u200eYou deleted this message.", "deleted"),
        ("Waiting for this message. This may take a while.", "media"),
    ],
)
def test_whatsapp_files_that_iphones_leave_out(tmp_path: Path, text: str, kind: str) -> None:
    talk = whatsapp(
        tmp_path, IPHONE.format(1, "Ana: hi") + IPHONE.format(2, f"Ana: {text}") + IPHONE.format(3, "Ben: ok")
    )
    assert talk[1].kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "\u200eMissed voice call, \u200eTap to call back",
        "\u200eVerpasster Sprachanruf, \u200eTippe, um zurückzurufen",
        "\u200eVideollamada, \u200e12 min",
        "\u200eDu hast Cleo hinzugefügt.",
        "\u200eAna añadió a Cleo",
        "\u200eAna adicionou Cleo",
        "\u200eAna a ajouté Cleo",
        "\u200eAna ha aggiunto Cleo",
        "\u200eAna heeft Cleo toegevoegd",
        "\u200eAna добавила Cleo",
        "\u200eAna님이 Cleo님을 추가했습니다",
    ],
)
def test_whatsapp_notices_that_carry_a_name(tmp_path: Path, text: str) -> None:
    talk = whatsapp(
        tmp_path, IPHONE.format(1, "Ana: hi") + IPHONE.format(2, f"Ana: {text}") + IPHONE.format(3, "Ben: ok")
    )
    assert (len(talk), talk.system.height) == (2, 1)


def test_a_groups_title_is_nobody(tmp_path: Path) -> None:
    lines = [
        "Klettern: \u200eXyz qwe rty.",
        "Ana: hi",
        "Klettern: \u200eAbc def.",
        "Ben: ho",
        "Ana: \u200eimage omitted",
    ]
    talk = whatsapp(tmp_path, "".join(IPHONE.format(i, x) for i, x in enumerate(lines)))
    assert talk.speakers == ("Ana", "Ben")
    assert (len(talk), talk.system.height) == (3, 2)


def test_open_dates_are_read_the_american_way_where_the_clock_is_american(tmp_path: Path) -> None:
    talk = whatsapp(tmp_path, "3/4/24, 9:15\u202fPM - Ana: hi\n3/5/24, 9:15\u202fPM - Ben: ho\n")
    assert talk[0].time == datetime(2024, 3, 4, 21, 15)
    assert "--dates dmy" in talk.notes[0]
    indian = whatsapp(tmp_path, "03/04/24, 9:15\u202fpm - Ana: hi\n03/05/24, 9:15\u202fpm - Ben: ho\n")
    assert indian[0].time == datetime(2024, 4, 3, 21, 15)


def test_imessage_text_with_an_edit_an_effect_and_a_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "May 17, 2022  5:29:42 PM\nMe\nMay 17, 2022  5:29:42 PM first words\nEdited 15 seconds later: better words\n\n"
        "May 17, 2022  5:30:42 PM\nBen\nhooray\nSent with Confetti\n\n"
        "May 17, 2022  5:31:42 PM\nBen\nStarted sharing location!\n\n"
        "May 17, 2022  5:32:42 PM Ben left the conversation.\n\n"
    )
    talk = load(tmp_path / "a.txt")
    assert talk.texts == ["better words", "hooray", ""]
    assert (talk[0].edited, talk[2].kind, talk.system.height) == (True, "media", 1)


@pytest.mark.parametrize(
    "call", ["Outgoing call", "Incoming voice call (accepted, 12m 3s)", "Outgoing video call (declined by recipient)"]
)
def test_signal_calls(tmp_path: Path, call: str) -> None:
    row = '{{"date": "2024-02-13T20:0{}:00", "sender": "Me", "body": "{}  ", "quote": "", "sticker": null, "reactions": [], "attachments": []}}\n'
    (tmp_path / "data.json").write_text(row.format(1, "hi") + row.format(2, call))
    assert (load(tmp_path / "data.json").texts, load(tmp_path / "data.json").system.height) == (["hi"], 1)


def test_telegram_files_that_were_not_saved(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(
        '{"name": "Ben", "type": "personal_chat", "id": 1, "messages": [{"id": 1, "type": "message", "date_unixtime": "1707854400",'
        ' "from": "Ana", "from_id": "user1", "photo": "(File exceeds maximum size. Change data exporting settings to download.)",'
        ' "text": "", "text_entities": []}]}'
    )
    assert load(tmp_path / "result.json")[0].attachment == "photo"


@pytest.mark.parametrize(
    "written",
    ["Dienstag, 13. Februar 2024 um 20:00:00 UTC", "martes, 13 de febrero de 2024, 20:00:00 UTC",
     "mardi 13 février 2024 à 20:00:00 UTC", "terça-feira, 13 de fevereiro de 2024 às 20:00:00 UTC",
     "2024년 2월 13일 화요일 오후 8시 0분 0초 UTC", "2024年2月13日火曜日 20時00分00秒 UTC", "13 Şubat 2024 Salı 20:00:00 UTC",
     "вторник, 13 февраля 2024 г. в 20:00:00 UTC", "الثلاثاء، ١٣ فبراير ٢٠٢٤ في ٨:٠٠:٠٠ م UTC",
     "मंगलवार, 13 फ़रवरी 2024 को 8:00:00 pm UTC बजे", "יום שלישי, 13 בפברואר 2024 בשעה 20:00:00 UTC"],
)  # fmt: skip
def test_google_chat_dates_in_other_languages(tmp_path: Path, written: str) -> None:
    (tmp_path / "messages.json").write_text(
        '{"messages": [{"creator": {"name": "Ana", "email": "a@example.org"}, "created_date": "'
        + written
        + '", "text": "hi"}]}',
        encoding="utf-8",
    )
    assert load(tmp_path / "messages.json")[0].time == datetime(2024, 2, 13, 20, 0, tzinfo=UTC)


def test_whisper_cpp(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"systeminfo": "x", "result": {"language": "en"}, "transcription": [{"timestamps": {"from": "00:00:00,500"},'
        ' "offsets": {"from": 500, "to": 900}, "text": " hi"}]}'
    )
    talk = load(tmp_path / "a.json")
    assert [(m.text, m.start, m.end) for m in talk] == [("hi", 0.5, 0.9)]


@pytest.mark.parametrize(
    "sent", ["\u200e<attached: 1-PHOTO.jpg>", "\u200ePOLL:\nLunch?\n\u200eOPTION: Soup (\u200e2 votes)"]
)
def test_somebody_who_only_sent_a_file_or_a_poll_is_a_person(tmp_path: Path, sent: str) -> None:
    lines = ["Ana: hi", "Ben: ho", f"Cleo: {sent}"]
    talk = whatsapp(tmp_path, "".join(IPHONE.format(i, x) for i, x in enumerate(lines)))
    assert talk.speakers == ("Ana", "Ben", "Cleo")


@pytest.mark.parametrize(
    "line",
    ["Sent from my iPhone", "Von meinem iPhone gesendet", "Enviado desde mi iPhone", "Envoyé de mon iPhone", "나의 iPhone에서 보냄",
     "iPhoneから送信", "أُرسلت من الـ iPhone", "Hol dir Outlook für Android"],
)  # fmt: skip
def test_what_phones_add_to_mail(tmp_path: Path, line: str) -> None:
    head = "From: Ana <a@example.org>\nSubject: x\nDate: Tue, 13 Feb 2024 23:00:00 +0100\nMIME-Version: 1.0\n"
    (tmp_path / "a.eml").write_text(
        f"{head}Content-Type: text/plain; charset=utf-8\n\nSent from home.\n\n{line}\n", encoding="utf-8"
    )
    assert load(tmp_path / "a.eml").texts == ["Sent from home."]


def test_what_a_reply_in_signal_answers(tmp_path: Path) -> None:
    (tmp_path / "chat.md").write_text(
        "[2024-02-13 20:01:00] Me: hi  \nthere  \n[2024-02-13 20:02:00] Ben: \n\n> hi\n> there\n\nyes  \n"
        "[2024-02-13 20:03:00] Ben:   [👋](../exported_stickers/ab/1.webp)  \n",
        encoding="utf-8",
    )
    talk = load(tmp_path / "chat.md")
    assert [(m.text, m.reply_to, m.attachment) for m in talk] == [
        ("hi\nthere", None, None), ("yes", 0, None), ("", None, "ab/1.webp"),
    ]  # fmt: skip
    row = '{{"date": "2024-02-13T20:01:00", "sender": "Me", "body": "{}  ", "quote": "{}", "sticker": null, "reactions": [], "attachments": []}}\n'
    (tmp_path / "data.json").write_text(row.format("hi", "") + row.format("yes", "\\n\\n> hi\\n\\n"))
    assert [m.reply_to for m in load(tmp_path / "data.json")] == [None, 0]


@pytest.mark.parametrize(
    "written", ["2024-02-13 오후 8:01", "2024/2/13 下午8:01", "13/2/2024 8:01 p. m.", "13.02.2024 20:01"]
)
def test_clocks_of_discord_in_other_languages(tmp_path: Path, written: str) -> None:
    rule = "=" * 62
    (tmp_path / "a.txt").write_text(
        f"{rule}\nGuild: Direct Messages\nChannel: Private / Ben\n{rule}\n\n[{written}] ana\nhi\n\n", encoding="utf-8"
    )
    assert load(tmp_path / "a.txt")[0].time == datetime(2024, 2, 13, 20, 1)
