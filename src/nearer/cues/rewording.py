"""A sentence said again in one's own voice, by rule. Where no rule fits well, there is no rewording."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nearer.signals.normal import normal

if TYPE_CHECKING:
    from nearer.cues import Cue


@lru_cache(maxsize=2048)
def _rule(match: str) -> re.Pattern[str]:
    return re.compile(match)


def reword(cue: Cue, quote: str) -> str | None:
    """The first rewording of the cue whose rule covers the quotation, or None."""
    said = " ".join(normal(quote).lower().split())
    for rule in cue.rewordings:
        found = _rule(rule.match).search(said)
        if found:
            text = found.expand(rule.to).strip()
            return text[:1].upper() + text[1:]
    return None
