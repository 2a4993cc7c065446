"""One door to all forms of a report."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.reading.types import Reading

_HOMES = {"text": "terminal", "html": "page", "md": "markdown", "json": "json", "csv": "tables", "parquet": "tables"}


def render(reading: Reading, conversation: Conversation | None, form: str, color: bool = False) -> bytes:
    """A report as bytes. form: text, html, md, json, csv or parquet; `color` is for text on a terminal."""
    module = import_module(f"nearer.report.{_HOMES[form]}")
    if form == "json":
        return bytes(module.to_bytes(reading))
    if form == "csv":
        return bytes(module.to_csv(reading))
    if form == "parquet":
        return bytes(module.to_parquet(reading))
    if form == "text":
        return str(module.to_text(reading, conversation, color)).encode()
    return str(module.to_text(reading, conversation)).encode()
