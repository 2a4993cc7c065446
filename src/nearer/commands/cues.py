"""nearer cues, nearer cue: the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from nearer.errors import NearerError


def cues(
    directory: Annotated[Optional[list[Path]], typer.Option("--cues", help="A folder of your own cues.")] = None,
) -> None:
    """List all cues, by stage and family. With --cues, run the examples of your own."""
    from nearer.report.cues import table
    from nearer.work import wrong_examples

    typer.echo(table(directory or []))
    if wrong := wrong_examples(directory or []):
        raise NearerError(" ".join(wrong))


def cue(
    code: Annotated[str, typer.Argument(help="A cue's code, such as OWN201.")],
    directory: Annotated[Optional[list[Path]], typer.Option("--cues", help="A folder of your own cues.")] = None,
) -> None:
    """Show one cue's page."""
    from nearer.cues import catalogue
    from nearer.report.cues import page

    typer.echo(page(catalogue(tuple(directory or []))[code]))
