"""Who speaks when, from the loudness of separate channels: one microphone or one side of a call for each person.

All audio here is 32-bit float, one row a channel, `RATE` samples a second, -1 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Audio = NDArray[np.float32]

RATE = 16_000
"""Samples a second, as Whisper takes them."""
FRAME = RATE // 50
"""Samples in one look at the loudness: 20 ms."""
_OVER_NOISE = 10.0
"""Decibels over a channel's own quiet (its tenth percentile) from which a frame is speech."""
_UNDER_OTHER = 9.0
"""Decibels under the other channel from which it is only that voice, heard across the room."""
_FLOOR = -60.0
"""Decibels under which nothing counts."""
_BRIDGE = 15
"""Frames of quiet inside a word or between two that do not end a stretch: 0.3 s."""
_LEAST = 5
"""Frames that make a stretch of speech: 0.1 s."""
_ALIKE = 0.98
"""Correlation from which two channels are one recording, stored twice."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One voice speaking: seconds from the beginning of the recording."""

    voice: str
    start: float
    end: float


def apart(channels: Audio) -> bool:
    """Whether the channels carry different voices: two of them, neither silent, and not the same sound twice."""
    if channels.shape[0] != 2:
        return False
    one, two = channels
    if min(float(np.abs(one).max(initial=0)), float(np.abs(two).max(initial=0))) < 1e-4:
        return False
    spread = float(one.std() * two.std())
    return spread > 0 and abs(float(((one - one.mean()) * (two - two.mean())).mean())) / spread < _ALIKE


def loudness(channels: Audio) -> NDArray[np.float64]:
    """Decibels of each channel (rows) in each frame (columns); full scale is 0."""
    frames = channels.shape[1] // FRAME
    cut = channels[:, : frames * FRAME].reshape(channels.shape[0], frames, FRAME).astype(np.float64)
    loud: NDArray[np.float64] = 10.0 * np.log10((cut**2).mean(axis=2) + 1e-12)
    return loud


def stretches(channels: Audio) -> list[Stretch]:
    """When each channel's own voice speaks, by time; voices are "Speaker 1", "Speaker 2" in the order of channels."""
    loud = loudness(channels)
    if not loud.shape[1]:
        return []
    quiet = np.percentile(loud, 10, axis=1, keepdims=True)
    active = (loud > quiet + _OVER_NOISE) & (loud > _FLOOR)
    if loud.shape[0] == 2:
        active &= loud > loud[::-1] - _UNDER_OTHER
    found = [
        Stretch(f"Speaker {number}", first * FRAME / RATE, last * FRAME / RATE)
        for number, row in enumerate(active, 1)
        for first, last in _runs(row)
    ]
    return sorted(found, key=lambda s: (s.start, s.voice))


def _runs(active: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """[first, last) of each run of frames, short gaps bridged, too short runs dropped."""
    edges = np.flatnonzero(np.diff(active.astype(np.int8), prepend=0, append=0))
    runs: list[tuple[int, int]] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and first - runs[-1][1] <= _BRIDGE:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return [run for run in runs if run[1] - run[0] >= _LEAST]
