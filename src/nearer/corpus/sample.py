"""A sample for people to code: from every stratum alike, silent messages too, so that recall can be measured."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from nearer.corpus.inputs import Problem, Talk, found, pieces
from nearer.corpus.together import heard
from nearer.cues import catalogue
from nearer.errors import NearerError, UsageError
from nearer.spreadsheet import to_csv

BY = ("cue", "family", "polarity")
SILENT = "none"


def sample(
    source: str, out: Path, *, count: int, by: str = "family", silent: float = 0.3, blind: bool = True, seed: int = 1,
    columns: dict[str, str] | None = None, encoder: bool = True,
) -> int:  # fmt: skip
    """Write a coding sheet (CSV) of `count` messages, and a codebook beside it; returns how many rows it has.

    by: what the strata are. silent: the share of messages in which nothing was found. blind: without nearer's own codes,
    which then go into a key file beside the sheet. Raises UsageError for options that make no sense.
    """
    if by not in BY or not 0 <= silent < 1 or count < 1:
        raise UsageError("--by is cue, family or polarity; --n is one or more; --silent is a share under one.")
    strata = _strata(source, by, columns or {}, encoder, out.parent / f".{out.stem}-parts", seed)
    chance = random.Random(seed)
    quiet = strata.pop(SILENT, [])
    picked: dict[tuple[str, int], dict[str, Any]] = {}
    wanted = round(count * (1 - silent)) if quiet else count
    names = sorted(strata)
    for name in names:
        chance.shuffle(strata[name])
    while len(picked) < wanted and any(strata.values()):
        for name in names:
            if strata[name] and len(picked) < wanted:
                row = strata[name].pop()
                picked.setdefault((row["conversation"], row["unit"]), row)
    chance.shuffle(quiet)
    for row in quiet[: max(0, count - len(picked))]:
        picked.setdefault((row["conversation"], row["unit"]), row)
    rows = list(picked.values())
    if not rows:
        raise NearerError(f"There is nothing to draw from at {source}.")
    chance.shuffle(rows)
    _write(rows, out, blind)
    return len(rows)


def _strata(
    source: str, by: str, columns: dict[str, str], encoder: bool, work: Path, seed: int
) -> dict[str, list[dict[str, Any]]]:
    from shutil import rmtree

    from nearer.api import load_encoder
    from nearer.reading.read import Settings, read_conversation

    settings = Settings(self_care=True, encoder=load_encoder() if encoder else None)
    strata: dict[str, list[dict[str, Any]]] = defaultdict(list)
    chance = random.Random(seed)
    try:
        for piece in pieces(found(source), columns, work)[0]:
            for item in heard(piece, settings):
                if isinstance(item, Problem):
                    continue
                talk, said = item
                reading = read_conversation(talk.conversation, settings, said)
                codes: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
                for f in reading.findings:
                    codes[f.message].add((f.cue, f.family or f.stage, f.polarity))
                for number in range(len(talk.conversation)):
                    told = sorted(codes.get(number, ()))
                    if not told and chance.random() > 0.2:
                        continue
                    row = _row(talk, number, [c for c, _, _ in told])
                    for key in {dict(zip(BY, t, strict=True))[by] for t in told} or {SILENT}:
                        strata[key].append(row)
    finally:
        rmtree(work, ignore_errors=True)
    return dict(strata)


def _row(talk: Talk, number: int, codes: list[str]) -> dict[str, Any]:
    def said(at: int) -> str:
        if not 0 <= at < len(talk.conversation):
            return ""
        message = talk.conversation[at]
        return f"{message.speaker}: {message.text}"

    return {
        "conversation": talk.id, "unit": number, "before": "\n".join(filter(None, (said(number - 2), said(number - 1)))),
        "text": said(number), "after": said(number + 1), NEARER_COLUMN: " ".join(codes) or SILENT,
    }  # fmt: skip


NEARER_COLUMN = "nearer"


def _write(rows: list[dict[str, Any]], out: Path, blind: bool) -> None:
    import polars as pl

    table = pl.DataFrame(rows).with_columns(
        pl.lit("").alias("coder1"), pl.lit("").alias("coder2"), pl.lit("").alias("notes")
    )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(to_csv(table.drop(NEARER_COLUMN) if blind else table))
        if blind:
            out.with_name(f"{out.stem}-key.csv").write_bytes(
                to_csv(table.select("conversation", "unit", NEARER_COLUMN))
            )
        out.with_name(f"{out.stem}-codebook.md").write_text(_codebook(), encoding="utf-8")
    except OSError as error:
        raise NearerError(f"{out} could not be written: {error.strerror}.") from None


def _codebook() -> str:
    lines = [
        "# Codebook",
        "",
        "Write the codes that you see in a message, parted by spaces; “none” where there is none.",
        "",
    ]
    for cue in catalogue().cues.values():
        lines += [f"**{cue.code}** {cue.name} ({cue.polarity}): {cue.what}", ""]
    return "\n".join(lines)
