"""Tables of messages: CSV, TSV, JSON, JSON Lines and Parquet, with columns named or guessed (docs/sources/table.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, epoch_ms
from nearer.errors import NearerError, UsageError
from nearer.sources.base import Head, Input, Options
from nearer.sources.text import clean_name, decode

NAME = "table"
TITLE = "Table (CSV, JSON, JSON Lines, Parquet)"

GUESSES: dict[str, tuple[str, ...]] = {
    "speaker": ("speaker", "sender", "author", "from", "name", "user", "who", "role", "participant", "username", "sender_name"),
    "text": ("text", "message", "content", "body", "utterance", "transcript", "words", "msg"),
    "time": ("time", "timestamp", "date", "datetime", "created_at", "sent_at", "when", "ts"),
    "start": ("start", "start_time", "begin", "onset"),
    "end": ("end", "end_time", "stop", "offset"),
    "id": ("id", "message_id", "utterance_id"),
    "reply_to": ("reply_to",),
    "kind": ("kind",),
}


def sniff(head: Head) -> float:
    """Rows that have something like a speaker and something like a text."""
    if head.data.startswith(b"PAR1"):
        return 0.9
    text = head.text.lstrip()
    if text[:1] in "[{":
        first = _first_object(text)
        return 0.6 if first and _columns(first, {}) else 0.0
    rows = _delimited(text[:20000], complete=False)
    return 0.6 if rows and _columns(rows[0], {}) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the rows. Raises NearerError where no column holds the speaker or the words."""
    rows = list(_rows(source))
    if not rows:
        raise NearerError(f"{source.path.name} holds no rows.")
    names = _columns(rows[0], options.columns)
    if names is None:
        has = ", ".join(list(rows[0])[:12])
        raise UsageError(
            f"{source.path.name}: name the columns with --columns speaker=…,text=… ; the file has {has or 'none'}."
        )
    builder = ConversationBuilder(NAME)
    ids: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        _add(row, names, number, builder, ids)
    if not len(builder):
        raise NearerError(f"{source.path.name}: no row has both a speaker and a text.")
    return builder.build()


def _add(row: Mapping[str, Any], names: Mapping[str, str], number: int, builder: ConversationBuilder, ids: dict[str, int]) -> None:
    speaker, text = row.get(names["speaker"]), row.get(names["text"])
    if speaker is None or str(speaker).strip() == "":
        builder.skip(number, "The row names no speaker.")
        return
    if text is None or isinstance(text, dict | list):
        builder.skip(number, "The row has no text.")
        return
    time = row.get(names.get("time", ""))
    moment = _moment(time) if time not in (None, "") else None
    if moment is None and time not in (None, ""):
        builder.skip(number, "Its time could not be read; the words were kept.")
    if moment is not None and moment.tzinfo is not None:
        builder.zoned = True
    kind = row.get(names.get("kind", ""), "text")
    rare: dict[str, Any] = {}
    for key in ("start", "end"):
        value = row.get(names.get(key, ""))
        if isinstance(value, int | float | str) and _is_number(value):
            rare[key] = float(value)
    if rare:
        builder.medium = "speech"
    identity = row.get(names.get("id", ""))
    answers = row.get(names.get("reply_to", ""))
    if answers not in (None, ""):
        rare["reply_to"] = ids.get(str(answers))
    index = builder.add(
        clean_name(str(speaker)), str(text), epoch_ms(moment) if moment else None,
        kind if kind in ("text", "media", "deleted") else "text", number, **rare,
        id=None if identity in (None, "") else str(identity),
    )  # fmt: skip
    if identity not in (None, ""):
        ids[str(identity)] = index


def _columns(row: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, str] | None:
    """Field -> column: the chosen ones, the others by their usual names. None without speaker and text."""
    for column in chosen.values():
        if column not in row:
            raise UsageError(f"There is no column {column!r}; the file has {', '.join(list(row)[:12])}.")
    lowered = {str(k).strip().lower(): k for k in row}
    found = dict(chosen)
    for field, guesses in GUESSES.items():
        if field not in found:
            name = next((lowered[g] for g in guesses if g in lowered), None)
            if name is not None:
                found[field] = name
    return found if "speaker" in found and "text" in found else None


def _rows(source: Input) -> Iterable[Mapping[str, Any]]:
    data = source.words()
    if data.startswith(b"PAR1"):
        import polars as pl

        yield from pl.read_parquet(io.BytesIO(data)).iter_rows(named=True)
        return
    text = decode(data, source.path.name).lstrip()
    if text[:1] not in "[{":
        yield from _delimited(text, complete=True)
        return
    yield from _objects(text, source.path.name)


def _objects(text: str, name: str) -> Iterable[Mapping[str, Any]]:
    import orjson

    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        whole = None
    if whole is None:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    row = orjson.loads(line)
                except orjson.JSONDecodeError:
                    row = None
                if not isinstance(row, dict):
                    raise NearerError(f"{name}, line {number}: expected one JSON object a line.") from None
                yield row
        return
    rows = whole if isinstance(whole, list) else next((whole[k] for k in ("messages", "utterances") if k in whole), [whole])
    yield from (r for r in rows if isinstance(r, dict))


def _first_object(text: str) -> Mapping[str, Any] | None:
    """The first JSON object with a speaker's or text's column, read from the beginning of a file."""
    import json

    decoder = json.JSONDecoder()
    for position in [i for i, c in enumerate(text[:20000]) if c == "{"][:12]:
        try:
            found, _ = decoder.raw_decode(text, position)
        except ValueError:
            continue
        if isinstance(found, dict):
            inner = next((found[k] for k in ("messages", "utterances") if isinstance(found.get(k), list)), None)
            return inner[0] if inner and isinstance(inner[0], dict) else found
    return None


def _delimited(text: str, complete: bool) -> list[dict[str, Any]]:
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    if first.count(mark) == 0:
        return []
    csv.field_size_limit(1 << 27)
    reader = csv.DictReader(io.StringIO(text.replace("\0", "")), delimiter=mark)
    rows = []
    try:
        for row in reader:
            rows.append({k: v for k, v in row.items() if k is not None})
            if not complete and len(rows) >= 5:
                break
    except csv.Error:
        if complete:
            raise NearerError(f"Row {len(rows) + 2} of the table is broken.") from None
    return rows


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _moment(value: Any) -> datetime | None:
    """ISO 8601, most written forms, or seconds or milliseconds since 1970."""
    if isinstance(value, datetime):
        return value
    if _is_number(value):
        number = float(value)
        from datetime import UTC

        try:
            return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
        except (OverflowError, OSError, ValueError):
            return None
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        from dateutil import parser

        try:
            return parser.parse(str(value))
        except (ValueError, OverflowError):
            return None
