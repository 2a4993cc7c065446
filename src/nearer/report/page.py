"""A reading as one HTML file: nothing is fetched, everything that people wrote is escaped, it prints on paper."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nearer.guidance import words
from nearer.report.view import cue_name, gives, view

if TYPE_CHECKING:
    from jinja2 import Template

    from nearer.conversation import Conversation
    from nearer.reading.types import Reading

_HERE = Path(__file__).parent


def to_text(reading: Reading, conversation: Conversation | None = None) -> str:
    """The report as HTML. With the conversation, it shows the messages with their findings marked."""
    page = view(reading, conversation)
    top = max((h + s for _, h, s in page.timeline), default=1)
    help_lines: list[str] = []
    if reading.danger:
        from nearer.guidance.danger import help_lines as lines

        help_lines = lines()
    return _template().render(page=page, reading=reading, words=words, top=max(top, 1), help_lines=help_lines)


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(counted=words.counted, short=words.short, without_options=words.without_options)
    environment.globals.update(cue_name=cue_name, gives=gives)
    return environment.get_template("page.html.j2")
