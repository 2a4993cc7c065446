"""From readings to the four tables of a corpus: messages, findings, speakers, conversations; and problems beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from nearer.guidance.coaching import ways
from nearer.model import FAMILIES, STAGES

if TYPE_CHECKING:
    import polars as pl

    from nearer.corpus.inputs import Problem, Talk
    from nearer.reading.types import Reading
    from nearer.signals.encoder import Encoder

TABLES = ("messages", "findings", "speakers", "conversations", "problems")
_BALANCES = (*FAMILIES, *STAGES[1:])


class Rows:
    """The rows of one piece, gathered conversation by conversation."""

    def __init__(self, encoder: Encoder | None) -> None:
        self.encoder = encoder
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES if name != "messages"}
        self.messages: dict[str, list[Any]] = {name: [] for name in schema("messages", encoder) if name != "cues"}
        self.cues: list[tuple[int, str, float]] = []
        """Row of a message, code and confidence."""

    def problem(self, problem: Problem) -> None:
        """One thing that could not be read."""
        self.rows["problems"].append({"file": problem.file, "place": problem.place, "why": problem.why})

    def add(self, talk: Talk, reading: Reading) -> None:
        """One conversation with its reading."""
        self._messages(talk, reading)
        for f in reading.findings:
            self.rows["findings"].append({
                "conversation": talk.id, "finding": f.id, "cue": f.cue, "family": f.family, "stage": f.stage,
                "polarity": f.polarity, "speaker": f.speaker, "message": f.message, "start": f.start, "end": f.end,
                "quote": f.quote, "confidence": f.confidence,
            })  # fmt: skip
        for d in reading.danger:
            self.rows["findings"].append({
                "conversation": talk.id, "finding": f"danger-{d.message}-{d.cue}", "cue": d.cue, "family": "",
                "stage": "danger", "polarity": "danger", "speaker": d.speaker, "message": d.message, "start": d.start,
                "end": d.end, "quote": d.quote, "confidence": d.confidence,
            })  # fmt: skip
        stood = {w.from_: w for w in ways(reading)} if len(reading.speakers) == 2 else {}
        for s in reading.speakers:
            row: dict[str, Any] = {
                "conversation": talk.id, "speaker": s.name, "messages": s.messages, "words": s.words, "turns": s.turns,
                "air_time": s.air_time, "enough": s.enough,
            }  # fmt: skip
            for b in s.families:
                low, high = b.interval or (None, None)
                row |= {
                    f"{b.family}_helps": b.helps, f"{b.family}_hurts": b.hurts,
                    f"{b.family}_helps_per_100": b.helps_per_100, f"{b.family}_hurts_per_100": b.hurts_per_100,
                    f"{b.family}_hurts_low": low, f"{b.family}_hurts_high": high,
                }  # fmt: skip
            way = stood.get(s.name)
            for number, stage in enumerate(STAGES):
                told = way.stages[number] if way else None
                row |= {f"{stage}_state": told.state if told else None, f"{stage}_score": told.score if told else None}
            for name, value in reading.measures.items():
                if not (value is None or isinstance(value, int | float)):
                    row[f"measure_{name}"] = value.get(s.name)
            self.rows["speakers"].append(row)
        whole: dict[str, Any] = {
            "conversation": talk.id, "source": reading.source, "kind": reading.kind, "messages": reading.messages,
            "speakers": len(reading.speakers), "start": _text(reading.start), "end": _text(reading.end),
            "episodes": len(reading.episodes), "system_messages": reading.system_messages,
            "skipped": len(reading.skipped), "danger": bool(reading.danger),
        }  # fmt: skip
        whole |= {f"measure_{n}": v for n, v in reading.measures.items() if v is None or isinstance(v, int | float)}
        self.rows["conversations"].append(whole)
        for line, why in reading.skipped:
            self.rows["problems"].append({"file": talk.id, "place": f"line {line}", "why": why})

    def _messages(self, talk: Talk, reading: Reading) -> None:
        signals: dict[str, Any] = {}
        if self.encoder is not None:
            from nearer.signals.lines import Lines
            from nearer.signals.model_cues import hear

            # The reading asked for the same numbers, and the encoder keeps what it was asked.
            signals = hear(Lines.of(talk.conversation), self.encoder).signals
        said = talk.conversation
        first, sure = len(self.messages["message"]), dict[tuple[int, str], float]()
        told = [((f.message, f.cue), f.confidence) for f in reading.findings]
        for at, value in (*told, *(((d.message, d.cue), d.confidence) for d in reading.danger)):
            sure[at] = max(sure.get(at, 0.0), value)
        self.cues += [(first + message, code, value) for (message, code), value in sorted(sure.items())]
        columns: dict[str, Iterable[Any]] = {
            "conversation": repeat(talk.id, len(said)), "message": range(len(said)),
            "id": said.messages["id"].fill_null("").to_list(),
            "speaker": map(said.speakers.__getitem__, said.speaker_codes.tolist()),
            "time": map(_text, said.messages["time"].to_list()), "words": (len(text.split()) for text in said.texts),
            **{name: values.tolist() for name, values in signals.items()},
        }  # fmt: skip
        for name, values in columns.items():
            self.messages[name].extend(values)

    def frames(self) -> dict[str, pl.DataFrame]:
        """The tables, with the same columns and kinds in every piece."""
        import polars as pl

        def frame(table: str) -> pl.DataFrame:
            rows = self.rows[table]
            kinds = schema(table, self.encoder, rows)
            return pl.DataFrame({c: [row.get(c) for row in rows] for c in kinds}, schema=kinds, strict=False)

        messages = pl.DataFrame({**self.messages, "cues": self._cues()}, schema=schema("messages", self.encoder))
        return {"messages": messages, **{name: frame(name) for name in self.rows}}

    def _cues(self) -> pl.Series:
        """The cues of each message, in a list of its own."""
        import polars as pl

        told = pl.DataFrame(
            self.cues, schema={"row": pl.Int64, "code": pl.String, "confidence": pl.Float64}, orient="row"
        )
        each = told.group_by("row").agg(pl.struct("code", "confidence").alias("cues"))
        rows = pl.DataFrame({"row": range(len(self.messages["message"]))}, schema={"row": pl.Int64})
        return rows.join(each, on="row", how="left", maintain_order="left")["cues"].fill_null([])


def schema(table: str, encoder: Encoder | None, rows: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Column -> kind of a table. Measures that a piece lacks are added when the tables are put together."""
    import polars as pl

    text, whole, real = pl.String, pl.Int64, pl.Float64
    fixed: dict[str, dict[str, Any]] = {
        "messages": {
            "conversation": text, "message": whole, "id": text, "speaker": text, "time": text, "words": whole,
            "cues": pl.List(pl.Struct({"code": pl.String, "confidence": pl.Float64})),
            **dict.fromkeys(encoder.heads if encoder else (), pl.Float32),
        },
        "findings": {
            "conversation": text, "finding": text, "cue": text, "family": text, "stage": text, "polarity": text,
            "speaker": text, "message": whole, "start": whole, "end": whole, "quote": text, "confidence": real,
        },
        "speakers": {
            "conversation": text, "speaker": text, "messages": whole, "words": whole, "turns": whole, "air_time": real,
            "enough": pl.Boolean,
            **{
                f"{f}_{part}": whole if part in ("helps", "hurts") else real
                for f in _BALANCES
                for part in ("helps", "hurts", "helps_per_100", "hurts_per_100", "hurts_low", "hurts_high")
            },
            **{f"{s}_{part}": text if part == "state" else real for s in STAGES for part in ("state", "score")},
        },
        "conversations": {
            "conversation": text, "source": text, "kind": text, "messages": whole, "speakers": whole, "start": text,
            "end": text, "episodes": whole, "system_messages": whole, "skipped": whole, "danger": pl.Boolean,
        },
        "problems": {"file": text, "place": text, "why": text},
    }  # fmt: skip
    measures = sorted(c for c in {*chain.from_iterable(rows)} if c.startswith("measure_"))
    return {**fixed[table], **dict.fromkeys(measures, real)}


def _text(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None
