"""Whether a message hurts, or helps, told with what stands around it and with how it was answered, where there is enough;
where there is not, whether it may be danger.

The encoder reads a message with a few before it. Somebody who has the whole chat before them knows more: hurts come in
bouts, what would sting in a quarrel is a joke among jokes, and the reply shows how it was taken. A `Belief` is a linear
classifier over what some heads say of the message and over what the head of all hurts sees near it; training/talk.py fits
one for hurts and one for helps, on whole chats that the encoder did not learn from. That of danger (training/danger.py)
goes by the heads of the message alone, for drafts and short threads, where nothing stands around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nearer.signals.lines import Turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nearer.signals.lines import Lines

NEAR = (3, 8, 25, 120)
"""Messages before and after that are looked at: the moment, the quarrel, the evening, the relationship."""
_LITTLE = 0.02
"""Added to what is seen around, so that a calm stretch of a few messages is not yet a calm talk."""
_SOON = 4
"""Messages within which a reply answers."""
_SUREST = 7.0
"""Log odds beyond which a head is only more certain, not more right."""


class Believed(NamedTuple):
    """(n,) how probable a finding is, where it is believed, and where so little that not even words that say so are."""

    probable: NDArray[np.float64]
    holds: NDArray[np.bool_]
    doubted: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Belief:
    """cues: of which findings are believed or not. heads: whose log odds are asked, in order. weights: (heads +
    surroundings,), or (heads,) where it goes by the message alone. at_least, doubted: the probability from which on a finding is believed, and under which not even words
    are."""

    cues: frozenset[str]
    heads: tuple[str, ...]
    weights: NDArray[np.float64]
    bias: float
    at_least: float
    doubted: float

    @classmethod
    def load(cls, path: Path) -> tuple[Belief, ...]:
        """All that `talk.json` holds."""
        import orjson

        return tuple(
            cls(
                frozenset(kept["cues"]), tuple(kept["heads"]), np.array(kept["weights"], np.float64), kept["bias"],
                kept["at_least"], kept["doubted"],
            )
            for kept in orjson.loads(path.read_bytes())
        )  # fmt: skip

    @property
    def alone(self) -> bool:
        """Whether it goes by the message alone."""
        return len(self.weights) == len(self.heads)

    def of(self, signals: Mapping[str, NDArray[np.float32]], around: NDArray[np.float64]) -> Believed:
        """What is believed of each message. around: its `surroundings`; no columns for one that goes by the message alone."""
        odds = features(self.heads, signals, around) @ self.weights + self.bias
        probable = 1 / (1 + np.exp(-odds))
        return Believed(probable, probable >= self.at_least, probable < self.doubted)


def features(
    heads: Sequence[str], signals: Mapping[str, NDArray[np.float32]], around: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(n, k): log odds of heads, then what stands around each message. signals: head -> (n,)."""
    return np.column_stack([*(log_odds(signals[head]) for head in heads), around])


def surroundings(hurts: NDArray[np.float32], lines: Lines, answers: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(n, k): how much hurts near each message, its length, and its reply. hurts: (n,) the head of all hurts. answers: (n,)
    does it answer somebody?"""
    columns = _around(hurts.astype(np.float64), lines.speaker)
    turns = Turns.of(lines)
    n = len(lines)
    reply = turns.last[turns.of_message] + 1 if n else np.zeros(0, np.int32)
    known = reply < n
    reply = np.minimum(reply, n - 1)
    known &= (lines.episode[reply] == lines.episode) & (reply - np.arange(n) <= _SOON)
    long = np.log1p(lines.words)
    columns += [
        long,
        answers.astype(float),
        known.astype(float),
        np.where(known, log_odds(hurts)[reply], 0.0),
        np.where(known, long[reply], 0.0),
    ]
    return np.stack(columns, axis=1)


def log_odds(value: NDArray[np.floating]) -> NDArray[np.float64]:
    """Of a probability."""
    some = np.clip(value.astype(np.float64), 1e-4, 1 - 1e-4)
    return np.asarray(np.clip(np.log(some / (1 - some)), -_SUREST, _SUREST))


def _around(hurts: NDArray[np.float64], speaker: NDArray[np.int32]) -> list[NDArray[np.float64]]:
    """For each distance of `NEAR` two of (n,): the logarithm of how much hurts in so many messages before and after, a
    message: of those by the same speaker, and of those by others. The message itself is left out."""
    n = len(hurts)
    place = np.arange(n)
    total = np.concatenate(([0.0], np.cumsum(hurts)))
    # Messages speaker by speaker, so that those of one in a stretch lie side by side.
    order = np.argsort(speaker, kind="stable")
    own = np.concatenate(([0.0], np.cumsum(hurts[order])))
    first = speaker.astype(np.int64) * (n + 1)
    key = (first + place)[order]
    columns = []
    for near in NEAR:
        left, right = np.maximum(place - near, 0), np.minimum(place + near + 1, n)
        begin, end = np.searchsorted(key, first + left), np.searchsorted(key, first + right)
        same, count = own[end] - own[begin], end - begin
        others = total[right] - total[left] - same
        columns += [
            np.log((np.maximum(seen, 0.0) + _LITTLE) / (messages + 1))
            for seen, messages in ((same - hurts, count - 1), (others, right - left - count))
        ]
    return columns
