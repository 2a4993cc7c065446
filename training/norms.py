"""Reference norms: rates of findings in reference conversations, written to src/nearer/reading/norms.json.

    python training/norms.py [--data ../shared/data]

Patterns and exchanges only (no encoder), so that a reading with the encoder off is compared with like. For every
speaker with at least 10 turns and 50 words: findings per 100 turns by family (stage above Safety) and polarity. Kept:
mean and variance between speakers, and the range from the 10th to the 90th of a hundred.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nearer.conversation import Conversation
from nearer.model import FAMILIES, STAGES
from nearer.reading.norms import SHIPPED
from nearer.reading.read import Settings, read_conversation

KINDS = {
    "casino": "planning",
    "annomi": "support",
    "support": "support",
    "telephone": "first_meeting",
    "dailydialog": "everyday",
}
"""Reference set -> the kind of conversation it stands for. Nothing here stands for conflict: it takes "all"."""
MOST = 150
"""Conversations taken from a set, the first ones."""


def conversations(data: Path, task: str) -> Iterator[Conversation]:
    """The first conversations of a set."""
    with gzip.open(data / task / "train.jsonl.gz", "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            if number >= MOST:
                return
            rows = [(str(m["speaker"]), m["text"]) for m in json.loads(line)["messages"]]
            yield Conversation.from_messages(rows, source=task)


def main() -> None:
    """Read the reference conversations and write the norms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    args = parser.parse_args()
    rates: dict[str, dict[tuple[str, str], list[float]]] = defaultdict(lambda: defaultdict(list))
    counted: dict[str, int] = {}
    for task, kind in KINDS.items():
        for talk in conversations(args.data, task):
            # dailydialog's talks are short: their speakers are taken as they come.
            reading = read_conversation(talk, Settings())
            counted[task] = counted.get(task, 0) + 1
            for speaker in reading.speakers:
                if speaker.turns < (4 if task == "dailydialog" else 10) or speaker.words < 50:
                    continue
                for balance in speaker.families:
                    for polarity, count in (("helps", balance.helps), ("hurts", balance.hurts)):
                        for name in (kind, "all"):
                            rates[name][balance.family, polarity].append(100 * count / speaker.turns)
    norms: dict[str, dict[str, dict[str, object]]] = {}
    for kind in sorted(rates):
        for family in (*FAMILIES, *STAGES[1:]):
            for polarity in ("helps", "hurts"):
                values = np.array(rates[kind][family, polarity])
                low, high = np.quantile(values, [0.1, 0.9])
                norms.setdefault(kind, {}).setdefault(family, {})[polarity] = {
                    "mean": round(float(values.mean()), 3), "variance": round(float(values.var()), 3),
                    "range": [round(float(low), 1), round(float(high), 1)], "speakers": len(values),
                }  # fmt: skip
    provenance = {
        "made_by": "training/norms.py", "conversations": counted, "kinds": KINDS,
        "data": {t: hashlib.sha256((args.data / t / "train.jsonl.gz").read_bytes()).hexdigest()[:16] for t in KINDS},
        "note": "Strangers, counselling demonstrations and written dialogues: a rough guide, not couples.",
    }  # fmt: skip
    args.out.write_text(json.dumps({"provenance": provenance, "norms": norms}, indent=1, sort_keys=True) + "\n")
    print(f"{sum(counted.values())} conversations, {args.out}")


if __name__ == "__main__":
    main()
