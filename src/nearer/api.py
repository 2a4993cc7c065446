"""read, check and score: what a program that uses nearer calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nearer.reading.read import Settings, read_conversation
from nearer.reading.types import Finding, Reading

if TYPE_CHECKING:
    import polars as pl

    from nearer.conversation import Conversation
    from nearer.model import Kind
    from nearer.signals.encoder import Encoder

ContextItem = str | Mapping[str, str]
"""An earlier message: a text said by the other person, or {"speaker": "me" | "other" | NAME, "text": …}."""


def read(
    source: str | Path | Conversation,
    me: str | None = None,
    *,
    kind: Kind | None = None,
    encoder: bool = True,
    settings: Settings | None = None,
) -> Reading:
    """Read a conversation from a file (any format nearer knows) or from a `Conversation`.

    me: the holder's name in it. Raises NearerError where the file cannot be read or nobody is called `me`.
    """
    from dataclasses import replace

    from nearer.conversation import Conversation

    conversation = source if isinstance(source, Conversation) else _load(Path(source), me)
    chosen = settings or Settings(encoder=load_encoder() if encoder else None)
    return read_conversation(conversation, replace(chosen, me=me or chosen.me, kind=kind or chosen.kind))


def check(text: str, context: Iterable[ContextItem] = (), *, encoder: bool = True) -> list[Finding]:
    """Read one draft, said by "me", after the messages in `context`, oldest first.

    Where the draft or the talk before it looks like danger, only danger is told of (`nearer.reading.screen`) and
    nothing is advised: the list is then empty.
    """
    from nearer.work import read_draft

    return read_draft(text, as_pairs(context), encoder=encoder)[0]


def score(
    texts: Sequence[str], contexts: Sequence[Iterable[ContextItem]] | None = None, *, encoder: bool = True
) -> pl.DataFrame:
    """Signals and cues of messages, for research: one row a text, a column a signal, and `cues` as a list of structs."""
    from nearer.corpus.score import score as run

    return run(texts, contexts, load_encoder() if encoder else None)


def as_pairs(context: Iterable[ContextItem]) -> list[tuple[str, str]]:
    """Context items as (speaker, text)."""
    return [("other", c) if isinstance(c, str) else (c.get("speaker", "other"), c["text"]) for c in context]


def load_encoder(path: Path | None = None) -> Encoder | None:
    """The shipped encoder (or one's own), None where no weights are shipped; loaded once in a process."""
    from nearer.signals.encoder import load

    return load(path)


def _load(path: Path, me: str | None) -> Conversation:
    from nearer.sources import Options, load

    return load(path, Options(me=me))
