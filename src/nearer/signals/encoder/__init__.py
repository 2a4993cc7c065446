"""The trained encoder: what words alone do not show, as numbers a message. See weights/MODEL_CARD.md."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nearer.signals.encoder.model import Encoder

SHIPPED = Path(__file__).parents[2] / "weights"

__all__ = ["Encoder", "load"]


def load(path: Path | None = None) -> Encoder | None:
    """The shipped encoder, or the one in `path`; None where the package carries no weights. Loaded once."""
    if path is None and not (SHIPPED / "model.onnx").is_file():
        return None
    return _load(path or SHIPPED)


@lru_cache(maxsize=2)
def _load(path: Path) -> Encoder:
    return Encoder.load(path)
