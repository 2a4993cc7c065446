"""Sentences written for the project, cue by cue: those in written/*.txt and the examples in the catalogue itself.

A line is CODE|F|text where the cue is there, CODE|S|text where it only seems to be; " >> " parts earlier messages from it.
"""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nearer_paths import CUES, WRITTEN

EXCHANGES = ("ACC102", "ACC202", "ADJ203", "ATT101", "ATT102", "ATT103", "ATT104", "ATT201", "CTL203", "HUM102", "INT103",
             "MUT101", "MUT104", "TRN102", "TRN201", "TRN203", "TRN205", "VUL104", "VUL201")  # fmt: skip
"""Cues that are told from a message together with what came before it."""
_LEFT_TO_RULES = frozenset({"INT102", "MUT205", "MUT206", "MUT207", "CON103", "CON104", "CON201", "ADJ104"})
"""Found over more than two messages: no head can see them."""


@dataclass(frozen=True)
class Example:
    """One sentence, the messages before it (oldest first), and whether the cue is there."""

    cue: str
    text: str
    before: tuple[str, ...]
    fires: bool


def examples() -> Iterator[Example]:
    """Everything written, each once."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for example in (*_lines(), *_catalogue()):
        key = (example.cue, example.text, example.before)
        if example.cue in codes() and key not in seen:
            seen.add(key)
            yield example


@lru_cache
def codes() -> tuple[str, ...]:
    """Cues that get a head of their own."""
    found = sorted(p.name.split("_")[0] for p in CUES.rglob("*_*.toml"))
    return tuple(c for c in found if c not in _LEFT_TO_RULES and not c.startswith("DNG"))


def kept_back(example: Example) -> bool:
    """One in five is for development, always the same ones."""
    return hashlib.sha256(example.text.encode()).digest()[0] % 5 == 0


def labels(example: Example, chance: random.Random) -> dict[str, tuple[float, float]]:
    """Head -> (value, weight). What was not written about another cue is only lightly taken for its absence."""
    out = {f"cue_{example.cue}": (float(example.fires), 1.0)}
    if example.fires:
        hurts = example.cue[3] == "2"
        for code in codes():
            if code != example.cue and (code in EXCHANGES) <= (example.cue in EXCHANGES or bool(example.before)):
                out[f"cue_{code}"] = (0.0, 0.05 if (code[3] == "2") == hurts else 0.2)
    return out


def _lines() -> Iterator[Example]:
    for path in sorted(WRITTEN.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            code, kind, text = line.split("|", 2)
            *before, last = text.split(" >> ")
            yield Example(code, last, tuple(before), kind == "F")


def _catalogue() -> Iterator[Example]:
    for path in sorted(CUES.rglob("*_*.toml")):
        cue = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, fires in (("fires", True), ("silent", False)):
            for item in cue.get("examples", {}).get(kind, ()):
                row = {"text": item} if isinstance(item, str) else item
                if row.get("after"):
                    continue
                before = tuple(b.split(":", 1)[-1].strip() for b in row.get("before", ()))
                yield Example(cue["code"], row["text"].replace("«", "").replace("»", ""), before, fires)
