"""What research programs write: CHAT, Praat's TextGrids, ConvoKit."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, chats, detect, load
from nearer.sources.chat_cha import clean
from sources.exports import FILES

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0 
xmax = 3.5 
tiers? <exists> 
size = 2 
item []: 
    item [1]:
        class = "IntervalTier" 
        name = "Ana" 
        xmin = 0 
        xmax = 3.5 
        intervals: size = 1 
        intervals [1]:
            xmin = 5.684341886080802e-14 
            xmax = 1.5 
            text = "are you home" 
    item [2]:
        class = "TextTier" 
        name = "points" 
        xmin = 0 
        xmax = 3.5 
        points: size = 1 
        points [1]:
            time = 1.5 
            mark = "x" 
"""  # noqa: W291
SHORT = 'File type = "ooTextFile short"\n"TextGrid"\n\n0\n3.5\n<exists>\n1\n"IntervalTier"\n"Ana"\n0\n3.5\n1\n0\n1.5\n"are you home"\n'


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("that's what he said +\"/.", "that's what he said"),
        ('+" no way .', "no way."),
        ("what do you +..?", "what do you"),
        ("0.", ""),
        ("xx .", ""),
        ("&uh okay , &-um &~ga yes .", "uh okay, um ga yes."),
        ("no:: wanna@s:eng&spa choo+choo Sesame_Street .", "no wanna choo choo Sesame Street."),
        ("hel⌈2lo⌉2 ↑yeah↑ spa^ghetti ∙ (.5) .", "hello yeah spaghetti."),
        ("# I &{l=whisper go &}l=whisper ≈ (.) home .", "I go home."),
        ("\x02\x01under\x02\x02line (be)cause did(n't) .", "underline because didn't."),
        ("<the dog> [//] the cat goed [: went] [*] (1.5) [+ bch] .", "the dog the cat went."),
        ("AT&T at 10:30 .", "AT&T at 10:30."),
    ],
)
def test_codes_of_chat(said: str, meant: str) -> None:
    assert clean(said) == meant


def test_older_chat_names_the_recording_at_the_times(tmp_path: Path) -> None:
    path = tmp_path / "a.cha"
    path.write_text(
        '@Begin\n@Participants:\tCHI Adam Target_Child\n*CHI:\tplay . \x15%snd:"adam01"_2000_3000\x15\n@End\n',
        encoding="utf-8",
    )
    assert [(m.speaker, m.text, m.start, m.end) for m in load(path)] == [("Adam", "play.", 2.0, 3.0)]


@pytest.mark.parametrize("text", [LONG, SHORT])
def test_older_textgrids(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.TextGrid").write_text(text, encoding="utf-8")
    assert [(m.speaker, m.text, m.start) for m in load(tmp_path / "a.TextGrid")] == [("Ana", "are you home", 0.0)]


def corpus(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "speakers.json").write_text("{}")
    (tmp_path / "corpus" / "utterances.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return tmp_path / "corpus"


def test_a_film_stands_last_line_first(tmp_path: Path) -> None:
    rows = [
        {"id": f"L{i}", "conversation_id": "L1", "text": text, "speaker": who, "reply_to": answers, "timestamp": None}
        for i, text, who, answers in (
            (3, "Sure.", "u0", "L2"),
            (2, "They do!", "u2", "L1"),
            (1, "They don't!", "u0", None),
        )
    ]
    talk = load(corpus(tmp_path, *rows))
    assert [(m.text, m.reply_to) for m in talk] == [("They don't!", None), ("They do!", 0), ("Sure.", 1)]


def test_what_reddit_shows_for_deleted_words(tmp_path: Path) -> None:
    row = {"id": "a", "root": "a", "user": "x", "text": "[deleted]", "timestamp": 1537000000}
    assert [(m.text, m.kind) for m in load(corpus(tmp_path, row))] == [("", "deleted")]


def test_talks_with_chatgpt_are_no_corpus(tmp_path: Path) -> None:
    node = {"message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["hi"]}}}
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([{"title": "a", "mapping": {"b": node}, "conversation_id": "c"}]))
    assert "convokit" not in dict(detect(Input(path)))
    with pytest.raises(NearerError, match="does not look like"):
        load(path)


VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nAna: are you there?\n\n00:03.000 --> 00:04.000\nBen: yes\n"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\nAna: are you there?\n\n2\n00:00:03,000 --> 00:00:04,000\nBen: yes\n"


@pytest.mark.parametrize("name", ["chat_cha", "elan_eaf", "textgrid", "subtitles vtt", "subtitles srt"])
def test_transcripts_in_a_zip(tmp_path: Path, name: str) -> None:
    more = {"subtitles vtt": ("talk.vtt", VTT), "subtitles srt": ("talk.srt", SRT)}
    file, data = {**FILES, **more}[name]
    ending = file.rpartition(".")[2]
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr(f"corpus/one.{ending}", data)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for place in ("corpus/a/one", "corpus/two"):
            archive.writestr(f"{place}.{ending}", data)
    (tmp_path / file).write_bytes(data)
    alone, inside = load(tmp_path / file), load(tmp_path / "one.zip")
    assert (inside.texts, inside.source) == (alone.texts, name.split()[0])
    with pytest.raises(UsageError, match="holds 2 chats; choose one with --chat"):
        load(tmp_path / "two.zip")
    assert [c.title for c in chats(tmp_path / "two.zip")] == ["one", "two"]
    assert load(tmp_path / "two.zip", Options(chat="two")).texts == alone.texts


def test_notes_beside_transcripts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "corpus.zip", "w") as archive:
        archive.writestr("0metadata.txt", "Title: a corpus\nLanguage: eng\n" * 400)
        archive.writestr("one.cha", FILES["chat_cha"][1])
    assert load(tmp_path / "corpus.zip").source == "chat_cha"
