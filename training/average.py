"""Average the weights of runs that went on from the same stage, and of that stage: together they know more than each.

python training/average.py build/seed11 build/seed12 build/seed13 build/stage7 --out build/encoder
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch


def main() -> None:
    """Write best.pt, the mean of the runs' own, and record.json: the first run's, with the history of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("build/encoder"))
    args = parser.parse_args()
    states = [torch.load(run / "best.pt", weights_only=True, map_location="cpu") for run in args.runs]
    records = [json.loads((run / "record.json").read_text()) for run in args.runs]
    heads = records[0]["heads"]
    mean = {
        name: by_head([s[name] for s in states], [r["heads"] for r in records], heads)
        if name.startswith("heads.")
        else torch.stack([s[name].float() for s in states]).mean(0)
        for name in states[0]
    }
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, args.out / "best.pt")
    told = {"average_of": [{k: r[k] for k in ("seed", "rate", "steps", "history")} for r in records]}
    (args.out / "record.json").write_text(json.dumps(records[0] | told, indent=1))


def by_head(parts: list[torch.Tensor], names: list[list[str]], heads: list[str]) -> torch.Tensor:
    """(heads, ...): of each head the mean over the runs that have it; an earlier stage may lack the newest."""
    return torch.stack([
        torch.stack([p[n.index(head)].float() for p, n in zip(parts, names, strict=True) if head in n]).mean(0)
        for head in heads
    ])  # fmt: skip


if __name__ == "__main__":
    main()
