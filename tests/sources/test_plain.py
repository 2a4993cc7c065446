"""Typed-up talk in the ways people type it up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.sources import Options, load

_quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "Zs"), exclude_characters=":"), min_size=1, max_size=40
)
_rows = st.lists(
    st.tuples(st.sampled_from(["Ana", "Ben Ruiz", "Zoë"]), _words.map(str.strip).filter(bool)), min_size=1, max_size=9
)


def read(tmp_path: Path, text: str | bytes, **chosen: object) -> Conversation:
    path = tmp_path / "talk.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, Options(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "form", ["{}: {}", "**{}:** {}", "**{}**: {}", "{} (12:01): {}", "[12:01] {}: {}", "> {}: {}", "{}\t: {}"]
)
@given(rows=_rows)
@_quick
def test_every_form_comes_back(tmp_path: Path, form: str, rows: list[tuple[str, str]]) -> None:
    told = [("Ana", "one"), ("Zoë", "two"), *rows, ("Ana", "three"), ("Zoë", "four")]
    if form.startswith("{}\t"):
        form = "{}\t{}"
    chat = read(tmp_path, "".join(form.format(n, w) + "\n" for n, w in told), format="plain")
    assert [(m.speaker, m.text) for m in chat] == told


@given(data=st.binary(max_size=300))
@_quick
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    for name in ("plain", "subtitles", "table"):
        for start in (
            b"",
            b"Ana: hi\nBen: ho\n",
            b"speaker,text\nAna,hi\n",
            b"WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n\n",
        ):
            try:
                read(tmp_path, start + data, format=name)
            except NearerError as error:
                assert "\n" not in str(error)


def test_a_counselling_transcript_with_wrapped_lines_and_stage_directions(tmp_path: Path) -> None:
    text = (
        "Session three\n\nT: What was that like\n   for you?\nC: Hard. Note: I cried.\n[long pause]\n"
        "T: Take your time.\n\nC: http://example.org says otherwise.\nWe met at 12:30: it was cold.\n"
    )
    chat = read(tmp_path, text)
    assert chat.source == "plain"
    assert [(m.speaker, m.text) for m in chat] == [
        ("T", "What was that like\nfor you?"),
        ("C", "Hard. Note: I cried."),
        ("T", "Take your time."),
        ("C", "http://example.org says otherwise.\nWe met at 12:30: it was cold."),
    ]
    assert chat.system["text"].to_list() == ["[long pause]"]
    assert [s.line for s in chat.skipped] == [1]


def test_dates_and_times(tmp_path: Path) -> None:
    chat = read(tmp_path, "[13/02/2024 9:15 pm] Ana: hi\n[13/02/2024 21:16] Ben: ho\n", format="plain")
    assert [m.time for m in chat] == [datetime(2024, 2, 13, 21, 15), datetime(2024, 2, 13, 21, 16)]
    speech = read(tmp_path, "[0:01] Ana: hi\n[0:09] Ben: ho\n[1:02:03] Ana: bye\n[1:02:09] Ben: bye\n")
    assert speech.medium == "speech"
    assert [m.start for m in speech] == [1.0, 9.0, 3723.0, 3729.0]


def test_prose_with_colons_is_not_a_conversation(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="does not look like"):
        read(tmp_path, "I went there. Note: it rained.\nThe plan: go home.\nThen we slept.\nAnd woke.\nAnd ate.\n")


def test_a_line_of_spaces_or_brackets_takes_no_time(tmp_path: Path) -> None:
    for filler in (" ", ">", "[", "*", "1:"):
        assert len(read(tmp_path, "Ana: hi\nBen: ho\n" + filler * 500_000 + "\nAna: x\nBen: y\n")) == 4


def test_what_google_meet_writes_between_turns_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(
        "Ana: hello\nBen: hi\n00:05:00\nAna: so\nBen: yes\nMeeting ended after 00:34:12 👋\n"
    )
    talk = load(tmp_path / "talk.txt")
    assert (talk.texts, talk.system.height) == (["hello", "hi", "so", "yes"], 2)


@pytest.mark.parametrize(
    "form",
    [
        "{} [10:02 AM]: {}", "{}, 10:02: {}", "{} 10:02: {}", "{} (2024-03-14 10:02): {}", "10:02 PM {}: {}", "- **{}:** {}",
        "1. {}: {}", "(1) {}: {}", "1 {}: {}", "{}：{}", "<{}> {}", "[10:02] <{}> {}", "{} - {}", "{} – {}", "### {}\n{}\n",
        "**{}**\n{}\n", "{}\n{}\n", "[10:02 AM] {}\n{}", "**{}** (10:02 AM): {}",
    ],
)  # fmt: skip
def test_more_ways_to_say_who_speaks(tmp_path: Path, form: str) -> None:
    told = [("Ana Lee", "how are you"), ("Dr. Ko", "fine"), ("Ana Lee", "good"), ("Dr. Ko", "and you")]
    chat = read(tmp_path, "".join(form.format(n, w) + "\n" for n, w in told))
    assert [(m.speaker, m.text) for m in chat] == told


@pytest.mark.parametrize("form", ["{}- {}", "{}) {}", "{} – {}", "{}-{}", "**{}-** {}"])
def test_initials_of_session_notes(tmp_path: Path, form: str) -> None:
    told = [("T", "How was it?"), ("C", "Hard. I- I cried"), ("T", "Hm"), ("C", "So (yes)")]
    chat = read(tmp_path, "".join(form.format(n, w) + "\n" for n, w in told) + "C-section, that is\n")
    assert [(m.speaker, m.text) for m in chat] == [*told[:3], ("C", "So (yes)\nC-section, that is")]
    counted = read(tmp_path, "".join(form.format(f"{n}{i}", w) + "\n" for i, (n, w) in enumerate(told * 2, 1)))
    assert counted.speakers == ("T", "C")


def test_lists_are_not_initials(tmp_path: Path) -> None:
    asked = "1. Which one?\nA) this\nB) that\nC) both\nD) none\n"
    prose = "T- I went there and saw it.\nWe stayed a while.\nThen home.\nC- and slept.\nAnd woke.\nAnd ate.\n"
    for text in (asked * 3, prose):
        with pytest.raises(NearerError, match="does not look like"):
            read(tmp_path, text)


def test_whoever_is_called_me_is_the_holder(tmp_path: Path) -> None:
    assert read(tmp_path, "Me: hi\nMum: ho\nMe: ok\n").me == "Me"
    assert read(tmp_path, "You: hi\nMum: ho\nYou: ok\n").me == "You"


@pytest.mark.parametrize(
    "stamps",
    [
        ("[14/03, 9:15 pm]", "[15/03, 9:15 am]"),
        ("[3/14, 9:15 PM]", "[3/15, 9:15 AM]"),
        ("[3. 14. 오후 9:15]", "[3. 15. 오전 9:15]"),
    ],
)
def test_messages_copied_in_whatsapp(tmp_path: Path, stamps: tuple[str, str]) -> None:
    path = tmp_path / "copied.txt"
    path.write_text(
        f"{stamps[0]} Ana: hello\n{stamps[1]} +91 98765 43210: and you?\nmore\n{stamps[1]} Ana: fine\n",
        encoding="utf-8",
    )
    talk = load(path)
    assert [(m.speaker, m.text) for m in talk] == [
        ("Ana", "hello"), ("+91 98765 43210", "and you?\nmore"), ("Ana", "fine"),
    ]  # fmt: skip


def test_speakers_in_brackets_of_whisperx(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("[SPEAKER_00]: Hello\n[SPEAKER_01]: Hi\n[SPEAKER_00]: Fine\n")
    assert load(path).speakers == ("SPEAKER_00", "SPEAKER_01")


def test_names_that_begin_with_t_are_whole(tmp_path: Path) -> None:
    assert read(tmp_path, "Tom: hi\nTherapist: ho\nTom: so\nTherapist: ok\n").speakers == ("Tom", "Therapist")
    chat = read(
        tmp_path, "2024-03-14T21:15 Tom: hi\n2024-03-14T21:16 Ben: ho\n2024-03-14T21:17 Tom: so\n", format="plain"
    )
    assert (chat.speakers, chat[0].time) == (("Tom", "Ben"), datetime(2024, 3, 14, 21, 15))


def test_one_person_under_several_spellings(tmp_path: Path) -> None:
    chat = read(
        tmp_path, "Ana: hi\nBen: ho\nana: so\n**Ben (laughing):** ok\nAna [crying]: no\nBEN: yes\nAna: x\nBen: y\n"
    )
    assert chat.speakers == ("Ana", "Ben")
    assert chat.texts[2:6] == ["so", "(laughing) ok", "[crying] no", "yes"]
    assert read(tmp_path, "Ana (she/her): hi\nBen: ho\nAna (she/her): so\nBen: ok\n").speakers[0] == "Ana (she/her)"


@pytest.mark.parametrize(
    ("form", "starts"),
    [
        ("{}:\t[00:00:0{}]\t{}", True), ("{}: [00:0{}] {}", True), ("{}:\t00:0{}\t{}", True), ("00:00:0{1} - {0}\n{2}\n", True),
        ("[00:00:0{1}.000 --> 00:00:09.000] {0}: {2}", True), ("{} (00:0{} - 00:09): {}", True),
        ("{0}:{2}", False), ("*{0}:* {2}", False), ("***{0}:*** {2}", False), ("_{0}_: {2}", False),
    ],
)  # fmt: skip
def test_ways_of_those_who_type_up_recordings(tmp_path: Path, form: str, starts: bool) -> None:
    told = [("Ana Lee", 1, "how are you"), ("Dr. Ko", 2, "fine"), ("Ana Lee", 3, "good"), ("Dr. Ko", 4, "and you")]
    chat = read(tmp_path, "".join(form.format(*t) + "\n" for t in told))
    assert [(m.speaker, m.start, m.text) for m in chat] == [(n, s if starts else None, w) for n, s, w in told]


def test_a_time_that_somebody_speaks_of_stays(tmp_path: Path) -> None:
    chat = read(tmp_path, "Ana: (2:30) works\nBen: ok\nAna: [00:01:02] so\nBen: yes\nAna: bye\n")
    assert (chat.texts[0], chat.texts[2], chat[2].start) == ("(2:30) works", "so", 62.0)


def test_questions_and_answers(tmp_path: Path) -> None:
    chat = read(tmp_path, "Question: Where?\nAnswer: Here.\nQuestion: When?\nAnswer: Now.\n")
    assert chat.speakers == ("Question", "Answer")
    chat = read(
        tmp_path,
        "BY MR. LEE:\n 1  Q.  Were you\n 2       there?\n 3  A.  Yes.\n 4  MS. ROE:  Objection.\n 5  Q.  When?\n 6  A.  Now.\n",
    )
    assert [(m.speaker, m.text) for m in chat] == [
        ("Q", "Were you\nthere?"), ("A", "Yes."), ("MS. ROE", "Objection."), ("Q", "When?"), ("A", "Now."),
    ]  # fmt: skip


def test_a_calendar_is_no_talk(tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\nUID:a{}\nSUMMARY:Lunch\nEND:VEVENT\n"
    with pytest.raises(NearerError, match="does not look like"):
        read(tmp_path, f"BEGIN:VCALENDAR\n{event.format(1)}{event.format(2)}END:VCALENDAR\n")


def test_what_is_heard_in_double_brackets(tmp_path: Path) -> None:
    chat = read(tmp_path, "Ana: hi\nBen: ho\n((phone rings))\nAna: so\nBen: ok\n")
    assert (chat.texts[1], chat.system["text"].to_list()) == ("ho", ["((phone rings))"])


def test_labels_that_count_the_turns(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("T1: How is it?\nC1: Hard.\nT2: Go on.\nC2: It is.\nT3: Mm.\nT (4): And then?\n")
    talk = load(tmp_path / "talk.txt")
    assert [m.speaker for m in talk] == ["T", "C", "T", "C", "T", "T"]
    (tmp_path / "talk.txt").write_text("M1: Who?\nP1: Me.\nP2: Me too.\nM1: And you?\nP3: No.\nP1: Oh.\n")
    assert load(tmp_path / "talk.txt").speakers == ("M1", "P1", "P2", "P3")


def test_what_stands_above_a_talk_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(
        "Session 3\nClient: K., 34\nRoom: 3\n\nT: How is it?\nC: Hard.\nT: Go on.\nC: It is.\n"
    )
    talk = load(tmp_path / "talk.txt")
    assert (talk.speakers, len(talk), len(talk.skipped)) == (("T", "C"), 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Cleo: hi\n\nAna: hi\n\nBen: hi you\n\nAna: so\n\nBen: so\n",
        "Ana: hi\nBen: hi\nCleo: hey\n\nAna: so\nBen: so\n",
    ],
)
def test_who_speaks_once_at_the_top_is_heard(tmp_path: Path, text: str) -> None:
    (tmp_path / "talk.txt").write_text(text)
    assert set(load(tmp_path / "talk.txt").speakers) == {"Ana", "Ben", "Cleo"}


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("A: so? #00:00:03-5#\n\nB: well\n(…) yes #00:00:09-1#\n\nA: good #00:00:12-0#\n", [0, 3.5, 9.1]),
        ("A: so? [00:00:03]\nB: well\n(…) yes [00:00:09]\nA: good [00:00:12]\n", [0, 3, 9]),
        ("#00:00:01-5# A: so?\n#00:00:03-5# B: well\n(…) yes\n#00:00:09-1# A: good\n", [1, 3, 9]),
        ("[A] (0:01 - 0:03)\nso?\n\n[B] (0:03 - 0:08)\nwell\n(…) yes\n\n[A] (0:09 - 0:12)\ngood\n", [1, 3, 9]),
    ],
)
def test_places_in_a_recording(tmp_path: Path, text: str, starts: list[float]) -> None:
    (tmp_path / "talk.txt").write_text(text)
    talk = load(tmp_path / "talk.txt")
    assert talk.texts == ["so?", "well\n(…) yes", "good"]
    assert [m.start for m in talk] == starts


@pytest.mark.parametrize(
    "written",
    [
        "{0}, [14.03.2024 21:15]\n{1}\n\n",  # Telegram
        "{0}, [14 Mar 2024 at 21:15:00]:\n{1}\n\n",
        "{0} — 03/14/2024 9:15 PM\n{1}\n",  # Discord
        "{0} (14 Mar 2024, 21:15): {1}\n",
        "[14 March 2024 21:15] {0}: {1}\n",
        "[März 14, 2024 um 21:15] {0}: {1}\n",
        "2024-03-14T21:15:00Z {0}: {1}\n",
    ],
)
def test_messages_copied_from_an_app(tmp_path: Path, written: str) -> None:
    rows = [("Ana", "hello"), ("Ben", "hi"), ("Ana", "well"), ("Ben", "so")]
    (tmp_path / "talk.txt").write_text("".join(written.format(*row) for row in rows))
    talk = load(tmp_path / "talk.txt")
    assert [(m.speaker, m.text) for m in talk] == rows
    assert {m.time for m in talk} == {datetime(2024, 3, 14, 21, 15)}


@pytest.mark.parametrize(
    "written", ["{} — Today at 9:15 PM\n{}\n", "[3/14 9:15 PM] {}\n{}\n", "{} — Gestern um 21:15\n{}\n"]
)
def test_days_without_a_year(tmp_path: Path, written: str) -> None:
    rows = [("Ana", "hello"), ("Ben", "hi"), ("Ana", "well"), ("Ben", "so")]
    (tmp_path / "talk.txt").write_text("".join(written.format(*row) for row in rows))
    talk = load(tmp_path / "talk.txt")
    assert ([(m.speaker, m.text) for m in talk], talk.start) == (rows, None)


def test_numbered_lines(tmp_path: Path) -> None:
    lines = ["T:  how is it", "    (1.2)", "C:  har:d=", "    2 years", "T:  =mm", "C:  ye[s"]
    (tmp_path / "talk.txt").write_text("".join(f"{n:02d}  {x}\n" for n, x in enumerate(lines, 9)))
    talk = load(tmp_path / "talk.txt")
    assert (talk.texts, talk.system["text"].to_list()) == (["how is it", "har:d=\n2 years", "=mm", "ye[s"], ["(1.2)"])


def test_tiers_saved_as_text(tmp_path: Path) -> None:
    rows = [("Ana", 1, "hi"), ("Ben", 3, "ho"), ("Ana", 5, "so")]
    text = "".join(f"{who}\t00:00:0{at}.000\t00:00:0{at + 1}.500\t1.5\t{said}\n" for who, at, said in rows)
    (tmp_path / "talk.txt").write_text(text)
    assert [(m.speaker, m.start, m.text) for m in load(tmp_path / "talk.txt")] == rows
