"""nearer score: single messages, for research."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from nearer.commands.options import NoEncoder


def score(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help='Rows of {"id", "text", "context"}.')],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="Where to write: .jsonl or .parquet.")],
    no_encoder: NoEncoder = False,
    encoder: Annotated[Optional[Path], typer.Option("--encoder", help="A folder with weights of your own.")] = None,
) -> None:
    """Signals and cues of single messages, for research."""
    from nearer.corpus.score import score_file

    count = score_file(source, target, use_encoder=not no_encoder, weights=encoder, progress=sys.stderr.isatty())
    typer.echo(f"{count} messages scored to {target}.", err=True)
