"""Reference norms: rates of findings in reference conversations, written to norms.json and norms_encoder.json in src/nearer/reading.

    python training/norms.py [--data ../shared/data] [--no-encoder]

By words alone, and with the encoder, which finds more: a reading is compared with like. For every
speaker with at least 10 turns and 50 words: findings per 100 turns by family (stage above Safety) and polarity. Kept:
mean and variance between speakers, and the range from the 10th to the 90th of a hundred.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from nearer.api import load_encoder
from nearer.conversation import Conversation
from nearer.corpus.own_norms import norms_of
from nearer.model import Kind
from nearer.reading.norms import shipped
from nearer.reading.rates import LEAST_TURNS
from nearer.reading.read import Settings, read_conversation
from nearer.reading.types import Reading
from nearer.signals.encoder import Encoder
from nearer_paths import DATA

KINDS: dict[str, Kind] = {
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
    """Read the reference conversations both ways, and write both norms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--no-encoder", action="store_true", help="only those of words alone")
    args = parser.parse_args()
    make(args.data, None)
    if not args.no_encoder:
        make(args.data, load_encoder())


def make(data: Path, encoder: Encoder | None) -> None:
    """Read the reference conversations with this encoder or none, and write the norms of such readings."""
    counted: dict[str, int] = {}

    def readings() -> Iterator[Reading]:
        for task, kind in KINDS.items():
            for talk in conversations(data, task):
                counted[task] = counted.get(task, 0) + 1
                # Any norms will do: what is counted here does not hang on them.
                yield read_conversation(talk, Settings(kind=kind, encoder=encoder, norms=shipped(encoder=False)))

    # dailydialog's talks are short: their speakers are taken as they come.
    made = norms_of(readings(), {}, lambda r: 4 if r.source == "dailydialog" else LEAST_TURNS)
    provenance = {
        "made_by": "training/norms.py", "conversations": counted, "kinds": KINDS,
        "weights": encoder.version if encoder else None,
        "data": {t: hashlib.sha256((data / t / "train.jsonl.gz").read_bytes()).hexdigest()[:16] for t in KINDS},
        "note": "Strangers, counselling demonstrations and written dialogues: a rough guide, not couples.",
    }  # fmt: skip
    out = shipped(encoder is not None)
    out.write_text(json.dumps({"provenance": provenance, "norms": made["norms"]}, indent=1, sort_keys=True) + "\n")
    print(f"{sum(counted.values())} conversations, {out}", flush=True)


if __name__ == "__main__":
    main()
