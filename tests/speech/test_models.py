"""The loading code is real: a recording through a tiny Whisper, and one sentence for everything that is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nearer.errors import NearerError
from nearer.sources import Input, detect, load
from nearer.speech import models
from speech.sounds import RATE, channel, write


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    both = np.stack([channel(4, [(0.5, 1.5)], 220, 1), channel(4, [(2, 3)], 330, 2)])
    return write(tmp_path / "talk.wav", both)


def test_a_recording_is_told_by_its_first_bytes(recording: Path, tmp_path: Path) -> None:
    assert detect(Input(recording))[0][0] == "recording"
    other = tmp_path / "note"
    other.write_bytes(b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00" + bytes(50))
    assert detect(Input(other))[0][0] == "recording"


def test_without_the_extra_one_sentence_says_what_to_do(recording: Path) -> None:
    try:
        import faster_whisper  # noqa: F401
    except ImportError:
        with pytest.raises(NearerError, match=r"install nearer\[speech\]"):
            load(recording)


def test_a_model_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="no Whisper model"):
        models.whisper(tmp_path)
    assert models.speakers(np.zeros(RATE, np.float32), tmp_path) is None


class TestWithWhisper:
    """These need `nearer[speech]`."""

    @pytest.fixture(autouse=True)
    def _needed(self) -> None:
        pytest.importorskip("faster_whisper")

    @pytest.fixture
    def tiny(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        from speech.tiny import build

        folder = build(tmp_path / "whisper")
        monkeypatch.setenv("NEARER_WHISPER", str(folder))
        return folder

    def test_sound_is_read_at_whispers_rate_channel_by_channel(self, tmp_path: Path) -> None:
        both = np.stack([channel(2, [(0.5, 1)], 220, 1)] * 2)[:, ::2]
        sound = models.decode(write(tmp_path / "slow.wav", both, RATE // 2))
        assert sound.shape[0] == 2
        assert abs(sound.shape[1] - 2 * RATE) < RATE // 50
        assert sound.dtype == np.float32

    def test_words_have_times_inside_the_recording(self, tiny: Path, recording: Path) -> None:
        sound = models.decode(recording)
        words = models.words(models.whisper(), sound[0], "Speaker 1", speech_only=False)
        assert words
        assert all(w.voice == "Speaker 1" and w.text.strip() and w.start <= w.end for w in words)

    def test_where_nobody_speaks_that_is_said(self, tiny: Path, recording: Path) -> None:
        with pytest.raises(NearerError, match="No words could be heard"):
            load(recording)

    @pytest.mark.parametrize("spoil", ["cut", "text"])
    def test_a_damaged_recording_or_model_is_one_sentence(self, tiny: Path, tmp_path: Path, spoil: str) -> None:
        broken = tmp_path / "talk.wav"
        broken.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " if spoil == "cut" else b"ID3 not sound at all")
        with pytest.raises(NearerError, match="no sound"):
            load(broken)
        (tiny / "model.bin").write_bytes((tiny / "model.bin").read_bytes()[:100])
        with pytest.raises(NearerError, match="damaged"):
            models.whisper()
