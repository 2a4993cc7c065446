"""A draft before it is sent: what the page, the API and an editor get."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from nearer.reading.types import DangerFinding, Finding

Checked = tuple[tuple[Finding, ...], tuple[DangerFinding, ...]]
MOST = 20_000
"""Characters of a draft; nobody means to send more in one message."""
_KEPT = 64


class Drafts:
    """Reads drafts, and remembers the last few, so that going back a word costs nothing. Kept in memory alone."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Checked] = OrderedDict()
        self._lock = Lock()

    def check(self, text: str, context: Sequence[tuple[str, str]], encoder: bool) -> Checked:
        """Findings in the draft, and danger in it or before it; with danger there are no findings."""
        from nearer.work import read_draft

        key = (text, tuple(context), encoder)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found, danger = read_draft(text, context, encoder=encoder)
        with self._lock:
            self._kept[key] = (tuple(found), danger)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return tuple(found), danger

    def forget(self) -> None:
        """Forget all drafts."""
        with self._lock:
            self._kept.clear()


def worth_saying(found: Sequence[Finding]) -> list[Finding]:
    """Three hurts at most, one a cue and one for the same words, the surest first: more would be nagging."""
    best: list[Finding] = []
    for f in sorted((f for f in found if f.polarity == "hurts"), key=lambda f: -f.confidence):
        if all(f.cue != b.cue and (f.end <= b.start or b.end <= f.start) for b in best):
            best.append(f)
    return best[:3]
