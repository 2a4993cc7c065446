"""Options that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

FileArg = Annotated[
    Path, typer.Argument(help="A chat export or transcript; any format nearer knows.", show_default=False)
]
Me = Annotated[Optional[str], typer.Option("--me", help="Your name in the conversation.")]
NoEncoder = Annotated[bool, typer.Option("--no-encoder", help="Patterns only; faster, finds less.")]
Chat = Annotated[Optional[str], typer.Option("--chat", help="Which chat, where a file holds several.")]
Dates = Annotated[Optional[str], typer.Option("--dates", help="Order of dates in the file: dmy, mdy or ymd.")]
Columns = Annotated[
    Optional[list[str]], typer.Option("--columns", help="For tables: speaker=WHO,text=WORDS,time=WHEN.")
]
TableColumns = Annotated[
    Optional[list[str]],
    typer.Option(
        "--columns",
        help="For tables: conversation=ID,speaker=WHO,text=WORDS,time=WHEN; also turn, start, end, id, reply_to.",
    ),
]
Rename = Annotated[Optional[list[str]], typer.Option("--rename", help='Give a speaker a name: "Speaker 1=Ana".')]


def table_columns(given: list[str] | None) -> dict[str, str]:
    """What --columns says of a table of many conversations: our names -> the table's."""
    from nearer.corpus.rows import FIELDS
    from nearer.work import pairs

    return pairs(given or [], "--columns", "speaker=WHO", FIELDS)


def ask_dates() -> str | None:
    """Ask which comes first, the day or the month; only where somebody sits there to answer."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    typer.echo("The dates in this file could be read in two ways: 3/4 may be 3 April or March 4.", err=True)
    first = typer.prompt("Which comes first, the day or the month? (d/m)", default="d", err=True)
    return "mdy" if first.strip().lower().startswith("m") else "dmy"
