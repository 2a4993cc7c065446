"""Readings in the journal: kept whole or not at all, the same conversation once, its words only if the holder wants."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.journal.tables import Base, CheckIn, Differed, KeptFinding, KeptReading, Relationship

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from nearer.conversation import Medium, Message
    from nearer.journal.store import Journal
    from nearer.reading.types import Reading


@dataclass(frozen=True)
class Entry:
    """One kept reading. summary: see `summary_of`. text: the conversation as JSON lines, or None."""

    id: int
    who: str
    kept_at: datetime
    start: datetime | None
    end: datetime | None
    kind: str
    source: str
    danger: list[dict[str, Any]]
    summary: dict[str, Any]
    episodes: list[dict[str, Any]]
    findings: tuple[dict[str, Any], ...]
    text: str | None


def keep(journal: Journal, reading: Reading, conversation: Conversation, who: str, *, text: bool = False) -> int:
    """Keep a reading of a talk with `who`; returns its number. The same conversation again replaces the old entry.

    text: keep the words too. Raises NearerError where nobody said which speaker is the holder, or `who` the other is.
    """
    if reading.me is None:
        raise NearerError("Say first which of the speakers you are, so that your part can be followed.")
    mark = fingerprint(conversation)
    with journal.session() as session:
        owner = relationship(session, who)
        session.execute(
            delete(KeptReading).where(KeptReading.relationship_id == owner.id, KeptReading.fingerprint == mark)
        )
        kept = KeptReading(
            relationship_id=owner.id, fingerprint=mark, kept_at=datetime.now(UTC).replace(tzinfo=None),
            start=plain(reading.start), end=plain(reading.end), kind=reading.kind, source=reading.source,
            danger=[{"cue": d.cue, "side": _side(d.speaker, reading)} for d in reading.danger],
            summary=summary_of(reading), episodes=_episodes(reading, conversation),
            text=_words(conversation) if text else None, findings=_findings(reading),
        )  # fmt: skip
        session.add(kept)
        session.flush()
        return kept.id


def entries(journal: Journal, who: str | None = None) -> list[Entry]:
    """Kept readings, the oldest talk first; of one person, if named."""
    wanted = select(KeptReading, Relationship.name).join(Relationship)
    if who is not None:
        wanted = wanted.where(Relationship.name == who)
    with journal.session() as session:
        rows = session.execute(wanted.order_by(KeptReading.start, KeptReading.id)).all()
        return [_entry(kept, name) for kept, name in rows]


def entry(journal: Journal, number: int) -> Entry:
    """One kept reading. Raises NearerError where there is none of that number."""
    with journal.session() as session:
        kept = session.get(KeptReading, number)
        if kept is None:
            raise NearerError(f"There is no reading {number} in the journal.")
        owner = session.get_one(Relationship, kept.relationship_id)
        return _entry(kept, owner.name)


def people(journal: Journal) -> list[tuple[str, int]]:
    """(name, how many readings) of everybody the holder keeps readings with."""
    with journal.session() as session:
        return [(p.name, len(p.readings)) for p in session.scalars(select(Relationship).order_by(Relationship.name))]


def forget(journal: Journal, *, number: int | None = None, who: str | None = None, everything: bool = False) -> int:
    """Forget one reading, all of a person, or the whole journal; nothing of it stays in the file. Returns how many
    readings went."""
    with journal.session() as session:
        chosen = select(KeptReading)
        if number is not None:
            chosen = chosen.where(KeptReading.id == number)
        elif who is not None:
            chosen = chosen.join(Relationship).where(Relationship.name == who)
        elif not everything:
            raise NearerError("Say what to forget: a reading, a person, or everything.")
        gone = list(session.scalars(chosen))
        if (number is not None and not gone) or (who is not None and not _known(session, who)):
            raise NearerError("The journal has nothing of that name or number.")
        marks = [kept.fingerprint for kept in gone]
        for kept in gone:
            session.delete(kept)
        session.flush()
        # What was seen differently in a talk goes with it, unless the same talk is also kept under another name.
        still = select(KeptReading.fingerprint)
        session.execute(delete(Differed).where(Differed.fingerprint.in_(marks), Differed.fingerprint.not_in(still)))
        if who is not None:
            session.execute(delete(Relationship).where(Relationship.name == who))
            session.execute(delete(CheckIn).where(CheckIn.who == who))
        if everything:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
    journal.clean()
    return len(gone)


def fingerprint(conversation: Conversation) -> str:
    """The same for the same conversation: a hash over speakers' order, times and words."""
    digest = hashlib.sha256()
    order = {name: str(i) for i, name in enumerate(conversation.speakers)}
    for message in conversation:
        digest.update(f"{order[message.speaker]}|{message.time}|{message.text}\n".encode())
    return digest.hexdigest()[:32]


