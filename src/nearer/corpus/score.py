"""Signals and cues of single messages: what `nearer score` and `nearer.score` return."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from nearer.errors import NearerError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from nearer.signals.encoder import Encoder

_BATCH = 4096


def score(texts: Sequence[str], contexts: Sequence[Iterable[Any]] | None, encoder: Encoder | None) -> pl.DataFrame:
    """One row a text: the encoder's signals as columns (none without an encoder), and `cues` as a list of
    {code, confidence}. `contexts` is None or as long as `texts`. Raises UsageError for what is no list of texts."""
    import polars as pl

    from nearer.api import as_pairs

    if isinstance(texts, str):
        raise UsageError("Texts come as a list; for one, write [text].")
    if contexts is not None and len(contexts) != len(texts):
        raise UsageError(f"There are {len(texts)} texts and {len(contexts)} contexts; they must be as many.")
    wrong = next((i for i, text in enumerate(texts) if not isinstance(text, str)), None)
    if wrong is not None:
        raise UsageError(f"Number {wrong} of the texts, counted from 0, is no text.")
    before = [as_pairs(c) for c in contexts] if contexts is not None else [[]] * len(texts)
    rows = [{**signals, "cues": _listed(cues)} for signals, cues in _scored(texts, before, encoder)]
    return pl.DataFrame(rows, schema=_schema(encoder))


def score_file(source: Path, target: Path, *, use_encoder: bool, weights: Path | None, progress: bool) -> int:
    """Score a JSON Lines file into JSON Lines or Parquet, in the same order. Returns the number of rows. It is written
    beside and moved into place: where something goes wrong, what was there before stays."""
    from nearer.api import load_encoder

    if target.suffix not in (".jsonl", ".parquet"):
        raise UsageError("The output must end in .jsonl or .parquet.")
    if target.resolve() == source.resolve():
        raise UsageError(f"{target} is the file to read; name another one to write.")
    encoder = load_encoder(weights) if use_encoder else None
    partial = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as stream:
            count = _write(_rows(source), stream, target.suffix == ".parquet", encoder, progress)
        os.replace(partial, target)
    except OSError as error:
        raise NearerError(f"{target} could not be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            partial.unlink()
    return count


def _write(
    rows: Iterator[dict[str, Any]], stream: BinaryIO, parquet: bool, encoder: Encoder | None, progress: bool
) -> int:
    import orjson
    import polars as pl

    count = 0
    collected: list[dict[str, Any]] = []
    while batch := list(islice(rows, _BATCH)):
        scored = _scored([r["text"] for r in batch], [r["context"] for r in batch], encoder)
        for row, (signals, cues) in zip(batch, scored, strict=True):
            if parquet:
                known = None if row["id"] is None else str(row["id"])
                collected.append({"id": known, **signals, "cues": _listed(cues)})
            else:
                stream.write(orjson.dumps({"id": row["id"], "signals": signals, "cues": cues}) + b"\n")
            count += 1
        if progress:
            print(f"\r{count:,} messages", end="", flush=True, file=sys.stderr)
    if parquet:
        pl.DataFrame(collected, schema={"id": pl.String, **_schema(encoder)}).write_parquet(stream)
    return count


def _schema(encoder: Encoder | None) -> dict[str, Any]:
    """Column -> kind, the same whether there are rows or none."""
    import polars as pl

    from nearer.corpus.tables import schema

    return {**dict.fromkeys(encoder.heads if encoder else (), pl.Float64), "cues": schema("messages", None)["cues"]}


def _listed(cues: dict[str, float]) -> list[dict[str, Any]]:
    return [{"code": code, "confidence": sure} for code, sure in cues.items()]


def _scored(
    texts: Sequence[str], contexts: Sequence[list[tuple[str, str]]], encoder: Encoder | None
) -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    from nearer.cues import catalogue
    from nearer.reading.read import Settings, read_few
    from nearer.reading.screen import screen
    from nearer.signals import model_cues
    from nearer.signals.lines import Lines
    from nearer.signals.read import hear, signals_of

    talks = [Lines.of_pairs([*said, ("me", text)]) for text, said in zip(texts, contexts, strict=True)]
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

    from nearer.api import as_pairs

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
            try:
                yield {"id": row["id"], "text": row["text"], "context": as_pairs(row.get("context"))}
            except UsageError as error:
                raise NearerError(f"{source.name}, line {number}: {error}") from None
