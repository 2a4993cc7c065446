"""A recording of a talk, read on this machine with Whisper (docs/sources/recordings.md)."""

from __future__ import annotations

from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options

NAME = "recording"
TITLE = "Recording of a talk (needs nearer[speech])"

CONSENT = "Everyone who was recorded should know of this, and agree."
ONE_VOICE = (
    "The recording does not say who speaks, so all of it is read as one speaker. docs/sources/recordings.md helps."
)


def sniff(head: Head) -> float:
    """The marks of WAV, FLAC, Ogg, MP3, and of MPEG-4 and WebM with sound."""
    data = head.data[:16]
    wave = data[:4] == b"RIFF" and data[8:12] == b"WAVE"
    mpeg4 = data[4:8] == b"ftyp" and data[8:11] in (b"M4A", b"mp4", b"iso", b"3gp", b"M4V", b"qt ")
    marks = (b"fLaC", b"OggS", b"ID3", b"\x1a\x45\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"#!AMR")
    return 0.9 if not head.names and (wave or mpeg4 or data.startswith(marks)) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Hear the words, and whose they are: by channel where each person has one, else by pyannote where it is installed.
    Raises NearerError where a part is missing or nothing is heard."""
    from nearer.speech import models, turns, voices

    channels = models.decode(source.path)
    model = models.whisper()
    notes = [CONSENT]
    if voices.apart(channels):
        speaking = voices.stretches(channels)
        heard = [
            w for n, channel in enumerate(channels, 1) for w in models.words(model, channel, f"Speaker {n}")
        ]  # fmt: skip
        found = turns.own_words(heard, speaking)
    else:
        mono = channels.mean(axis=0)
        labels = models.speakers(mono)
        found = models.words(model, mono)
        if labels is None:
            notes.append(ONE_VOICE)
        else:
            found = turns.named(found, labels)
    if not found:
        raise NearerError(f"No words could be heard in {source.path.name}.")
    return turns.conversation(found, notes)
