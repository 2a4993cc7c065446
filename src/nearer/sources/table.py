"""Tables of messages: CSV, TSV, JSON, JSON Lines and Parquet, with columns named or guessed (docs/sources/table.md)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, epoch_ms
from nearer.errors import NearerError, UsageError
from nearer.sources.base import DateOrder, Head, Input, Options
from nearer.sources.dates import decide
from nearer.sources.text import clean_name, decode

NAME = "table"
TITLE = "Table (CSV, JSON, JSON Lines, Parquet)"

_WRITTEN = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})\b")

GUESSES: dict[str, tuple[str, ...]] = {
    "speaker": ("speaker", "sender", "author", "from", "name", "user", "who", "role",
                "participant", "username", "sender_name"),
    "text": ("text", "message", "content", "body", "utterance", "transcript", "words", "msg"),
    "time": ("time", "timestamp", "date", "datetime", "created_at", "sent_at", "when", "ts"),
    "start": ("start", "start_time", "begin", "onset"),
    "end": ("end", "end_time", "stop", "offset"),
    "id": ("id", "message_id", "utterance_id"),
    "reply_to": ("reply_to",),
    "kind": ("kind",),
}  # fmt: skip


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
    first: dict[str, Any] = {}
    for row in islice(_rows(source), 200):
        first = {**(row or {}), **first}
    if not first:
        raise NearerError(f"{source.path.name} holds no rows that could be read.")
    names = _columns(first, options.columns)
    if names is None:
        has = ", ".join(list(first)[:12])
        raise UsageError(
            f"{source.path.name}: name the columns with --columns speaker=…,text=… ; the file has {has or 'none'}."
        )
    builder = ConversationBuilder(NAME)
    clock = _Clock(_order(source, names.get("time", ""), first, options, builder))
    ids: dict[str, int] = {}
    for number, row in enumerate(_rows(source), 1):
        if row is None:
            builder.skip(number, "It is not one JSON object with names and values.")
        else:
            _add(row, names, number, builder, ids, clock)
    if not len(builder):
        raise NearerError(f"{source.path.name}: no row has both a speaker and a text.")
    return builder.build()


def _order(
    source: Input, column: str, first: Mapping[str, Any], options: Options, builder: ConversationBuilder
) -> DateOrder:
    """Order of day and month in a column of written dates, from all of its rows."""
    if not _WRITTEN.match(str(first.get(column, ""))):
        return "ymd"
    matches = (_WRITTEN.match(str(row.get(column, ""))) for row in _rows(source) if row)
    fields = dict.fromkeys((int(m[1]), int(m[2]), int(m[3])) for m in matches if m)
    order, note = decide(list(fields), options.dates)
    if note:
        builder.note(note)
    return order


def _add(
    row: Mapping[str, Any],
    names: Mapping[str, str],
    number: int,
    builder: ConversationBuilder,
    ids: dict[str, int],
    clock: _Clock,
) -> None:
    speaker, text = row.get(names["speaker"]), row.get(names["text"])
    who = "" if speaker is None else clean_name(str(speaker))
    if not who:
        builder.skip(number, "The row names no speaker.")
        return
    if text is None or isinstance(text, dict | list):
        builder.skip(number, "The row has no text.")
        return
    time = row.get(names.get("time", ""))
    moment = clock.read(time) if time not in (None, "") else None
    if moment is None and time not in (None, ""):
        clock.unread += 1
        if clock.unread == 1:
            builder.note(f"Row {number} has a time that could not be read, perhaps others too; their words were kept.")
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
        who, str(text), epoch_ms(moment) if moment else None,
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
    for field in ("id", "reply_to", "kind"):
        found.setdefault(field, field)  # They may first appear far down.
    return found if "speaker" in found and "text" in found else None


def _rows(source: Input) -> Iterable[Mapping[str, Any] | None]:
    data = source.words()
    if data.startswith(b"PAR1"):
        import polars as pl

        try:
            frame = pl.read_parquet(io.BytesIO(data))
        except (pl.exceptions.PolarsError, OSError, RuntimeError):
            raise NearerError(f"{source.path.name} is a damaged or cut-off Parquet file; make it again.") from None
        yield from frame.iter_rows(named=True)
        return
    text = decode(data, source.path.name).lstrip()
    if text[:1] not in "[{":
        yield from _delimited(text, complete=True)
        return
    yield from _objects(text)


def _objects(text: str) -> Iterable[Mapping[str, Any] | None]:
    """Objects of one JSON document, or of JSON Lines; None for what is no object."""
    import orjson

    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        for line in text.split("\n"):
            if line.strip():
                try:
                    row = orjson.loads(line)
                except orjson.JSONDecodeError:
                    row = None
                yield row if isinstance(row, dict) else None
        return
    if isinstance(whole, dict):
        whole = next((whole[k] for k in ("messages", "utterances") if isinstance(whole.get(k), list)), [whole])
    for row in whole if isinstance(whole, list) else []:
        yield row if isinstance(row, dict) else None


def _first_object(text: str) -> Mapping[str, Any] | None:
    """The first JSON object with a speaker's or text's column, read from the beginning of a file."""
    import json

    decoder = json.JSONDecoder()
    for position in [i for i, c in enumerate(text[:20000]) if c == "{"][:12]:
        try:
            found, _ = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
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


class _Clock:
    """Reads times as tables write them: ISO 8601, other written forms, or seconds or milliseconds since 1970."""

    def __init__(self, order: DateOrder) -> None:
        self.order = order
        self.unread = 0

    def read(self, value: Any) -> datetime | None:
        """None where the value is no time."""
        if isinstance(value, datetime):
            return value
        try:
            if _is_number(value):
                number = float(value)
                return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
            return datetime.fromisoformat(str(value))
        except (OverflowError, OSError, ValueError):
            from dateutil import parser

            try:
                return parser.parse(str(value)[:60], dayfirst=self.order == "dmy")
            except (ValueError, OverflowError):
                return None
