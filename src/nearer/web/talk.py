"""The conversation in pages: which messages a filter shows, and one page of them with their findings marked."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nearer.errors import NearerError
from nearer.guidance.coaching import coaches
from nearer.report.view import marked

if TYPE_CHECKING:
    from nearer.reading.types import Finding, Reading
    from nearer.web.desk import Case

PAGE = 60
LONG = 3000
"""Characters of one message that are shown before the rest is asked for."""
SHOWS = {
    "all": "All messages",
    "marked": "Only where something was seen",
    "helps": "What may help",
    "mine": "What I could try",
    "theirs": "Cues I could answer",
}


@dataclass(frozen=True)
class TalkLine:
    """One message as shown: `side` 0 is the holder (or who spoke first), 1 the other, 2 anybody else."""

    index: int
    speaker: str
    side: int
    time: str
    parts: tuple[tuple[str, Finding | None], ...]
    more: int
    gap: bool


@dataclass(frozen=True)
class TalkPage:
    """Messages number `first` to `last` of the `total` that the filter shows; `before` and `after` are places to begin
    the pages around it, None at the ends."""

    lines: tuple[TalkLine, ...]
    show: str
    first: int
    last: int
    total: int
    before: int | None
    after: int | None


def talk_page(case: Case, show: str = "all", offset: int = 0, words: str = "") -> TalkPage:
    """A page that begins at `offset` in the filtered messages. `words`: only messages that hold them, in any case."""
    reading = case.shown()
    if show not in SHOWS:
        raise NearerError("There is no such view of the conversation.")
    by_message = _by_message(reading)
    wanted = _wanted(case, reading, by_message, show, words)
    offset = max(0, min(offset, max(len(wanted) - 1, 0)))
    chosen = list(wanted[offset : offset + PAGE])
    lines = _lines(case, reading, by_message, chosen)
    end = offset + len(chosen)
    before = max(0, offset - PAGE) if offset else None
    return TalkPage(
        tuple(lines), show, offset + 1 if chosen else 0, end, len(wanted), before, end if end < len(wanted) else None
    )


def place_of(case: Case, message: int, show: str = "all") -> int:
    """The offset, among the messages that a filter shows, of `message` or the next one after it."""
    reading = case.shown()
    return bisect_left(_wanted(case, reading, _by_message(reading), show, ""), message)


def whole_text(case: Case, message: int) -> str:
    """All of one message."""
    talk = case.conversation
    if talk is None or not 0 <= message < len(talk):
        raise NearerError("There is no such message.")
    return talk[message].text


def _by_message(reading: Reading) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    # Where there may be danger nobody's words are marked, as help or hurt: kindness can be fear.
    for finding in reading.findings if coaches(reading.danger) else ():
        found.setdefault(finding.message, []).append(finding)
    return found


def _wanted(
    case: Case, reading: Reading, by_message: dict[int, list[Finding]], show: str, words: str
) -> list[int] | range:
    """Numbers of the messages that a filter shows, in order."""
    talk = case.conversation
    if talk is None:
        return []
    kept: list[int] | range = range(len(talk))
    if show != "all":
        kept = sorted(m for m, some in by_message.items() if any(_fits(f, reading.me, show) for f in some))
    if words.strip():
        import polars as pl

        low = pl.col("text").str.to_lowercase().str.contains(words.strip().lower(), literal=True)
        holds = set(talk.messages.with_row_index().filter(low)["index"].to_list())
        kept = [m for m in kept if m in holds]
    return kept


def _fits(finding: Finding, me: str | None, show: str) -> bool:
    if show == "marked":
        return True
    if show == "helps":
        return finding.polarity == "helps"
    return finding.polarity == "hurts" and ((finding.speaker == me or me is None) == (show == "mine"))


def _lines(case: Case, reading: Reading, by_message: dict[int, list[Finding]], chosen: list[int]) -> list[TalkLine]:
    talk = case.conversation
    assert talk is not None
    names = sorted((s.name for s in reading.speakers), key=lambda name: name != reading.me)
    lines: list[TalkLine] = []
    last = chosen[0] - 1 if chosen else 0
    for index in chosen:
        message = talk[index]
        text = message.text or ("[picture or file]" if message.kind == "media" else "[deleted]")
        found = [f for f in by_message.get(index, []) if f.end <= LONG]
        side = names.index(message.speaker) if message.speaker in names[:2] else 2
        time = f"{message.time:%-d %b %Y, %H:%M}" if message.time else ""
        parts = marked(text[:LONG], found)
        lines.append(TalkLine(index, message.speaker, side, time, parts, max(0, len(text) - LONG), index != last + 1))
        last = index
    return lines
