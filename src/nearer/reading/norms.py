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

_UNKNOWN = Prior(2.0, 4.0)
"""For what the reference does not hold: about two in a hundred turns, loosely."""


@dataclass(frozen=True, slots=True)
class Norm:
    """One family and polarity: the prior, and the range (10th to 90th of a hundred) of most conversations."""

    prior: Prior
    range: tuple[float, float] | None


@dataclass(frozen=True, eq=False)
class Norms:
    """Norms by kind of conversation; a kind that is not there takes "all"."""

    version: str
    provenance: Mapping[str, Any]
    table: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def of(self, kind: str, family: str, polarity: str) -> Norm:
        """The norm for one family (or stage) and polarity in one kind of conversation."""
        for name in (kind, "all"):
            cell = self.table.get(name, {}).get(family, {}).get(polarity)
            if cell:
                low, high = cell["range"]
                return Norm(Prior(cell["mean"], cell["variance"]), (low, high))
        return Norm(_UNKNOWN, None)


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
        return Norms(hashlib.sha256(data).hexdigest()[:12], raw["provenance"], raw["norms"])
    except (OSError, ValueError, KeyError, TypeError):
        raise NearerError(f"{path} is no file of norms; `nearer norms` makes one.") from None
