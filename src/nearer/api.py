"""read, check and score: what a program that uses nearer calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import UsageError
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


def as_pairs(context: Iterable[ContextItem] | None) -> list[tuple[str, str]]:
    """Context items as (speaker, text). Raises UsageError for what is no list of them."""
    if context is None:
        return []
    # A text or an object would be gone through as well, letter by letter or name by name.
    if isinstance(context, str | Mapping) or not isinstance(context, Iterable):
        raise UsageError("a context is a list of earlier messages, oldest first.")
    return [_pair(item) for item in context]


def _pair(item: Any) -> tuple[str, str]:
    if isinstance(item, str):
        return "other", item
    if isinstance(item, Mapping) and isinstance(item.get("text"), str):
        return str(item.get("speaker") or "other"), item["text"]
    raise UsageError('an earlier message is a text or {"speaker", "text"}.')


def load_encoder(path: Path | None = None) -> Encoder | None:
    """The shipped encoder (or one's own), None where no weights are shipped; loaded once in a process."""
    from nearer.signals.encoder import load

    return load(path)


def _load(path: Path, me: str | None) -> Conversation:
    from nearer.sources import Options, load

    return load(path, Options(me=me))
