"""Events of the whole conversation that cues name in their dynamics rules: bursts, air time, leaning back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from nearer.signals.phrases.scan import Hit
from nearer.signals.phrases.table import Table

if TYPE_CHECKING:
    from nearer.signals.exchange import TurnFeatures

Event = Callable[["TurnFeatures", Mapping[str, float]], list[tuple[int, int, int]]]
"""(features, the rule's settings) -> (message, start, end) of each place to show."""

EVENTS: dict[str, Event] = {}


def dynamics_hits(features: TurnFeatures, table: Table) -> list[Hit]:
    """Every event that a cue's dynamics rules name."""
    return [
        Hit(cue.code, message, start, end, frozenset())
        for cue in table.catalogue.cues.values()
        for rule in cue.dynamics
        for message, start, end in EVENTS[rule.event](features, rule.settings)
    ]
