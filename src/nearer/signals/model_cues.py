"""What the encoder adds to the hits: cues that its heads find, and hits that its heads confirm or veto."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.phrases.place import quoted
from nearer.signals.phrases.scan import Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nearer.cues import Catalogue, Cue
    from nearer.cues.schema import EncoderUse
    from nearer.signals.encoder import Encoder
    from nearer.signals.exchange import TurnFeatures
    from nearer.signals.lines import Lines

CONTEXT_MESSAGES = 3
"""Earlier messages that the encoder sees beside the one it reads."""
_SILENCING = ("boundary", "playful", "sarcastic")


def contexts(lines: Lines) -> list[list[str]]:
    """The few messages before each one, oldest first, from its own episode."""
    return [
        [lines.texts[j] for j in range(max(0, i - CONTEXT_MESSAGES), i) if lines.episode[j] == lines.episode[i]]
        for i in range(len(lines))
    ]


def judge(
    hits: Sequence[Hit], lines: Lines, features: TurnFeatures, catalogue: Catalogue, encoder: Encoder
) -> list[Hit]:
    """Hits confirmed or vetoed by their cues' heads, joined by the findings of heads that fire by themselves."""
    if not any(cue.encoder for cue in catalogue.cues.values()):
        return list(hits)
    before = contexts(lines)
    signals = encoder.signals(lines.texts, before)
    kept = [hit for hit in hits if _stands(hit, catalogue.cues[hit.cue], signals)]
    marked = {(hit.cue, hit.message) for hit in kept}
    for cue in catalogue.cues.values():
        for use in cue.encoder:
            if use.role != "fires":
                continue
            for message in np.flatnonzero(_fires(use, signals, lines)):
                place = int(message)
                if (cue.code, place) in marked or _silenced(cue, place, lines, features):
                    continue
                marked.add((cue.code, place))
                start, end = encoder.spans(lines.texts[place], before[place], use.head)
                sure = cue.confidence * min(1.0, 0.7 + 0.3 * float(signals[use.head][place]))
                kept.append(Hit(cue.code, place, start, end, frozenset({"model"}), sure))
    return kept


def _stands(hit: Hit, cue: Cue, signals: dict[str, NDArray[np.float32]]) -> bool:
    for use in cue.encoder:
        reached = bool(signals[use.head][hit.message] >= use.at_least)
        if (use.role == "confirms" and not reached) or (use.role == "vetoes" and reached):
            return False
    return True


def _fires(use: EncoderUse, signals: dict[str, NDArray[np.float32]], lines: Lines) -> NDArray[np.bool_]:
    return (signals[use.head] >= use.at_least) & (lines.words >= use.min_words)


def _silenced(cue: Cue, place: int, lines: Lines, features: TurnFeatures) -> bool:
    """The engine's guards hold for the encoder's cues too, message by message."""
    guards = features.guarded
    if any(name in cue.silent_in and bool(guards[name][place]) for name in _SILENCING if name in guards):
        return True
    text = lines.normal[place]
    return "quoted" in cue.silent_in and bool(quoted(text))
