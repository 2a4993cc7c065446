"""Tables of messages: CSV, TSV, JSON, JSON Lines and Parquet, with columns named or guessed (docs/sources/table.md)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, epoch_ms
from nearer.errors import NearerError, UsageError
from nearer.sources import columns
from nearer.sources.base import DateOrder, Head, Input, Options
from nearer.sources.cells import (
    SINCE_1973,
    WRITTEN,
    Moments,
    cell,
    is_near_nought,
    is_number,
    key_of,
    name_of,
    place_of,
    reactions_of,
    words_of,
)
from nearer.sources.dates import decide
from nearer.sources.delimited import delimited
from nearer.sources.json_rows import first_object, objects, turns_in
from nearer.sources.text import clean_name, decode, unix

NAME = "table"
TITLE = "Table (CSV, JSON, JSON Lines, Parquet)"

_NAMELESS = 0.31
_LOOK = 5
"""Rows of CSV that tell what it is."""
_SENTENCE = re.compile(r"[.?!…,;:](?:\s|$)|\w\W+\w+\W+\w+\W+\w+\W+\w")
"""Words of somebody, and no name of a column: they are not for a line that says what is wrong."""
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
    if "clock" not in names and "start" not in names and is_near_nought(time):
        names["start"] = names.pop("time")
    elif "time" not in names and start is not None:
        place = place_of(start)
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
    if is_number(time) and 0 <= float(time) < SINCE_1973:
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
        place = place_of(cell(row, names, key))
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
    rare["reactions"] = reactions_of(cell(row, names, "reactions"))
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
    if is_number(turn):
        marks.turns.append(float(turn))


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
