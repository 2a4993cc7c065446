"""The same conversation with nobody's name in it, for a counselor or a study.

Names, places, addresses, numbers, links and dates with a year are replaced, the same one by the same words everywhere.
Rules and two small lists do this, no model; `PROMISE` says what that cannot do.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING

from nearer.anonymise.names import Names
from nearer.anonymise.patterns import replace_patterns
from nearer.anonymise.register import Register

if TYPE_CHECKING:
    import polars as pl

    from nearer.conversation import Conversation

PROMISE = (
    "Read it through before you hand it on: no program finds every name. Nicknames, rare names, names that are also "
    "words, jobs, schools and what happened can still show who is meant. The times of the messages stay."
)


def anonymise(conversation: Conversation) -> tuple[Conversation, list[str]]:
    """The conversation with everything that tells who and where replaced, and what to tell the holder.

    Notices lose their words, attachments their names, messages their ids; order, times and answers stay.
    """
    import polars as pl

    register = Register(conversation.speakers)
    texts = [unicodedata.normalize("NFC", t) for t in conversation.texts]
    names = Names(register, texts)
    hidden = [replace_patterns(t, register, names.replace) for t in texts]
    messages = conversation.messages.with_columns(
        pl.Series("text", hidden, dtype=pl.String),
        pl.lit(None, dtype=pl.String).alias("id"),
        pl.col("attachment").map_elements(_file, return_dtype=pl.String),
        _reactions(conversation, register),
    )
    me = register.speaker(conversation.me) if conversation.me is not None else None
    result = dataclasses.replace(
        conversation,
        speakers=tuple(register.speaker(s) for s in conversation.speakers),
        messages=messages,
        system=conversation.system.with_columns(pl.lit("notice").alias("text")),
        notes=(),
        me=me,
        title=None,
    )
    return result, [register.summary(), PROMISE]


def _file(name: str) -> str:
    """Only what kind of file it was."""
    _, dot, ending = name.rpartition(".")
    return f"file.{ending.lower()}" if dot and ending.isalnum() and len(ending) <= 4 else "file"


def _reactions(conversation: Conversation, register: Register) -> pl.Series:
    import polars as pl

    column = conversation.messages["reactions"]
    if column.null_count() == len(column):
        return column
    cells = [
        [{"speaker": register.speaker(r["speaker"]), "emoji": r["emoji"]} for r in cell] if cell is not None else None
        for cell in column.to_list()
    ]
    return pl.Series("reactions", cells, dtype=column.dtype)
