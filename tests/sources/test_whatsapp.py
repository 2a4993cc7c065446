"""WhatsApp exports: what is written in any locale comes back, and every line of a file is accounted for."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.sources import Options, load

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


SPANISH_AM, SPANISH_PM = "a.\u00a0m.", "p.\u00a0m."


def _half(t: datetime, am: str, pm: str) -> str:
    return pm if t.hour >= 12 else am


def _hour(t: datetime) -> int:
    return t.hour % 12 or 12


LOCALES: dict[str, Callable[[datetime], str]] = {
    "us-android": lambda t: f"{t.month}/{t.day}/{t:%y}, {_hour(t)}:{t:%M}\u202f{_half(t, 'AM', 'PM')} - ",
    "us-ios": lambda t: f"[{t.month}/{t.day}/{t:%y}, {_hour(t)}:{t:%M:%S}\u202f{_half(t, 'AM', 'PM')}] ",
    "uk-android": lambda t: f"{t:%d/%m/%Y, %H:%M} - ",
    "uk-ios": lambda t: f"[{t:%d/%m/%Y, %H:%M:%S}] ",
    "german-android": lambda t: f"{t:%d.%m.%y, %H:%M} - ",
    "german-ios": lambda t: f"[{t:%d.%m.%y, %H:%M:%S}] ",
    "spanish-android": lambda t: f"{t.day}/{t.month}/{t:%y}, {_hour(t)}:{t:%M} {_half(t, SPANISH_AM, SPANISH_PM)} - ",
    "spanish-ios": lambda t: f"[{t.day}/{t.month}/{t:%y}, {t.hour}:{t:%M:%S}] ",
    "brazilian-android": lambda t: f"{t:%d/%m/%Y %H:%M} - ",
    "indian-android": lambda t: f"{t:%d/%m/%y}, {_hour(t)}:{t:%M}\u202f{_half(t, 'am', 'pm')} - ",
    "korean-android": lambda t: f"{t.year}. {t.month}. {t.day}. {_half(t, '오전', '오후')} {_hour(t)}:{t:%M} - ",
    "korean-ios": lambda t: f"[{t.year}. {t.month}. {t.day}. {_half(t, '오전', '오후')} {_hour(t)}:{t:%M:%S}] ",
    "arabic-android": lambda t: (
        f"{t.day}\u200f/{t.month}\u200f/{t.year}، {_hour(t)}:{t:%M} {_half(t, 'ص', 'م')} - ".translate(ARABIC)
    ),
    "arabic-ios": lambda t: (
        f"\u200f[{t.day}\u200f/{t.month}\u200f/{t.year}, {_hour(t)}:{t:%M:%S} {_half(t, 'ص', 'م')}] ".translate(ARABIC)
    ),
    "italian-android": lambda t: f"{t:%d/%m/%y, %H:%M} - ",
    "french-android": lambda t: f"{t:%d/%m/%Y} à {t:%H:%M} - ",
    "french-ios": lambda t: f"[{t:%d/%m/%Y} {t:%H:%M:%S}] ",
    "dutch-android": lambda t: f"{t:%d-%m-%Y %H:%M} - ",
    "turkish-android": lambda t: f"{t:%d.%m.%Y %H:%M} - ",
    "turkish-12h": lambda t: f"{t:%d.%m.%Y} {_half(t, 'ÖÖ', 'ÖS')} {_hour(t)}:{t:%M} - ",
    "russian-android": lambda t: f"{t:%d.%m.%Y, %H:%M} - ",
    "japanese-android": lambda t: f"{t:%Y/%m/%d, %H:%M} - ",
    "japanese-ios": lambda t: f"[{t:%Y/%m/%d} {t.hour}:{t:%M:%S}] ",
    "finnish-ios": lambda t: f"[{t.day}.{t.month}.{t.year} klo {t.hour}.{t:%M.%S}] ",
    "chinese-android": lambda t: f"{t.year}/{t.month}/{t.day} {_half(t, '上午', '下午')}{_hour(t)}:{t:%M} - ",
    "swedish-android": lambda t: f"{t:%Y-%m-%d %H:%M} - ",
}
SECONDS = {
    "us-ios",
    "uk-ios",
    "german-ios",
    "spanish-ios",
    "korean-ios",
    "arabic-ios",
    "french-ios",
    "japanese-ios",
    "finnish-ios",
}
NAMES = ["Ana", "José María", "Дмитрий", "김민지", "عمر", "+1 (555) 010-7788", "Zoë 🌻", "Mum"]
_word = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="<>()"),
    min_size=1,
    max_size=30,
)
# Accents written apart come back composed (see conversation.py), so the words here have none.
_said = _word.map(str.strip).filter(bool).filter(lambda w: unicodedata.is_normalized("NFC", w))
_body = st.lists(_said.map(lambda w: "so " + w + " ok"), min_size=1, max_size=3).map("\n".join)
_rows = st.lists(st.tuples(st.sampled_from(NAMES), _body, st.integers(0, 5000)), min_size=2, max_size=12)
_quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(tmp_path: Path, text: str | bytes, name: str = "chat.txt", **chosen: object) -> Conversation:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, Options(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", sorted(LOCALES))
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@given(rows=_rows)
@_quick
def test_every_locale_comes_back(tmp_path: Path, locale: str, ending: str, rows: list[tuple[str, str, int]]) -> None:
    when = datetime(2023, 12, 13, 9, 5, 7)
    expected, text = [], ""
    for name, body, minutes in rows:
        when += timedelta(minutes=minutes)
        text += f"{LOCALES[locale](when)}{name}: {body}\n"
        expected.append((name, body, when if locale in SECONDS else when.replace(second=0)))
    chat = read(tmp_path, text.replace("\n", ending))
    assert [(m.speaker, m.text, m.time) for m in chat] == expected
    assert chat.source == "whatsapp"
    assert not chat.skipped
    assert not chat.notes


@given(data=st.binary(max_size=400))
@_quick
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    for start in (b"", "3/14/24, 9:15\u202fPM - Ana: hi\n".encode()):
        try:
            assert len(read(tmp_path, start + data, format="whatsapp")) >= 0
        except NearerError as error:
            assert "\n" not in str(error)


@given(
    lines=st.lists(
        st.sampled_from(["Ana: hello", "Ben: yes: and no", "Ana left", "Ana: <Media omitted>", "99", "Ana:"]),
        max_size=20,
    )
)
@_quick
def test_messages_notices_and_skipped_lines_add_up(tmp_path: Path, lines: list[str]) -> None:
    text = "".join(f"{i % 33}/02/2024, 10:{i:02d} - {line}\n" for i, line in enumerate(lines, 1))
    chat = read(tmp_path, "a stray line\n03/02/2024, 09:00 - Ana: start\n" + text, dates="dmy", format="whatsapp")
    assert len(chat) + chat.system.height + len(chat.skipped) == len(lines) + 2


ANDROID = "\n".join(
    [
        "1/31/24, 9:00 PM - Messages and calls are end-to-end encrypted. Tap to learn more.",
        '1/31/24, 9:00 PM - Ana created group "Home: sweet"',
        "1/31/24, 9:01 PM - Ana: first: with a colon",
        "",
        "2016-04-29 10:30:00 pasted",
        "[1.2.2019, 00:00:00] John: pasted as well",
        "31/01/2024 21:00: pasted too",
        "1/31/24, 9:02 PM - Ben:",
        "on the next line",
        '1/31/24, 9:03 PM - Ana changed the subject to "a: b"',
        "1/31/24, 9:03 PM - Ana changed this group: description",
        "1/31/24, 9:03 PM - Ana gjorde noe nytt: beskrivelse",
        "1/31/24, 9:04 PM - Ben: IMG-20240131-WA0001.jpg (file attached)",
        "look at this",
        "1/31/24, 9:05 PM - Ben: plan.pdf (file attached)",
        "plan.pdf",
        "1/31/24, 9:06 PM - Ana: <Media omitted>",
        "1/31/24, 9:07 PM - Ana: see you at 9\u00a0pm <This message was edited>",
        "1/31/24, 9:08 PM - Ben: This message was deleted",
        "1/31/24, 9:09 PM - Ana: You deleted this message",
        "1/31/24, 9:10 PM - Ana: null",
        "1/31/24, 9:10 PM - Ben: location: https://maps.google.com/?q=1.5,2.5",
        "1/31/24, 9:11 PM - Ben: POLL:",
        "Dinner?",
        "OPTION: Soup (1 vote)",
        "1/31/24, 9:12 PM - Ben: Missed voice call",
        "1/31/24, 9:13 PM - ~\u202fNew Person: hello there",
        "1/31/24, 9:14 PM - Ben:no space",
        "1/31/24, 9:15 PM - \u202a+44\u00a07700\u00a0900123\u202c: who is this?",
    ]
)  # fmt: skip


def test_android_traps(tmp_path: Path) -> None:
    chat = read(tmp_path, ANDROID)
    assert chat.speakers == ("Ana", "Ben", "New Person", "+44 7700 900123")
    assert [m.text for m in chat] == [
        "first: with a colon\n\n2016-04-29 10:30:00 pasted\n[1.2.2019, 00:00:00] John: pasted as well\n31/01/2024 21:00: pasted too",
        "\non the next line", "look at this", "", "", "see you at 9\u00a0pm", "", "", "", "",
        "POLL:\nDinner?\nOPTION: Soup (1 vote)", "hello there", "no space", "who is this?",
    ]  # fmt: skip
    assert [m.kind for m in chat] == (
        [
            "text",
            "text",
            "text",
            "media",
            "media",
            "text",
            "deleted",
            "deleted",
            "media",
            "media",
            "text",
            "text",
            "text",
            "text",
        ]
    )
    assert [m.attachment for m in chat if m.attachment] == ["IMG-20240131-WA0001.jpg", "plan.pdf"]
    assert [m.index for m in chat if m.edited] == [5]
    assert chat.system.height == 6
    assert not chat.skipped


def test_ios_traps(tmp_path: Path) -> None:
    text = "\n".join(
        [
            "[14/03/2024, 21:15:07] Family: \u200eMessages and calls are end-to-end encrypted.",
            "\u200e[14/03/2024, 21:15:08] Family: \u200eAna created group “Family”",
            "[14/03/2024, 21:15:09] Ana: hi\u2028still hi\u0085",
            "\u200e[14/03/2024, 21:16:00] Ana: \u200eimage omitted",
            "\u200e[14/03/2024, 21:16:01] Ben: \u200e<attached: 00000042-PHOTO-2024-03-14.jpg>",
            "\u200e[14/03/2024, 21:16:02] Ben: our dog \u200e<attached: 00000043-PHOTO-2024-03-14.jpg>",
            "\u200e[14/03/2024, 21:16:03] Ana: \u200eThis message was deleted.",
            "[14/03/2024, 21:16:04] Ana: lovely! \u200e<This message was edited>",
            "\u200e[14/03/2024, 21:16:05] Ben: \u200eMissed video call",
        ]
    )
    chat = read(tmp_path, "\ufeff" + text)
    assert chat.speakers == ("Ana", "Ben")
    assert [(m.text, m.kind, m.attachment, m.edited) for m in chat] == [
        ("hi\u2028still hi\u0085", "text", None, False),
        ("", "media", None, False),
        ("", "media", "00000042-PHOTO-2024-03-14.jpg", False),
        ("our dog", "text", "00000043-PHOTO-2024-03-14.jpg", False),
        ("", "deleted", None, False),
        ("lovely!", "text", None, True),
    ]
    assert chat.system.height == 3


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<Medien ausgeschlossen>", "media"), ("<Multimedia omitido>", "media"), ("<Mídia oculta>", "media"),
        ("<Médias omis>", "media"), ("<メディアなし>", "media"), ("<تم استبعاد الوسائط>", "media"),
        ("<Без медиафайлов>", "media"), ("<Medya dahil edilmedi>", "media"), ("<Media weggelaten>", "media"),
        ("IMG_1.jpg (archivo adjunto)", "media"), ("IMG_1.jpg (Datei angehängt)", "media"),
        ("Diese Nachricht wurde gelöscht.", "deleted"), ("Se eliminó este mensaje.", "deleted"),
        ("Mensagem apagada", "deleted"), ("Ce message a été supprimé", "deleted"), ("삭제된 메시지입니다", "deleted"),
        ("تم حذف هذه الرسالة", "deleted"), ("Данное сообщение удалено", "deleted"), ("Bu mesaj silindi", "deleted"),
        ("I said the media omitted it", "text"), ("you deleted this message? why", "text"),
    ],
)  # fmt: skip
def test_placeholders_in_many_languages(tmp_path: Path, body: str, kind: str) -> None:
    chat = read(tmp_path, f"13/02/2024, 10:00 - Ana: hello\n13/02/2024, 10:01 - Ben: {body}\n")
    assert chat[1].kind == kind


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (["3/4/24", "13/4/24"], (4, 3)), (["3/4/24", "3/14/24"], (3, 4)), (["1/2/24", "2/2/24", "3/2/24", "1/3/24"], (2, 1)),
        (["1/2/24", "1/3/24", "1/4/24", "2/1/24"], (1, 2)),
    ],
)  # fmt: skip
def test_the_order_of_dates_comes_from_the_whole_file(tmp_path: Path, days: list[str], first: tuple[int, int]) -> None:
    chat = read(tmp_path, "".join(f"{d}, 10:00 - Ana: hi\n" for d in days))
    time = chat[0].time
    assert time is not None
    assert (time.month, time.day) == first
    assert not chat.notes


def test_an_open_order_is_said_and_can_be_chosen(tmp_path: Path) -> None:
    text = "3/4/24, 10:00 - Ana: hi\n3/4/24, 10:01 - Ben: hi\n"
    assert "--dates" in read(tmp_path, text).notes[0]
    chosen = read(tmp_path, text, dates="mdy")
    assert chosen[0].time == datetime(2024, 3, 4, 10)
    assert not chosen.notes


def test_a_zip_is_read_like_its_chat(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "chat.zip", "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
        archive.writestr("_chat.txt", "[14/03/2024, 21:15:07] Ana: hi\n[14/03/2024, 21:15:09] Ben: ho\n")
    assert [m.text for m in load(tmp_path / "chat.zip")] == ["hi", "ho"]


def test_a_line_that_only_looks_like_a_stamp_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="no line begins with a date and a time"):
        read(tmp_path, "3/14/4, 9:15\u202fPM - A\u202fPM - Ana:3h\ni/1 4/24,M - Ben left\n", format="whatsapp")


def test_in_a_zip_of_its_folder_the_chat_is_told_from_a_text_that_was_sent(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "chat.zip", "w") as archive:
        archive.writestr("WhatsApp Chat - Ben/_chat.txt", "[14/03/2024, 21:15:07] Ana: hi\n")
        archive.writestr("WhatsApp Chat - Ben/00000012-poem.txt", "Roses are red: and violets blue\n" * 9)
    assert load(tmp_path / "chat.zip").texts == ["hi"]


@pytest.mark.parametrize("form", ["{}.{}.", "{}{}", "{}. {}.", "{}.\u00a0{}.", "{}.{}"])
@pytest.mark.parametrize("mu", ["μ", "\u00b5", "Μ"])
def test_halves_of_the_day_in_greek(tmp_path: Path, form: str, mu: str) -> None:
    morning, afternoon = form.format("π", mu), form.format(mu, mu)
    (tmp_path / "chat.txt").write_text(
        f"13/2/24, 9:15 {morning} - Άννα: έλα\n13/2/24, 9:15 {afternoon} - Νίκος: ήρθα\n"
    )
    talk = load(tmp_path / "chat.txt")
    assert [m.time for m in talk] == [datetime(2024, 2, 13, 9, 15), datetime(2024, 2, 13, 21, 15)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = (
        "13/02/2024, 10:00 - José: mañana te llamo, ¿está bien?\n13/02/2024, 10:01 - Ana: sí, claro, después de comer\n"
    )
    chat = read(tmp_path, text.encode(encoding))
    assert [m.text for m in chat] == ["mañana te llamo, ¿está bien?", "sí, claro, después de comer"]


def test_one_speaker_forty_speakers_and_a_very_long_line(tmp_path: Path) -> None:
    assert len(read(tmp_path, "13/02/2024, 10:00 - Ana: hi\n13/02/2024, 10:01 - Ana: still me\n").speakers) == 1
    many = "".join(f"13/02/2024, 10:{i:02d} - Person {i}: hi\n" for i in range(40))
    assert len(read(tmp_path, many).speakers) == 40
    long = read(tmp_path, "13/02/2024, 10:00 - Ana: " + "ha " * 1_000_000)
    assert len(long[0].text) >= 2_999_999


def test_an_iphones_line_ends_tell_pasted_stamps_from_its_own(tmp_path: Path) -> None:
    said = [
        "Ana: hi",
        "Ben: see\n[14/03/2024, 20:00:00] Cleo: never\n[14/03/2024, 20:01:00] Dan: why",
        "Ana: oh",
        "Ben: yes",
    ]
    text = "".join(f"[14/03/2024, 21:1{i}:07] {x}\r\n" for i, x in enumerate(said))
    chat = read(tmp_path, text)
    assert (chat.speakers, chat.texts[1]) == (("Ana", "Ben"), said[1].removeprefix("Ben: "))
    # Two exports in one file, of which one lost its line ends, are read whole.
    assert len(read(tmp_path, text + text.replace("\r\n", "\n") * 2)) == 18


@pytest.mark.parametrize(
    ("name", "own", "sent"),
    [
        ("WhatsApp Chat - Ana.zip", "_chat.txt", "00000012-_chat.txt"),
        ("WhatsApp Chat with Ana.zip", "WhatsApp Chat with Ana.txt", "WhatsApp Chat with Cleo.txt"),
    ],
)
def test_an_export_that_was_sent_in_the_chat_is_no_second_one(tmp_path: Path, name: str, own: str, sent: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr(own, "[14/03/2024, 21:15:07] Ana: hi\n[14/03/2024, 21:15:09] Ben: ho\n")
        archive.writestr(sent, "[14/03/2024, 21:15:07] Cleo: a longer one than the other\n" * 9)
    assert load(tmp_path / name).texts == ["hi", "ho"]
