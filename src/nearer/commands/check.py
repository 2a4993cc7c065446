"""nearer check: one message before it is sent."""

from __future__ import annotations

import sys
from typing import Annotated, Optional

import typer

from nearer.commands.options import NoEncoder
from nearer.errors import UsageError


def check(
    draft: Annotated[str, typer.Argument(help="The message you want to send; “-” reads it from standard input.")],
    context: Annotated[
        Optional[list[str]],
        typer.Option("--context", "-c", help="An earlier message, oldest first, or a file of them."),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    no_encoder: NoEncoder = False,
) -> None:
    """Look at one message before you send it."""
    if format not in ("text", "json"):
        raise UsageError(f"There is no format {format!r} here; there are text and json.")
    from nearer.report.check import check_json, check_text
    from nearer.work import draft_context, read_draft

    words = sys.stdin.read().strip() if draft == "-" else draft
    if not words:
        raise UsageError("There is no message to look at.")
    result = read_draft(words, draft_context(context or []), encoder=not no_encoder)
    typer.echo((check_json if format == "json" else check_text)(words, result))
