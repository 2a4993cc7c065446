"""Rows of a corpus's tables, a slice at a time: all cells as text, under nearer's own names of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, repeat, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.sources import Input, columns, detect
from nearer.sources.cells import NOTHING, name_of, words_of
from nearer.sources.delimited import delimited, lines_of_file
from nearer.sources.json_rows import NO_OBJECT, first_object, objects, turns_in
from nearer.sources.records import buffer, lines
from nearer.sources.table import NOBODY, columns_in
from nearer.sources.text import decode

if TYPE_CHECKING:
    import polars as pl

Row = Mapping[str, Any] | str
"""A row, or why it is none."""
_NO_TURNS = "It holds no turns."
_TABLES = (".parquet", ".jsonl", ".ndjson", ".csv", ".tsv", ".json")
_SLICE = 500_000
_BATCH = 20_000
"""Rows that are held as Python objects, which take several times as much as a frame."""
_LOOK = 200
"""Rows in which columns are looked for, where the file has no list of them."""
_A_ROW = 80
"""Bytes of a row in a JSON list, roughly."""
FIELDS = ("conversation", "speaker", "text", "time", "clock", "start", "end", "turn", "id", "reply_to", "mine", "sent")
"""What is read of a row."""


def columns_of(path: Path, chosen: Mapping[str, str]) -> dict[str, str] | None:
    """Our names -> the table's, where it is a table of many conversations; None where it is not."""
    if path.suffix.lower() not in _TABLES:
        return None
    try:
        first = _first(path, chosen)
    except Exception:
        return None
    found = columns_in(first, chosen, path.name) if first else None
    if found is None or "conversation" not in found:
        return None
    return {ours: found[ours] for ours in FIELDS if found.get(ours) in first}


def _first(path: Path, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The names of the columns with the first cell of each; none of a JSON file that is no list of rows, as most exports
    are none."""
    if path.suffix.lower() == ".json":
        source = Input(path)
        first = first_object(source.head.text)
        if not first or not (chosen or columns.find(first, {})) or detect(source)[0][0] not in ("table", "convokit"):
            return {}
    found: dict[str, Any] = {}
    for _, row in islice(_rows(path, None, ""), _LOOK):
        found = found if isinstance(row, str) else {**row, **found}
    return found


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


def slices(path: Path, mapped: Mapping[str, str], name: str) -> Iterator[tuple[int, pl.DataFrame | Exception]]:
    """(number of the first row, rows), or why they could not be read. Beside our columns there are `row`, the place in the
    file from 1 on, and `why`, where a row is none. name: what the file is called."""
    import polars as pl

    if path.suffix.lower() == ".parquet" and {*mapped.values()} <= {*pl.read_parquet_schema(path)}:
        yield from _of_parquet(path, mapped)
        return
    start = 1
    rows = _rows(path, mapped["text"], name)
    batches = takewhile(pl.DataFrame.__len__, (_frame(islice(rows, _BATCH), mapped) for _ in repeat(None)))
    try:
        while some := [*islice(batches, max(1, _SLICE // _BATCH))]:
            whole = pl.concat(some)
            yield start, _meant(whole, mapped)
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
        column = pl.col(theirs)
        match kinds[theirs]:
            case pl.Datetime():  # Times as Polars prints them lack the T.
                return column.dt.to_string("iso:strict")
            case pl.Duration():
                return (column.dt.total_milliseconds() / 1000).cast(pl.String)
            case pl.List(inner=pl.String()):
                return column.list.join("\n")
            case kind if kind.is_nested():
                return pl.lit(None, pl.String)
        return column.cast(pl.String, strict=False)

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
        places = pl.int_range(start + 1, start + 1 + some.height).alias("row")
        yield start + 1, _meant(some.with_columns(places, pl.lit(None, pl.String).alias("why")), mapped)


def _meant(rows: pl.DataFrame, mapped: Mapping[str, str]) -> pl.DataFrame:
    """The same as a single table is read: nothing for an empty cell, day and clock together, who speaks where a column
    tells only whether it was sent, and no words of the app's own."""
    import polars as pl

    bare = pl.col(c for c in mapped if c != "text").str.strip_chars()
    rows = rows.with_columns(pl.when(~bare.is_in(NOTHING)).then(bare))
    if "clock" in mapped:
        rows = rows.with_columns(pl.concat_str("time", pl.col("clock").fill_null(""), separator=" ").str.strip_chars())
    own = pl.lit(False)
    if mapped.get("speaker") == "role":
        own = pl.col("speaker").is_in(NOBODY)
    if told := next((c for c in ("mine", "sent") if c in mapped), None):
        word = pl.col(told).str.to_lowercase()
        own = word.is_in(columns.TOLD)
        me = pl.when(word.is_in(columns.SENT)).then(pl.lit(columns.ME))
        other = pl.when(word.is_in(columns.RECEIVED)).then(pl.lit(columns.OTHER))
        named = pl.col("speaker") if "speaker" in mapped else pl.lit(None, pl.String)
        rows = rows.with_columns(pl.coalesce(*((me, named) if told == "mine" else (named, me)), other).alias("speaker"))
    return rows.with_columns(pl.coalesce("why", pl.when(own).then(pl.lit("nobody says it: it is the app's own"))))


def _rows(path: Path, words: str | None, name: str) -> Iterator[tuple[int, Row]]:
    """(place, row), or why it is none. Where each row holds a whole conversation, its turns come as rows."""
    match path.suffix.lower():
        case ".csv" | ".tsv":
            yield from enumerate(delimited(lines_of_file(path), words), 1)
        case ".json":
            source = Input(path)
            yield from _turns(enumerate(objects(decode(source.words(), path.name)), 1), name)
        case ".parquet":
            yield from _turns(enumerate(_parquet(path), 1), name)
        case _:
            yield from _turns(((n, NO_OBJECT if row is None else row) for n, row in lines(buffer(Input(path)))), name)


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    import polars as pl

    for start in range(0, count(path), _BATCH):
        yield from pl.scan_parquet(path).slice(start, _BATCH).collect().iter_rows(named=True)


def _turns(rows: Iterable[tuple[int, Row]], name: str) -> Iterator[tuple[int, Row]]:
    nested: bool | None = None
    for place, row in rows:
        if nested is None and not isinstance(row, str):
            nested = turns_in(row) is not None  # The first row tells: to ask each would take as long as all else.
        if not nested or isinstance(row, str):
            yield place, row
            continue
        key = columns.key(row)
        for turn in turns_in(row) or [_NO_TURNS]:
            # What has no name is called by its place, as conversations in files are.
            whole = {"conversation": f"{name}#{place}" if key is None else key}
            yield place, {**whole, **turn} if isinstance(turn, dict) else _NO_TURNS


def _frame(rows: Iterator[tuple[int, Row]], mapped: Mapping[str, str]) -> pl.DataFrame:
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
