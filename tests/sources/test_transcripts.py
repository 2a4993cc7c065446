"""Transcripts as meeting programs and speech services write them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.sources import load

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
