"""nearer corpus: many conversations into tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from nearer.commands.options import Dates, NoEncoder, TableColumns, table_columns


def corpus(
    source: Annotated[str, typer.Argument(metavar="IN", help="A folder, a glob, a table, or a ConvoKit corpus.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder for the tables; run again to go on.")],
    columns: TableColumns = None,
    dates: Dates = None,
    workers: Annotated[int, typer.Option("--workers", min=0, help="Processes on this machine; 0 is one a core.")] = 0,
    cluster: Annotated[Optional[str], typer.Option("--cluster", help="A Dask scheduler, as tcp://host:8786.")] = None,
    slurm: Annotated[int, typer.Option("--slurm", min=0, help="Start this many jobs on a SLURM cluster.")] = 0,
    cues: Annotated[Optional[list[Path]], typer.Option("--cues", help="A folder of your own cues.")] = None,
    norms: Annotated[Optional[Path], typer.Option("--norms", help="Norms of your own.")] = None,
    no_encoder: NoEncoder = False,
    encoder: Annotated[Optional[Path], typer.Option("--encoder", help="A folder with weights of your own.")] = None,
) -> None:
    """Read many conversations into Parquet tables. Stopped anywhere, it goes on when run again."""
    from nearer.corpus.run import Plan, Progress, run
    from nearer.errors import NearerError
    from nearer.work import date_order

    plan = Plan(
        weights=None if no_encoder else str(encoder.absolute()) if encoder else "",
        cues=tuple(str(c.absolute()) for c in cues or []), norms=str(norms.absolute()) if norms else "",
    )  # fmt: skip

    def tell(at: Progress) -> None:
        rate = at.messages / at.seconds if at.seconds else 0
        left = at.seconds / max(at.done, 1) * (at.of - at.done)
        print(
            f"\r{at.done}/{at.of} parts, {rate:,.0f} messages/s, {left:,.0f} s left ",
            end="",
            file=sys.stderr,
            flush=True,
        )

    quiet = not sys.stderr.isatty()
    totals = run(source, out, plan, columns=table_columns(columns), dates=date_order(dates), workers=workers,
                 cluster=cluster, slurm=slurm, tell=(lambda _: None) if quiet else tell)  # fmt: skip
    if not quiet:
        typer.echo(err=True)
    typer.echo(", ".join(f"{count:,} {name}" for name, count in totals.items()) + f" in {out}.", err=True)
    if not totals["messages"]:
        # Scripts go on by the exit code, and would go on with empty tables.
        raise NearerError(
            f"Not one message could be read at {source}; the table “problems” says why where it is known."
        )
