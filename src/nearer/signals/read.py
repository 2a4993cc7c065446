"""All signals of a conversation in one call: phrases, exchanges, and what the other made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nearer.cues import Catalogue
from nearer.signals.dynamics.events import dynamics_hits
from nearer.signals.exchange import TurnFeatures, exchange_hits, taken_up
from nearer.signals.lines import Lines, Turns
from nearer.signals.model_cues import judge
from nearer.signals.phrases import Hit, Scan, scan, split, table_for

if TYPE_CHECKING:
    from nearer.signals.encoder import Encoder


@dataclass(frozen=True, eq=False)
class Signals:
    """What was seen, before it is judged: hits in the order of the conversation, turns, and their features."""

    lines: Lines
    turns: Turns
    scan: Scan
    features: TurnFeatures
    hits: tuple[Hit, ...]


class Heard(NamedTuple):
    """The lines of a conversation, what patterns say of them, the features of its turns, and where exchange rules hold."""

    lines: Lines
    scan: Scan
    features: TurnFeatures
    exchanges: list[Hit]


def hear(many: Sequence[Lines], catalogue: Catalogue, engine: str | None = None) -> list[Heard]:
    """Patterns and exchange rules over many conversations at once: a thousand short ones then cost what one long one does.

    engine: "re2" (None is the same) or "hyperscan".
    """
    lines = Lines.joined(many)
    whole = scan(lines.normal, table_for(catalogue, engine))
    features = TurnFeatures.of(lines, whole)
    exchanges = exchange_hits(features, whole, catalogue)
    if len(many) == 1:
        return [Heard(lines, whole, features, exchanges)]
    sizes = [len(part) for part in many]
    ends = np.cumsum(sizes)
    told: list[list[Hit]] = [[] for _ in many]
    for hit in exchanges:
        part = int(np.searchsorted(ends, hit.message, side="right"))
        told[part].append(replace(hit, message=hit.message - int(ends[part]) + sizes[part]))
    return [
        Heard(part, found, TurnFeatures.of(part, found), hits)
        for part, found, hits in zip(many, split(whole, sizes), told, strict=True)
    ]


def read_signals(
    lines: Lines,
    catalogue: Catalogue,
    engine: str | None = None,
    encoder: Encoder | None = None,
    last_only: bool = False,
) -> Signals:
    """`signals_of` one conversation."""
    return signals_of(hear([lines], catalogue, engine)[0], catalogue, encoder, last_only)


def signals_of(heard: Heard, catalogue: Catalogue, encoder: Encoder | None = None, last_only: bool = False) -> Signals:
    """What patterns say, rules over turns, then the encoder where there is one.

    last_only: the encoder reads the last message alone.
    """
    lines, found, features, exchanges = heard
    hits = [*found.hits, *exchanges, *dynamics_hits(features, catalogue)]
    hits = _welcomed(hits, features, catalogue)
    if encoder is not None:
        hits = judge(hits, lines, features, catalogue, encoder, last_only)
    return Signals(lines, features.turns, found, features, tuple(_ordered(hits)))


def _welcomed(hits: list[Hit], features: TurnFeatures, catalogue: Catalogue) -> list[Hit]:
    """Hits that say so where the other took them up with a laugh, without those of cues that this silences."""
    welcome = taken_up(features)[features.turns.of_message].tolist()
    kept: list[Hit] = []
    for hit in hits:
        if not welcome[hit.message]:
            kept.append(hit)
        elif "taken_up" not in catalogue.cues[hit.cue].silent_in:
            kept.append(Hit(hit.cue, hit.message, hit.start, hit.end, hit.contexts | {"taken_up"}, hit.confidence))
    return kept


def _ordered(hits: list[Hit]) -> list[Hit]:
    """In the order of the conversation; of one cue, overlapping hits count once (the phrase, which comes first)."""
    kept: list[Hit] = []
    ends: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for hit in hits:
        taken = ends.setdefault((hit.cue, hit.message), [])
        if any(hit.start < b and a < hit.end for a, b in taken):
            continue
        taken.append((hit.start, hit.end))
        kept.append(hit)
    return sorted(kept, key=lambda h: (h.message, h.start, h.end, h.cue))
