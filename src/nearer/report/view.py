"""What every written report shows, worked out once: names, words for states, advice, bars and the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nearer.cues import catalogue
from nearer.guidance.advice import Advice, advice
from nearer.guidance.coaching import coaches, ways
from nearer.guidance.words import KIND_WORDS, STATE_WORDS, short
from nearer.model import FAMILIES, NAMES
from nearer.reading.types import Direction, FamilyBalance, Finding, Reading, SpeakerReading

if TYPE_CHECKING:
    from nearer.conversation import Conversation

TALK_LIMIT = 400
"""Messages of the conversation that a report prints; longer ones show those around findings."""
BUCKETS = 24
QUOTES = 2
"""Quotations under a stage of the ladder."""
BEFORE = 160
"""Characters of the message before that stand beside a finding about an answer."""


@dataclass(frozen=True)
class Bar:
    """One family of one person, for the balance picture. `text` says the same in words."""

    name: str
    helps: int
    hurts: int
    text: str


@dataclass(frozen=True)
class Line:
    """One message as printed: parts of (text, finding or None), so that highlights can be drawn."""

    index: int
    speaker: str
    side: int
    time: str
    parts: tuple[tuple[str, Finding | None], ...]
    gap: bool


@dataclass(frozen=True)
class Quote:
    """Words that speak for or against a stage. finding: its id; name: the cue's."""

    finding: str
    name: str
    polarity: str
    text: str


@dataclass(frozen=True)
class View:
    """Everything a report needs, in the words it uses."""

    reading: Reading
    title: str
    kind: str
    span: str
    advice: tuple[Advice, ...]
    ways: tuple[Direction, ...]
    balance: dict[str, tuple[Bar, ...]]
    talk: tuple[Line, ...]
    timeline: tuple[tuple[str, int, int], ...]
    names: dict[str, str]
    states: dict[str, str]
    quotes: dict[tuple[str, str], tuple[Quote, ...]]
    """(who gives, stage) -> what in the text says so, most telling first."""
    answering: dict[str, str]
    """Finding id -> the other's words that it answers, for what shows only in the answer."""


def view(reading: Reading, conversation: Conversation | None, talk: bool = True) -> View:
    """Prepare a reading. With no conversation, or no `talk`, no messages are printed but the quotations stay."""
    who = [s for s in reading.speakers if s.name == reading.me] or main_speakers(reading)
    start, end = reading.start, reading.end
    span = f"{start:%-d %b %Y} to {end:%-d %b %Y}" if start and end else "no dates"
    if start and end and start.date() == end.date():
        span = f"{start:%-d %b %Y}"
    # Where there may be danger nobody's way of talking is praised or weighed: kindness can be fear.
    coached = coaches(reading.danger)
    return View(
        reading=reading,
        title=reading.title or " and ".join(s.name for s in main_speakers(reading)),
        kind=KIND_WORDS[reading.kind],
        span=span,
        advice=tuple(advice(reading, s.name) for s in who) if coached else (),
        ways=_ways(reading),
        balance={s.name: tuple(_bars(s)) for s in who} if coached else {},
        talk=tuple(_talk(reading, conversation)) if conversation is not None and talk else (),
        timeline=tuple(_timeline(reading)) if coached else (),
        names=NAMES,
        states={str(k): v for k, v in STATE_WORDS.items()},
        quotes=_quotes(reading),
        answering=_answering(reading, conversation) if conversation is not None else {},
    )


def _quotes(reading: Reading) -> dict[tuple[str, str], tuple[Quote, ...]]:
    """Up to two quotations a stage, no message twice: what the state rests on first. None for what was not seen."""
    found = {f.id: f for f in reading.findings}
    out: dict[tuple[str, str], tuple[Quote, ...]] = {}
    for way in _ways(reading):
        for stage in way.stages:
            some = [found[i] for i in stage.because if i in found]
            helps = [f for f in some if f.polarity == "helps"]
            # The holder's own part is for the holder; what the other did amiss stands under "Cues you could answer".
            hurts = [f for f in some if f.polarity == "hurts" and reading.me in (None, f.speaker)]
            chosen = {"found": helps, "mixed": [*helps[:1], *hurts, *helps[1:]], "breached": [*hurts, *helps]}
            apart: dict[int, Finding] = {}
            for f in chosen.get(stage.state, []):
                apart.setdefault(f.message, f)
            out[way.from_, stage.stage] = tuple(
                Quote(f.id, cue_name(f.cue), f.polarity, f.quote) for f in list(apart.values())[:QUOTES]
            )
    return out


def _answering(reading: Reading, conversation: Conversation) -> dict[str, str]:
    """What the other had said just before, where a hurt lies in how it was answered. Silent where nobody else spoke."""
    out: dict[str, str] = {}
    for f in reading.findings:
        cue = catalogue().cues.get(f.cue)
        if f.polarity != "hurts" or cue is None or not any(rule.before for rule in cue.exchange):
            continue
        back = f.message - 1
        while back >= 0 and conversation[back].speaker == f.speaker:
            back -= 1
        if back >= 0 and (text := short(conversation[back].text, BEFORE)):
            out[f.id] = text
    return out


