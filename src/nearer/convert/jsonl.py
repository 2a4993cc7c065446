"""nearer's own JSON Lines: one object for the conversation, then one for each message and each notice.

    {"schema": "nearer/conversation/1", "source": "whatsapp", "speakers": ["Ana", "Ben"], "medium": "chat", …}
    {"speaker": "Ana", "text": "home yet?", "time": "2024-02-13T20:00:00.000", "line": 1}
    {"notice": "Ben left", "time": "2024-02-13T20:05:00.000", "line": 2}

Fields that say nothing are left out. `nearer.sources.nearer_jsonl` reads it back to an equal Conversation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from nearer.conversation import Conversation

SCHEMA = "nearer/conversation/1"


def write(conversation: Conversation, target: Path) -> None:
    """Write the file; a conversation of a million messages is never held twice."""
    import orjson

    with open(target, "wb") as out:
        for row in _rows(conversation):
            out.write(orjson.dumps(row) + b"\n")


def _rows(conversation: Conversation) -> Iterator[dict[str, Any]]:
    zone = getattr(conversation.messages.schema["time"], "time_zone", None)
    about = {
        "schema": SCHEMA, "source": conversation.source, "title": conversation.title, "me": conversation.me,
        "medium": conversation.medium, "utc": zone is not None, "speakers": conversation.speakers,
        "notes": conversation.notes, "skipped": [dataclasses.asdict(s) for s in conversation.skipped],
    }  # fmt: skip
    yield about
    speakers = conversation.speakers
    for row in _timed(conversation.messages).iter_rows(named=True):
        full = {k: v for k, v in row.items() if v is not None and v is not False}
        full["speaker"] = speakers[row["speaker"]]
        if full["kind"] == "text":
            del full["kind"]
        yield full
    for row in _timed(conversation.system).rename({"text": "notice"}).iter_rows(named=True):
        yield {k: v for k, v in row.items() if v is not None}


def _timed(frame: pl.DataFrame) -> pl.DataFrame:
    """Times as ISO 8601 to the millisecond, "Z" behind those that are UTC."""
    import polars as pl

    zone = getattr(frame.schema["time"], "time_zone", None)
    return frame.with_columns(pl.col("time").dt.strftime("%Y-%m-%dT%H:%M:%S%.3f" + ("Z" if zone else "")))
