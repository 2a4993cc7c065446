"""Rows of a corpus's tables, a slice at a time: all cells as text, under nearer's own names of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, repeat, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import UsageError
from nearer.sources import Input, detect
from nearer.sources.delimited import delimited, lines_of_file
from nearer.sources.records import buffer, lines
from nearer.sources.table import NO_OBJECT, first_object, name_of, objects, words_of
from nearer.sources.text import decode

if TYPE_CHECKING:
    import polars as pl

_TABLES = (".parquet", ".jsonl", ".ndjson", ".csv", ".tsv", ".json")
_SLICE = 500_000
_BATCH = 20_000
"""Rows that are held as Python objects, which take several times as much as a frame."""
_LOOK = 200
"""Rows in which columns are looked for, where the file has no list of them."""
_A_ROW = 80
"""Bytes of a row in a JSON list, roughly."""
WANTED: dict[str, tuple[str, ...]] = {
    "conversation": ("conversation", "conversation_id", "dialogue_id", "dialog_id", "root", "thread", "chat"),
    "speaker": ("speaker", "user", "author", "sender", "from", "name"),
    "text": ("text", "message", "body", "content", "utterance"),
    "time": ("time", "timestamp", "date", "datetime", "created_at"),
    "id": ("id", "message_id", "utterance_id"),
    "reply_to": ("reply_to", "reply-to"),
}


def columns_of(path: Path, chosen: Mapping[str, str]) -> dict[str, str] | None:
    """Our names -> the table's, where it is a table of many conversations; None where it is not."""
    if path.suffix.lower() not in _TABLES:
        return None
    try:
        names = _names(path, chosen)
    except Exception:
        return None
    for column in chosen.values():
        if names and column not in names:
            raise UsageError(f"{path.name} has no column {column!r}; it has {', '.join(names[:12])}.")
    return _mapped(names, chosen) if names else None


def _mapped(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str] | None:
    low = {n.lower(): n for n in names}
    mapped: dict[str, str] = {}
    for ours, usual in WANTED.items():
        theirs = next((low[u] for u in usual if u in low), None)
        if ours in chosen:
            mapped[ours] = chosen[ours]
        elif theirs is not None and theirs not in mapped.values():
            mapped[ours] = theirs
    return mapped if {"conversation", "speaker", "text"} <= mapped.keys() else None


def _names(path: Path, chosen: Mapping[str, str]) -> list[str]:
    """Names of columns; none of a JSON file that is no list of rows, as most exports are none."""
    import polars as pl

    if path.suffix.lower() == ".parquet":
        return list(pl.read_parquet_schema(path))
    if path.suffix.lower() == ".json":
        source = Input(path)
        first = first_object(source.head.text)
        if not first or not (chosen or _mapped(first, {})) or detect(source)[0][0] not in ("table", "convokit"):
            return []
    found = (row for _, row in _rows(path, None) if not isinstance(row, str))
    return list(dict.fromkeys(name for row in islice(found, _LOOK) for name in row))


def count(path: Path) -> int:
    """How many rows a table has, or nearly: what parts are made for."""
    import polars as pl

    match path.suffix.lower():
        case ".parquet":
            return int(pl.scan_parquet(path).select(pl.len()).collect().item())
        case ".json":
            return path.stat().st_size // _A_ROW
        case _:
            with open(path, "rb") as stream:
                return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


def slices(path: Path, mapped: Mapping[str, str]) -> Iterator[tuple[int, pl.DataFrame | Exception]]:
    """(number of the first row, rows), or why they could not be read. Beside our columns there are `row`, the place in the
    file from 1 on, and `why`, where a row is none."""
    if path.suffix.lower() == ".parquet":
        yield from _of_parquet(path, mapped)
        return
    import polars as pl

    start = 1
    rows = _rows(path, mapped["text"])
    batches = takewhile(pl.DataFrame.__len__, (_frame(islice(rows, _BATCH), mapped) for _ in repeat(None)))
    try:
        while some := [*islice(batches, max(1, _SLICE // _BATCH))]:
            whole = pl.concat(some)
            yield start, whole
            start = int(whole["row"][-1]) + 1
    except Exception as error:
        yield start, error


def _of_parquet(path: Path, mapped: Mapping[str, str]) -> Iterator[tuple[int, pl.DataFrame | Exception]]:
    import polars as pl

    try:
        kinds, rows = pl.read_parquet_schema(path), count(path)
    except Exception as error:
        yield 1, error
        return

    def text(theirs: str) -> pl.Expr:
        # Times as Polars prints them lack the T.
        moment = isinstance(kinds[theirs], pl.Datetime)
        return pl.col(theirs).dt.to_string("iso:strict") if moment else pl.col(theirs).cast(pl.String, strict=False)

    for start in range(0, rows, _SLICE):
        try:
            some = (
                pl.scan_parquet(path)
                .slice(start, _SLICE)
                .select(*(text(theirs).alias(ours) for ours, theirs in mapped.items()))
                .collect()
            )
        except Exception as error:
            yield start + 1, error
            continue
        yield (
            start + 1,
            some.with_columns(
                pl.int_range(start + 1, start + 1 + some.height).alias("row"), pl.lit(None, pl.String).alias("why")
            ),
        )


def _rows(path: Path, words: str | None) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """(place, row), or why it is none."""
    match path.suffix.lower():
        case ".csv" | ".tsv":
            yield from enumerate(delimited(lines_of_file(path), words), 1)
        case ".json":
            source = Input(path)
            yield from enumerate(objects(decode(source.words(), path.name)), 1)
        case _:
            yield from ((n, NO_OBJECT if row is None else row) for n, row in lines(buffer(Input(path))))


def _frame(rows: Iterator[tuple[int, Mapping[str, Any] | str]], mapped: Mapping[str, str]) -> pl.DataFrame:
    import polars as pl

    kinds = {**dict.fromkeys(mapped, pl.String()), "row": pl.Int64(), "why": pl.String()}
    told = [
        (*(None for _ in mapped), place, row)
        if isinstance(row, str)
        else (*(_cell(ours, row.get(theirs)) for ours, theirs in mapped.items()), place, None)
        for place, row in rows
    ]
    return pl.DataFrame(told, schema=kinds, orient="row")


def _cell(ours: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        value = name_of(value) if ours == "speaker" else words_of(value) if ours == "text" else None
    return None if value is None or isinstance(value, dict | list) else str(value)
