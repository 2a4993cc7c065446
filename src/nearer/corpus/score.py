"""Signals and cues of single messages: what `nearer score` and `nearer.score` return."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import NearerError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from nearer.signals.encoder import Encoder

_BATCH = 4096


def score(texts: Sequence[str], contexts: Sequence[Iterable[Any]] | None, encoder: Encoder | None) -> pl.DataFrame:
    """One row a text: the encoder's signals as columns (none without an encoder), and `cues` as a list of
    {code, confidence}. `contexts` is None or as long as `texts`."""
    import polars as pl

    if contexts is not None and len(contexts) != len(texts):
        raise UsageError(f"There are {len(texts)} texts and {len(contexts)} contexts; they must be as many.")
    rows = list(_scored(texts, contexts, encoder))
    kinds = pl.List(pl.Struct({"code": pl.String, "confidence": pl.Float64}))
    found = pl.Series("cues", [[{"code": c, "confidence": v} for c, v in r[1].items()] for r in rows], dtype=kinds)
    return pl.DataFrame([r[0] for r in rows]).with_columns(found) if encoder is not None else found.to_frame()


def score_file(source: Path, target: Path, *, use_encoder: bool, weights: Path | None, progress: bool) -> int:
    """Score a JSON Lines file into JSON Lines or Parquet, in the same order. Returns the number of rows."""
    from nearer.api import load_encoder

    if target.suffix not in (".jsonl", ".parquet"):
        raise UsageError("The output must end in .jsonl or .parquet.")
    encoder = load_encoder(weights) if use_encoder else None
    rows = _rows(source)
    import orjson

    count = 0
    collected: list[dict[str, Any]] = []
    with target.open("wb") if target.suffix == ".jsonl" else _nothing() as stream:
        while batch := list(islice(rows, _BATCH)):
            scored = _scored([r["text"] for r in batch], [r.get("context") or [] for r in batch], encoder)
            for row, (signals, cues) in zip(batch, scored, strict=True):
                out = {"id": row["id"], "signals": signals, "cues": cues}
                if stream is not None:
                    stream.write(orjson.dumps(out) + b"\n")
                else:
                    listed = [{"code": c, "confidence": v} for c, v in cues.items()]
                    collected.append({"id": str(row["id"]), **signals, "cues": listed})
                count += 1
            if progress:
                print(f"\r{count:,} messages", end="", flush=True, file=sys.stderr)
    if target.suffix == ".parquet":
        import polars as pl

        pl.DataFrame(collected, infer_schema_length=None).write_parquet(target)
    return count


def _scored(
    texts: Sequence[str], contexts: Sequence[Iterable[Any]] | None, encoder: Encoder | None
) -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    from nearer.api import as_pairs
    from nearer.cues import catalogue
    from nearer.reading.read import Settings, read_few
    from nearer.reading.screen import screen
    from nearer.signals import model_cues
    from nearer.signals.lines import Lines
    from nearer.signals.read import hear, signals_of

    pairs = ([*as_pairs(contexts[i] if contexts is not None else ()), ("me", t)] for i, t in enumerate(texts))
    talks = [Lines.of_pairs(talk) for talk in pairs]
    before = [model_cues.contexts(talk)[-1] for talk in talks]
    values = encoder.signals(list(texts), before) if encoder is not None else {}
    # Self-care is read here: a researcher codes messages, and nobody is shown anything.
    settings, book = Settings(me="me", self_care=True), catalogue()
    for i, heard in enumerate(hear(talks, book)):
        signals, last = signals_of(heard, book, encoder, last_only=True), len(heard.lines) - 1
        cues: dict[str, float] = {}
        for f in read_few(signals, book, settings):
            if f.message == last:
                cues[f.cue] = max(cues.get(f.cue, 0.0), f.confidence)
        for d in screen(signals, book, [None] * len(heard.lines)):
            if d.message == last:
                cues[d.cue] = max(cues.get(d.cue, 0.0), d.confidence)
        yield {name: round(float(v[i]), 4) for name, v in values.items()}, dict(sorted(cues.items()))


def _rows(source: Path) -> Iterator[dict[str, Any]]:
    import orjson

    try:
        stream = source.open("rb")
    except OSError:
        raise NearerError(f"There is no file {source}.") from None
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
            except orjson.JSONDecodeError:
                row = None
            if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
                raise NearerError(f'{source.name}, line {number}: expected {{"id", "text", "context"}}.')
            yield row


def _nothing() -> Any:
    from contextlib import nullcontext

    return nullcontext()
