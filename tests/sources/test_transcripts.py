"""Transcripts as meeting programs and speech services write them."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nearer.conversation import Conversation
from nearer.errors import NearerError, UsageError
from nearer.sources import Options, load

_BODY = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)


def read(tmp_path: Path, name: str, text: str) -> Conversation:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return load(tmp_path / name)


def word(tmp_path: Path, *paragraphs: str) -> Path:
    """A Word document; a line break inside a paragraph is Word's own."""
    runs = ("<w:br/>".join(f"<w:t>{line}</w:t>" for line in p.split("\n")) for p in paragraphs)
    path = tmp_path / "meeting.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", _BODY.format("".join(f"<w:p><w:r>{r}</w:r></w:p>" for r in runs)))
    return path


def test_word_file_of_teams(tmp_path: Path) -> None:
    talk = load(
        word(
            tmp_path, "Weekly", "March 14, 2024, 9:00AM", "Ana Roth started transcription", "Ana Roth   0:03\nGood morning.",
            "Ben Hall   0:09\nHi. Shall\nwe?", "Ana Roth   1:00:15\nYes.", "Ana Roth stopped transcription",
        )
    )  # fmt: skip
    assert [(m.speaker, m.text, m.start) for m in talk] == [
        ("Ana Roth", "Good morning.", 3), ("Ben Hall", "Hi. Shall we?", 9), ("Ana Roth", "Yes.", 3615),
    ]  # fmt: skip
    assert (talk.system.height, talk.skipped) == (4, ())


def test_older_word_file_of_teams(tmp_path: Path) -> None:
    talk = load(
        word(
            tmp_path, "0:0:5.100 --> 0:0:8.250\nAna Roth\nGood morning.", "0:0:8.500 --> 0:0:9.0\nAna Roth\nShall we?",
            "0:0:14.500 --> 0:0:15.0\nBen Hall\nListen: yes.",
        )
    )  # fmt: skip
    assert [(m.speaker, m.text, m.start) for m in talk] == [
        ("Ana Roth", "Good morning. Shall we?", 5.1), ("Ben Hall", "Listen: yes.", 14.5),
    ]  # fmt: skip


def test_word_file_that_somebody_typed(tmp_path: Path) -> None:
    assert load(word(tmp_path, "Ana: hello", "Ben: hi", "Ana: so")).texts == ["hello", "hi", "so"]


