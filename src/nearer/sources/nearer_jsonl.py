"""A conversation as `nearer convert` writes it: JSON Lines that say what they are in the first."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, cast

from nearer.conversation import Conversation, ConversationBuilder, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.records import buffer, lines

NAME = "nearer"
TITLE = "nearer's own (from nearer convert)"

_SCHEMA = re.compile(r'^\ufeff?\s*\{"schema"\s*:\s*"nearer/conversation/1"')


def sniff(head: Head) -> float:
    """The schema's name stands first."""
    return 1.0 if _SCHEMA.match(head.text) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read it back. Raises NearerError where the first line is broken, or where nobody says anything."""
    rows = lines(buffer(source, source.main_member() if source.names else None))
    _, about = next(rows, (1, None))
    if about is None:
        raise NearerError(f"{source.path.name}: its first line, which says what it is, is broken.")
    builder = ConversationBuilder(
        str(about.get("source") or NAME), "speech" if about.get("medium") == "speech" else "chat"
    )
    builder.zoned = bool(about.get("utc"))
    builder.introduce([s for s in _list(about, "speakers") if isinstance(s, str)])
    for note in _list(about, "notes"):
        builder.note(str(note))
    for skipped in _list(about, "skipped"):
        if isinstance(skipped, dict) and isinstance(skipped.get("line"), int):
            builder.skip(skipped["line"], str(skipped.get("why") or ""))
    for number, row in rows:
        if row is None:
            builder.skip(number, "This line is damaged.")
        elif isinstance(row.get("notice"), str):
            builder.notice(row["notice"], _time(row, builder.zoned), _whole(row, "line"))
        elif isinstance(row.get("speaker"), str) and isinstance(row.get("text", ""), str):
            _add(builder, row)
        else:
            builder.skip(number, "This line has no speaker or no text.")
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages.")
    me, title = about.get("me"), about.get("title")
    return builder.build(
        me=me if isinstance(me, str) and me in builder.speakers else None,
        title=title if isinstance(title, str) else None,
    )


def _add(builder: ConversationBuilder, row: dict[str, Any]) -> None:
    kind = row.get("kind")
    given = [r for r in _list(row, "reactions") if isinstance(r, dict)]
    builder.add(
        row["speaker"], row.get("text", ""), _time(row, builder.zoned),
        kind if kind in ("media", "deleted") else "text", _whole(row, "line"), id=_text(row, "id"),
        reply_to=_whole(row, "reply_to"), edited=row.get("edited") is True, forwarded=row.get("forwarded") is True,
        attachment=_text(row, "attachment"), start=_number(row, "start"), end=_number(row, "end"),
        reactions=tuple(Reaction(str(r.get("speaker")), str(r.get("emoji"))) for r in given),
    )  # fmt: skip


def _time(row: dict[str, Any], zoned: bool) -> int | None:
    written = row.get("time")
    if not isinstance(written, str):
        return None
    try:
        moment = datetime.fromisoformat(written)
        return epoch_ms(moment if zoned else moment.replace(tzinfo=None))
    except (ValueError, OverflowError):
        return None


def _list(row: dict[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    return value if isinstance(value, list) else []


def _text(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) else None


def _whole(row: dict[str, Any], key: str) -> int | None:
    value = row.get(key)
    return value if type(value) is int and 0 <= value < 1 << 31 else None


def _number(row: dict[str, Any], key: str) -> float | None:
    value = row.get(key)
    return float(cast(float, value)) if type(value) in (int, float) and abs(cast(float, value)) < 1e12 else None
