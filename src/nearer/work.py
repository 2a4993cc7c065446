"""What the commands do: options in plain form, a reading out. The command line and the app call the same functions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from nearer.errors import NearerError, UsageError
from nearer.model import KINDS

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.cues import Catalogue, Cue
    from nearer.cues.schema import Example
    from nearer.reading.types import DangerFinding, Finding, Reading
    from nearer.sources.base import DateOrder

_CONTEXT = 20
"""Messages of a chat that are read before a draft."""


def read_file(
    file: Path,
    *,
    me: str | None,
    kind: str | None,
    since: str | None,
    chat: str | None,
    dates: str | None,
    columns: Sequence[str],
    rename: Sequence[str],
    cues: Sequence[Path],
    engine: str | None,
    self_care: bool,
    encoder: bool,
    weights: Path | None,
    progress: bool,
    ask: Callable[[], str | None] | None = None,
    norms: Path | None = None,
) -> tuple[Reading, Conversation]:
    """Load and read one file. Raises UsageError for options that make no sense, NearerError for the rest."""
    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind {kind!r}; there are {', '.join(KINDS)}.")
    from nearer.reading.read import Settings, read_conversation
    from nearer.signals.encoder import load as load_encoder

    conversation = load_file(
        file, me=me, chat=chat, dates=dates, columns=columns, rename=rename, progress=progress, ask=ask
    )
    if since is not None:
        conversation = conversation.since(_day(since))
        if not len(conversation):
            raise NearerError(f"Nothing in {file.name} was said on or after {since}.")
    settings = Settings(
        norms=norms,
        me=find_name(me, conversation.speakers) if me else None, kind=kind, self_care=self_care,
        cues=tuple(cues), engine=engine, encoder=load_encoder(weights) if encoder else None,
    )  # fmt: skip
    with _status(f"Reading {len(conversation):,} messages …", progress):
        return read_conversation(conversation, settings), conversation


def load_file(
    file: Path,
    *,
    me: str | None,
    chat: str | None,
    dates: str | None,
    columns: Sequence[str],
    rename: Sequence[str],
    progress: bool,
    ask: Callable[[], str | None] | None = None,
) -> Conversation:
    """Load one file. `ask` says which of day and month comes first (or None) where the file leaves it open."""
    from nearer.sources import Options, load
    from nearer.sources.columns import GUESSES
    from nearer.sources.dates import assumed

    chosen = pairs(columns, "--columns", "speaker=WHO", (*GUESSES, "clock", "mine"))
    options = Options(dates=date_order(dates), chat=chat, columns=chosen, me=me)
    with _status("Reading the file …", progress):
        conversation = load(file, options)
    if ask is not None and assumed(conversation.notes) and (answer := ask()):
        conversation = load(file, replace(options, dates=date_order(answer)))
    names = pairs(rename, "--rename", "Speaker 1=Ana")
    return conversation.rename(names) if names else conversation


def date_order(said: str | None) -> DateOrder | None:
    """What --dates says. Raises UsageError where that is no order."""
    if said not in (None, "dmy", "mdy", "ymd"):
        raise UsageError("--dates is dmy, mdy or ymd.")
    return cast("DateOrder | None", said)


def find_name(name: str, speakers: Sequence[str]) -> str:
    """The speaker meant by `name`: exact, or in other case, or the one whose first name it is."""
    if name in speakers:
        return name
    alike = [s for s in speakers if s.lower() == name.lower()] or [
        s for s in speakers if s.lower().split()[:1] == [name.lower()]
    ]
    return alike[0] if len(alike) == 1 else name


def pairs(items: Sequence[str], option: str, example: str, known: Iterable[str] = ()) -> dict[str, str]:
    """ "a=b" texts (also "a=b,c=d") as a mapping. known: what may stand before the "=", where not everything may."""
    found: dict[str, str] = {}
    for item in (part for text in items for part in text.split(",")):
        key, equals, value = item.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise UsageError(f"{option} takes pairs like “{example}”.")
        found[key.strip()] = value.strip()
    names = list(known)
    for key in found:
        if names and key not in names:
            raise UsageError(f"{option} knows no {key!r}; it takes {', '.join(names)}.")
    return found


def draft_context(items: Sequence[str], me: str | None = None) -> list[tuple[str, str]]:
    """Context of a draft as (speaker, text): each item is a text by the other, "me: …", or a file of a chat.

    me: the holder's name in such a file, where it does not say so itself; what they said there is by "me". Raises
    UsageError where it is said and there is no file, NearerError where nobody in the file is called so.
    """
    out: list[tuple[str, str]] = []
    # Not Path.is_file, which raises where a text is longer than a file's name may be.
    files = [item for item in items if os.path.isfile(item)]
    if me is not None and not files:
        raise UsageError("--me says who you are in a file of messages; name the file with --context.")
    for item in items:
        if item in files:
            out += _end_of_talk(Path(item), me)
        elif item.startswith("me:"):
            out.append(("me", item[3:].strip()))
        else:
            out.append(("other", item))
    return out


def _end_of_talk(path: Path, me: str | None) -> list[tuple[str, str]]:
    """The last messages of a chat, with the holder's own as said by "me"."""
    from nearer.sources import Options, load

    conversation = load(path, Options(me=me))
    holder = find_name(me, conversation.speakers) if me else conversation.me
    if me is not None and holder not in conversation.speakers:
        raise NearerError(f"Nobody in {path.name} is called {me!r}; it has {', '.join(conversation.speakers[:8])}.")
    last = conversation[max(0, len(conversation) - _CONTEXT) :]
    return [("me" if m.speaker == holder else m.speaker, m.text) for m in last]