def test_word_file_that_is_not_safe(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(NearerError, match="not safe"):
        load(path)


def test_a_zip_in_a_zip_is_told_of(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner.zip", tmp_path / "outer.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("_chat.txt", "[14/03/2024, 21:15:07] Ana: hi\n")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "a/inner.zip")
    with pytest.raises(NearerError, match=r"another zip, inner\.zip"):
        load(outer)


def test_captions_that_zoom_saves(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "meeting_saved_closed_caption.txt",
        "[Ana Roth] 20:00:07\nGood morning.\n\n[Ben Hall] 20:00:17\nHi there.\n\n[Ana Roth] 20:00:27\nSo.\n\n",
    )  # fmt: skip
    assert [(m.speaker, m.text) for m in talk] == [
        ("Ana Roth", "Good morning."), ("Ben Hall", "Hi there."), ("Ana Roth", "So."),
    ]  # fmt: skip


def test_names_with_pronouns_and_phones_in_zoom(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "a.vtt",
        "WEBVTT\n\n1\n00:00:03.000 --> 00:00:06.000\nAna Roth (she/her): Good morning.\n\n"
        "2\n00:00:07.000 --> 00:00:09.000\nRoth, Ben | Acme: Yes.\n\n3\n00:00:17.000 --> 00:00:19.000\n15551234567: Hi\n",
    )  # fmt: skip
    assert talk.speakers == ("Ana Roth (she/her)", "Roth, Ben | Acme", "15551234567")


def test_names_above_the_times_in_webex(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "a.vtt",
        'WEBVTT\n\n1 "Ana Roth" (3423424)\n00:00:03.000 --> 00:00:06.000\nGood morning.\n\n'
        '2 "Ben" (17)\n00:00:07.000 --> 00:00:09.000\nYes.\n\n3 "Ana Roth" (3423424)\n00:00:09.500 --> 00:00:10.000\nSo.\n',
    )  # fmt: skip
    assert [(m.speaker, m.text) for m in talk] == [("Ana Roth", "Good morning."), ("Ben", "Yes."), ("Ana Roth", "So.")]


def test_chat_of_older_and_german_zoom(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "chat.txt",
        "20:00:07\t From Ana Roth : hello\n20:00:17\t Von Ben  an  Alle : hallo\n20:00:19\t De Ana Roth a Todos:\n\thola\n",
    )  # fmt: skip
    assert [(m.speaker, m.text) for m in talk] == [("Ana Roth", "hello"), ("Ben", "hallo"), ("Ana Roth", "hola")]


def test_otter_with_its_summary(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "otter.txt",
        "Call\nThu, Mar 14, 2024 3:00PM • 45:12\nSUMMARY KEYWORDS\nplan\nSPEAKERS\nAna, Ben\n\nAna  00:03\nhello\n\nBen  00:12\nhi\n",
    )  # fmt: skip
    assert (talk.texts, talk.skipped, talk.system.height) == (["hello", "hi"], (), 6)


def word_of(text: str, start: str | None = None, end: str | None = None, who: str | None = None) -> dict[str, Any]:
    """A word as Amazon has it, or a mark, which has no time."""
    item: dict[str, Any] = {"type": "pronunciation" if start else "punctuation", "alternatives": [{"content": text}]}
    return item | ({"start_time": start, "end_time": end} if start else {}) | ({"speaker_label": who} if who else {})


WORDS = [
    word_of("Hello", "0.24", "0.5", "spk_0"), word_of(","), word_of("you", "0.6", "0.8", "spk_0"), word_of("."),
    word_of("Hi", "1.0", "1.2", "spk_1"), word_of("!"),
]  # fmt: skip


def transcript(tmp_path: Path, value: Any) -> list[tuple[str, str, float | None]]:
    return [(m.speaker, m.text, m.start) for m in read(tmp_path, "talk.json", json.dumps(value))]


def test_amazon(tmp_path: Path) -> None:
    results: dict[str, Any] = {"transcripts": [{"transcript": "Hello, you. Hi!"}], "items": WORDS}
    expected = [("spk_0", "Hello, you.", 0.24), ("spk_1", "Hi!", 1.0)]
    assert transcript(tmp_path, {"jobName": "a", "results": results, "status": "COMPLETED"}) == expected
    plain = [{k: v for k, v in w.items() if k != "speaker_label"} for w in WORDS]
    said = [w for w in WORDS if "start_time" in w]
    segments = [{"speaker_label": w["speaker_label"], "items": [{"start_time": w["start_time"]}]} for w in said]
    assert (
        transcript(tmp_path, {"results": {**results, "items": plain, "speaker_labels": {"segments": segments}}})
        == expected
    )
    channels = [{"channel_label": "ch_0", "items": WORDS[:4]}, {"channel_label": "ch_1", "items": WORDS[4:]}]
    by_channel = transcript(tmp_path, {"results": {**results, "channel_labels": {"channels": channels}}})
    assert by_channel == [("ch_0", "Hello, you.", 0.24), ("ch_1", "Hi!", 1.0)]


def test_google(tmp_path: Path) -> None:
    words = [
        {"word": "Hello", "startTime": "0.100s", "endTime": "0.500s", "speakerTag": 1},
        {"word": "you.", "startTime": {"seconds": "0", "nanos": 600000000}, "endTime": "0.8s", "speakerTag": 1},
        {"word": "Hi!", "startTime": "1s", "endTime": "1.2s", "speakerTag": 2},
    ]
    untold = {"alternatives": [{"transcript": "Hello you. Hi!", "words": [{"word": "Hello"}]}], "languageCode": "en-us"}
    told = {"results": [untold, {"alternatives": [{"words": words}]}]}
    assert transcript(tmp_path, told) == [("Speaker 1", "Hello you.", 0.1), ("Speaker 2", "Hi!", 1.0)]
    assert transcript(tmp_path, {"name": "1", "response": {"results": [untold]}}) == [
        ("Speaker", "Hello you. Hi!", None)
    ]


def test_microsoft(tmp_path: Path) -> None:
    phrases = [
        {"speaker": 2, "offsetInTicks": 30000000.0, "durationInTicks": 5000000.0, "nBest": [{"display": "Hi."}]},
        {"speaker": 1, "offsetInTicks": 700000.0, "durationInTicks": 5000000.0, "nBest": [{"display": "Hello."}]},
    ]
    assert transcript(tmp_path, {"combinedRecognizedPhrases": [], "recognizedPhrases": phrases}) == [
        ("Speaker 1", "Hello.", 0.07), ("Speaker 2", "Hi.", 3.0),
    ]  # fmt: skip


def table(tmp_path: Path, *rows: tuple[str, ...]) -> Conversation:
    """A Word document with a table; "|" parts the paragraphs of a cell."""
    path = tmp_path / "table.docx"
    cells = ["".join(f"<w:tc>{_paragraphs(c.split('|'))}</w:tc>" for c in row) for row in rows]
    body = _paragraphs(["Interview 3"]) + f"<w:tbl>{''.join(f'<w:tr><w:trPr/>{c}</w:tr>' for c in cells)}</w:tbl>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", _BODY.format(body))
    return load(path)


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


