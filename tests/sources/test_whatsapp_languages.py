"""WhatsApp exports of phones in other languages and calendars."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from nearer.conversation import Conversation
from nearer.errors import UsageError
from nearer.sources import Options, load
from nearer.sources.calendars import days_since_1970

MARK = "\u200e"


def read(tmp_path: Path, text: str, name: str = "_chat.txt") -> Conversation:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return load(tmp_path / name)


def iphone(*lines: str) -> str:
    return "".join(f"[14/03/2024, 21:15:{i:02d}] {x}\n" for i, x in enumerate(lines))


def android(*lines: str) -> str:
    return "".join(f"14.03.24, 21:{i:02d} - {x}\n" for i, x in enumerate(lines))


@pytest.mark.parametrize(
    ("first", "second", "read_as"),
    [
        ("[14:56:01, 3/18/22] ", "[21:41:35, 3/27/22] ", datetime(2022, 3, 18, 14, 56, 1)),
        ("[2:32 PM, 3/14/2024] ", "[2:33 PM, 3/15/2024] ", datetime(2024, 3, 14, 14, 32)),
        ("[3/18/2565 BE, 14:56:01] ", "[3/27/2565 BE, 21:41:35] ", datetime(2022, 3, 18, 14, 56, 1)),
        ("[3/18/R4, 14:56:01] ", "[3/27/R4, 21:41:35] ", datetime(2022, 3, 18, 14, 56, 1)),
        ("14/3/2567 21:15 - ", "15/3/2567 21:15 - ", datetime(2024, 3, 14, 21, 15)),
        ("۱۴۰۲/۱۲/۲۴،\u200f ۲۱:۱۵ - ", "۱۴۰۳/۱/۱،\u200f ۲۱:۱۵ - ", datetime(2024, 3, 14, 21, 15)),
        ("[٤/٩/١٤٤٥ هـ, ٩:١٥:٠٧ م] ", "[٢٣/٩/١٤٤٥ هـ, ٩:١٥:٠٧ م] ", datetime(2024, 3, 14, 21, 15, 7)),
        ("113/3/14 晚上9:15 - ", "113/3/15 凌晨12:15 - ", datetime(2024, 3, 14, 21, 15)),
        ("१४/३/२४, ९:१५ अपराह्न - ", "१५/३/२४, ९:१५ अपराह्न - ", datetime(2024, 3, 14, 21, 15)),
        ("2024-03-14 21 h 15 - ", "2024-03-15 21 h 15 - ", datetime(2024, 3, 14, 21, 15)),
        ("[2024-03-14 21 h 15 min 07 s] ", "[2024-03-15 9 h 15 min 07 s] ", datetime(2024, 3, 14, 21, 15, 7)),
        ("14.03.24 г., 21:15 ч. - ", "15.03.24 г., 21:15 ч. - ", datetime(2024, 3, 14, 21, 15)),
        ("14/3/24, 9:15 μ.μ. - ", "15/3/24, 9:15 π.μ. - ", datetime(2024, 3, 14, 21, 15)),
        ("2024/03/14, 9:15 nm. - ", "2024/03/15, 9:15 vm. - ", datetime(2024, 3, 14, 21, 15)),
        ("14/03/2024, 9:15 CH - ", "15/03/2024, 9:15 SA - ", datetime(2024, 3, 14, 21, 15)),
        ("[14.3.2024, 9:15:07 אחה״צ] ", "[15.3.2024, 9:15:07 לפנה״צ] ", datetime(2024, 3, 14, 21, 15, 7)),
    ],
)  # fmt: skip
def test_stamps_of_other_places(tmp_path: Path, first: str, second: str, read_as: datetime) -> None:
    talk = read(tmp_path, f"{first}Ana: hi\n{second}Ben: ho\n")
    assert [m.speaker for m in talk] == ["Ana", "Ben"]
    assert talk[0].time == read_as


def test_persian_leap_years() -> None:
    assert days_since_1970(1403, 12, 30) == days_since_1970(2025, 3, 20)
    assert days_since_1970(1404, 1, 1) == days_since_1970(2025, 3, 21)
    assert days_since_1970(1403, 13, 1) is None


def test_one_date_without_sense_does_not_turn_the_others_round(tmp_path: Path) -> None:
    talk = read(tmp_path, "3/14/24, 10:00 - Ana: hi\n3/15/24, 10:00 - Ben: ho\n45/13/24, 10:01 - Ana: ?\n")
    assert talk[0].time == datetime(2024, 3, 14, 10)
    assert [s.line for s in talk.skipped] == [3]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"{MARK}התמונה הושמטה", "media"), (f"{MARK}зображення відсутнє", "media"), (f"{MARK}ไม่มีรูปภาพ", "media"),
        (f"{MARK}画像は含まれていません", "media"), (f"{MARK}تم حذف الملصقات", "media"), (f"{MARK}đã bỏ qua hình ảnh", "media"),
        (f"{MARK}<מצורף: 00000012-PHOTO-2024-03-14.jpg>", "media"), (f"{MARK}Vị trí: https://maps.google.com/?q=51.5,-0.1", "media"),
        (f"{MARK}מחקת את ההודעה הזו.", "deleted"), (f"{MARK}Це повідомлення було видалено.", "deleted"),
        (f"{MARK}このメッセージは削除されました。", "deleted"), (f"{MARK}यह मैसेज डिलीट कर दिया गया है", "deleted"),
        ("Resume.pdf • " + MARK + "2 сторінки " + MARK + "документ пропущено", "media"),
        ("Some file.txt " + MARK + "document manquant", "media"),
    ],
)  # fmt: skip
def test_what_iphones_write_in_other_languages(tmp_path: Path, line: str, kind: str) -> None:
    talk = read(tmp_path, iphone("Ana: hi", f"Ana: {line}", "Ben: ok"))
    assert (talk[1].kind, talk[1].text) == (kind, "")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<המדיה לא נכללה>", "media"), ("<Мультимедіа>", "text"), ("<медіа пропущено>", "media"), ("<미디어 파일 제외됨>", "media"),
        ("<Mídia omitida>", "media"), ("<忽略多媒體檔>", "media"), ("IMG-20240314-WA0001.jpg (קובץ מצורף)", "media"),
        ("PTT-20240314-WA0001.opus (xyz qwe)", "media"), ("a plan.pdf (załączony plik)", "media"),
        ("localização atual compartilhada", "media"), ("삭제한 메시지입니다.", "deleted"), ("I like cats.and dogs (a lot)", "text"),
    ],
)  # fmt: skip
def test_what_android_phones_write_in_other_languages(tmp_path: Path, line: str, kind: str) -> None:
    assert read(tmp_path, android("Ana: hi", f"Ben: {line}"))[1].kind == kind


def test_a_left_out_file_with_its_name_or_a_caption_below(tmp_path: Path) -> None:
    talk = read(
        tmp_path, android("Ana: hi", "Ben: <Medien ausgeschlossen>\nAddierer.mod", "Ben: <Media omitted>\nlook at this")
    )
    assert [(m.kind, m.text, m.attachment) for m in talk][1:] == [
        ("media", "", "Addierer.mod"),
        ("text", "look at this", "media"),
    ]


@pytest.mark.parametrize(
    "remark",
    ["<Diese Nachricht wurde bearbeitet.>", "<ההודעה נערכה>", "<Se editó este mensaje.>", f"{MARK}<xyz qwe rty>"],
)
def test_edited_in_other_languages(tmp_path: Path, remark: str) -> None:
    talk = read(tmp_path, android("Ana: hi", f"Ben: well {remark}"))
    assert (talk[1].text, talk[1].edited) == ("well", True)


def test_a_language_that_is_not_listed(tmp_path: Path) -> None:
    lines = ["Klub: \u200eXyz qwe.", "Ana: hi", "Ben: ho", "Ana: \u200efoto zzz", "Ben: \u200efoto zzz"]
    talk = read(tmp_path, iphone(*lines, "Ana: \u200eAna qwerty Cleo", "Ben: \u200ezxc vbn."))
    assert [m.kind for m in talk] == ["text", "text", "media", "media"]
    assert talk.system.height == 3
    told = [
        "Ana: <zzz qqq>",
        "Ben: <zzz qqq>",
        "Ana: <zzz qqq>",
        "Ben: <3",
        "Ana: a <bc qw>",
        "Ana: d <bc qw>",
        "Ana: e <bc qw>",
    ]
    other = read(tmp_path, android(*told))
    assert [m.kind for m in other] == ["media"] * 3 + ["text"] * 4
    assert [m.text for m in other if m.edited] == ["a", "d", "e"]


@pytest.mark.parametrize(
    "notice",
    [
        'Ana님이 그룹 이름을 "A: b"(으)로 변경했습니다', 'Ana غيّر اسم المجموعة من "أ: ب" إلى "ج"',
        'Ana cambió el nombre del grupo de "Casa: uno" a "Casa: dos"', "Ana änderte „A: x“ in „B: y“",
    ],
)  # fmt: skip
def test_notices_that_quote_a_name_with_a_colon(tmp_path: Path, notice: str) -> None:
    talk = read(tmp_path, android(notice, "Ana: hi", "Ben: ho"))
    assert (talk.speakers, talk.system.height) == (("Ana", "Ben"), 1)


@pytest.mark.parametrize(
    ("name", "lines", "me", "title"),
    [
        ("WhatsApp-Chat mit Ben.txt", ["Ana: hi", "Ben: ho"], "Ana", "Ben"),
        ("Conversa do WhatsApp com Ana.txt", ["Ana: hi", "Ben: ho"], "Ben", "Ana"),
        ("chat.txt", ["Ana: hi", "Ben: ho", "Cleo: x", "Ben: Eliminaste este mensaje."], "Ben", None),
        ("chat.txt", ["Ana: \u200eMessages and calls are end-to-end encrypted.", "Ben: ho", "Ana: hi"], "Ben", None),
        ("WhatsApp Chat with Family.txt", ["Ana: hi", "Ben: ho"], None, "Family"),
        ("chat.txt", ["Ana: You deleted this message", "Ben: You deleted this message"], None, None),
    ],
)
def test_whose_export_it_is(tmp_path: Path, name: str, lines: list[str], me: str | None, title: str | None) -> None:
    talk = read(tmp_path, android(*lines), name)
    assert (talk.me, talk.title) == (me, title)


def test_several_exports_in_one_zip_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "chats.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("WhatsApp Chat with Ana.txt", android("Ana: hi", "Ben: ho"))
        archive.writestr("WhatsApp Chat with Cleo.txt", android("Cleo: hey", "Ben: yes"))
    with pytest.raises(UsageError, match="2 chats"):
        load(path)
    talk = load(path, Options(chat="Cleo"))
    assert (talk.texts, talk.me, talk.title) == (["hey", "yes"], "Ben", "Cleo")


@pytest.mark.parametrize("form", ["24. 3. {}. 오후 9:15 - ", "[24. 3. {}. 오후 9:15:07] ", "24-03-{:02d} 21 h 15 - "])
def test_a_short_year_stands_first(tmp_path: Path, form: str) -> None:
    talk = read(tmp_path, f"{form.format(5)}Ana: a\n{form.format(14)}Ben: b\n{form.format(14)}Ana: c\n")
    assert [m.time.date().isoformat() for m in talk if m.time] == ["2024-03-05", "2024-03-14", "2024-03-14"]
    assert (talk.texts, talk.skipped, talk.notes) == (["a", "b", "c"], (), ())


@pytest.mark.parametrize(
    "line",
    ["<Mensaje de visualización única omitido>", "<Message à vue unique omis>", "<Eenmalig te bekijken bericht weggelaten>",
     "<Praleistas medijos turinys>", "‎аудио отсутствует", "‎語音訊息已省略", "‎تم استبعاد الصورة", "", "Cafe (5 Rue X): https://foursquare.com/v/4ad",
     "‎<附件：00000012-PHOTO-2024-03-14-21-15-07.jpg>"],
)  # fmt: skip
def test_stand_ins_for_files(tmp_path: Path, line: str) -> None:
    talk = read(tmp_path, iphone("Ana: hi", f"Ben: {line}", "Ana: so"))
    assert [(m.kind, m.text) for m in talk] == [("text", "hi"), ("media", ""), ("text", "so")]


def test_an_arabic_iphone(tmp_path: Path) -> None:
    rlm, number = "\u200f", "\u202a+966 55 000 0001\u202c"
    said = [
        "السلام عليكم",
        f"{rlm}لم يتم إدراج الصورة",
        f"وعليكم {rlm}<تم تعديل هذه الرسالة>",
        f"{rlm}تم حذف هذه الرسالة.",
    ]
    call = f"{rlm}مكالمة صوتية فائتة، {rlm}انقر لمعاودة الاتصال"
    lines = [f"{rlm}[{rlm}21{rlm}/9{rlm}/2026، 9:4{i}:45 م] {number}: {x}\n" for i, x in enumerate([*said, call])]
    start = f"[{rlm}1{rlm}/9{rlm}/2026، 8:00:00 ص] Ana: {rlm}الرسائل والمكالمات مشفرة تمامًا بين الطرفين.\n"
    talk = read(tmp_path, start + "".join(lines))
    assert talk.speakers == ("+966 55 000 0001",)
    assert [(m.kind, m.text, m.edited) for m in talk] == [
        ("text", "السلام عليكم", False), ("media", "", False), ("text", "وعليكم", True), ("deleted", "", False),
    ]  # fmt: skip
    assert (talk[0].time, talk.system.height) == (datetime(2026, 9, 21, 21, 40, 45), 2)


def test_a_caption_stands_before_what_an_iphone_left_out(tmp_path: Path) -> None:
    talk = read(
        tmp_path,
        iphone(
            "Ana: hi", f"Ben: our dog {MARK}image omitted", f"Ana: guck\nmal {MARK}Video weggelassen",
            "Ben: الشاطئ \u200fلم يتم إدراج الصورة", f"Ana: plan • {MARK}1 page {MARK}document omitted",
            f"Ben: he said {MARK}no image", "Ana: ok",
        ),
    )  # fmt: skip
    assert [(m.kind, m.text, m.attachment) for m in talk][1:-1] == [
        ("text", "our dog", "media"), ("text", "guck\nmal", "media"), ("text", "الشاطئ", "media"),
        ("media", "", "plan"), ("text", f"he said {MARK}no image", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"{MARK}You received a view once message. For added privacy, you can only open it on your phone.", "media"),
        (f"{MARK}You sent a view once message. For added privacy, you can only open it on your phone.", "media"),
        (f"{MARK}This message can't be displayed here. Please open WhatsApp on your phone to view the message.", "media"),
        (f"{MARK}Recibiste un mensaje de visualización única. Para mayor privacidad, solo puedes abrirlo en tu teléfono.", "media"),
        (MARK, "media"), (f"{MARK}Diese Nachricht wurde gelöscht.", "deleted"), (f"{MARK}Du hast diese Nachricht gelöscht.", "deleted"),
        (f"{MARK}Diese Nachricht wurde von Admin Cleo gelöscht.", "deleted"),
        (f"{MARK}Este mensaje fue eliminado por el admin. Cleo.", "deleted"),
    ],
)  # fmt: skip
def test_what_an_iphone_writes_in_a_persons_stead_is_their_turn(tmp_path: Path, line: str, kind: str) -> None:
    talk = read(tmp_path, iphone("Ana: hi", f"Ben: {line}", "Ana: so"))
    assert [(m.speaker, m.kind, m.text) for m in talk][1:-1] == [("Ben", kind, "")]


@pytest.mark.parametrize(
    "line",
    [
        "You use a default timer for disappearing messages in new chats. New messages will disappear from this chat "
        "24 hours after they’re sent, except when kept.",
        "Du hast selbstlöschende Nachrichten aktiviert. Neue Nachrichten verschwinden 90 Tage nach dem Versand aus "
        "diesem Chat, außer wenn sie gespeichert werden.",
    ],
)
def test_a_long_notice_of_an_iphone_is_nobodys_message(tmp_path: Path, line: str) -> None:
    talk = read(tmp_path, iphone("Ana: hi", f"Ben: {MARK}{line}", "Ben: so"))
    assert (talk.texts, talk.system.height) == (["hi", "so"], 1)


@pytest.mark.parametrize(
    ("said", "text", "file"),
    [
        ("IMG-20240314-WA0001.jpg (file attached)\nlook\nhere <This message was edited>", "look\nhere", "IMG-20240314-WA0001.jpg"),
        ("<Medien ausgeschlossen>\nschau <Diese Nachricht wurde bearbeitet.>", "schau", "media"),
        (f"our dog {MARK}image omitted {MARK}<This message was edited>", "our dog", "media"),
    ],
)  # fmt: skip
def test_a_caption_that_was_changed(tmp_path: Path, said: str, text: str, file: str) -> None:
    talk = read(tmp_path, android("Ana: hi", f"Ben: {said}"))
    assert (talk[1].text, talk[1].attachment, talk[1].edited) == (text, file, True)
