"""A reading as Markdown, for notes and for handing on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nearer.guidance.words import (
    DANGER_TITLE,
    DANGER_WORDS,
    MAP_NOT_LAW,
    NOT_THERAPY,
    SEEN_IN_TEXT,
    counted,
    short,
    without_options,
)
from nearer.report.view import gives, view

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.reading.types import Reading


def to_text(reading: Reading, conversation: Conversation | None = None) -> str:
    """The report as Markdown; people's words are escaped, never run."""
    page = view(reading, conversation)
    out = [
        f"# {escaped(page.title)}",
        "",
        f"{counted(reading.messages, 'message')}, {page.span}. Read as {page.kind}: {reading.kind_why}",
    ]
    if reading.danger:
        from nearer.guidance.danger import help_lines

        out += ["", f"## {DANGER_TITLE}", "", DANGER_WORDS, "", SEEN_IN_TEXT, ""]
        out += [f"- “{_quoted(d.quote)}” ({escaped(d.speaker)})" for d in reading.surest_danger()]
        out += ["", "Where help is to be had:", "", *(f"- {line}" for line in help_lines())]
    for someone in page.advice:
        out += ["", f"## {escaped(someone.who)}: what helps", ""]
        out += [escaped(someone.too_little), ""] if someone.too_little else []
        if not someone.strengths and not someone.too_little:
            out += ["Nothing stood out here. That says little: the talk may be short."]
        out += [
            f"- **{s.name}**{_times(s.times)}: “{_quoted(s.quote)}” May be heard as: {s.heard_as}"
            for s in someone.strengths
        ]
        if someone.adjustments:
            out += ["", f"## {escaped(someone.who)}: one thing to try at a time", ""]
        for a in someone.adjustments:
            out += [f"- **{a.name}**{_times(a.times)}: “{_quoted(a.quote)}”"]
            before = page.answering.get(a.finding)
            out += [f"  - After: “{escaped(before)}”"] if before else []
            out += [f"  - May be heard as: {a.heard_as}"]
            out += [f"  - Or: {a.other_reading}"] if a.other_reading else []
            out += [f"  - To try: {a.adjust}"]
            out += [f"  - For example: “{a.reword}”"] if a.reword else []
        if someone.answers and someone.who == reading.me:
            out += ["", "## Cues you could answer", ""]
            out += [f"- “{_quoted(c.quote)}” A kind answer: “{c.answer}”" for c in someone.answers]
        if someone.repair and someone.who == reading.me:
            out += ["", someone.repair]
    if page.ways:
        out += [
            "",
            "## The ladder",
            "",
            "| stage | " + " | ".join(escaped(gives(w, reading.me)) for w in page.ways) + " |",
        ]
        out += ["|---" * (1 + len(page.ways)) + "|"]
        for i in reversed(range(len(page.ways[0].stages))):
            cells = [
                f"{page.states[w.stages[i].state]}: {w.stages[i].why}"
                + "".join(f" “{_quoted(q.text)}”" for q in page.quotes[w.from_, w.stages[i].stage])
                for w in page.ways
            ]
            out.append(f"| {page.names[page.ways[0].stages[i].stage]} | " + " | ".join(cells) + " |")
        out += ["", MAP_NOT_LAW]
        if reading.next_step:
            out += ["", f"**Next step: {page.names[reading.next_step.family]}.** {reading.next_step.why}"]
    out += ["", "## Who speaks how much", "", "| who | words | share |", "|---|---|---|"]
    out += [f"| {escaped(s.name)} | {s.words:,} | {s.air_time:.0%} |" for s in reading.speakers]
    for name, bars in page.balance.items():
        out += ["", f"## {escaped(name)}: by family", ""]
        out += [f"- **{b.name}**: {b.text}" for b in bars]
    for note in reading.notes:
        out += ["", f"Note: {without_options(note)}"]
    if reading.skipped:
        out += ["", f"{counted(len(reading.skipped), 'place')} in the file could not be read."]
    out += ["", f"*{NOT_THERAPY}*", ""]
    return "\n".join(out)


def _quoted(text: str) -> str:
    return escaped(short(text, 300))


def _times(count: int) -> str:
    return f", {count} times" if count > 1 else ""


def escaped(text: str) -> str:
    """People's words as plain text: Markdown's own signs and HTML lose their meaning, and lines join."""
    one = " ".join(text.split())
    one = one.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|~-])", r"\\\1", one)