def test_word_file_with_a_table(tmp_path: Path) -> None:
    rows = [("Ana", "hello"), ("Ben", "hi|there"), ("Ana", "so"), ("Ben", "ok")]
    told = [("Ana", "hello"), ("Ben", "hi there"), ("Ana", "so"), ("Ben", "ok")]
    talk = table(tmp_path, ("Speaker", "Text"), *rows)
    assert ([(m.speaker, m.text) for m in talk], talk.system.height) == (told, 1)
    numbered = table(tmp_path, *((str(i), f"{n}:", w) for i, (n, w) in enumerate(rows, 1)))
    assert [(m.speaker, m.text) for m in numbered] == told
    timed = table(tmp_path, *((f"00:00:0{i}", n, w) for i, (n, w) in enumerate(rows, 1)))
    assert [(m.speaker, m.text, m.start) for m in timed] == [(n, w, i) for i, (n, w) in enumerate(told, 1)]


def test_boxes_and_tab_stops_of_word(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Page 1</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    lines = ["Ana: hi", "and more", "Ben: e<w:t/>", "Ana: so", "Ben: ok"]
    body = "".join(
        f"<w:p>{stops}<w:r><w:t>{x.replace('<w:t/>', '</w:t><w:noBreakHyphen/><w:t>x')}</w:t></w:r>{box}</w:p>"
        for x in lines
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", _BODY.format(body))
    assert load(path).texts == ["hi\nand more", "e-x", "so", "ok"]


def test_chat_of_zoom_with_dates(tmp_path: Path) -> None:
    talk = read(
        tmp_path,
        "chat.txt",
        "2024-03-14 20:00:07 From Ana to Everyone:\n\thello\n2024-03-14 9:00:09 From Ben to Everyone:\n\thi\n",
    )
    assert [m.time for m in talk] == [datetime(2024, 3, 14, 20, 0, 7), datetime(2024, 3, 14, 9, 0, 9)]
    assert talk.notes == ()


def test_google_tells_speakers_in_every_result(tmp_path: Path) -> None:
    said = [("Hello.", "1", "0.5s"), ("Hi", "2", "1.5s"), ("you.", "2", "2s")]
    words = [{"word": w, "speakerLabel": who, "startOffset": at, "endOffset": at} for w, who, at in said]
    apart = {"results": [{"alternatives": [{"words": words[:1]}]}, {"alternatives": [{"words": words[1:]}]}]}
    expected = [("Speaker 1", "Hello.", 0.5), ("Speaker 2", "Hi you.", 1.5)]
    assert transcript(tmp_path, apart) == expected
    again = {"results": [{"alternatives": [{"words": words[:1]}]}, {"alternatives": [{"words": words}]}]}
    assert transcript(tmp_path, again) == expected


def test_microsofts_fast_transcription(tmp_path: Path) -> None:
    phrases = [
        {"speaker": n, "offsetMilliseconds": n * 1000, "durationMilliseconds": 640, "text": text, "words": []}
        for n, text in ((1, "Hello."), (2, "Hi."))
    ]
    found = {"durationMilliseconds": 5000, "combinedPhrases": [{"text": "Hello. Hi."}], "phrases": phrases}
    assert transcript(tmp_path, found) == [("Speaker 1", "Hello.", 1.0), ("Speaker 2", "Hi.", 2.0)]


def test_long_texts_before_what_is_needed(tmp_path: Path) -> None:
    segments = [{"start": 0.5, "end": 2.0, "text": " Hello."}]
    whisper = {"text": " Hello. " * 10_000, "segments": segments, "language": "en"}
    assert transcript(tmp_path, whisper) == [("Speaker", "Hello.", 0.5)]
    words = [{"text": "Hello", "start": 250, "end": 300, "speaker": "A"}] * 1_000
    said = [{"speaker": "A", "text": "Hello.", "start": 250, "end": 2000}]
    assembly = {"id": "a", "language_code": "en_us", "audio_url": "https://a", "text": "Hello.", "words": words}
    assert transcript(tmp_path, {**assembly, "utterances": said}) == [("Speaker A", "Hello.", 0.25)]


def test_what_whisper_writes_for_sounds(tmp_path: Path) -> None:
    rows = [
        {"offsets": {"from": n * 1000, "to": n * 1000 + 500}, "text": text, "speaker": who}
        for n, (text, who) in enumerate([(" Hello.", "1"), (" [BLANK_AUDIO]", "1"), (" Hi.", "?")])
    ]
    talk = read(tmp_path, "a.json", json.dumps({"transcription": rows}))
    assert [(m.speaker, m.text) for m in talk] == [("Speaker 2", "Hello."), ("Speaker", "Hi.")]
    assert talk.system["text"].to_list() == ["[BLANK_AUDIO]"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("start\tend\ttext\n500\t4000\tHello \"there\".\n", "Speaker"),
        ('start,end,text\n500,4000," Hello ""there""."\n', "Speaker"),
        ('start,end,speaker,text\n500,4000,1," Hello ""there""."\n', "Speaker 2"),
    ],
)  # fmt: skip
def test_tables_of_whisper(tmp_path: Path, text: str, who: str) -> None:
    talk = read(tmp_path, "a.csv", text)
    assert [(m.speaker, m.text, m.start, m.end) for m in talk] == [(who, 'Hello "there".', 0.5, 4.0)]


def test_speakers_of_several_channels_are_different_people(tmp_path: Path) -> None:
    rows = [
        {"start": n, "end": n + 0.5, "channel": n, "speaker": 0, "transcript": t} for n, t in enumerate(("A.", "B."))
    ]
    found = {"results": {"channels": [{"alternatives": [{"words": []}]}], "utterances": rows}}
    assert transcript(tmp_path, found) == [("Speaker 1", "A.", 0.0), ("Speaker 2", "B.", 1.0)]


def test_somebody_speaks_of_otter(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "a.txt",
        "Ana  0:00  \nI use otter.ai a lot.\n\nBen  0:07  \nYes.\n\nTranscribed by https://otter.ai\n",
    )  # fmt: skip
    assert talk.texts == ["I use otter.ai a lot.", "Yes."]


def test_rev(tmp_path: Path) -> None:
    talk = read(tmp_path, "a.txt", "Speaker 0    00:00:01    Hi, you.\nSpeaker 1    00:01:04    Yes.\n")
    assert [(m.speaker, m.text, m.start) for m in talk] == [("Speaker 0", "Hi, you.", 1), ("Speaker 1", "Yes.", 64)]
    part = {"type": "text", "value": "Hi.", "timestamp": "00:01:00,300", "end_timestamp": "00:01:01,000"}
    by_hand = {"speakers": [{"id": 0, "name": "Ana"}], "monologues": [{"speaker": 0, "elements": [part]}]}
    assert transcript(tmp_path, by_hand) == [("Ana", "Hi.", 60.3)]


@pytest.mark.parametrize(
    "said", [("T: how is it?", "C: hard", "T: hm", "C: yes"), ("Ana  0:03", "how is it?", "Ben  0:05", "hard")]
)
def test_a_folder_of_word_files_is_a_list(tmp_path: Path, said: tuple[str, ...]) -> None:
    first = word(tmp_path, *said)
    first.rename(tmp_path / "session 1.docx")
    word(tmp_path, *said)
    with pytest.raises(UsageError, match="choose one with --chat"):
        load(tmp_path)
    assert load(tmp_path, Options(chat="session 1")).texts == load(tmp_path / "session 1.docx").texts


PREMIERE = """00:00:01:12 - 00:00:04:03
Speaker 1
How was it
for you?

00:00:04:18 - 00:00:05:00
Speaker 1
Hm?

00:00:05:06 - 00:00:09:00
Dr. Ben Lee
Hard.
"""


@pytest.mark.parametrize("mark", [":", ";"])
def test_timecodes_with_frames_of_premiere(tmp_path: Path, mark: str) -> None:
    talk = read(tmp_path, "talk.txt", re.sub(r"(?<=\d):(?=\d)", mark, PREMIERE))
    assert talk.source == "premiere"
    assert [(m.speaker, m.text, m.start, m.end) for m in talk] == [
        ("Speaker 1", "How was it for you? Hm?", 1.5, 5.0), ("Dr. Ben Lee", "Hard.", 5.25, 9.0),
    ]  # fmt: skip


def test_frames_tell_the_rate_and_words_may_be_nobodys(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "a.txt", "Title\n00:00:01:45 - 00:00:04:30\nUnknown\nHi.\n\n00:00:09:00 - 00:00:10:00\nYes.\n"
    )
    assert [(m.speaker, m.text, m.start, m.end) for m in talk] == [
        ("Speaker", "Hi.", 1.9, 4.6),
        ("Speaker", "Yes.", 9, 10),
    ]
    assert ([s.line for s in talk.skipped], len(talk.notes)) == ([1], 1)
