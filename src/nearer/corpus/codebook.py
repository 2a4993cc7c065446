"""What every column means: a page to read, and a JSON Schema beside each table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nearer.signals.dynamics.measures import DESCRIPTIONS

MEANINGS: dict[str, str] = {
    "conversation": "the conversation's id: the file, or the table's own id",
    "message": "number of the message in its conversation, from 0, system messages left out",
    "id": "the source's own id of the message, or empty",
    "speaker": "who spoke",
    "time": "when, ISO 8601",
    "words": "words, parted by spaces",
    "cues": "cues found here with their confidence (0 to 1)",
    "finding": "id of the finding in its conversation",
    "cue": "the cue's code; `nearer cue CODE` explains it",
    "family": "family of Safety, or empty above it",
    "stage": "safety, attunement, connection, vulnerability, intimacy; or danger",
    "polarity": "helps, hurts, or danger; where there is danger nothing is advised",
    "start": "where the quotation begins (characters), or the first time in the conversation",
    "end": "where the quotation ends (characters), or the last time in the conversation",
    "quote": "the words that were found",
    "confidence": "how sure, 0 to 1",
    "air_time": "share of the words, 0 to 1",
    "enough": "is there enough text for rates (50 words and 10 turns)?",
    "turns": "turns: messages in a row by one speaker count as one",
    "kind": "kind of conversation, as guessed: conflict, support, everyday, planning, first_meeting",
    "danger": "did the danger screen fire?",
    "place": "row or line in the file",
    "why": "why it could not be read",
    "file": "the file, or the conversation",
    "episodes": "stretches parted by a long pause",
    "skipped": "lines that could not be read; they are listed under problems",
}
_PARTS = {
    "_helps_per_100": "helps per 100 turns, shrunk toward the norms",
    "_hurts_per_100": "hurts per 100 turns, shrunk toward the norms",
    "_hurts_low": "lower end of the 90 % interval of the hurts rate",
    "_hurts_high": "upper end of the 90 % interval of the hurts rate",
    "_helps": "findings that help",
    "_hurts": "findings that hurt",
    "_state": "found, mixed, not_seen, breached or too_little: what this speaker gives the other",
    "_score": "0 to 100, for trends and research only; never a grade for a person",
}


def meaning(column: str) -> str:
    """What a column holds, in a line."""
    if column in MEANINGS:
        return MEANINGS[column]
    for part, said in _PARTS.items():
        if column.endswith(part):
            return f"{column.removesuffix(part).replace('_', ' ')}: {said}"
    if column.startswith("measure_"):
        return DESCRIPTIONS[column.removeprefix("measure_")]
    if column.startswith("emotion_"):
        return f"{column.removeprefix('emotion_')}: probability by the encoder"
    if column.startswith("cue_"):
        return f"what the encoder's head for {column.removeprefix('cue_')} says, before thresholds and guards"
    return f"{column.replace('_', ' ')}: the encoder's signal, or a count"


def write_codebook(out: Path, table: str, columns: Mapping[str, Any]) -> None:
    """Add a table to codebook.md and write its JSON Schema."""
    import orjson

    page = out / "codebook.md"
    heading = f"## {table}\n"
    old = (
        page.read_text(encoding="utf-8")
        if page.exists()
        else "# Codebook\n\nEach table is a folder of Parquet files.\n"
    )
    if heading not in old:
        lines = "".join(f"| {name} | {kind} | {meaning(name)} |\n" for name, kind in columns.items())
        page.write_text(
            f"{old}\n{heading}\n| column | kind | what it holds |\n|---|---|---|\n{lines}", encoding="utf-8"
        )
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"nearer/corpus/1 {table}",
        "type": "object",
        "properties": {
            name: {"type": _json_kind(str(kind)), "description": meaning(name)} for name, kind in columns.items()
        },
    }
    (out / f"{table}.schema.json").write_bytes(orjson.dumps(schema, option=orjson.OPT_INDENT_2))


def _json_kind(kind: str) -> list[str]:
    name = {"Int64": "integer", "Float64": "number", "Float32": "number", "Boolean": "boolean"}.get(kind)
    return [name or ("array" if kind.startswith("List") else "string"), "null"]
