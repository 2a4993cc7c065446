"""What is in the journal. Findings are kept without a word of what was said; the text only where the holder says so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Float, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """All tables."""


class Relationship(Base):
    """Somebody that the holder talks with, by the name that the holder gives them."""

    __tablename__ = "relationships"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    readings: Mapped[list[KeptReading]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    goals: Mapped[list[Goal]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    notes: Mapped[list[Note]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class KeptReading(Base):
    """One reading. `fingerprint` tells the same conversation again. `summary` holds speakers, families, measures and
    stages as numbers; `episodes` the turns of each side in each, for trends; `text` the conversation, or nothing."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("relationship_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    relationship_id: Mapped[int] = mapped_column(ForeignKey("relationships.id", ondelete="CASCADE"))
    fingerprint: Mapped[str] = mapped_column(String(32))
    kept_at: Mapped[datetime] = mapped_column(DateTime)
    start: Mapped[datetime | None] = mapped_column(DateTime)
    end: Mapped[datetime | None] = mapped_column(DateTime)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(40))
    danger: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
    episodes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    text: Mapped[str | None] = mapped_column(Text)
    findings: Mapped[list[KeptFinding]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class KeptFinding(Base):
    """One finding: which cue, whose, when, how sure. `side` is "me" or "other"."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"), index=True)
    cue: Mapped[str] = mapped_column(String(12))
    family: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(20))
    polarity: Mapped[str] = mapped_column(String(6))
    side: Mapped[str] = mapped_column(String(5))
    episode: Mapped[int] = mapped_column(Integer)
    time: Mapped[datetime | None] = mapped_column(DateTime)
    confidence: Mapped[float] = mapped_column(Float)


class Goal(Base):
    """Something the holder wants more or less of with somebody. `target` is a cue's code or a family; `baseline` the
    rate per 100 turns when it was set, where there was one."""

    __tablename__ = "goals"

    id: Mapped[int] = mapped_column(primary_key=True)
    relationship_id: Mapped[int] = mapped_column(ForeignKey("relationships.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(20))
    direction: Mapped[str] = mapped_column(String(5))
    baseline: Mapped[float | None] = mapped_column(Float)
    set_on: Mapped[date] = mapped_column(Date)


class Note(Base):
    """A note of the holder's, on a relationship and perhaps on one reading."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    relationship_id: Mapped[int] = mapped_column(ForeignKey("relationships.id", ondelete="CASCADE"))
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"))
    written_at: Mapped[datetime] = mapped_column(DateTime)
    text: Mapped[str] = mapped_column(Text)


class CheckIn(Base):
    """The holder's own answers on one day: question -> 1 to 5, or words. With nobody named it is about the day alone."""

    __tablename__ = "checkins"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    who: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)


class Differed(Base):
    """ "I see it differently": the cue, and hashes of the conversation and the message, so that it stays hidden."""

    __tablename__ = "differed"
    __table_args__ = (UniqueConstraint("cue", "fingerprint", "message"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cue: Mapped[str] = mapped_column(String(12), index=True)
    fingerprint: Mapped[str] = mapped_column(String(32))
    message: Mapped[str] = mapped_column(String(32))


class Card(Base):
    """What the scheduler of the practice rounds remembers of one item."""

    __tablename__ = "cards"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    due: Mapped[datetime] = mapped_column(DateTime, index=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
