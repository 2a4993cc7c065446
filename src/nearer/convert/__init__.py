"""A conversation written to a file: nearer's own JSON Lines, CSV, Parquet, or a ConvoKit corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from nearer.errors import NearerError, UsageError

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.reading.types import Reading

Form = Literal["jsonl", "csv", "parquet", "convokit"]
FORMS: tuple[Form, ...] = get_args(Form)


def form_of(target: Path, wanted: str | None) -> Form:
    """The form that is asked for, else the one that the name ends in. Raises UsageError where neither says."""
    name = wanted or target.suffix.lower().lstrip(".")
    for form in FORMS:
        if name == form:
            return form
    raise UsageError(f"Name a file that ends in .jsonl, .csv or .parquet, or say --to with one of {', '.join(FORMS)}.")


def write(conversation: Conversation, target: Path, form: Form, reading: Reading | None = None) -> None:
    """Write it, findings of `reading` as metadata in a corpus. Raises NearerError where that is not possible."""
    from nearer.convert import convokit, jsonl, table

    try:
        if form == "convokit":
            convokit.write(conversation, target, reading)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        if form == "jsonl":
            jsonl.write(conversation, target)
        else:
            table.write(conversation, target, form)
    except OSError as error:
        raise NearerError(f"{target} could not be written: {error.strerror or 'the disk refused it'}.") from None
