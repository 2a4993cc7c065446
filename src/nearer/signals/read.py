"""All signals of a conversation in one call: phrases, exchanges, and what the other made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nearer.cues import Catalogue
from nearer.signals.dynamics.events import dynamics_hits
from nearer.signals.exchange import TurnFeatures, exchange_hits, taken_up
from nearer.signals.lines import Lines, Turns
from nearer.signals.model_cues import judge
from nearer.signals.phrases import Hit, scan, table_for

if TYPE_CHECKING:
    from nearer.signals.encoder import Encoder


@dataclass(frozen=True, eq=False)
class Signals:
    """What was seen, before it is judged: hits in the order of the conversation, turns, and their features."""

    lines: Lines
    turns: Turns
    features: TurnFeatures
    hits: tuple[Hit, ...]


class Heard(NamedTuple):
    """The lines of a conversation, the features of its turns, and where patterns and exchange rules say something."""

    lines: Lines
    features: TurnFeatures
    hits: Sequence[Hit]


def hear(many: Sequence[Lines], catalogue: Catalogue, engine: str | None = None) -> list[Heard]:
    """Patterns and exchange rules over many conversations at once: a thousand short ones then cost what one long one does.

    engine: "re2" (None is the same) or "hyperscan".
    """
    lines = Lines.joined(many)
    found = scan(lines.normal, table_for(catalogue, engine))
    features = TurnFeatures.of(lines, found)
    hits = [*found.hits, *exchange_hits(features, catalogue)]
    if len(many) == 1:
        return [Heard(lines, features, hits)]
    return [Heard(*part) for part in zip(many, features.parts(many), _parted(hits, [*map(len, many)]), strict=True)]


def _parted(hits: Sequence[Hit], sizes: Sequence[int]) -> list[list[Hit]]:
    """The hits in each of some conversations that were read as one, each of so many messages."""
    parts: list[list[Hit]] = [[] for _ in sizes]
    place = [(part, message) for part, size in enumerate(sizes) for message in range(size)]
    for hit in hits:
        part, message = place[hit.message]
        parts[part].append(Hit(hit.cue, message, hit.start, hit.end, hit.contexts, hit.confidence))
    return parts


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
    lines, features, hits = heard
    hits = _welcomed([*hits, *dynamics_hits(features, catalogue)], features, catalogue)
    if encoder is not None:
        hits = judge(hits, lines, features, catalogue, encoder, last_only)
    return Signals(lines, features.turns, features, tuple(_ordered(hits)))


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
