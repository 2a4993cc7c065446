"""One row a message: CSV for spreadsheets, Parquet for research. Notices are left out: nobody said them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nearer.spreadsheet import to_csv

if TYPE_CHECKING:
    import polars as pl

    from nearer.conversation import Conversation


def write(conversation: Conversation, target: Path, form: Literal["csv", "parquet"]) -> None:
    """Write the table. In CSV, reactions are one text and no cell runs as a formula."""
    import polars as pl

    table = frame(conversation)
    if form == "parquet":
        table.write_parquet(target)
        return
    given = pl.col("reactions").list.eval(
        pl.concat_str([pl.element().struct.field("speaker"), pl.lit(": "), pl.element().struct.field("emoji")])
    )
    target.write_bytes(to_csv(table.with_columns(given.list.join("; "))))


def frame(conversation: Conversation) -> pl.DataFrame:
    """Columns: message (counted from 0), time, speaker, text, kind, id, reply_to (another row's `id`), edited, forwarded,
    attachment, reactions, start, end (seconds), line (in the file it came from)."""
    import polars as pl

    names = pl.Series("name", conversation.speakers, dtype=pl.String)
    messages = conversation.messages
    speakers = names.gather(messages["speaker"]).alias("speaker")
    ids = messages["id"]
    if ids.null_count() or ids.is_duplicated().any():  # Only an id of its own can say what is answered.
        ids = pl.Series("id", range(len(ids)), dtype=pl.Int64).cast(pl.String)
    columns = ["time", "speaker", "text", "kind", "id", "reply_to", "edited", "forwarded", "attachment", "reactions",
               "start", "end", "line"]  # fmt: skip
    answers = ids.gather(messages["reply_to"]).alias("reply_to")
    table = messages.with_columns(speakers, ids, answers, pl.col("kind").cast(pl.String)).select(columns)
    return table.with_row_index("message")
