"""Where the words of one cue are found in ordinary talk of the labelled sets, pattern by pattern, in seconds: for whoever
writes or repairs a cue. Nothing is kept.

python benchmarks/alarms.py DNG301             how often, by which pattern, and forty places to read
python benchmarks/alarms.py CTL201 --n 100
"""

from __future__ import annotations

import argparse
import collections
import random
from collections.abc import Iterator
from dataclasses import replace

import quality
from nearer.cues import catalogue
from nearer.cues.regex import Regex
from nearer.signals.normal import normal
from nearer.signals.phrases import Table, scan
from nearer.signals.phrases.places import places as standing


def ordinary() -> list[str]:
    """Each once, in normal form, cut short: friendly messages, whole conversations, requests, questions, jokes."""
    kept: dict[str, None] = {}
    for text in _texts():
        kept.setdefault(normal(text)[:400])
    return [*kept]


def _texts() -> Iterator[str]:
    yield from (row[1][-1][1] for row in quality.friendly("train"))
    for task in ("casino", "dailydialog", "telephone", "support", "annomi"):
        yield from (message["text"] for talk in quality.rows(task) for message in talk["messages"])
    for task in ("politeness", "humor_rating", "intimacy", "intimacy_tweets", "humour"):
        yield from (row["text"] for row in quality.rows(task))


def main() -> None:
    """Count, and print places."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cue")
    parser.add_argument("--n", type=int, default=40, help="places to read")
    args = parser.parse_args()
    book = catalogue()
    cue = book[args.cue]
    texts = ordinary()
    found: dict[int, list[int]] = collections.defaultdict(list)
    cases = ((cue.patterns, False), (cue.case_patterns, True))
    for number, regex in enumerate(Regex(pattern, case) for patterns, case in cases for pattern in patterns):
        for i in dict.fromkeys(standing(regex, texts).text.tolist()):
            found[i].append(number)
    rows = sorted(found)
    # The guards have the last word.
    table = Table(replace(book, cues={cue.code: cue}, features={}))
    hits = scan([texts[i] for i in rows], table).hits
    places = {rows[hit.message]: (hit.start, hit.end) for hit in hits}
    print(f"{cue.code}: {len(places)} of {len(texts)} messages, {1e4 * len(places) / len(texts):.2f} in 10,000")
    print("pattern, places:", *collections.Counter(n for i in places for n in found[i]).most_common(20))
    for i in random.Random(1).sample(sorted(places), min(args.n, len(places))):
        (start, end), text = places[i], texts[i]
        print(f"{found[i]} {text[max(0, start - 60) : start]}«{text[start:end]}»{text[end : end + 60]}")


if __name__ == "__main__":
    main()
