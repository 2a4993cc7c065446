"""Whether Hyperscan and RE2 find the same patterns in every sentence written for the cues.

python benchmarks/engines.py      prints the patterns on which they differ, and fails where there are any

Hyperscan has been seen to miss matches of a few patterns when it runs them beside others with the same beginning.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
import written
from nearer.cues import catalogue
from nearer.signals.normal import normal
from nearer.signals.phrases import table_for


def main() -> int:
    """Compare, print, and return how many patterns differ."""
    texts = sorted({normal(text) for e in written.examples() for text in (*e.before, e.text)})
    tables = [table_for(catalogue(), name) for name in ("hyperscan", "re2")]
    odd: dict[int, str] = {}
    for part in ("first", "silencers"):
        one, other = (
            set(zip(*(column.tolist() for column in getattr(table, part).occurrences(texts)), strict=True))
            for table in tables
        )
        odd.update((pattern, texts[text]) for pattern, text in one ^ other)
    table = tables[0]
    for pattern, text in sorted(odd.items()):
        names = (table.cues, table.cues, table.features, table.features, table.guards)[table.role[pattern]]
        owner = names[table.owner[pattern]]
        print(f"{owner}: {table.patterns[pattern][0][:120]}\n    {text[:120]}")
    print(f"{len(texts):,} sentences, {len(table.patterns):,} patterns, {len(odd)} on which the engines differ")
    return len(odd)


if __name__ == "__main__":
    sys.exit(min(1, main()))
