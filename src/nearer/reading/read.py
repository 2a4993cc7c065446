"""A conversation in, a Reading out. Nothing is printed, stored or served here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nearer.cues import Catalogue, catalogue
from nearer.errors import NearerError
from nearer.pauses import without_pauses
from nearer.reading import kind as kinds
from nearer.reading.findings import findings
from nearer.reading.ladder import directions
from nearer.reading.next_step import next_step
from nearer.reading.norms import norms, shipped
from nearer.reading.screen import screen
from nearer.reading.standing import speakers
from nearer.reading.types import Direction, Finding, NextStep, Reading, SpeakerReading, Versions
from nearer.signals.dynamics.measures import measures
from nearer.signals.lines import LONGEST, Lines
from nearer.signals.read import Heard, Signals, hear, read_signals, signals_of
from nearer.version import __version__

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.model import Kind
    from nearer.signals.encoder import Encoder


@dataclass(frozen=True)
class Settings:
    """How to read: the holder's name, the kind of conversation if they say it, whether their Self-care is read,
    and, for those who bring their own, cues, norms (else those shipped), engine and encoder."""

    me: str | None = None
    kind: Kind | None = None
    self_care: bool = False
    cues: tuple[Path, ...] = ()
    norms: Path | None = None
    engine: str | None = None
    encoder: Encoder | None = None


@without_pauses()
def read_conversation(
    conversation: Conversation, settings: Settings = Settings(), heard: Heard | None = None
) -> Reading:
    """The reading of a conversation: the same conversation, settings and versions give the same reading.

    heard: what patterns say of it, where many were heard at once (signals/read.py). Raises NearerError when `me` is
    nobody in it.
    """
    me = settings.me or conversation.me
    if me is not None and me not in conversation.speakers:
        raise NearerError(f"Nobody here is called {me!r}. This conversation has {_listed(conversation.speakers)}.")
    book = catalogue(settings.cues)
    usual = norms(settings.norms or shipped(encoder=settings.encoder is not None))
    heard = heard or hear([Lines.of(conversation)], book, settings.engine)[0]
    signals, lines = signals_of(heard, book, settings.encoder), heard.lines
    times = conversation.messages["time"].to_list()
    episodes = kinds.episodes(signals, book, times, settings.kind)
    kind, why = kinds.overall(episodes)
    danger = screen(signals, book, times)
    found = findings(signals, book, episodes, times, me if settings.self_care else None, advise=not danger)
    who = speakers(lines, signals.turns, found, usual, kind)
    ways = directions(signals, found, danger)
    return Reading(
        versions=Versions(__version__, book.version, usual.version, _weights(settings)),
        source=conversation.source, kind=kind, kind_why=why, title=conversation.title, me=me, messages=len(lines),
        speakers=who, start=conversation.start, end=conversation.end, episodes=episodes,
        system_messages=conversation.system.height,
        skipped=tuple((s.line, s.why) for s in conversation.skipped),
        notes=(*conversation.notes, *_alone(lines), *_cut(conversation, lines)),
        measures=measures(signals.features), directions=ways,
        next_step=None if danger else _next_step(me, who, ways), findings=found, danger=danger,
    )  # fmt: skip


def read_pairs(
    pairs: Sequence[tuple[str, str]], settings: Settings = Settings()
) -> tuple[Signals, Catalogue, tuple[Finding, ...]]:
    """Signals and findings of a few (speaker, text) lines without times: what `check` stands on."""
    book = catalogue(settings.cues)
    signals = read_signals(Lines.of_pairs(pairs), book, settings.engine, settings.encoder)
    return signals, book, read_few(signals, book, settings)


def read_few(signals: Signals, book: Catalogue, settings: Settings) -> tuple[Finding, ...]:
    """Findings of a few lines without times."""
    times = [None] * len(signals.lines)
    episodes = kinds.episodes(signals, book, times, settings.kind)
    return findings(signals, book, episodes, times, settings.me if settings.self_care else None)


def _next_step(me: str | None, who: Sequence[SpeakerReading], ways: Sequence[Direction]) -> NextStep | None:
    """For the holder; where nobody said who they are, there is nobody to suggest a step to."""
    own = next((s for s in who if s.name == me), None)
    way = next((d for d in ways if d.from_ == me), None)
    return next_step(own, way) if own else None


def _alone(lines: Lines) -> tuple[str, ...]:
    """A note where there is nobody to be heard by."""
    return ("Only one person speaks here. What is between two people does not show in it.",) * (len(lines.names) == 1)


def _cut(conversation: Conversation, lines: Lines) -> tuple[str, ...]:
    """A note where a message was too long to be read whole."""
    if max(map(len, lines.texts), default=0) < LONGEST:
        return ()
    long = int((conversation.messages["text"].str.len_chars() > LONGEST).sum())
    return (f"Of each message the first {LONGEST:,} characters were read; {long} had more.",) if long else ()


def _weights(settings: Settings) -> str | None:
    return settings.encoder.version if settings.encoder else None


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:8])
    return shown + (f" and {len(names) - 8} others" if len(names) > 8 else "")
