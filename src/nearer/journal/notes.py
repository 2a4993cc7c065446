"""The holder's own notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from nearer.errors import NearerError
from nearer.journal.readings import relationship
from nearer.journal.tables import Note, Relationship

if TYPE_CHECKING:
    from nearer.journal.store import Journal


@dataclass(frozen=True)
class Written:
    """One note, on a person and perhaps on one reading."""

    id: int
    who: str
    reading: int | None
    written_at: datetime
    text: str


def add_note(journal: Journal, who: str, text: str, reading: int | None = None) -> int:
    """Write a note. Raises NearerError where it is empty, or about nobody."""
    if not text.strip():
        raise NearerError("The note is empty.")
    with journal.session() as session:
        note = Note(
            relationship_id=relationship(session, who).id, reading_id=reading,
            written_at=datetime.now(UTC).replace(tzinfo=None), text=text.strip(),
        )  # fmt: skip
        session.add(note)
        session.flush()
        return note.id


def notes(journal: Journal, who: str | None = None) -> list[Written]:
    """Notes, oldest first; on one person, if named."""
    wanted = select(Note, Relationship.name).join(Relationship).order_by(Note.id)
    if who is not None:
        wanted = wanted.where(Relationship.name == who)
    with journal.session() as session:
        return [Written(n.id, name, n.reading_id, n.written_at, n.text) for n, name in session.execute(wanted).all()]


def drop_note(journal: Journal, number: int) -> None:
    """Throw a note away. Raises NearerError where there is none of that number."""
    with journal.session() as session:
        note = session.get(Note, number)
        if note is None:
            raise NearerError(f"There is no note {number}.")
        session.delete(note)
