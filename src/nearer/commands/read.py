"""nearer read: one conversation, in any form of report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from nearer.commands.options import Chat, Columns, Dates, FileArg, Me, NoEncoder, Rename, ask_dates
from nearer.errors import NearerError, UsageError

_FORMATS = ("text", "html", "md", "json", "csv", "parquet")


def read(
    file: FileArg,
    me: Me = None,
    kind: Annotated[
        Optional[str],
        typer.Option("--kind", help="conflict, support, everyday, planning or first_meeting; guessed if not said."),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text, html, md, json, csv or parquet.")] = "text",
    output: Annotated[Optional[Path], typer.Option("-o", "--output", help="Write here, not to the screen.")] = None,
    since: Annotated[Optional[str], typer.Option("--since", help="Only from this day on, as 2026-01-31.")] = None,
    chat: Chat = None,
    dates: Dates = None,
    columns: Columns = None,
    rename: Rename = None,
    cues: Annotated[Optional[list[Path]], typer.Option("--cues", help="A folder of your own cues.")] = None,
    norms: Annotated[Optional[Path], typer.Option("--norms", help="Norms of your own, made by `nearer norms`.")] = None,
    engine: Annotated[Optional[str], typer.Option("--engine", help="re2 or hyperscan.", hidden=True)] = None,
    self_care: Annotated[bool, typer.Option("--self-care", help="Also read your own words about your health.")] = False,
    no_encoder: NoEncoder = False,
    encoder: Annotated[Optional[Path], typer.Option("--encoder", help="A folder with weights of your own.")] = None,
) -> None:
    """Read a conversation and report on it."""
    if format not in _FORMATS:
        raise UsageError(f"There is no format {format!r}; there are {', '.join(_FORMATS)}.")
    if format == "parquet" and output is None:
        raise UsageError("Parquet is not for the screen; say where with -o FILE.")
    from nearer.report.write import render
    from nearer.work import read_file

    reading, conversation = read_file(
        file, me=me, kind=kind, since=since, chat=chat, dates=dates, columns=columns or [], rename=rename or [],
        cues=cues or [], norms=norms, engine=engine, self_care=self_care, encoder=not no_encoder, weights=encoder,
        progress=sys.stderr.isatty(), ask=ask_dates,
    )  # fmt: skip
    data = render(reading, conversation, format, color=output is None and sys.stdout.isatty())
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as error:
        raise NearerError(f"{output} could not be written: {error.strerror}.") from None
    typer.echo(f"Written to {output}.", err=True)
