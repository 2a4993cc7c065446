"""What every column means: a page to read, and a JSON Schema beside each table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nearer.signals.dynamics.measures import DESCRIPTIONS

MEANINGS: dict[str, str] = {
    "conversation": "the conversation's id: the file, or the table's own id",
    "message": "number of the message in its conversation, from 0, system messages left out",
    "id": "the table's own id of the message, or empty",
    "speaker": "who spoke",
    "time": "when, ISO 8601; with +00:00 it is UTC, else the clock of the export, or of a table (UTC where its times have a zone)",
    "words": "words, parted by spaces",
    "cues": "cues found here with their confidence (0 to 1)",
    "finding": "id of the finding in its conversation",
    "cue": "the cue's code; `nearer cue CODE` explains it",
    "family": "family of Safety, or empty above it",
    "stage": "safety, attunement, connection, vulnerability, intimacy; or danger",
    "polarity": "helps, hurts, or danger; where there is danger nothing is advised",
    "quote": "the words that were found",
    "confidence": "how sure, 0 to 1",
    "air_time": "share of the conversation's words, 0 to 1",
    "enough": "is there enough text for rates (50 words and 10 turns)?",
    "turns": "turns: messages in a row by one speaker count as one",
    "source": "the form it was read as: whatsapp, telegram, table and so on",
    "kind": "kind of conversation, as guessed: conflict, support, everyday, planning, first_meeting",
    "system_messages": "notices that nobody said: somebody joined, a missed call",
    "place": "row or line in the file",
    "why": "why it could not be read",
    "file": "the file, or the conversation",
    "episodes": "stretches parted by a long pause",
    "skipped": "lines that could not be read; they are listed under problems",
}
_IN: dict[str, dict[str, str]] = {
    "findings": {
        "start": "where the quotation begins in the message's text: characters, from 0",
        "end": "where the quotation ends: the first character behind it",
    },
    "speakers": {
        "messages": "messages of this speaker",
        "words": "words of this speaker, parted by spaces",
        "turns": "turns of this speaker: messages in a row count as one",
    },
    "conversations": {
        "messages": "messages, notices left out",
        "speakers": "people who say something",
        "start": "time of the earliest message, ISO 8601",
        "end": "time of the latest message, ISO 8601",
        "danger": "did the danger screen fire?",
    },
}
"""Columns that hold one thing in this table and another in the next."""
SIGNALS: dict[str, str] = {
    "condescending": "talks down to somebody",
    "dismissive": "waves away what was said",
    "sarcastic": "sarcastic",
    "hostile": "hostile",
    "antagonising": "means to provoke",
    "unfair_generalisation": "an unfair generalisation",
    "healthy": "fit for good talk",
    "emotional_reaction": "feels with the other",
    "interpretation": "understands the other",
    "exploration": "asks the other further",
    "emotional_disclosure": "tells of own feelings",
    "information_disclosure": "tells of own life",
    "support": "offers help of any kind",
    "emotional_support": "comforts",
    "humorous": "meant as humor",
    "humor_joins": "humor that brings together rather than parts",
    "coherent": "fits what was said before",
    "reflection": "says back what was heard",
    "sarcastic_reply": "means the opposite, by what was said before",
    "question": "asks",
    "open_question": "asks so that more than a yes or a fact may come",
    "self_fair": "speaks of oneself fairly rather than harshly",
    "hurts": "any hurt aimed at the listener",
    "danger": "any danger",
}
"""Heads of the encoder that are probabilities, by what they tell (docs/research.md)."""
_SCALES = {
    "politeness": "politeness, about -2 (rude) to 2",
    "intimacy": "intimacy, about -1 to 1",
    "intimacy_tweets": "intimacy as in tweets, about -1 to 1",
    "offence": "how much it may offend, about 0 to 1",
}
"""Heads that are values on their data's scale."""
_PARTS = {
    "_helps_per_100": "helps per 100 turns, shrunk toward the norms",
    "_hurts_per_100": "hurts per 100 turns, shrunk toward the norms",
    "_hurts_low": "lower end of the 90 % interval of the hurts rate",
    "_hurts_high": "upper end of the 90 % interval of the hurts rate",
    "_helps": "findings that help",
    "_hurts": "findings that hurt",
    "_state": "found, mixed, not_seen, breached or too_little: what this speaker gives the other; empty where there are not two, or danger",
    "_score": "0 to 100, for trends and research only; never a grade for a person",
}


def meaning(table: str, column: str) -> str:
    """What a column of a table holds, in a line."""
    said = _IN.get(table, {}).get(column) or MEANINGS.get(column)
    if said is not None:
        return said
    if table == "messages":
        return _signal(column)
    for part, said in _PARTS.items():
        if column.endswith(part):
            return f"{column.removesuffix(part).replace('_', ' ')}: {said}"
    if column.startswith("measure_"):
        return DESCRIPTIONS[column.removeprefix("measure_")]
    raise KeyError(f"{table} has a column {column} that nothing explains")


def _signal(head: str) -> str:
    """What a head of the encoder tells; one of somebody's own weights may be called anything."""
    if head in _SCALES:
        return f"{_SCALES[head]}, by the encoder"
    if head.startswith("cue_"):
        return f"probability of {head.removeprefix('cue_')} by the encoder, 0 to 1, before thresholds and guards"
    for prefix, said in (("emotion_", "a reader would name"), ("intent_", "as an answer to a feeling it is")):
        if head.startswith(prefix):
            return f"{said} {head.removeprefix(prefix)}: probability by the encoder, 0 to 1"
    return f"{SIGNALS.get(head, head.replace('_', ' '))}: probability by the encoder, 0 to 1"


def write_codebook(out: Path, table: str, columns: Mapping[str, Any]) -> None:
    """Add a table to codebook.md and write its JSON Schema."""
    import orjson

    page = out / "codebook.md"
    heading = f"## {table}\n"
    old = (
        page.read_text(encoding="utf-8")
        if page.exists()
        else "# Codebook\n\nEach table is a folder of Parquet files. They join on `conversation`, and on `message` or `speaker` in it.\n"
    )
    if heading not in old:
        lines = "".join(f"| {name} | {kind} | {meaning(table, name)} |\n" for name, kind in columns.items())
        page.write_text(
            f"{old}\n{heading}\n| column | kind | what it holds |\n|---|---|---|\n{lines}", encoding="utf-8"
        )
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"nearer/corpus/1 {table}",
        "type": "object",
        "properties": {
            name: {**_json_kind(str(kind)), "description": meaning(table, name)} for name, kind in columns.items()
        },
        "required": list(columns),
    }
    (out / f"{table}.schema.json").write_bytes(orjson.dumps(schema, option=orjson.OPT_INDENT_2))


def _json_kind(kind: str) -> dict[str, Any]:
    if kind.startswith("List"):
        return {"type": ["array", "null"], "items": _CUE}
    name = {"Int64": "integer", "Float64": "number", "Float32": "number", "Boolean": "boolean"}.get(kind, "string")
    return {"type": [name, "null"]}


_CUE = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "confidence": {"type": "number", "minimum": 0, "maximum": 1}},
    "required": ["code", "confidence"],
}