def message_mark(text: str) -> str:
    """A hash that knows a message again without keeping it."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def summary_of(reading: Reading) -> dict[str, Any]:
    """Numbers alone, by side: turns, words, air time, families, stages, measures."""
    sides: dict[str, Any] = {}
    for person in reading.speakers:
        side = sides.setdefault(_side(person.name, reading), {"turns": 0, "words": 0, "air_time": 0.0, "families": {}})
        side["turns"] += person.turns
        side["words"] += person.words
        side["air_time"] = round(side["air_time"] + person.air_time, 4)
        for family in person.families:
            counts = side["families"].setdefault(family.family, {"helps": 0, "hurts": 0})
            counts["helps"] += family.helps
            counts["hurts"] += family.hurts
    stages = [
        {
            "from": _side(way.from_, reading),
            "stages": [
                {"stage": s.stage, "state": s.state, "score": s.score, "interval": s.interval} for s in way.stages
            ],
            "standing": way.standing,
        }
        for way in reading.directions
    ]
    measures: dict[str, Any] = {}
    for name, value in reading.measures.items():
        if value is None or isinstance(value, float | int):
            measures[name] = value
        else:
            measures[name] = {_side(who, reading): number for who, number in value.items()}
    versions = reading.versions
    return {
        "messages": reading.messages, "sides": sides, "directions": stages, "measures": measures,
        "versions": {"nearer": versions.nearer, "catalogue": versions.catalogue, "norms": versions.norms,
                     "weights": versions.weights},
    }  # fmt: skip


def plain(moment: datetime | None) -> datetime | None:
    """A moment as the clock on the wall showed it."""
    return None if moment is None else moment.replace(tzinfo=None)


def _side(name: str, reading: Reading) -> str:
    return "me" if name == reading.me else "other"


def _episodes(reading: Reading, conversation: Conversation) -> list[dict[str, Any]]:
    out = []
    for episode in reading.episodes:
        turns, last = {"me": 0, "other": 0}, None
        for number in range(episode.first, episode.last + 1):
            speaker = conversation[number].speaker
            if speaker != last:
                turns[_side(speaker, reading)] += 1
            last = speaker
        start = plain(episode.start)
        out.append(
            {
                "index": episode.index,
                "start": start.isoformat() if start else None,
                "kind": episode.kind,
                "turns": turns,
            }
        )
    return out


def _findings(reading: Reading) -> list[KeptFinding]:
    starts = [(e.first, e.index) for e in reading.episodes]
    return [
        KeptFinding(
            cue=f.cue, family=f.family, stage=f.stage, polarity=f.polarity, side=_side(f.speaker, reading),
            episode=_episode(starts, f.message), time=plain(f.time), confidence=f.confidence,
        )
        for f in reading.findings
    ]  # fmt: skip


def _episode(starts: Sequence[tuple[int, int]], message: int) -> int:
    return max((index for first, index in starts if first <= message), default=0)


def conversation_of(entry: Entry) -> Conversation:
    """The conversation of a kept reading, as far as it was kept. Raises NearerError where its words were not."""
    if entry.text is None:
        raise NearerError("The words of this talk were not kept.")
    # Not splitlines: words hold line ends of other kinds.
    rows = [json.loads(line) for line in entry.text.split("\n") if line]
    said = [{**r, "time": datetime.fromisoformat(r["time"]) if r["time"] else None} for r in rows]
    # Only what was heard has a place in a recording.
    medium: Medium = "speech" if any("start" in r for r in rows) else "chat"
    return Conversation.from_messages(said, source=entry.source, medium=medium)


_TOO = ("reply_to", "start", "end")
"""What is kept of a message beside who said what when, where it is known."""


def _words(conversation: Conversation) -> str:
    return "\n".join(json.dumps(_row(m), ensure_ascii=False) for m in conversation)


def _row(m: Message) -> dict[str, Any]:
    row: dict[str, Any] = {"speaker": m.speaker, "time": m.time.isoformat() if m.time else None, "text": m.text}
    if m.kind != "text":
        row["kind"] = m.kind
    return row | {name: value for name in _TOO if (value := getattr(m, name)) is not None}


def relationship(session: Session, who: str) -> Relationship:
    """Somebody that the holder talks with, known or new. Raises NearerError where there is no name."""
    name = who.strip()
    if not name:
        raise NearerError("Give the other person a name to keep it under; any name will do.")
    found = _known(session, name)
    if found is None:
        found = Relationship(name=name)
        session.add(found)
        session.flush()
    return found


def _known(session: Session, name: str) -> Relationship | None:
    return session.scalar(select(Relationship).where(Relationship.name == name))


def _entry(kept: KeptReading, who: str) -> Entry:
    findings = tuple(
        {"cue": f.cue, "family": f.family, "stage": f.stage, "polarity": f.polarity, "side": f.side,
         "episode": f.episode, "time": f.time, "confidence": f.confidence}
        for f in kept.findings
    )  # fmt: skip
    return Entry(kept.id, who, kept.kept_at, kept.start, kept.end, kept.kind, kept.source, kept.danger, kept.summary,
                 kept.episodes, findings, kept.text)  # fmt: skip
