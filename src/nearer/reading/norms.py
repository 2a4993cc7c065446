"""What is usual: rates of reference conversations, made by training/norms.py and shipped as numbers.

They are shown as a range and never as a mark to reach; a pair's own past is the first comparison.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nearer.errors import NearerError
from nearer.reading.rates import Prior


@dataclass(frozen=True, slots=True)
class Norm:
    """One family and polarity: the prior, and the range (10th to 90th of a hundred) of most conversations."""

    prior: Prior
    range: tuple[float, float] | None


_UNKNOWN = Norm(Prior(2.0, 4.0), None)
"""For what the reference does not hold: about two in a hundred turns, loosely."""


@dataclass(frozen=True, eq=False)
class Norms:
    """Norms by kind of conversation, family (or stage) and polarity; a kind that is not there takes "all"."""

    version: str
    provenance: Mapping[str, Any]
    table: Mapping[tuple[str, str, str], Norm]

    def of(self, kind: str, family: str, polarity: str) -> Norm:
        """The norm for one family (or stage) and polarity in one kind of conversation."""
        own = self.table.get((kind, family, polarity))
        return own or self.table.get(("all", family, polarity), _UNKNOWN)


def shipped(encoder: bool) -> Path:
    """The norms for a reading with the encoder, which finds more, or by words alone."""
    return Path(__file__).with_name("norms_encoder.json" if encoder else "norms.json")


@lru_cache(maxsize=8)
def norms(path: Path) -> Norms:
    """Load norms. Raises NearerError naming the file where it cannot be read."""
    import orjson

    try:
        data = path.read_bytes()
        raw = orjson.loads(data)
        table = {
            (kind, family, polarity): Norm(Prior(cell["mean"], cell["variance"]), (cell["range"][0], cell["range"][1]))
            for kind, families in raw["norms"].items()
            for family, polarities in families.items()
            for polarity, cell in polarities.items()
        }
        return Norms(hashlib.sha256(data).hexdigest()[:12], raw["provenance"], table)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise NearerError(f"{path} is no file of norms; `nearer norms` makes one.") from None
