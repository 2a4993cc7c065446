"""The sample is drawn from all strata, the same by the same seed, and blind; norms come in the shipped form."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from corpus.test_run import table
from nearer.cli import main
from nearer.corpus.own_norms import make_norms
from nearer.corpus.sample import sample
from nearer.cues import catalogue
from nearer.errors import NearerError, UsageError
from nearer.reading.norms import norms
from nearer.version import __version__


def test_sheet_key_and_codebook(tmp_path: Path) -> None:
    source = str(table(tmp_path / "t.parquet"))
    count = sample(source, tmp_path / "s.csv", count=24, by="cue", encoder=False)
    sheet, key = pl.read_csv(tmp_path / "s.csv"), pl.read_csv(tmp_path / "s-key.csv")
    assert sheet.height == key.height == count
    assert "nearer" not in sheet.columns
    assert {"OWN202", "OWN101"} <= {c for row in key["nearer"] for c in row.split()}
    assert "none" in key["nearer"].to_list()
    codebook = (tmp_path / "s-codebook.md").read_text()
    assert "OWN202" in codebook
    assert f"seed 1, nearer {__version__}, catalogue {catalogue().version}, weights None" in codebook
    sample(source, tmp_path / "again.csv", count=24, by="cue", encoder=False)
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "s.csv").read_bytes()
    assert not list(tmp_path.glob(".*-parts"))


def talk(path: Path, lines: list[str]) -> str:
    path.write_text("".join(f"{'AnaBen'[i % 2 * 3 :][:3]}: {line}\n" for i, line in enumerate(lines)))
    return str(path)


def test_the_key_knows_of_danger_as_the_tables_of_a_corpus_do(tmp_path: Path) -> None:
    source = talk(tmp_path / "t.txt", ["what time is it", "i was scared of you last night", "about nine i think"] * 3)
    for by, codes in (("cue", {"DNG304"}), ("polarity", {"DNG304"})):
        sample(source, tmp_path / "s.csv", count=9, by=by, encoder=False)
        key = pl.read_csv(tmp_path / "s-key.csv")
        assert codes <= {c for row in key["nearer"] for c in row.split()}


def test_silent_messages_are_drawn_even_where_there_are_few(tmp_path: Path) -> None:
    source = talk(tmp_path / "t.txt", ["what time is it", "about nine"])
    for seed in range(5):
        assert sample(source, tmp_path / "s.csv", count=2, encoder=False, seed=seed) == 2


def test_weights_bring_the_sample_back_to_the_corpus(tmp_path: Path) -> None:
    source = talk(tmp_path / "t.txt", ["what time is it", "about nine"] * 120 + ["you never listen to me", "ok"] * 30)
    sample(source, tmp_path / "s.csv", count=40, by="cue", encoder=False)
    key = pl.read_csv(tmp_path / "s-key.csv")
    assert "weight" not in pl.read_csv(tmp_path / "s.csv").columns
    weight = {row["nearer"]: row["weight"] for row in key.iter_rows(named=True)}
    told = key.filter(pl.col("nearer") != "none")
    assert told["weight"].sum() == pytest.approx(30, abs=0.1)
    assert key["weight"].sum() == pytest.approx(300, abs=0.1)
    assert weight["none"] > 5 * weight["OWN202"]


def test_what_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    table(folder / "t.parquet", length=40)
    (folder / "cut.zip").write_bytes(b"PK\x03\x04broken")
    for command in (
        ["sample", str(folder), str(tmp_path / "s.csv")],
        ["norms", str(folder), "-o", str(tmp_path / "n.json")],
    ):
        with pytest.raises(SystemExit) as stop:
            main([*command, "--no-encoder"])
        assert stop.value.code == 0
        assert "could not be read: 4" in capsys.readouterr().err


def test_options_that_make_no_sense(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--by"):
        sample(str(table(tmp_path / "t.parquet")), tmp_path / "s.csv", count=5, by="mood")


def test_norms_load_as_the_shipped_ones_do(tmp_path: Path) -> None:
    count = make_norms(str(table(tmp_path / "t.parquet", length=40)), tmp_path / "n.json", {}, encoder=False)
    assert count == 6
    made = norms(tmp_path / "n.json")
    assert made.of("everyday", "ownership", "hurts").prior.mean > 0
    assert made.provenance["source"] == "t.parquet"
    assert (made.provenance["catalogue"], made.provenance["weights"]) == (catalogue().version, None)
    with pytest.raises(NearerError, match="says enough"):
        make_norms(str(table(tmp_path / "u.parquet", length=2)), tmp_path / "m.json", {}, encoder=False)
