"""nearer learn: the ladder explained."""

from __future__ import annotations

from typing import Annotated

import typer

from nearer.errors import UsageError


def learn(format: Annotated[str, typer.Option("--format", "-f", help="text, md or html.")] = "text") -> None:
    """Explain the five stages and the eight families, with the cues of each; a handout for a course."""
    from nearer.report.course import as_html, as_markdown, as_text

    forms = {"text": as_text, "md": as_markdown, "html": as_html}
    if format not in forms:
        raise UsageError(f"There is no format {format!r} here; there are text, md and html.")
    typer.echo(forms[format]())
