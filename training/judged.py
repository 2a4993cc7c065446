"""Places in the labelled sets that were judged by reading: does this message do what the cue says, or does it not?

judged.jsonl keeps ids and verdicts, never a sentence: {"cue": code, "id": "set:row" or "set:conversation#message",
"right": true | false}. Places of which one cannot tell are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nearer_paths import TRAINING

FILE = TRAINING / "judged.jsonl"
BEFORE = 3
"""Earlier messages that were read beside the judged one."""


@dataclass(frozen=True)
class Verdict:
    """One judged message, those before it (oldest first), and whether the cue is there."""

    cue: str
    id: str
    text: str
    before: tuple[str, ...]
    right: bool


def verdicts(data: Path) -> Iterator[Verdict]:
    """All that were judged, in the order of the file. data: the folder of the labelled sets."""
    import tasks

    kept = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    wanted = {v["id"] for v in kept}
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name in sorted({i.split(":")[0] for i in wanted}):
        if (data / name).exists():
            found.update((i, place) for i, place in _places(name, tasks.read(data, name, "train")) if i in wanted)
    for v in kept:
        if v["id"] in found:
            text, before = found[v["id"]]
            yield Verdict(v["cue"], v["id"], text, before, v["right"])


def kept_back(verdict: Verdict) -> bool:
    """One in four is for development and for choosing values, always the same ones."""
    return hashlib.sha256(verdict.id.encode()).digest()[0] % 4 == 0


def _places(name: str, rows: Iterator[dict[str, Any]]) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    for row in rows:
        if "messages" not in row:
            yield f"{name}:{row['id']}", (row["text"], tuple(row.get("context") or ())[-BEFORE:])
            continue
        texts = [m["text"] for m in row["messages"]]
        for i, text in enumerate(texts):
            yield f"{name}:{row['id']}#{i}", (text, tuple(texts[max(0, i - BEFORE) : i]))
