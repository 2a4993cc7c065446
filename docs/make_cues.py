"""Write docs/cues from the catalogue: `make docs`."""

from __future__ import annotations

from pathlib import Path

from nearer.cues import catalogue
from nearer.report.cues import page, table

HERE = Path(__file__).parent / "cues"


def main() -> None:
    """One page a cue, and a list of all."""
    HERE.mkdir(exist_ok=True)
    for old in HERE.glob("*.md"):
        old.unlink()
    for cue in catalogue().cues.values():
        (HERE / f"{cue.code}.md").write_text(page(cue) + "\n", encoding="utf-8")
    (HERE / "README.md").write_text(f"# All cues\n\n```\n{table()}\n```\n", encoding="utf-8")


if __name__ == "__main__":
    main()
