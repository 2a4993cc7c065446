"""Norms of one's own: what is usual in a corpus, or in a pair's own history, in the same form as the shipped ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import NearerError
from nearer.model import FAMILIES, STAGES
from nearer.reading.rates import LEAST_TURNS, LEAST_WORDS

if TYPE_CHECKING:
    from nearer.corpus.inputs import Problem
    from nearer.reading.types import Reading
    from nearer.sources.base import DateOrder


def norms_of(
    readings: Iterable[Reading],
    provenance: dict[str, Any],
    least_turns: Callable[[Reading], int] = lambda _: LEAST_TURNS,
) -> dict[str, Any]:
    """{"provenance", "norms"} of every speaker with enough text: mean, variance, 10th to 90th of a hundred, by kind.
    least_turns: how many turns a speaker needs, where a set's talks are short.

    Raises NearerError where no speaker has enough.
    """
    import numpy as np

    rates: dict[str, dict[tuple[str, str], list[float]]] = defaultdict(lambda: defaultdict(list))
    count = 0
    for reading in readings:
        count += 1
        for speaker in reading.speakers:
            if speaker.turns < least_turns(reading) or speaker.words < LEAST_WORDS:
                continue
            for balance in speaker.families:
                for polarity, number in (("helps", balance.helps), ("hurts", balance.hurts)):
                    for kind in (reading.kind, "all"):
                        rates[kind][balance.family, polarity].append(100 * number / speaker.turns)
    if not rates:
        raise NearerError("Nobody there says enough (50 words and 10 turns) to make norms from.")
    table: dict[str, Any] = {}
    for kind in sorted(rates):
        for family in (*FAMILIES, *STAGES[1:]):
            for polarity in ("helps", "hurts"):
                values = np.array(rates[kind][family, polarity])
                low, high = np.quantile(values, [0.1, 0.9])
                table.setdefault(kind, {}).setdefault(family, {})[polarity] = {
                    "mean": round(float(values.mean()), 3), "variance": round(float(values.var()), 3),
                    "range": [round(float(low), 1), round(float(high), 1)], "speakers": len(values),
                }  # fmt: skip
    return {"provenance": {**provenance, "conversations": count}, "norms": table}


def make_norms(
    source: str,
    out: Path,
    columns: dict[str, str],
    encoder: bool,
    problem: Callable[[Problem], None] = lambda _: None,
    dates: DateOrder | None = None,
) -> int:
    """Norms of everything at `source`, written to `out`; returns how many conversations they rest on. What cannot be
    read is told to `problem`."""
    import orjson

    from nearer.corpus.readings import made_with, readings

    read = (reading for _, reading in readings(source, columns, out, encoder=encoder, problem=problem, dates=dates))
    about = {"made_by": "nearer norms", "source": Path(source).name, "encoder": encoder, **made_with(encoder)}
    made = norms_of(read, about)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
    except OSError as error:
        raise NearerError(f"{out} could not be written: {error.strerror}.") from None
    return int(made["provenance"]["conversations"])
