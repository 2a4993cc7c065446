"""Whether both engines find the same in every sentence written for the cues.

python benchmarks/engines.py      prints where they differ, and fails where they do

They share nothing before RE2 has the last word: what one misses the other shows.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
import written
from nearer.cues import catalogue
from nearer.signals.normal import normal
from nearer.signals.phrases import scan, table_for


def main() -> int:
    """Compare, print, and return in how many places they differ."""
    texts = sorted({normal(text) for e in written.examples() for text in (*e.before, e.text)})
    one, other = (scan(texts, table_for(catalogue(), name)) for name in ("re2", "hyperscan"))
    odd = [(hit.cue, hit.message) for hit in {*one.hits} ^ {*other.hits}]
    for name, told in one.features.items():
        odd += [(name, i) for i in (told.everywhere ^ other.features[name].everywhere).nonzero()[0].tolist()]
    for name, i in sorted(odd):
        print(f"{name}: {texts[i][:120]}")
    print(f"{len(texts):,} sentences, {len(odd)} places in which the engines differ")
    return len(odd)


if __name__ == "__main__":
    sys.exit(min(1, main()))
