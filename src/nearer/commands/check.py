"""nearer check: one message before it is sent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from nearer.commands.options import NoEncoder
from nearer.errors import NearerError, UsageError

if TYPE_CHECKING:
    from nearer.reading.types import Finding


def check(
    draft: Annotated[str, typer.Argument(help="The message you want to send; “-” reads it from standard input.")],
    context: Annotated[
        Optional[list[str]],
        typer.Option("--context", "-c", help="An earlier message, oldest first, or a file of them."),
    ] = None,
    me: Annotated[
        Optional[str], typer.Option("--me", help="Your name in that file, if the file does not know it.")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    no_encoder: NoEncoder = False,
    reader: Annotated[
        Optional[str],
        typer.Option("--reader", help="An OpenAI-compatible address on this computer to ask for other wordings."),
    ] = None,
    reader_model: Annotated[Optional[str], typer.Option("--reader-model", help="Which of its models to ask.")] = None,
) -> None:
    """Look at one message before you send it."""
    if format not in ("text", "json"):
        raise UsageError(f"There is no format {format!r} here; there are text and json.")
    from nearer.guidance.coaching import coaches
    from nearer.report.check import check_json, check_text, others_text
    from nearer.work import draft_context, read_draft

    words = sys.stdin.read().strip() if draft == "-" else draft
    if not words:
        raise UsageError("There is no message to look at.")
    before = draft_context(context or [], me)
    result = read_draft(words, before, encoder=not no_encoder)
    if format == "text":
        typer.echo(check_text(result))
    others, failed = None, None
    if reader is not None and coaches(result[1]):
        from nearer.guidance.reader import host

        try:
            others = _others(reader, reader_model, words, before, result[0], not no_encoder)
            if format == "text":
                typer.echo("\n" + others_text(others, host(reader)))
        except NearerError as error:
            failed = error
    if format == "json":
        typer.echo(check_json(result, others))
    if failed is not None:
        raise failed


def _others(
    reader: str, model: str | None, draft: str, before: list[tuple[str, str]], found: list[Finding], encoder: bool
) -> list[str]:
    """Wordings by the reader, without those in which nearer itself sees something that may sting, or danger."""
    from nearer.guidance.reader import wordings
    from nearer.web.settings import load
    from nearer.work import read_draft

    hurts = [f for f in found if f.polarity == "hurts"]
    others = wordings(
        reader, draft, [text for who, text in before if who != "me"], [f.adjust for f in hurts[:3] if f.adjust],
        model=model, elsewhere=load().reader_elsewhere,
    )  # fmt: skip
    read = ((text, read_draft(text, before, encoder=encoder)) for text in others)
    return [text for text, (seen, danger) in read if not danger and not any(f.polarity == "hurts" for f in seen)]
