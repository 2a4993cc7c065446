""" "I see it differently": remembered without a word of what was said."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from nearer.journal.readings import fingerprint, message_mark
from nearer.journal.tables import Differed

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.journal.store import Journal
    from nearer.reading.types import Finding, Reading


def differ(journal: Journal, conversation: Conversation, finding: Finding) -> None:
    """Remember that the holder sees this finding differently."""
    place = _place(conversation, finding)
    with journal.session() as session:
        if session.scalar(select(Differed).filter_by(**place)) is None:
            session.add(Differed(**place))


def agree_again(journal: Journal, conversation: Conversation, finding: Finding) -> None:
    """Take that back."""
    with journal.session() as session:
        session.execute(delete(Differed).filter_by(**_place(conversation, finding)))


def differed(journal: Journal) -> Counter[str]:
    """How often the holder saw each cue differently, over all conversations."""
    with journal.session() as session:
        return Counter(session.scalars(select(Differed.cue)))


def hidden(journal: Journal, conversation: Conversation, reading: Reading) -> set[str]:
    """Ids of the findings of this reading that the holder already saw differently."""
    with journal.session() as session:
        rows = session.scalars(select(Differed).where(Differed.fingerprint == fingerprint(conversation)))
        marks = {(row.cue, row.message) for row in rows}
    if not marks:
        return set()
    return {f.id for f in reading.findings if (f.cue, message_mark(conversation[f.message].text)) in marks}


def _place(conversation: Conversation, finding: Finding) -> dict[str, str]:
    """Which cue, in which message of which conversation: the columns of `Differed`."""
    return {
        "cue": finding.cue,
        "fingerprint": fingerprint(conversation),
        "message": message_mark(conversation[finding.message].text),
    }
