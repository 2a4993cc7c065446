"""A sample for people to code: from every stratum alike, silent messages too, so that recall can be measured."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.corpus.agreement import NEARER, SILENT, WEIGHT
from nearer.corpus.readings import made_with, readings
from nearer.cues import catalogue
from nearer.errors import NearerError, UsageError
from nearer.spreadsheet import to_csv

if TYPE_CHECKING:
    from nearer.corpus.inputs import Problem, Talk
    from nearer.reading.types import Reading
    from nearer.sources.base import DateOrder

BY = ("cue", "family", "polarity")


def sample(
    source: str, out: Path, *, count: int, by: str = "family", silent: float = 0.3, blind: bool = True, seed: int = 1,
    columns: dict[str, str] | None = None, encoder: bool = True, problem: Callable[[Problem], None] = lambda _: None,
    dates: DateOrder | None = None,
) -> int:  # fmt: skip
    """Write a coding sheet (CSV) of `count` messages, and a codebook beside it; returns how many rows it has.

    by: what the strata are. silent: the share of messages in which nothing was found. blind: without nearer's own codes
    and weights, which then go into a key file beside the sheet. What cannot be read is told to `problem`. Raises
    UsageError for options that make no sense.
    """
    if by not in BY or not 0 <= silent < 1 or count < 1:
        raise UsageError("--by is cue, family or polarity; --n is one or more; --silent is a share under one.")
    chance = random.Random(seed)
    strata: dict[str, list[dict[str, Any]]] = defaultdict(list)
    quiet: list[dict[str, Any]] = []
    unsaid = 0
    for talk, reading in readings(source, columns or {}, out, encoder=encoder, problem=problem, dates=dates):
        told = _told(reading)
        for number in range(len(talk.conversation)):
            if number in told:
                row = _row(talk, number, sorted(cue for cue, _, _ in told[number]))
                row["strata"] = {dict(zip(BY, t, strict=True))[by] for t in told[number]}
                for name in row["strata"]:
                    strata[name].append(row)
                continue
            # Most messages are silent: no more are kept than may be drawn, each as likely as any other.
            unsaid += 1
            place = len(quiet) if len(quiet) < count else chance.randrange(unsaid)
            if place < count:
                quiet[place : place + 1] = [{**_row(talk, number, []), "strata": {SILENT}}]
    rows, shares = _draw(strata, round(count * (1 - silent)) if quiet else count, chance)
    chance.shuffle(quiet)
    rest = quiet[: max(0, count - len(rows))]
    rows += rest
    if not rows:
        raise NearerError(f"There is nothing to draw from at {source}.")
    shares[SILENT] = len(rest) / max(1, unsaid)
    for row in rows:
        row[WEIGHT] = round(1 / (1 - prod(1 - shares[name] for name in row.pop("strata"))), 4)
    chance.shuffle(rows)
    about = {"by": by, "silent": silent, "seed": seed, **made_with(encoder)}
    _write(rows, out, blind, ", ".join(f"{name} {value}" for name, value in about.items()))
    return len(rows)


def _told(reading: Reading) -> dict[int, set[tuple[str, str, str]]]:
    """What was found in each message, danger with the rest, as the tables of a corpus have it: cue, family, polarity."""
    told: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for f in reading.findings:
        told[f.message].add((f.cue, f.family or f.stage, f.polarity))
    for d in reading.danger:
        told[d.message].add((d.cue, "danger", "danger"))
    return told


def _draw(
    strata: dict[str, list[dict[str, Any]]], wanted: int, chance: random.Random
) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Rows from all strata in turn, none twice, and how much of each stratum was drawn, 0 to 1."""
    left = {name: chance.sample(strata[name], len(strata[name])) for name in sorted(strata)}
    picked: dict[tuple[str, int], dict[str, Any]] = {}
    while len(picked) < wanted and any(left.values()):
        for rows in left.values():
            if rows and len(picked) < wanted:
                row = rows.pop()
                picked.setdefault((row["conversation"], row["unit"]), row)
    return list(picked.values()), {name: 1 - len(rows) / len(strata[name]) for name, rows in left.items()}


def _row(talk: Talk, number: int, codes: list[str]) -> dict[str, Any]:
    def said(at: int) -> str:
        if not 0 <= at < len(talk.conversation):
            return ""
        message = talk.conversation[at]
        return f"{message.speaker}: {message.text}"

    return {
        "conversation": talk.id, "unit": number, "before": "\n".join(filter(None, (said(number - 2), said(number - 1)))),
        "text": said(number), "after": said(number + 1), NEARER: " ".join(codes) or SILENT,
    }  # fmt: skip


def _write(rows: list[dict[str, Any]], out: Path, blind: bool, about: str) -> None:
    import polars as pl

    table = pl.DataFrame(rows).with_columns(
        pl.lit("").alias("coder1"), pl.lit("").alias("coder2"), pl.lit("").alias("notes")
    )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(to_csv(table.drop(NEARER, WEIGHT) if blind else table))
        if blind:
            out.with_name(f"{out.stem}-key.csv").write_bytes(
                to_csv(table.select("conversation", "unit", NEARER, WEIGHT))
            )
        out.with_name(f"{out.stem}-codebook.md").write_text(_codebook(about), encoding="utf-8")
    except OSError as error:
        raise NearerError(f"{out} could not be written: {error.strerror}.") from None


def _codebook(about: str) -> str:
    lines = [
        "# Codebook",
        "",
        "Write the codes that you see in a message, parted by spaces; “none” where there is none.",
        "",
    ]
    for cue in catalogue().cues.values():
        lines += [f"**{cue.code}** {cue.name} ({cue.polarity}): {cue.what}", ""]
    lines += [f"Drawn by `nearer sample`: {about}.", ""]
    return "\n".join(lines)
