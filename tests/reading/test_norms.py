"""What is usual hangs on how a conversation was read: the encoder finds more than words alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import nearer
from nearer.errors import NearerError
from nearer.model import FAMILIES
from nearer.reading.norms import norms, shipped

EXAMPLE = Path(__file__).parents[2] / "examples" / "1_money.txt"


def test_a_reading_is_compared_with_like() -> None:
    for encoder in (True, False):
        assert nearer.read(EXAMPLE, encoder=encoder).versions.norms == norms(shipped(encoder)).version


def test_more_is_usual_with_the_encoder() -> None:
    alone, both = (norms(shipped(encoder)) for encoder in (False, True))
    assert alone.provenance["weights"] is None
    assert both.provenance["weights"]
    means = [[n.of("all", family, "helps").prior.mean for family in FAMILIES] for n in (alone, both)]
    assert sum(means[1]) > sum(means[0])


def test_a_file_that_holds_no_norms(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="no file of norms"):
        norms(tmp_path / "none.json")
