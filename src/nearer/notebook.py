"""For notebooks: a reading as Polars tables, and three pictures. Nothing is printed.

from nearer import notebook as nb
nb.findings(reading); nb.speakers(reading); nb.stages(reading); nb.measures(reading); nb.messages(conversation)
nb.ladder(reading); nb.balance(reading); nb.timeline(reading)      # drawn by themselves in Jupyter
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from nearer.guidance.coaching import coaches, ways
from nearer.guidance.words import STATE_WORDS
from nearer.model import STAGES
from nearer.report.tables import frame as findings
from nearer.report.view import main_speakers, view

if TYPE_CHECKING:
    import polars as pl

    from nearer.conversation import Conversation
    from nearer.reading.types import Reading

__all__ = ["Picture", "balance", "findings", "ladder", "measures", "messages", "speakers", "stages", "timeline"]

_COLOURS = {
    "found": "#2f7d5b",
    "mixed": "#c98a1b",
    "not_seen": "#9aa5ad",
    "breached": "#a8443a",
    "too_little": "#d5dade",
}
_HELPS, _HURTS, _INK = "#2f7d5b", "#a8443a", "#22303a"


@dataclass(frozen=True)
class Picture:
    """A drawing that Jupyter shows; `svg` is its text, `save` writes it."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: Any) -> None:
        """Write it as an SVG file."""
        from pathlib import Path

        Path(path).write_text(self.svg, encoding="utf-8")


def messages(conversation: Conversation) -> pl.DataFrame:
    """One row a message: number, speaker, time, text."""
    import polars as pl

    rows = [(i, m.speaker, m.time, m.text) for i, m in enumerate(conversation)]
    kinds: dict[str, Any] = {"message": pl.Int64, "speaker": pl.String, "time": pl.Datetime("ms"), "text": pl.String}
    plain = [(i, who, when.replace(tzinfo=None) if when else None, text) for i, who, when, text in rows]
    return pl.DataFrame(plain, schema=kinds, orient="row")


def speakers(reading: Reading) -> pl.DataFrame:
    """One row a speaker and family: counts, rates per 100 turns, the 90 % interval of the hurts rate."""
    import polars as pl

    rows = [
        {
            "speaker": s.name, "turns": s.turns, "words": s.words, "air_time": s.air_time, "family": b.family,
            "helps": b.helps, "hurts": b.hurts, "helps_per_100": b.helps_per_100, "hurts_per_100": b.hurts_per_100,
            "hurts_low": b.interval[0] if b.interval else None, "hurts_high": b.interval[1] if b.interval else None,
        }
        for s in reading.speakers
        for b in s.families
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def stages(reading: Reading) -> pl.DataFrame:
    """One row a direction and stage: state, why, and the number for trends (never a grade for a person). No rows
    where there may be danger."""
    import polars as pl

    rows = [
        {"from": w.from_, "to": w.to, "stage": s.stage, "state": s.state, "why": s.why, "score": s.score}
        for w in ways(reading)
        for s in w.stages
    ]
    kinds = {
        "from": pl.String,
        "to": pl.String,
        "stage": pl.String,
        "state": pl.String,
        "why": pl.String,
        "score": pl.Float64,
    }
    return pl.DataFrame(rows, schema=kinds)


def measures(reading: Reading) -> pl.DataFrame:
    """One row a measure and speaker; speaker is null where it is about the whole conversation."""
    import polars as pl

    rows: list[tuple[str, str | None, float | None]] = []
    for name, value in reading.measures.items():
        if value is None or isinstance(value, int | float):
            rows.append((name, None, value))
        else:
            rows += [(name, who, number) for who, number in value.items()]
    return pl.DataFrame(rows, schema={"measure": pl.String, "speaker": pl.String, "value": pl.Float64}, orient="row")


def ladder(reading: Reading) -> Picture:
    """The five stages in each direction, with their states in words. Empty where there may be danger."""
    parts, width, shown = [], 150, ways(reading)
    for row, way in enumerate(shown):
        y = 34 + row * 64
        parts.append(_text(4, y + 24, f"{way.from_} gives {way.to}", 14))
        for number, stage in enumerate(way.stages):
            x = 190 + number * width
            parts.append(
                f'<rect x="{x}" y="{y}" width="{width - 8}" height="44" rx="6" fill="{_COLOURS[stage.state]}"/>'
            )
            ink = _INK if stage.state in ("too_little", "not_seen") else "#fff"
            parts.append(_text(x + 8, y + 18, stage.stage.capitalize(), 13, ink))
            parts.append(_text(x + 8, y + 35, STATE_WORDS[stage.state], 11, ink))
    said = "; ".join(
        f"{w.from_} to {w.to}: " + ", ".join(f"{s.stage} {STATE_WORDS[s.state]}" for s in w.stages) for w in shown
    )
    return _picture(200 + width * len(STAGES), 44 + 64 * max(1, len(shown)), parts, f"The ladder. {said}")


def balance(reading: Reading) -> Picture:
    """Helps and hurts by family, for the two who speak most. Empty where there may be danger."""
    people = main_speakers(reading) if coaches(reading.danger) else []
    most = max([1, *(max(b.helps, b.hurts) for s in people for b in s.families)])
    parts, y = [], 10
    for person in people:
        y += 22
        parts.append(_text(4, y, person.name, 15))
        for b in person.families:
            if not b.helps and not b.hurts:
                continue
            y += 26
            parts.append(_text(14, y + 4, b.family.replace("_", " ").capitalize(), 12))
            for shift, count, colour in ((-9, b.helps, _HELPS), (1, b.hurts, _HURTS)):
                parts.append(
                    f'<rect x="150" y="{y + shift}" width="{420 * count / most:.1f}" height="8" fill="{colour}"/>'
                )
            parts.append(_text(580, y + 4, f"{b.helps} help, {b.hurts} hurt", 11))
    return _picture(720, y + 24, parts, "Helps and hurts by family")


def timeline(reading: Reading, conversation: Conversation | None = None) -> Picture:
    """Helps above the line and hurts below it, from the first message to the last. Empty where there may be danger."""
    steps = view(reading, conversation).timeline
    most = max([1, *(max(up, down) for _, up, down in steps)])
    width = 700 / max(1, len(steps))
    parts = ['<line x1="10" y1="80" x2="710" y2="80" stroke="#9aa5ad"/>']
    for number, (_, up, down) in enumerate(steps):
        x = 10 + number * width
        parts.append(
            f'<rect x="{x:.1f}" y="{80 - 66 * up / most:.1f}" width="{width * 0.8:.1f}" height="{66 * up / most:.1f}" fill="{_HELPS}"/>'
        )
        parts.append(
            f'<rect x="{x:.1f}" y="81" width="{width * 0.8:.1f}" height="{66 * down / most:.1f}" fill="{_HURTS}"/>'
        )
    return _picture(720, 160, parts, "Helps above the line and hurts below it, over the conversation")


def _text(x: float, y: float, words: str, size: int, ink: str = _INK) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}">{escape(words)}</text>'


def _picture(width: int, height: int, parts: list[str], said: str) -> Picture:
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="system-ui, sans-serif" role="img" aria-label="{escape(said, quote=True)}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>'
    )
