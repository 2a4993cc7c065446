"""The codebook says itself what every measure is."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import orjson
import polars as pl
import pytest

from nearer.api import load_encoder
from nearer.corpus.codebook import SIGNALS, meaning, write_codebook
from nearer.corpus.run import Plan, run
from nearer.corpus.tables import TABLES
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
        assert meaning("speakers", f"measure_{name}") == DESCRIPTIONS[name]


def test_a_column_is_explained_as_what_it_is_in_its_table(tmp_path: Path) -> None:
    """`danger` is a yes or no of a conversation and a probability of a message; `start` a time, and a place."""
    assert "probability" in meaning("messages", "danger")
    assert "screen" in meaning("conversations", "danger")
    assert "ISO 8601" in meaning("conversations", "start")
    assert "characters" in meaning("findings", "start")
    assert meaning("speakers", "words") != meaning("messages", "words")
    assert "-2" in meaning("messages", "politeness")


def test_every_head_of_the_shipped_encoder_is_explained() -> None:
    encoder = load_encoder()
    assert encoder is not None
    families = ("cue_", "emotion_", "intent_")
    plain = {head for head in encoder.heads if not head.startswith(families)}
    assert {head for head in plain if meaning("messages", head).startswith(head.replace("_", " ") + ":")} <= {
        "sarcastic", "hostile"}  # fmt: skip
    assert set(SIGNALS) <= plain


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_every_table_is_explained_and_the_schema_holds(name: str, tmp_path: Path) -> None:
    run(str(EXAMPLES[0]), tmp_path / "out", Plan(weights=None), workers=1)
    table = pl.read_parquet(tmp_path / "out" / name / "*.parquet")
    schema = orjson.loads((tmp_path / "out" / f"{name}.schema.json").read_bytes())
    assert list(schema["properties"]) == table.columns
    for row in table.to_dicts():
        jsonschema.validate(row, schema)
    assert all(meaning(name, column) for column in table.columns)


def test_nothing_is_explained_by_a_guess() -> None:
    with pytest.raises(KeyError, match="nothing explains"):
        meaning("speakers", "height")
