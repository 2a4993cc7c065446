"""Write docs/ladder.md from the catalogue: `make docs`."""

from __future__ import annotations

from pathlib import Path

from nearer.report.course import as_markdown


def main() -> None:
    """The same words as `nearer learn --format md`."""
    Path(__file__).with_name("ladder.md").write_text(as_markdown() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
