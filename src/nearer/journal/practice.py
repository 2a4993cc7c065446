"""Practice with a journal: cards that last, and the families that its readings point at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nearer.journal.cards import cards, keep_card
from nearer.journal.readings import entries

if TYPE_CHECKING:
    from datetime import datetime

    from nearer.journal import Journal

RECENT = 5
"""Readings that are looked at."""


class KeptCards:
    """The journal's cards, as `nearer.guidance.practice.deck.Cards`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def all(self) -> dict[str, dict[str, Any]]:
        """Item's id -> state."""
        return cards(self._journal)

    def keep(self, item: str, state: dict[str, Any], due: datetime) -> None:
        """Remember the state of an item."""
        keep_card(self._journal, item, state, due)


def pointed_at(journal: Journal) -> list[str]:
    """The three families or stages in which the holder's own latest readings hold most that may sting; none from a reading
    with danger in it, after which nobody is asked to be softer."""
    from nearer.cues import catalogue

    book = catalogue().cues
    counts: Counter[str] = Counter()
    for kept in entries(journal)[-RECENT:]:
        if not kept.danger:
            counts.update(
                book[f["cue"]].family_or_stage
                for f in kept.findings
                if f["side"] == "me" and f["polarity"] == "hurts" and f["cue"] in book
            )
    return [family for family, _ in counts.most_common(3)]