def main_speakers(reading: Reading) -> list[SpeakerReading]:
    """The two who say most, in the order in which they first spoke."""
    top = sorted(reading.speakers, key=lambda s: -s.words)[:2]
    return [s for s in reading.speakers if s in top]


def _ways(reading: Reading) -> tuple[Direction, ...]:
    """Both directions between the holder and the one they talk with most, the holder's own first."""
    shown = ways(reading)
    if not shown:
        return ()
    me = reading.me or shown[0].from_
    own = next((d for d in shown if d.from_ == me), shown[0])
    back = [d for d in shown if d.from_ == own.to and d.to == own.from_]
    return (own, *back[:1])


def _bars(speaker: SpeakerReading) -> list[Bar]:
    return [
        Bar(NAMES[b.family], b.helps, b.hurts, in_words(b))
        for b in speaker.families
        if b.helps or b.hurts or b.family in FAMILIES[:1]
    ]


def in_words(b: FamilyBalance) -> str:
    """A balance as a sentence; where something may hurt, with how often and with what is usual, each as a range."""
    text = f"{b.helps or 'None'} that may help, {b.hurts or 'none'} that may hurt"
    if b.hurts and b.enough and b.hurts_per_100 is not None and b.interval is not None:
        text += (
            f": about {b.hurts_per_100:.1f} in 100 turns, or anything from {b.interval[0]:.1f} to {b.interval[1]:.1f}"
        )
        if b.norm is not None:
            # "0.0 to 0.0" reads like an accusation, and is no range.
            usual = f"{b.norm[0]:.1f} to {b.norm[1]:.1f}" if b.norm[1] >= 0.05 else "hardly any"
            text += f". Most talks like this have {usual}"
    return text + "."


def _talk(reading: Reading, conversation: Conversation) -> list[Line]:
    by_message: dict[int, list[Finding]] = {}
    for finding in reading.findings:
        by_message.setdefault(finding.message, []).append(finding)
    n = len(conversation)
    if n <= TALK_LIMIT:
        wanted = list(range(n))
    else:
        near = {i for m in _worth_showing(reading) for i in (m - 1, m, m + 1) if 0 <= i < n}
        wanted = sorted(near)[:TALK_LIMIT]
    names = [s.name for s in reading.speakers]
    lines: list[Line] = []
    last = -1
    for index in wanted:
        message = conversation[index]
        text = message.text or ("[picture or file]" if message.kind == "media" else "[deleted]")
        side = names.index(message.speaker) if message.speaker in names[:2] else 2
        time = f"{message.time:%-d %b %H:%M}" if message.time else ""
        lines.append(
            Line(index, message.speaker, side, time, marked(text, by_message.get(index, [])), index != last + 1)
        )
        last = index
    return lines


def _worth_showing(reading: Reading) -> list[int]:
    """Messages with findings, the surest of each cue first, so that a long chat shows some of everything."""
    order: list[int] = []
    seen: dict[str, int] = {}
    for f in sorted(reading.findings, key=lambda f: (-f.confidence, f.message)):
        seen[f.cue] = seen.get(f.cue, 0) + 1
        if seen[f.cue] <= 4 and f.message not in order:
            order.append(f.message)
    return order[: TALK_LIMIT // 3]


def marked(text: str, found: list[Finding]) -> tuple[tuple[str, Finding | None], ...]:
    """The text cut at its findings; of overlapping ones a hurt wins, then the longer."""
    chosen: list[Finding] = []
    for f in sorted(found, key=lambda f: (f.polarity != "hurts", f.start - f.end)):
        if all(f.end <= c.start or c.end <= f.start for c in chosen):
            chosen.append(f)
    parts: list[tuple[str, Finding | None]] = []
    at = 0
    for f in sorted(chosen, key=lambda f: f.start):
        if f.start > at:
            parts.append((text[at : f.start], None))
        parts.append((text[f.start : f.end], f))
        at = f.end
    if at < len(text):
        parts.append((text[at:], None))
    return tuple(parts)


def _timeline(reading: Reading) -> list[tuple[str, int, int]]:
    """(label, helps, hurts) over equal stretches of the conversation, oldest first."""
    if not reading.messages or not reading.findings:
        return []
    count = min(BUCKETS, max(4, reading.messages // 4))
    helps, hurts = [0] * count, [0] * count
    for f in reading.findings:
        place = min(f.message * count // reading.messages, count - 1)
        (helps if f.polarity == "helps" else hurts)[place] += 1
    edges = [i * reading.messages // count for i in range(count)]
    return [(f"from message {edges[i] + 1}", helps[i], hurts[i]) for i in range(count)]


def gives(way: Direction, me: str | None) -> str:
    """A direction as a heading: to its holder, who may stand in their own chat as "Me", it says "you"."""
    if way.from_ == me:
        return f"What you give {way.to}"
    return f"What {way.from_} gives {'you' if way.to == me else way.to}"


def cue_name(code: str) -> str:
    """A cue's name, for highlights."""
    return catalogue().cues[code].name if code in catalogue().cues else code
