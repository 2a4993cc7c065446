"""Praat TextGrids: each interval tier with words is a speaker (docs/sources/research.md)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.text import decode, unix
from nearer.sources.tiers import Interval, add_tiers

NAME = "textgrid"
TITLE = "Praat TextGrid"


def sniff(head: Head) -> float:
    """The first line that Praat writes, or "TextGrid" near it."""
    text = head.text.lstrip("\ufeff")[:200]
    return (
        0.98
        if re.search(r'Object class\s*=\s*"TextGrid"|^File type = "ooTextFile(?: short)?"\s+"TextGrid"', text, re.S)
        else 0.0
    )


def parse(source: Input, options: Options) -> Conversation:
    """Read all tiers of intervals, in the order of time. Raises NearerError where none holds words."""
    from praatio import textgrid

    text = unix(decode(source.words(), source.path.name)).replace("\0", "")
    # ELAN leaves out a colon that Praat writes.
    text = re.sub(r"(?m)^(\s*(?:intervals|points|item) ?\[\d+\])\s*$", r"\1:", text)
    # Older Praat calls a point's place its time, and noughts that are not quite so are written as 5.6e-17.
    text = re.sub(r"(?m)^(\s*)time( = -?[\d.]+(?:e-\d+)?\s*)$", r"\1number\2", text)
    text = re.sub(r"(?m)^(\s*(?:xmin|xmax|number) = )-?[\d.]+e-\d+\s*$", r"\g<1>0", text)
    with tempfile.TemporaryDirectory(prefix="nearer-") as folder:
        file = Path(folder) / "tiers.TextGrid"
        file.write_text(text, encoding="utf-8", errors="replace")
        try:
            grid = textgrid.openTextgrid(
                str(file), includeEmptyIntervals=False, reportingMode="silence", duplicateNamesMode="rename"
            )
        except Exception:
            # praatio lets many kinds of errors through; each of them means one thing to the holder.
            raise NearerError(f"{source.path.name} is a damaged or cut-off TextGrid.") from None
    tiers: dict[str, list[Interval]] = {}
    points = 0
    for tier in grid.tiers:
        if isinstance(tier, textgrid.IntervalTier):
            tiers[tier.name] = [(float(e.start), float(e.end), e.label) for e in tier.entries]
        else:
            points += len(tier.entries)
    builder = ConversationBuilder(NAME, medium="speech")
    add_tiers(builder, tiers, options, source.path.name)
    if points:
        builder.note(f"{points} single points in time are no speech and were left out.")
    return builder.build()
