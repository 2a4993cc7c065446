"""What the practice rounds remember: one card an item, in the scheduler's own form."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from nearer.journal.tables import Card

if TYPE_CHECKING:
    from nearer.journal.store import Journal


def cards(journal: Journal) -> dict[str, dict[str, Any]]:
    """Item -> the scheduler's state of it."""
    with journal.session() as session:
        return {card.id: card.state for card in session.scalars(select(Card))}


def keep_card(journal: Journal, item: str, state: dict[str, Any], due: datetime) -> None:
    """Remember an item's state."""
    with journal.session() as session:
        session.merge(Card(id=item, state=state, due=due.replace(tzinfo=None)))
