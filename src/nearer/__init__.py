"""nearer reads a conversation and shows what helps and what hurts the safety between two people.

The whole public API:

    nearer.read("chat.txt", me="Ana")   -> Reading
    nearer.check("you never listen")    -> list[Finding]
    nearer.score(["message", …])        -> polars.DataFrame
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from nearer.version import __version__

if TYPE_CHECKING:
    from nearer.api import check, read, score
    from nearer.conversation import Conversation
    from nearer.reading.types import Finding, Reading

# onnxruntime tells its maker of every machine that it runs on, and keeps an identifier there, unless this is set before it
# is loaded. Nothing leaves the machine; workers inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_HOMES = {
    "read": "nearer.api",
    "check": "nearer.api",
    "score": "nearer.api",
    "Conversation": "nearer.conversation",
    "Reading": "nearer.reading.types",
    "Finding": "nearer.reading.types",
}

__all__ = ["Conversation", "Finding", "Reading", "__version__", "check", "read", "score"]


def __getattr__(name: str) -> Any:
    """Import on first use, so that `import nearer` and the command line start at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'nearer' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
