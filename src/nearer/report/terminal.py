"""A reading for the terminal: short, plain, strengths first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from nearer.guidance.coaching import coaches
from nearer.guidance.words import DANGER_TITLE, DANGER_WORDS, MAP_NOT_LAW, NOT_THERAPY, SEEN_IN_TEXT, counted, short
from nearer.report.view import View, gives, view

if TYPE_CHECKING:
    from rich.console import Console

    from nearer.conversation import Conversation
    from nearer.guidance.advice import Advice
    from nearer.reading.types import Reading

_STATE_STYLE = {"found": "green", "mixed": "yellow", "not_seen": "dim", "breached": "red", "too_little": "dim"}
_BAR = 24
_QUOTED = 120
"""Characters of a quotation."""
_NAMED = 6
"""People whose share is shown."""


def to_text(reading: Reading, conversation: Conversation | None = None, color: bool = False) -> str:
    """The report as text, with colours where `color` says so. With the conversation, an answer stands under what it
    answers."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=88, force_terminal=color, no_color=not color, highlight=False, markup=False)
    page = view(reading, conversation)
    _head(page, console)
    if reading.danger:
        _danger(page, console)
    for someone in page.advice:
        _advice(someone, page, console)
    _ladder(page, console)
    _air(page, console)
    if reading.next_step and coaches(reading.danger):
        console.print(f"\nNext step: {page.names[reading.next_step.family]}. {reading.next_step.why}", style="bold")
    for note in reading.notes:
        console.print(f"\nNote: {note}")
    if reading.skipped:
        console.print(
            f"\n{counted(len(reading.skipped), 'place')} in the file could not be read; --format json lists them."
        )
    console.print(f"\n{NOT_THERAPY}", style="dim")
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _head(page: View, console: Console) -> None:
    reading = page.reading
    console.print(page.title, style="bold")
    console.print(
        f"{counted(reading.messages, 'message')}, {page.span}. Read as {page.kind}: {reading.kind_why}", style="dim"
    )


def _danger(page: View, console: Console) -> None:
    from nearer.guidance.danger import help_lines

    console.print(f"\n{DANGER_TITLE}", style="bold")
    console.print(DANGER_WORDS)
    console.print(f"\n{SEEN_IN_TEXT}")
    for d in page.reading.surest_danger():
        console.print(f"  “{short(d.quote, _QUOTED)}”  ({d.speaker})")
    console.print("\nWhere help is to be had:")
    for line in help_lines():
        console.print(f"  {line}")


def _advice(someone: Advice, page: View, console: Console) -> None:
    mine = someone.who == page.reading.me
    console.print(f"\n{'What you do that helps' if mine else f'What {someone.who} does that helps'}", style="bold")
    if someone.too_little:
        _say(console, someone.too_little, 2, "dim")
    elif not someone.strengths:
        _say(console, "Nothing stood out here. That says little: the talk may be short.", 2)
    for s in someone.strengths:
        _say(console, f"+ {s.name}{_times(s.times)}", 2, "green")
        _say(console, f"“{short(s.quote, _QUOTED)}”", 4)
        _say(console, f"It may be heard as: {s.heard_as}", 4)
    if someone.stopped:
        return
    if someone.adjustments:
        console.print("\nOne thing to try at a time" if mine else f"\nWhat {someone.who} could try", style="bold")
    for a in someone.adjustments:
        _say(console, f"~ {a.name}{_times(a.times)}", 2, "yellow")
        if a.finding in page.answering:
            _say(console, f"After: “{short(page.answering[a.finding], _QUOTED)}”", 4, "dim")
        _say(console, f"“{short(a.quote, _QUOTED)}”", 4)
        _say(console, f"It may be heard as: {a.heard_as}", 4)
        if a.other_reading:
            _say(console, f"Or: {a.other_reading}", 4, "dim")
        _say(console, f"To try: {a.adjust}", 4)
        if a.reword:
            _say(console, f"For example: “{a.reword}”", 4, "italic")
    if mine and someone.answers:
        console.print("\nCues you could answer", style="bold")
        for c in someone.answers:
            _say(console, f"“{short(c.quote, _QUOTED)}”", 2)
            _say(console, f"A kind answer: “{c.answer}”", 4)
    if someone.repair and mine:
        console.print(f"\n{someone.repair}")


def _ladder(page: View, console: Console) -> None:
    if not page.ways:
        return
    console.print("\nThe ladder", style="bold")
    for way in page.ways:
        console.print(f"  {gives(way, page.reading.me)}")
        for stage in reversed(way.stages):
            console.print(f"    {page.names[stage.stage]:14}", end="")
            console.print(page.states[stage.state], style=_STATE_STYLE[stage.state])
            if stage.state != "too_little":
                _say(console, stage.why, 6, "dim")
            for q in page.quotes[way.from_, stage.stage]:
                _say(console, f"“{short(q.text, _QUOTED)}”", 6)
        console.print()
    console.print(f"  {MAP_NOT_LAW}", style="dim")


def _air(page: View, console: Console) -> None:
    console.print("\nWho speaks how much", style="bold")
    who = page.reading.speakers
    for s in who[:_NAMED]:
        filled = round(s.air_time * _BAR)
        console.print(
            f"  {s.name[:18]:18} {'█' * filled}{'░' * (_BAR - filled)} {s.air_time:4.0%}  {counted(s.words, 'word')}"
        )
    if len(who) > _NAMED:
        console.print(f"  and {len(who) - _NAMED} more")


def _say(console: Console, text: str, indent: int, style: str | None = None) -> None:
    """A paragraph set in from the left, on every line of it."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(text, style=style or ""), (0, 0, 0, indent), expand=False))


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""
