"""Meeting transcripts: who speaks, from when to when."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.sources import load

_quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_words = st.text(st.characters(codec="utf-8", categories=("L",)), min_size=1, max_size=20).map(
    lambda w: f"well {w} yes"
)
_rows = st.lists(st.tuples(st.sampled_from(["Ana", "Ben Ruiz", "Zoë"]), _words), min_size=1, max_size=9)


def read(tmp_path: Path, text: str) -> Conversation:
    path = tmp_path / "meeting.txt"
    path.write_bytes(text.encode())
    return load(path)


def _stamp(seconds: int, mark: str) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}500"


@pytest.mark.parametrize("kind", ["zoom", "teams", "srt", "sbv"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@given(rows=_rows)
@_quick
def test_what_is_said_comes_back(tmp_path: Path, kind: str, ending: str, rows: list[tuple[str, str]]) -> None:
    text = "" if kind in ("srt", "sbv") else "WEBVTT\n\nNOTE made by a test\n\n"
    for i, (name, words) in enumerate(rows):
        mark = "," if kind == "srt" else "."
        arrow = "," if kind == "sbv" else " --> "
        said = f"<v {name}>{words}</v>" if kind == "teams" else f"{name}: {words}"
        number = "" if kind == "sbv" else "a1-b2/12-0\n" if kind == "teams" else f"{i + 1}\n"
        text += f"{number}{_stamp(i * 10, mark)}{arrow}{_stamp(i * 10 + 3, mark)}\n{said}\n\n"
    chat = read(tmp_path, text.replace("\n", ending))
    assert [(m.speaker, m.text, m.start, m.end) for m in chat] == [
        (n, w, i * 10 + 0.5, i * 10 + 3.5) for i, (n, w) in enumerate(rows)
    ]
    assert chat.medium == "speech"
    assert not chat.skipped


def test_neighbouring_cues_are_one_turn_and_entities_are_read(tmp_path: Path) -> None:
    chat = read(
        tmp_path,
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v.loud Ana>a &lt; b &amp; c\n\n2\n00:02.100 --> 00:03.000\n<v Ana>and more</v>\n\n"
        "3\n00:04.000 --> 00:05.000\n<v Ben>no</v><v Ana>yes</v>\n",
    )
    assert [(m.speaker, m.text) for m in chat] == [("Ana", "a < b & c and more"), ("Ben", "no"), ("Ana", "yes")]


def test_a_colon_in_speech_is_no_speaker(tmp_path: Path) -> None:
    cues = [
        "Ana: hello",
        "Listen: we are late",
        "Ben: so?",
        "the thing: we run",
        "Ana: go",
        "and then",
        "more",
        "Ben: ok",
    ]
    text = "WEBVTT\n\n" + "".join(f"00:{i:02d}.000 --> 00:{i:02d}.900\n{c}\n\n" for i, c in enumerate(cues))
    assert read(tmp_path, text).speakers == ("Ana", "Ben")


def test_no_names_is_said(tmp_path: Path) -> None:
    chat = read(tmp_path, "1\n00:00:01,000 --> 00:00:02,000\nhello there\n\n2\n00:00:09.000 --> 00:00:08.000\nagain\n")
    assert len(chat) == 2
    assert "does not say who" in chat.notes[0]


YOUTUBE = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.310 align:start position:0%
 
hello<00:00:00.480><c> my</c><00:00:00.640><c> friend</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
hello my friend
 

00:00:02.320 --> 00:00:04.390 align:start position:0%
hello my friend
how<00:00:02.480><c> are</c><00:00:02.800><c> you</c>

00:00:04.390 --> 00:00:05.400 align:start position:0%
[Music]
"""  # noqa: W293


def test_captions_of_youtube_roll_up(tmp_path: Path) -> None:
    chat = read(tmp_path, YOUTUBE)
    assert [(m.text, m.start, m.end) for m in chat] == [("hello my friend how are you", 0.16, 4.39)]
    assert (chat.system["text"].to_list(), chat.skipped) == (["[Music]"], ())


def test_an_empty_cue_takes_nothing_of_the_next(tmp_path: Path) -> None:
    chat = read(tmp_path, "1\n00:00:01,000 --> 00:00:02,000\n\n\n2\n00:00:03,000 --> 00:00:04,000\nhello\n\nx\n")
    assert (chat.texts, [s.line for s in chat.skipped]) == (["hello"], [9])
