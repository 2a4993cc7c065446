"""Small recordings made in the test: tones where somebody speaks, a little noise everywhere."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000


def channel(seconds: float, spoken: list[tuple[float, float]], pitch: float, seed: int) -> NDArray[np.float32]:
    """A voice as a tone that swells, with noise 50 decibels under it."""
    time = np.arange(int(seconds * RATE)) / RATE
    sound = np.random.default_rng(seed).normal(0, 0.001, len(time))
    for start, end in spoken:
        here = (time >= start) & (time < end)
        sound[here] += 0.3 * np.sin(2 * np.pi * pitch * time[here]) * (0.7 + 0.3 * np.sin(2 * np.pi * 4 * time[here]))
    return sound.astype(np.float32)


def write(path: Path, channels: NDArray[np.float32], rate: int = RATE) -> Path:
    """A 16-bit WAV of the channels (rows)."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels.shape[0])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(channels.T, -1, 1) * 32767).astype("<i2").tobytes())
    return path
