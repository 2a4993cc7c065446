"""Trends as plain words and a table, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nearer.journal.checkins import Day
    from nearer.journal.readings import Entry

_STATES = {
    "found": "found",
    "mixed": "mixed",
    "not_seen": "not seen",
    "breached": "hurt",
    "too_little": "too little text",
}


def trend_text(who: str, entries: Sequence[Entry], days: Sequence[Day], by: str, side: str) -> str:
    """Families with what was seen, stage states over time, check-ins beside; ranges always."""
    from nearer.guidance.danger import help_lines
    from nearer.journal.trends import answers, by_episode, by_week, stages

    if not entries and not any(day.who for day in days):
        return f"Nothing is kept about {who} yet."
    every, entries = entries, [e for e in entries if not e.danger]  # what may be danger is no trend to work on
    out = [f"{'You' if side == 'me' else who}, {by} by {by}. In 100 turns, with the range it may lie in."]
    for line in by_week(entries, side) if by == "week" else by_episode(entries, side):
        points = [p for p in line.points if p.helps and p.hurts]
        if not any(p.helps.per_100 > 0.05 or p.hurts.per_100 > 0.05 for p in points if p.helps and p.hurts):
            continue
        out.append(f"\n{line.family.replace('_', ' ').capitalize()}")
        for p in points:
            if p.helps and p.hurts:
                out.append(
                    f"  {p.start or 'no date'}  helps {p.helps.per_100:.1f} ({p.helps.low:.1f} to {p.helps.high:.1f}), "
                    f"hurts {p.hurts.per_100:.1f} ({p.hurts.low:.1f} to {p.hurts.high:.1f})"
                )
    if left := len(every) - len(entries):
        reading = "reading is" if left == 1 else "readings are"
        out.append(f"\n{left} kept {reading} left out here, because of words that can be signs of danger.")
        out += help_lines()
    few = sum(1 for line in by_week(entries, side)[:1] for p in line.points if p.helps is None)
    if few:
        out.append(f"\n{few} week{'' if few == 1 else 's'} had too little talk to say anything.")
    out.append("\nThe ladder, reading by reading")
    for stage in stages(entries, side):
        if stage.states:
            out.append(f"  {stage.stage}: " + ", ".join(_STATES[state] for _, state in stage.states))
    told = {q: values for q, values in answers(days).items() if values}
    if told:
        out.append("\nFrom your own check-ins (these are your words, not read from any text)")
        out += [f"  {q}: " + ", ".join(f"{value}" for _, value in values) for q, values in told.items()]
    return "\n".join(out)
