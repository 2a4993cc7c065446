"""Adjacent turns: questions and their answers, disclosures and their replies, jokes and their uptake."""

from nearer.signals.exchange.features import COMPUTED, TurnFeatures
from nearer.signals.exchange.rules import exchange_hits, taken_up

__all__ = ["COMPUTED", "TurnFeatures", "exchange_hits", "taken_up"]
