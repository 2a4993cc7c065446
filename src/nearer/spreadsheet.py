"""CSV that is safe to open: no cell that somebody else wrote runs as a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_FORMULA = r"^'*[=+\-@\t\r]"
_LED = re.compile("'" + _FORMULA[1:])


def to_csv(table: pl.DataFrame) -> bytes:
    """The table as CSV in UTF-8. A text that a spreadsheet would run as a formula is led by an apostrophe, and so is one
    that looks as if it had been: `typed` gives every text back."""
    import polars as pl

    safe = [
        pl.when(pl.col(c).str.contains(_FORMULA))
        .then(pl.concat_str([pl.lit("'"), pl.col(c)]))
        .otherwise(pl.col(c))
        .alias(c)
        for c, kind in table.schema.items()
        if kind == pl.String
    ]
    return table.with_columns(safe).write_csv().encode()


def typed(cell: str) -> str:
    """A cell as somebody wrote it, without the apostrophe that `to_csv` may have put before it."""
    return cell[1:] if _LED.match(cell) else cell
