"""A reading as one HTML file: nothing is fetched, everything that people wrote is escaped, it prints on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nearer.guidance import words
from nearer.report.templates import render
from nearer.report.view import cue_name, gives, view

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.reading.types import Reading


def to_text(reading: Reading, conversation: Conversation | None = None) -> str:
    """The report as HTML. With the conversation, it shows the messages with their findings marked."""
    page = view(reading, conversation)
    top = max((h + s for _, h, s in page.timeline), default=0) or 1
    help_lines: list[str] = []
    if reading.danger:
        from nearer.guidance.danger import help_lines as lines

        help_lines = lines()
    return render(
        "page.html.j2", page=page, reading=reading, words=words, top=top, help_lines=help_lines,
        cue_name=cue_name, gives=gives,
    )  # fmt: skip
