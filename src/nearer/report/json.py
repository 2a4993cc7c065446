"""A reading as JSON, by the schema nearer/reading/1 (reading.schema.json beside this file)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from nearer.guidance.coaching import ways
from nearer.model import FAMILIES
from nearer.reading.types import DangerFinding, Direction, FamilyBalance, Finding, Reading, SpeakerReading

SCHEMA = "nearer/reading/1"
_EMPTY = b'"findings": []'
SCHEMA_FILE = Path(__file__).with_name("reading.schema.json")


def to_bytes(reading: Reading) -> bytes:
    """One JSON object, UTF-8, the same bytes for the same reading."""
    import orjson

    # Findings are written a batch at a time into one growing buffer: a million messages have too many of them to hold
    # as dicts, or as bytes twice over.
    frame = orjson.dumps(as_dict(reading, findings=False), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    before, after = frame.split(_EMPTY, 1)
    out = BytesIO()
    out.write(before + b'"findings": [')
    found = iter(reading.findings)
    between = b"\n    "
    for batch in iter(lambda: list(islice(found, 2000)), []):
        out.write(between + orjson.dumps([finding_dict(f) for f in batch])[1:-1])
        between = b",\n    "
    out.write((b"\n  ]" if reading.findings else b"]") + after)
    return out.getvalue()


def as_dict(reading: Reading, findings: bool = True) -> dict[str, Any]:
    """The object itself; times as ISO 8601 text. `findings` False leaves their list empty."""
    versions = reading.versions
    step = reading.next_step
    return {
        "schema": SCHEMA,
        "versions": {
            "catalogue": versions.catalogue,
            "norms": versions.norms,
            "weights": versions.weights,
            "nearer": versions.nearer,
        },
        "conversation": {
            "source": reading.source,
            "kind": reading.kind,
            "kind_why": reading.kind_why,
            "title": reading.title,
            "me": reading.me,
            "messages": reading.messages,
            "speakers": [s.name for s in reading.speakers],
            "start": _time(reading.start),
            "end": _time(reading.end),
            "episodes": [
                {
                    "first": e.first,
                    "last": e.last,
                    "kind": e.kind,
                    "why": e.why,
                    "start": _time(e.start),
                    "end": _time(e.end),
                }
                for e in reading.episodes
            ],
            "system_messages": reading.system_messages,
            "skipped": [{"line": line, "why": why} for line, why in reading.skipped],
            "notes": list(reading.notes),
        },
        "speakers": [_speaker(s) for s in reading.speakers],
        "measures": {k: dict(v) if isinstance(v, Mapping) else v for k, v in reading.measures.items()},
        "ladder": {
            "directions": [_direction(d) for d in ways(reading)],
            "next_step": {"family": step.family, "why": step.why} if step else None,
        },
        "findings": [finding_dict(f) for f in reading.findings if findings],
        "danger": [danger_dict(d) for d in reading.danger],
    }


def _speaker(s: SpeakerReading) -> dict[str, Any]:
    return {
        "name": s.name,
        "messages": s.messages,
        "words": s.words,
        "turns": s.turns,
        "air_time": s.air_time,
        "enough": s.enough,
        "families": [_balance(b) for b in s.families if b.family in FAMILIES],
        "stages": [_balance(b) for b in s.families if b.family not in FAMILIES],
    }


def _balance(b: FamilyBalance) -> dict[str, Any]:
    return {
        "family": b.family,
        "helps": b.helps,
        "hurts": b.hurts,
        "helps_per_100": b.helps_per_100,
        "hurts_per_100": b.hurts_per_100,
        "interval": _pair(b.interval),
        "norm": _pair(b.norm),
        "helps_interval": _pair(b.helps_interval),
        "helps_norm": _pair(b.helps_norm),
        "enough": b.enough,
    }


def _direction(d: Direction) -> dict[str, Any]:
    return {
        "from": d.from_,
        "to": d.to,
        "stages": [
            {
                "stage": s.stage, "state": s.state, "score": s.score, "interval": _pair(s.interval),
                "because": list(s.because), "why": s.why,
            }
            for s in d.stages
        ],
        "standing": d.standing,
    }  # fmt: skip


def finding_dict(f: Finding) -> dict[str, Any]:
    """One finding as the schema has it."""
    return {
        "id": f.id, "cue": f.cue, "family": f.family, "stage": f.stage, "polarity": f.polarity, "speaker": f.speaker,
        "message": f.message, "time": _time(f.time), "start": f.start, "end": f.end, "quote": f.quote,
        "confidence": f.confidence, "heard_as": f.heard_as, "adjust": f.adjust,
        "reword": f.reword,
    }  # fmt: skip


def danger_dict(d: DangerFinding) -> dict[str, Any]:
    """One thing the danger screen saw."""
    return {
        "cue": d.cue, "speaker": d.speaker, "message": d.message, "time": _time(d.time),
        "start": d.start, "end": d.end, "quote": d.quote, "confidence": d.confidence,
    }  # fmt: skip


def _pair(pair: tuple[float, float] | None) -> list[float] | None:
    return None if pair is None else list(pair)


def _time(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
