"""Calm talk: stretches in which nothing hurts. There a few short words ("prick", "oi", "delete that") are how friends and
families speak, and nearly everything that reads them as a hurt is wrong; in a quarrel the same words mean what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.cues import Catalogue
    from nearer.signals.read import Signals

SHORT = 3
"""Words of a message that accuses nobody in calm talk, and makes no talk heated."""
_NEAR = 8
"""Messages before and after, in the same episode, that show whether the talk is calm."""
_ENOUGH = 8
"""Messages that must stand around one before anything is said of the talk: a draft with its last lines is not calm."""


def calm(signals: Signals, catalogue: Catalogue) -> NDArray[np.bool_]:
    """(n,) whether the messages around each are enough, and none of them hurts or asks to stop."""
    n, words = len(signals.lines), signals.lines.words
    heated = np.zeros(n, bool)
    for hit in signals.hits:
        in_play = hit.contexts & {"playful", "taken_up"}
        if catalogue.cues[hit.cue].polarity != "helps" and not in_play and words[hit.message] > SHORT:
            heated[hit.message] = True
    turns = signals.turns
    if len(turns):
        heated |= (signals.features["stop_signal"] & ~signals.features["laugh"])[turns.of_message]
    around, hot = (_around(mask, signals.lines.episode) for mask in (words > 0, heated))
    return np.asarray((around >= _ENOUGH) & (hot == 0))


def _around(mask: NDArray[np.bool_], episode: NDArray[np.int32]) -> NDArray[np.int64]:
    """(n,) how many of the messages near each, in its own episode and itself left out, are in the mask. What was said days
    before or after says nothing of how this was meant, and a file cut between episodes reads as the whole."""
    total = np.concatenate(([0], np.cumsum(mask)))
    place = np.arange(len(mask))
    left = np.maximum(place - _NEAR, np.searchsorted(episode, episode, side="left"))
    right = np.minimum(place + _NEAR + 1, np.searchsorted(episode, episode, side="right"))
    return np.asarray(total[right] - total[left] - mask)