def read_draft(
    text: str, context: Sequence[tuple[str, str]], *, encoder: bool
) -> tuple[list[Finding], tuple[DangerFinding, ...]]:
    """Findings in a draft, and danger in it or in the talk before it; where there is danger, no findings."""
    from nearer.conversation import whole
    from nearer.guidance.coaching import coaches
    from nearer.reading.read import Settings, read_pairs
    from nearer.reading.screen import screen
    from nearer.signals.encoder import load as load_encoder

    lines = [(who, whole(said)) for who, said in (*context, ("me", text))]
    settings = Settings(me="me", encoder=load_encoder() if encoder else None)
    signals, book, found = read_pairs(lines, settings)
    danger = screen(signals, book, [None] * len(lines))
    last = len(lines) - 1
    return ([f for f in found if f.message == last] if coaches(danger) else []), danger


def wrong_examples(folders: Sequence[Path]) -> list[str]:
    """Examples of somebody's own cues that do not do what they say, in a sentence each. Those of the shipped cues are
    tested before they are shipped; events and heads are not asked here."""
    from nearer.cues import catalogue

    book, shipped = catalogue(tuple(folders)), catalogue().cues
    wrong = []
    for cue in (c for code, c in book.cues.items() if code not in shipped):
        for number, example in enumerate(cue.fires if cue.patterns or cue.case_patterns or cue.exchange else (), 1):
            # Quotations are widened until they make sense by themselves; whoever marks words need not know how far.
            marked = example.quote or ""
            if not any(marked in quote or quote in marked for quote in _quotes(cue, example, book)):
                wrong.append(
                    f"{cue.code}: number {number} of the examples that fire does not, or not in the marked words."
                )
        for number, example in enumerate(cue.silent, 1):
            if _quotes(cue, example, book):
                wrong.append(f"{cue.code}: number {number} of the examples that stay silent speaks.")
    return wrong


def _quotes(cue: Cue, example: Example, book: Catalogue) -> list[str]:
    from nearer.cues.examples import pairs as lines_of
    from nearer.signals.lines import Lines
    from nearer.signals.read import read_signals

    lines, own = lines_of(example)
    hits = read_signals(Lines.of_pairs(lines), book).hits
    return [lines[own][1][h.start : h.end] for h in hits if h.cue == cue.code and h.message == own]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day; write it as 2026-01-31.") from None


def _status(text: str, show: bool) -> Any:
    """A line that moves while something long is done, on a terminal only."""
    if not show:
        from contextlib import nullcontext

        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(text)
