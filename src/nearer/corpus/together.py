"""The conversations of a piece, heard many at once: patterns over a thousand short ones cost what one long one does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nearer.corpus.inputs import Piece, Problem, Talk, talks
from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.read import Heard, hear

if TYPE_CHECKING:
    from nearer.reading.read import Settings

_TOGETHER = 20_000
"""Messages that are heard at once, or one conversation: enough that a conversation costs little, few enough for memory."""


def heard(piece: Piece, settings: Settings) -> Iterator[tuple[Talk, Heard] | Problem]:
    """Every conversation of a piece with what patterns say of it; what cannot be read comes as a Problem first."""
    some: list[Talk] = []
    held = 0
    for talk in talks(piece):
        if isinstance(talk, Problem):
            yield talk
            continue
        if some and held + len(talk.conversation) > _TOGETHER:
            yield from _heard(some, settings)
            some, held = [], 0
        some.append(talk)
        held += len(talk.conversation)
    yield from _heard(some, settings)


def _heard(some: list[Talk], settings: Settings) -> Iterator[tuple[Talk, Heard]]:
    lines = [Lines.of(talk.conversation) for talk in some]
    yield from zip(some, hear(lines, catalogue(settings.cues), settings.engine), strict=True)
