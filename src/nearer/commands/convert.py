"""nearer convert: any conversation that nearer reads, written in a form that other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from nearer.commands.options import Chat, Columns, Dates, FileArg, Me, Rename, ask_dates


def convert(
    file: FileArg,
    out: Annotated[Path, typer.Argument(help="Where to write: a .jsonl, .csv or .parquet file, or a folder.")],
    to: Annotated[Optional[str], typer.Option("--to", help="jsonl, csv, parquet or convokit.")] = None,
    anonymise: Annotated[
        bool, typer.Option("--anonymise", help="Replace names, places, numbers and addresses.")
    ] = False,
    findings: Annotated[
        bool, typer.Option("--findings", help="For convokit: put what nearer finds in it too.")
    ] = False,
    me: Me = None,
    chat: Chat = None,
    dates: Dates = None,
    columns: Columns = None,
    rename: Rename = None,
) -> None:
    """Write a conversation as JSON Lines, CSV, Parquet or a ConvoKit corpus."""
    from nearer.convert import form_of, write
    from nearer.errors import UsageError
    from nearer.work import load_file

    form = form_of(out, to)
    if findings and form != "convokit":
        raise UsageError("--findings goes with --to convokit; for tables of findings use nearer read.")
    if out.resolve() == file.resolve():
        raise UsageError(f"{out} is the chat itself; name another file to write.")
    conversation = load_file(
        file, me=me, chat=chat, dates=dates, columns=columns or [], rename=rename or [],
        progress=sys.stderr.isatty(), ask=ask_dates,
    )  # fmt: skip
    said = list(conversation.notes)
    if anonymise:
        from nearer.anonymise import anonymise as hide

        conversation, hidden = hide(conversation)
        said += hidden
    reading = None
    if findings:
        from nearer.api import read

        reading = read(conversation)
    write(conversation, out, form, reading)
    typer.echo(f"{len(conversation):,} messages written to {out}.", err=True)
    for sentence in said:
        typer.echo(sentence, err=True)
