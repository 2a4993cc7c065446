"""The models that hear: Whisper for the words, pyannote for whose they are. Both lie in a folder on this machine, put there
by the holder; a model that is missing is an error in one sentence, never a download."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer import paths
from nearer.errors import NearerError
from nearer.speech.turns import Word
from nearer.speech.voices import RATE, Stretch

if TYPE_CHECKING:
    from nearer.speech.voices import Audio

PAGE = "docs/sources/recordings.md says how"


def folder(name: str) -> Path:
    """Where a model is looked for: NEARER_WHISPER or NEARER_PYANNOTE, else a folder of that name with nearer's data."""
    own = os.environ.get(f"NEARER_{name.upper()}")
    return Path(own) if own else paths.data_folder() / name


def decode(path: Path) -> Audio:
    """The sound of any file that FFmpeg reads, one row a channel (two at most). Raises NearerError where it has none."""
    import numpy as np

    try:
        from faster_whisper.audio import decode_audio
    except ImportError:
        raise NearerError(f"To read a recording, install nearer[speech]; {PAGE}.") from None
    try:
        channels = np.stack(decode_audio(str(path), sampling_rate=RATE, split_stereo=True))
    except Exception:
        # FFmpeg has a type of error for every kind of damage; none of them helps the holder.
        raise NearerError(f"{path.name} holds no sound that can be read, or is damaged.") from None
    if not channels.shape[1]:
        raise NearerError(f"{path.name} holds no sound that can be read, or is damaged.")
    return channels


def whisper(where: Path | None = None) -> Any:
    """The Whisper model (CTranslate2 form), for this machine's processor. Raises NearerError where there is none."""
    path = where or folder("whisper")
    if not (path / "model.bin").is_file() or not (path / "tokenizer.json").is_file():
        raise NearerError(f"There is no Whisper model in {path}; {PAGE} to get one.")
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(str(path), device="cpu", compute_type="int8", local_files_only=True)
    except (RuntimeError, ValueError, OSError):
        raise NearerError(f"The Whisper model in {path} is damaged or of another kind; {PAGE} to get one.") from None


def words(model: Any, channel: Audio, voice: str | None = None, *, speech_only: bool = True) -> list[Word]:
    """What Whisper hears in one channel. Every channel is read by itself, so that talk across each other is kept.
    speech_only: sounds that are no voice are left out first, since Whisper hears words in noise."""
    segments, _ = model.transcribe(
        channel, word_timestamps=True, vad_filter=speech_only, condition_on_previous_text=False, beam_size=5
    )
    return [
        Word(w.word, float(w.start), float(w.end), voice) for s in segments for w in s.words or () if w.word.strip()
    ]


def speakers(channel: Audio, where: Path | None = None) -> list[Stretch] | None:
    """Who speaks when in one channel, by pyannote; None where the holder has not installed it or has no model of it.
    Raises NearerError where the model cannot be used."""
    path = where or folder("pyannote")
    if not (path / "config.yaml").is_file():
        return None
    try:
        import torch
        from pyannote.audio import Pipeline
    except ImportError:
        return None
    try:
        heard = Pipeline.from_pretrained(path / "config.yaml")(
            {"waveform": torch.from_numpy(channel)[None], "sample_rate": RATE}
        )
    except (RuntimeError, ValueError, OSError):
        raise NearerError(f"The model of voices in {path} could not be used; {PAGE} to get one.") from None
    return labelled(getattr(heard, "speaker_diarization", heard))


def labelled(diarization: Any) -> list[Stretch]:
    """pyannote's labels as "Speaker 1", "Speaker 2" in the order in which they first speak."""
    tracks = sorted((t.start, t.end, who) for t, _, who in diarization.itertracks(yield_label=True))
    order = {who: f"Speaker {n}" for n, who in enumerate(dict.fromkeys(who for _, _, who in tracks), 1)}
    return [Stretch(order[who], float(start), float(end)) for start, end, who in tracks]
