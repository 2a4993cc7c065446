"""The codebook says itself what every measure is."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.corpus.codebook import meaning, write_codebook
from nearer.reading.read import read_conversation
from nearer.signals.dynamics.measures import DESCRIPTIONS
from nearer.sources import load

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("[0-9]*"))


def test_measures_are_explained_in_the_page(tmp_path: Path) -> None:
    write_codebook(tmp_path, "speakers", {f"measure_{name}": "Float64" for name in DESCRIPTIONS})
    page = (tmp_path / "codebook.md").read_text()
    assert all(f"| measure_{name} | Float64 | {said} |" in page for name, said in DESCRIPTIONS.items())
    assert "docs/" not in page


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_no_measure_lacks_words(path: Path) -> None:
    for name in read_conversation(load(path)).measures:
        assert meaning(f"measure_{name}") == DESCRIPTIONS[name]
