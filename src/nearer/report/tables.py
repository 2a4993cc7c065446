"""Findings as a table: CSV for spreadsheets, Parquet for research."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from nearer.report.json import as_dict
from nearer.spreadsheet import to_csv as safe_csv

if TYPE_CHECKING:
    import polars as pl

    from nearer.reading.types import Reading


def frame(reading: Reading) -> pl.DataFrame:
    """One row a finding, danger included (polarity "danger"), with the source and the versions that made it. Where
    there is danger, `adjust` and `reword` are empty."""
    import polars as pl

    data = as_dict(reading)
    rows = data["findings"] + [{**d, "polarity": "danger"} for d in data["danger"]]
    columns = ("id", "cue", "family", "stage", "polarity", "speaker", "message", "time", "start", "end", "quote",
               "confidence", "heard_as", "adjust", "reword")  # fmt: skip
    numbers = {"message": pl.Int64, "start": pl.Int64, "end": pl.Int64, "confidence": pl.Float64}
    kinds = {c: numbers.get(c, pl.String) for c in columns}
    table = pl.DataFrame([{c: r.get(c) for c in columns} for r in rows], schema=kinds)
    versions = {f"version_{k}": v for k, v in data["versions"].items()}
    return table.with_columns(pl.lit(v, dtype=pl.String).alias(k) for k, v in versions.items())


def to_parquet(reading: Reading) -> bytes:
    """The table as a Parquet file."""
    out = io.BytesIO()
    frame(reading).write_parquet(out)
    return out.getvalue()


def to_csv(reading: Reading) -> bytes:
    """The table as CSV in UTF-8, safe to open in a spreadsheet."""
    return safe_csv(frame(reading))
