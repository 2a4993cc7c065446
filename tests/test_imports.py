"""Imports point one way, as docs/architecture.md says: from later parts to earlier ones, lazy imports and types too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import nearer

HOME = Path(nearer.__file__).parent
SMALL = ("errors", "version", "model", "naming", "paths", "spreadsheet", "pauses")
ORDER = (
    *SMALL, "conversation", "speech", "sources", "cues", "signals", "reading", "guidance", "journal", "report", "notebook",
    "anonymise", "convert", "corpus", "work", "api", "web", "commands", "cli",
)  # fmt: skip
"""The parts, each of which may import those before it."""
DEPARTS = {
    # A rewording reads its quotation as patterns do; the form of texts imports nothing.
    ("cues/rewording.py", "nearer.signals.normal"),
    # What a program calls, which corpora call too.
    ("corpus/readings.py", "nearer.api"),
    ("corpus/score.py", "nearer.api"),
}


def imports(path: Path) -> Iterator[str]:
    """Modules of the package that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("nearer."))
        elif isinstance(node, ast.ImportFrom) and node.module == "nearer":
            yield from (f"nearer.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("nearer."):
            yield str(node.module)


def test_imports_point_one_way() -> None:
    departing = set()
    known = 0
    for path in HOME.rglob("*.py"):
        own = path.relative_to(HOME).parts[0].removesuffix(".py")
        if own in ("__init__", "__main__"):
            continue
        for module in imports(path):
            known += 1
            if ORDER.index(module.split(".")[1]) > ORDER.index(own):
                departing.add((path.relative_to(HOME).as_posix(), module))
    assert known > 500
    assert departing == DEPARTS
