"""The sample is drawn from all strata, the same by the same seed, and blind; norms come in the shipped form."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from corpus.test_run import table
from nearer.corpus.own_norms import make_norms
from nearer.corpus.sample import sample
from nearer.errors import NearerError, UsageError
from nearer.reading.norms import norms


def test_sheet_key_and_codebook(tmp_path: Path) -> None:
    source = str(table(tmp_path / "t.parquet"))
    count = sample(source, tmp_path / "s.csv", count=24, by="cue", encoder=False)
    sheet, key = pl.read_csv(tmp_path / "s.csv"), pl.read_csv(tmp_path / "s-key.csv")
    assert sheet.height == key.height == count
    assert "nearer" not in sheet.columns
    assert {"OWN202", "OWN101"} <= {c for row in key["nearer"] for c in row.split()}
    assert "none" in key["nearer"].to_list()
    assert "OWN202" in (tmp_path / "s-codebook.md").read_text()
    sample(source, tmp_path / "again.csv", count=24, by="cue", encoder=False)
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "s.csv").read_bytes()
    assert not list(tmp_path.glob(".*-parts"))


def test_options_that_make_no_sense(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--by"):
        sample(str(table(tmp_path / "t.parquet")), tmp_path / "s.csv", count=5, by="mood")


def test_norms_load_as_the_shipped_ones_do(tmp_path: Path) -> None:
    count = make_norms(str(table(tmp_path / "t.parquet", length=40)), tmp_path / "n.json", {}, encoder=False)
    assert count == 6
    made = norms(tmp_path / "n.json")
    assert made.of("everyday", "ownership", "hurts").prior.mean > 0
    assert made.provenance["source"] == "t.parquet"
    with pytest.raises(NearerError, match="says enough"):
        make_norms(str(table(tmp_path / "u.parquet", length=2)), tmp_path / "m.json", {}, encoder=False)
