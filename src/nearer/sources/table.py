"""Tables of messages: CSV, TSV, JSON, JSON Lines and Parquet, with columns named or guessed (docs/sources/table.md)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, Reaction, epoch_ms
from nearer.errors import NearerError, UsageError
from nearer.sources import columns, months
from nearer.sources.base import DateOrder, Head, Input, Options
from nearer.sources.clock import by_words
from nearer.sources.dates import decide
from nearer.sources.delimited import delimited
from nearer.sources.records import parsed
from nearer.sources.text import clean_name, decode, plain, unix

NAME = "table"
TITLE = "Table (CSV, JSON, JSON Lines, Parquet)"

WRITTEN = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})\b")

_NAMELESS = 0.31
_LOOK = 5
"""Rows of CSV that tell what it is."""
SINCE_1973 = 1e8
"""Seconds; smaller numbers are places in a recording."""
_NEAR_NOUGHT = 300
"""Seconds; a recording's first words are seldom later."""
_SENTENCE = re.compile(r"[.?!…,;:](?:\s|$)|\w\W+\w+\W+\w+\W+\w+\W+\w")
"""Words of somebody, and no name of a column: they are not for a line that says what is wrong."""
PLACE = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,3})?)")
NOTHING = ("", "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "NaT", "None", "null", "NULL")
"""How R, pandas, Excel and databases write that a cell is empty. Words are never asked: somebody may have said so."""
WHOLE = re.compile(r"^(-?\d+)\.0+$")
NO_OBJECT = "It is not one JSON object with names and values."
NOBODY = ("system", "developer", "tool", "function")
"""Roles in talks with language models that are no side of the talk."""


def sniff(head: Head) -> float:
    """Rows that have something like a speaker and something like a text."""
    if head.data.startswith(b"PAR1"):
        return 0.9
    text = head.text.lstrip()
    if text[:1] in "[{":
        first = first_object(text)
        return 0.6 if first and columns.find(first, {}) else 0.0
    found = delimited(io.StringIO(unix(text[:20000]), newline="\n"))
    rows = [r for r in islice(found, _LOOK) if not isinstance(r, str)]
    if rows and columns.find(rows[0], {}):
        return 0.8
    # A table whose columns the holder has to name; parse says how.
    named = head.name.lower().endswith((".csv", ".tsv"))
    return _NAMELESS if named and len(rows) > 1 and all(len(r) == len(rows[0]) > 1 for r in rows) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the rows. Raises NearerError where no column holds the speaker or the words."""
    first: dict[str, Any] = {}
    for row in islice(_rows(source), 200):
        first = {**({} if isinstance(row, str) else row), **first}
    if not first:
        raise NearerError(f"{source.path.name} holds no rows that could be read.")
    names = columns_in(first, options.columns)
    if names is None and any(_SENTENCE.search(str(column)) for column in first):
        raise UsageError(f"{source.path.name}: the first row names no columns; write speaker and text above them.")
    if names is None and turns_in(first):
        raise UsageError(
            f"{source.path.name} holds a conversation in each row; nearer corpus (docs/research.md) reads all of them."
        )
    if names is None:
        has = ", ".join(list(first)[:12])
        raise UsageError(
            f"No column of {source.path.name} says who speaks and what is said; it has {has or 'none'}. "
            "Name them with --columns speaker=…,text=…."
        )
    builder = ConversationBuilder(NAME)
    clock = Moments(_order(source, names.get("time"), first, options, builder))
    marks = _Marks()
    for number, row in enumerate(_rows(source), 1):
        if isinstance(row, str):
            builder.skip(number, row)
        else:
            _add(row, names, number, builder, marks, clock)
    for place, answered in marks.answers.items():
        if answered in marks.ids:
            builder.set(place, "reply_to", marks.ids[answered])
    if len(marks.talks) > 1:
        builder.note(
            f"The column {names['conversation']!r} names {len(marks.talks)} conversations, which were read as one; "
            "nearer corpus (docs/research.md) reads each by itself."
        )
    if not len(builder):
        raise NearerError(f"{source.path.name}: no row has both a speaker and a text.")
    me = columns.ME if {"mine", "sent"} & set(names) else "user" if names.get("speaker") == "role" else None
    conversation = builder.build(me=me if me in builder.speakers else None)
    if not conversation.messages["time"].null_count():
        return conversation.in_order(conversation.messages["time"])
    numbered = (
        len(set(marks.turns)) == len(conversation) and conversation.start is None and conversation.medium == "chat"
    )
    return conversation.in_order(marks.turns) if numbered else conversation


@dataclass
class _Marks:
    """What rows say of each other: index of an id, id that an index answers, numbers of turns, conversations."""

    ids: dict[str, int] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    turns: list[float] = field(default_factory=list)
    talks: set[str] = field(default_factory=set)


def columns_in(first: Mapping[str, Any], chosen: Mapping[str, str], file: str = "the file") -> dict[str, str] | None:
    """Field -> column (see `columns.find`), with what the first row tells of its times: a time may be a place in a
    recording, and where something starts a time."""
    names = columns.find(first, chosen, file)
    if names is None:
        return None
    time, start = (cell(first, names, name) for name in ("time", "start"))
    if "clock" not in names and "start" not in names and _near_nought(time):
        names["start"] = names.pop("time")
    elif "time" not in names and start is not None:
        place = _place(start)
        if place is None or place >= SINCE_1973:
            names["time"] = names.pop("start")
    return names


def _order(
    source: Input, column: str | None, first: Mapping[str, Any], options: Options, builder: ConversationBuilder
) -> DateOrder:
    """Order of day and month in a column of written dates, from all of its rows."""
    if column is None or not WRITTEN.match(str(first.get(column, ""))):
        return "ymd"
    matches = (WRITTEN.match(str(row.get(column, ""))) for row in _rows(source) if not isinstance(row, str))
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
    marks: _Marks,
    clock: Moments,
) -> None:
    speaker, text = name_of(cell(row, names, "speaker")), words_of(row.get(names["text"]))
    if "mine" in names and (mine := columns.is_mine(row.get(names["mine"]))) is not None:
        speaker = columns.ME if mine else speaker or columns.OTHER
    who = "" if speaker is None else clean_name(str(speaker))
    if str(cell(row, names, "sent" if "sent" in names else "mine")).strip().lower() in columns.TOLD:
        builder.notice(str(text or ""), line=number)
        return
    if not who and "sent" in names:
        mine = columns.is_mine(row.get(names["sent"]))
        if mine is None:
            builder.notice(str(text or ""), line=number)
            return
        who = columns.ME if mine else columns.OTHER
    if not who:
        builder.skip(number, "The row names no speaker.")
        return
    if text is None or isinstance(text, dict | list):
        builder.skip(number, "The row has no text.")
        return
    if names.get("speaker") == "role" and who in NOBODY:
        builder.notice(str(text), line=number)
        return
    time: Any = cell(row, names, "time")
    if "clock" in names and time is not None:
        time = f"{time} {cell(row, names, 'clock') or ''}".strip()
    rare: dict[str, Any] = {}
    if _is_number(time) and 0 <= float(time) < SINCE_1973:
        rare["start"], time = float(time), None
    moment = clock.read(time) if time is not None else None
    if moment is None and time is not None:
        clock.unread += 1
        if clock.unread == 1:
            builder.note(f"Row {number} has a time that could not be read, perhaps others too; their words were kept.")
    if moment is not None and moment.tzinfo is not None:
        builder.zoned = True
    kind = cell(row, names, "kind")
    for key in ("start", "end"):
        place = _place(cell(row, names, key))
        if place is not None:
            rare[key] = place
    if rare:
        builder.medium = "speech"
    if (talk := cell(row, names, "conversation")) is not None:
        marks.talks.add(str(talk))
    identity = cell(row, names, "id")
    attachment = cell(row, names, "attachment")
    if isinstance(attachment, str) and attachment:
        rare["attachment"] = attachment
        kind = "media" if text == "" else kind
    rare["reactions"] = _reactions(cell(row, names, "reactions"))
    for key in ("edited", "forwarded"):
        rare[key] = str(cell(row, names, key)).lower() == "true"
    index = builder.add(
        who, str(text), epoch_ms(moment) if moment else None,
        kind if kind in ("text", "media", "deleted") else "text", number, **rare,
        id=None if identity is None else str(identity),
    )  # fmt: skip
    if identity is not None:
        marks.ids[key_of(identity)] = index
    answered = cell(row, names, "reply_to")
    if answered is not None:
        marks.answers[index] = key_of(answered)
    turn = cell(row, names, "turn")
    if _is_number(turn):
        marks.turns.append(float(turn))


def _reactions(cell: Any) -> tuple[Reaction, ...]:
    """Those of a list of objects, or, as nearer writes CSV, of "Ana: 👍; Ben: Loved"."""
    if isinstance(cell, str):
        parts = (part.rpartition(": ") for part in cell.split("; "))
        return tuple(Reaction(speaker, emoji) for speaker, _, emoji in parts if speaker)
    given = [r for r in cell if isinstance(r, dict)] if isinstance(cell, list) else []
    return tuple(Reaction(str(r["speaker"]), str(r["emoji"])) for r in given if {"speaker", "emoji"} <= r.keys())


def key_of(identity: Any) -> str:
    """An id by which messages are found. pandas writes whole numbers as 12.0 where the column has empty cells."""
    return WHOLE.sub(r"\1", str(identity).strip())


def cell(row: Mapping[str, Any], names: Mapping[str, str], field: str) -> Any:
    """What a row holds of a field, None where it holds nothing or the table has no column for it. ("" would be a
    column: that of the row numbers which pandas writes.)"""
    value = row.get(names[field]) if field in names else None
    empty = value.strip() in NOTHING if isinstance(value, str) else value != value  # A number that is none.
    return None if empty else value


def name_of(cell: Any) -> Any:
    """Who is meant; some programs write an object with a name in it."""
    if isinstance(cell, dict):
        return next((cell[k] for k in ("name", "display_name", "username", "role", "id") if cell.get(k)), None)
    return cell


def _place(cell: Any) -> float | None:
    """Seconds into a recording of 61.5, "61,5" or "00:01:01,500"."""
    if isinstance(cell, str) and (written := PLACE.fullmatch(cell.strip())):
        return int(written[1] or 0) * 3600 + int(written[2]) * 60 + float(written[3].replace(",", "."))
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, str):
        cell = cell.replace(",", ".")  # As half of Europe writes 61,5.
    return float(cell) if isinstance(cell, int | float | str) and _is_number(cell) else None


def _near_nought(cell: Any) -> bool:
    """Whether a time without a date is a place at the beginning of a recording, and no time of day."""
    place = _place(cell) if isinstance(cell, timedelta) or (isinstance(cell, str) and ":" in cell) else None
    return place is not None and place < _NEAR_NOUGHT


def words_of(cell: Any) -> Any:
    """What a cell says; programs that talk with language models write it in parts."""
    if isinstance(cell, list):
        parts = [p.get("text") if isinstance(p, dict) else p for p in cell]
        return "\n".join(p for p in parts if isinstance(p, str)) or None
    return cell


def _rows(source: Input) -> Iterable[Mapping[str, Any] | str]:
    data = source.words()
    if data.startswith(b"PAR1"):
        import polars as pl

        try:
            frame = pl.read_parquet(io.BytesIO(data))
        except (pl.exceptions.PolarsError, OSError, RuntimeError):
            raise NearerError(f"{source.path.name} is a damaged or cut-off Parquet file; make it again.") from None
        yield from frame.iter_rows(named=True)
        return
    text = unix(decode(data, source.path.name)).lstrip()
    if text[:1] not in "[{":
        yield from delimited(io.StringIO(text, newline="\n"))
        return
    yield from objects(text)


def objects(text: str) -> Iterable[Mapping[str, Any] | str]:
    """Objects of one JSON document, or of JSON Lines; a sentence for what is no object."""
    whole = parsed(text)
    if whole is None:
        for line in text.split("\n"):
            if line.strip():
                row = parsed(line)
                yield row if isinstance(row, dict) else NO_OBJECT
        return
    if isinstance(whole, dict):
        whole = _several(whole) or _list_in(whole) or [whole]
    for row in whole if isinstance(whole, list) else []:
        yield row if isinstance(row, dict) else NO_OBJECT


def _list_in(document: Mapping[str, Any]) -> list[Any] | None:
    """The rows of a JSON object that holds them under some name; None where it is a row itself."""
    for key in ("messages", "utterances"):
        if isinstance(document.get(key), list):
            return document[key]  # type: ignore[no-any-return]
    if columns.find(document, {}):
        return None
    lists = [v for v in document.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return next((v for v in lists if columns.find(v[0], {})), None)


def _several(document: Mapping[str, Any]) -> list[Any] | None:
    """The rows of a JSON object that is a list of turns for each conversation, by its name; None where it is not."""
    lists = [v for v in document.values() if isinstance(v, list)]
    if len(lists) < max(2, len(document)) or not all(
        v and isinstance(v[0], dict) and columns.find(v[0], {}) for v in lists
    ):
        return None
    return [
        {"conversation": k, **row} if isinstance(row, dict) else row for k, rows in document.items() for row in rows
    ]


def turns_in(row: Mapping[str, Any]) -> list[Any] | None:
    """The turns of a row that holds a whole conversation, as data sets on Hugging Face do; None where it does not."""
    found = _list_in(row)
    return found if found and isinstance(found[0], dict) and columns.find(found[0], {}) else None


def first_object(text: str) -> Mapping[str, Any] | None:
    """The first JSON object with a speaker's or text's column, read from the beginning of a file."""
    import json

    decoder = json.JSONDecoder()
    for position in [i for i, c in enumerate(text[:20000]) if c == "{"][:12]:
        try:
            found, _ = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            inner = _list_in(found)
            return inner[0] if inner and isinstance(inner[0], dict) else found
    return None


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


class Moments:
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
                for _ in range(3):  # Milliseconds, or thousandths or millionths of them.
                    number = number / 1000 if number > 1e11 else number
                return datetime.fromtimestamp(number, UTC)
            return datetime.fromisoformat(str(value))
        except (OverflowError, OSError, ValueError):
            return self._written(plain(str(value)).strip())

    def _written(self, text: str) -> datetime | None:
        # JavaScript names the zone in brackets; dateutil takes GMT+0100 for an hour behind Greenwich.
        bare = re.sub(r"\b(?:GMT|UTC)(?=[+-]\d)", "", re.sub(r" \([^()]*\)$", "", text))
        bare = re.sub(r"(?i)(?<=\d),? (?:klo|kl\.?|um|à|às|at|om) (?=\d)|(?<=\d) (?:Uhr|uur)$", " ", bare)
        if ":" not in bare:
            bare = re.sub(r"(?<=\d),? (\d{1,2})\.(\d\d)(?:\.(\d\d))?$", lambda m: f" {m[1]}:{m[2]}:{m[3] or 0}", bare)
        try:
            return by_words(bare, dayfirst=self.order == "dmy")
        except ValueError:
            named = months.moment(text)
            return None if named is None else datetime.fromtimestamp(named / 1000, UTC).replace(tzinfo=None)
