"""Sentences written for the project, cue by cue: those in written/*.txt and the examples in the catalogue itself.

A line is CODE|F|text where the cue is there, CODE|S|text where it only seems to be; " >> " parts earlier messages from it.
ANY|S|text is ordinary talk: it hurts nobody, though it may look as if it did.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nearer_paths import CUES, UNLEARNT, WRITTEN

EXCHANGES = ("ACC102", "ACC202", "ADJ203", "ATT101", "ATT102", "ATT103", "ATT104", "ATT201", "CTL203", "DNG301", "DNG302",
             "DNG303", "DNG304", "DNG305", "HUM102", "INT103", "MUT101", "MUT104", "MUT201", "MUT202", "TRN102", "TRN201",
             "TRN203", "TRN205", "VUL104", "VUL201")  # fmt: skip
"""Cues that are told from a message together with what came before it."""
ANYWHERE = ("DNG301", "DNG302", "DNG303", "DNG304", "DNG305", "MUT201", "MUT202")
"""Of these, cues that may also stand in a message with nothing before it: their heads learn it both ways."""
ANY = "ANY"
UNMARKED = frozenset({"CTL101", "TRN102"})
"""Courtesies and plain answers stand in every few messages: whoever marked the chats (chats/, benchmarks/chats) left
the routine ones out."""
_LEFT_TO_RULES = frozenset({"INT102", "MUT205", "MUT206", "MUT207", "CON103", "CON104", "CON201", "ADJ104"})
"""Found over more than two messages: no head can see them."""


WHOLE = ("hurts", "danger")
"""Heads that learn from all cues together: does this hurt the listener in any way; is there any danger in it?"""
_OF_ONESELF = frozenset({"HUM202", "HUM203"})
"""Hurts of humor that are aimed at oneself, or at people who are not there; so are those of self-acceptance and
self-care."""


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
    for example in (*lines(), *_catalogue()):
        key = (example.cue, example.text, example.before)
        if (example.cue == ANY or example.cue in codes()) and key not in seen:
            seen.add(key)
            yield example


@lru_cache
def codes() -> tuple[str, ...]:
    """Cues that get a head of their own."""
    found = sorted(p.name.split("_")[0] for p in CUES.rglob("*_*.toml"))
    return tuple(c for c in found if c not in _LEFT_TO_RULES)


def only_in_answers(code: str) -> bool:
    """Whether a cue can stand only in a message that answers somebody."""
    return code in EXCHANGES and code not in ANYWHERE


def kept_back(example: Example) -> bool:
    """One in five is for development, always the same ones."""
    return hashlib.sha256(example.text.encode()).digest()[0] % 5 == 0


def labels(example: Example, context: bool) -> dict[str, tuple[float, float]]:
    """Head -> (value, weight), where the message is read with what came before it, or by itself. What was not written
    about another cue is only lightly taken for its absence: it may well be there too."""
    heads = read_by(bool(example.before), context)
    if example.cue == ANY:
        return {f"cue_{c}": (0.0, 1.0) for c in heads if said_absent(example, c)} | dict.fromkeys(WHOLE, (0.0, 1.0))
    out = _whole(example)
    for code in heads:
        if code == example.cue:
            out[f"cue_{code}"] = (float(example.fires), 1.0)
        elif example.fires:
            alike = (code[3] == "1") == (example.cue[3] == "1")
            out[f"cue_{code}"] = (0.0, 0.05 if alike else 0.2)
    return out


def alternating(before: Sequence[str]) -> list[tuple[str, str]]:
    """Messages before one by "me", oldest first, whose speakers are taken to alternate."""
    return [("me" if (len(before) - i) % 2 == 0 else "other", text) for i, text in enumerate(before)]


def _whole(example: Example) -> dict[str, tuple[float, float]]:
    """What a sentence says of all hurts together, and of all danger: a near miss may be another one."""
    code = example.cue
    kinds = {"hurts": hurts_listener(code), "danger": code[3] == "3"}
    return {
        head: (float(own and example.fires), 1.0 if own else 0.5)
        for head, own in kinds.items()
        if own or (example.fires and (code[3] == "1" or head == "danger"))
    }


def hurts_listener(code: str) -> bool:
    """Whether a cue is a hurt aimed at the one who listens."""
    return code[3] == "2" and code[:3] not in ("ACC", "CAR") and code not in _OF_ONESELF


def read_by(answers: bool, context: bool) -> list[str]:
    """Codes that a message is trained on: an answer on all, with what came before it; by itself, and where it goes on
    from its speaker's last, those that need nothing else."""
    if answers and context:
        return [*codes()]
    return [c for c in codes() if not (c in EXCHANGES if answers else only_in_answers(c))]


def said_absent(example: Example, code: str) -> bool:
    """Whether what was written says of a cue that it is not there: its near misses, ordinary talk."""
    return code[3] != "1" if example.cue == ANY else example.cue == code and not example.fires


def unlearnt() -> Iterator[Example]:
    """What stands in unlearnt/*.txt: the network never learns from it, so that what its heads are worth can be learnt."""
    return lines(UNLEARNT)


def lines(folder: Path = WRITTEN) -> Iterator[Example]:
    """What stands in a folder's files, as it stands there."""
    for path in sorted(folder.glob("*.txt")):
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
