"""Conversations for the properties: drawn from the cues' own examples, in episodes, with times."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import strategies as st

from nearer.conversation import Conversation, Message
from nearer.cues import catalogue
from nearer.cues.examples import pairs
from nearer.reading.read import Settings, read_conversation
from nearer.reading.types import Reading

START = datetime(2024, 3, 4, 9, 0)
"""A Monday morning."""
Row = tuple[str, str, datetime]

SCENES: list[list[tuple[str, str]]] = [
    list(pairs(example)[0]) for cue in catalogue().cues.values() for example in (*cue.fires[:4], *cue.silent[:4])
]
"""A few neighbouring lines each, said by "me" and "other"."""
DYNAMIC = frozenset(code for code, cue in catalogue().cues.items() if cue.dynamics)
"""Cues that look at the whole conversation, so that a longer or shorter one may change them."""


def talk(rows: Sequence[Row]) -> Conversation:
    """Rows as a conversation."""
    return Conversation.from_messages([Message(index, who, text, time) for index, (who, text, time) in enumerate(rows)])


@st.composite
def episodes(draw: st.DrawFn, least: int = 1, most: int = 4) -> list[list[Row]]:
    """Episodes on days of their own, each of up to five scenes; "me" and "other" have both spoken."""
    found: list[list[Row]] = []
    for day in range(draw(st.integers(least, most))):
        time = START + timedelta(days=day)
        rows: list[Row] = []
        for scene in draw(st.lists(st.sampled_from(SCENES), min_size=1, max_size=5)):
            for who, text in scene:
                time += timedelta(minutes=2)
                rows.append((who, text, time))
        found.append([("me", "morning", START + timedelta(days=day)), ("other", "morning", rows[0][2]), *rows])
    return found


def read(conversation: Conversation) -> Reading:
    """The reading without the encoder, which the properties do not need."""
    return read_conversation(conversation, Settings())


def seen(reading: Reading, shift: int = 0, dynamic: bool = True) -> Counter[tuple[object, ...]]:
    """What was found, where and of whom, message numbers shifted; with or without cues of the whole conversation."""
    return Counter(
        (f.cue, f.speaker, f.message + shift, f.start, f.end, f.quote, f.polarity, f.confidence)
        for f in reading.findings
        if dynamic or f.cue not in DYNAMIC
    ) + Counter((d.cue, d.speaker, d.message + shift, d.start, d.end, d.quote) for d in reading.danger)


def unnamed(reading: Reading, names: dict[str, str]) -> Reading:
    """The reading with its people called by other names."""

    def put(value: object) -> object:
        if isinstance(value, str):
            return names.get(value, value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            changed = {f.name: put(getattr(value, f.name)) for f in dataclasses.fields(value)}
            return dataclasses.replace(value, **changed)
        if isinstance(value, tuple):
            return tuple(put(v) for v in value)
        if isinstance(value, dict):
            return {put(k): put(v) for k, v in value.items()}
        return value

    changed = put(reading)
    assert isinstance(changed, Reading)
    return changed
