"""Who speaks when, from separate channels; and words with times made into messages and measures."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from nearer.reading.read import Settings, read_conversation
from nearer.speech.models import labelled
from nearer.speech.turns import Word, conversation, named, own_words
from nearer.speech.voices import Stretch, apart, stretches
from speech.sounds import channel


def test_each_channel_is_a_voice_with_its_times() -> None:
    both = np.stack([channel(8, [(1, 3), (6, 7)], 220, 1), channel(8, [(2.5, 5)], 330, 2)])
    assert apart(both)
    found = [(s.voice, round(s.start, 1), round(s.end, 1)) for s in stretches(both)]
    assert found == [("Speaker 1", 1.0, 3.0), ("Speaker 2", 2.5, 5.0), ("Speaker 1", 6.0, 7.0)]


def test_a_voice_heard_across_the_room_is_not_the_others() -> None:
    one, two = channel(6, [(1, 3)], 220, 1), channel(6, [(4, 5)], 330, 2)
    leaking = np.stack([one + 0.1 * two, two + 0.1 * one])
    assert [(s.voice, round(s.start)) for s in stretches(leaking)] == [("Speaker 1", 1), ("Speaker 2", 4)]
    heard = [
        Word("hello", 1.2, 1.8, "Speaker 1"),
        Word("hello", 1.2, 1.8, "Speaker 2"),
        Word("yes", 4.2, 4.6, "Speaker 2"),
    ]
    assert [(w.text, w.voice) for w in own_words(heard, stretches(leaking))] == [
        ("hello", "Speaker 1"),
        ("yes", "Speaker 2"),
    ]


@pytest.mark.parametrize("kind", ["one channel", "the same twice", "one is silent", "nothing"])
def test_what_is_no_pair_of_voices(kind: str) -> None:
    one = channel(3, [(1, 2)], 220, 1)
    sounds = {
        "one channel": one[None], "the same twice": np.stack([one, 0.5 * one]),
        "one is silent": np.stack([one, np.zeros_like(one)]), "nothing": np.zeros((2, 0), np.float32),
    }  # fmt: skip
    assert not apart(sounds[kind])


def test_silence_and_steady_noise_are_nobody() -> None:
    assert stretches(np.zeros((2, 16_000), np.float32)) == []
    assert stretches(channel(3, [], 220, 1)[None]) == []


def test_words_go_to_the_voice_that_speaks_and_strays_to_the_nearest() -> None:
    speaking = [Stretch("Speaker 1", 0.0, 2.0), Stretch("Speaker 2", 1.8, 4.0)]
    words = [
        Word("how", 0.1, 0.5),
        Word("was", 1.7, 2.0),
        Word("fine", 2.5, 3.0),
        Word("thanks", 4.1, 4.4),
        Word("bye", 9, 9.3),
    ]
    assert [w.voice for w in named(words, speaking)] == ["Speaker 1", "Speaker 1", "Speaker 2", "Speaker 2", None]
    assert [w.voice for w in named(words, [])] == [None] * 5


def test_labels_are_numbered_as_people_begin() -> None:
    tracks = [
        (SimpleNamespace(start=3.0, end=4.0), "A", "SPEAKER_00"),
        (SimpleNamespace(start=0.5, end=2.0), "B", "SPEAKER_01"),
    ]
    diarization = SimpleNamespace(itertracks=lambda yield_label: iter(tracks))
    assert labelled(diarization) == [Stretch("Speaker 1", 0.5, 2.0), Stretch("Speaker 2", 3.0, 4.0)]


def spoken(text: str, voice: str, start: float) -> list[Word]:
    return [Word(f" {w}", start + 0.3 * n, start + 0.3 * n + 0.28, voice) for n, w in enumerate(text.split())]


def test_talk_across_each_other_is_two_messages_whose_times_overlap() -> None:
    words = spoken("so I told her we would come on Sunday", "Speaker 1", 0.0) + spoken(
        "Sunday is fine", "Speaker 2", 2.0
    )
    talk = conversation(words, ["a note"])
    assert [(m.speaker, m.text) for m in talk] == [
        ("Speaker 1", "so I told her we would come on Sunday"), ("Speaker 2", "Sunday is fine"),
    ]  # fmt: skip
    assert talk[1].start is not None
    assert talk[0].end is not None
    assert talk[1].start < talk[0].end
    assert talk.medium == "speech"
    assert talk.notes == ("a note",)


def test_a_pause_begins_a_new_message_and_a_hum_does_not() -> None:
    words = (
        spoken("one two", "A", 0.0) + spoken("mhm", "B", 0.62) + spoken("three", "A", 0.95) + spoken("four", "A", 9.0)
    )
    assert [(m.speaker, m.text) for m in conversation(words)] == [("A", "one two three"), ("B", "mhm"), ("A", "four")]


def test_gaps_overlaps_interruptions_and_pauses_are_measures() -> None:
    words: list[Word] = []
    for n in range(6):
        words += spoken("what did you do after the long day at work then", "A", 12.0 * n)
        words += spoken("well first I went home", "B", 12.0 * n + (4.0 if n else 1.0))
        words += spoken("and then I slept", "B", 12.0 * n + 8.0)
    measures = read_conversation(conversation(words), Settings()).measures
    assert measures["overlaps"] == {"A": 0.0, "B": 1.0}
    assert measures["interruptions"] == {"A": 0.0, "B": 0.0}
    gaps, pauses = measures["gap_seconds"], measures["pause_seconds"]
    assert isinstance(gaps, dict)
    assert isinstance(pauses, dict)
    assert gaps["B"] == pytest.approx(0.72, abs=0.05)
    assert pauses["B"] == pytest.approx(2.52, abs=0.1)


def test_an_interruption_is_where_the_other_stops() -> None:
    words = spoken("but what I wanted to say about", "A", 0.0) + spoken(
        "no listen we have to go now because it is late", "B", 1.5
    )
    words += spoken("fine", "A", 8.0)
    measures = read_conversation(conversation(words), Settings()).measures
    assert measures["interruptions"] == {"A": 0.0, "B": 1.0}
