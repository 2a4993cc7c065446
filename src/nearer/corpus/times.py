"""Times of many rows: numbers and ISO 8601 column by column, other written forms one by one, as in a single table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nearer.conversation import epoch_ms
from nearer.sources.base import DateOrder
from nearer.sources.cells import PLACE, SINCE_1973, TOO_LATE, WRITTEN, Moments
from nearer.sources.dates import Fields

if TYPE_CHECKING:
    import polars as pl


def dates_in(rows: pl.DataFrame) -> list[Fields]:
    """The days that stand in the column `time` as 13/02/2024, each once."""
    import polars as pl

    if "time" not in rows.columns:
        return []
    found = rows.select(pl.col("time").str.extract_groups("^" + WRITTEN.pattern)).unnest("time").drop_nulls()
    return found.unique(maintain_order=True).cast(pl.Int64).rows()


def with_times(rows: pl.DataFrame, orders: Mapping[str, DateOrder]) -> pl.DataFrame:
    """The rows with `at` (milliseconds since 1970, UTC where the source knows its zone), `start` and `end` (seconds into
    a recording); they are null where there is no time, or none that can be read. orders: of dates, file by file."""
    import polars as pl

    number = pl.col("time").cast(pl.Float64, strict=False)
    seconds = number = number.replace([float("nan"), float("inf"), float("-inf")], None)
    for _ in range(3):
        seconds = pl.when(seconds > TOO_LATE).then(seconds / 1000).otherwise(seconds)
    into = number.is_between(0, SINCE_1973, closed="left")
    # Where nothing tells the form, Polars would take its own guess at day and month.
    iso = pl.when(pl.col("time").str.contains(r"^\d{4}-\d\d-\d\d")).then("time")
    read = rows["time"].to_frame().select(iso)["time"].str.to_datetime(strict=False, time_unit="ms", time_zone="UTC")
    rows = (
        rows.with_columns(
            pl.coalesce(pl.when(into).then(number), _place("start")).alias("start"),
            _place("end"),
            read.dt.epoch("ms").alias("at"),
            pl.when(seconds.abs() < TOO_LATE, ~into).then((seconds * 1000).round()).cast(pl.Int64).alias("number"),
        )
        .with_columns(pl.coalesce("at", "number"))
        .drop("number")
    )
    left = rows.filter(unread()).select("file", "time").unique(maintain_order=True)
    if left.is_empty():
        return rows
    clocks = {file: Moments(orders.get(file, "ymd")) for file in left["file"].unique()}
    told = [(m := clocks[file].read(time)) and epoch_ms(m) for file, time in left.rows()]
    others = left.with_columns(pl.Series("other", told, dtype=pl.Int64))
    rows = rows.join(others, on=["file", "time"], how="left", maintain_order="left")
    return rows.with_columns(pl.coalesce("at", "other")).drop("other")


def _place(column: str) -> pl.Expr:
    """Seconds into a recording of "61.5", "61,5" or "00:01:01,500"."""
    import polars as pl

    part = pl.col(column).str.extract_groups(f"^{PLACE.pattern}$").struct
    hours, minutes, seconds = (part.field(n).str.replace(",", ".").cast(pl.Float64) for n in "123")
    written = hours.fill_null(0) * 3600 + minutes * 60 + seconds
    number = pl.col(column).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.coalesce(written, number).alias(column)


def unread() -> pl.Expr:
    """Whether a row has a time that could not be read."""
    import polars as pl

    return pl.col("time").is_not_null() & pl.col("at").is_null() & pl.col("start").is_null()
