"""Where there may be danger, no output of any kind says what to try or how close the two stand; findings stay."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import polars as pl
import pytest

import nearer
from nearer import notebook
from nearer.conversation import Conversation
from nearer.corpus.run import Plan, run
from nearer.guidance.coaching import coaches, ways
from nearer.report.check import check_json
from nearer.report.json import SCHEMA_FILE
from nearer.report.write import render
from nearer.sources import load

EXAMPLES = Path(__file__).parents[2] / "examples"
AFRAID = EXAMPLES / "6_afraid.txt"


@pytest.fixture(scope="module")
def afraid() -> tuple[nearer.Reading, Conversation]:
    talk = load(AFRAID)
    return nearer.read(talk, me="Elle", encoder=False), talk


@pytest.fixture(scope="module")
def unscreened() -> nearer.Reading:
    """The same conversation, read as if the danger screen had seen nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nearer.reading.read.screen", lambda *_: ())
        return nearer.read(load(AFRAID), me="Elle", encoder=False)


@pytest.fixture(scope="module")
def sentences(unscreened: nearer.Reading) -> set[str]:
    """All that could be advised there."""
    return {s for f in unscreened.findings for s in (f.adjust, f.reword) if s}


def _of_table(table: pl.DataFrame) -> str:
    return json.dumps(table.to_dicts(), default=str, ensure_ascii=False)


def test_the_screen_decides(afraid: tuple[nearer.Reading, Conversation]) -> None:
    reading, _ = afraid
    assert not coaches(reading.danger)
    assert reading.directions
    assert ways(reading) == ()
    assert ways(replace(reading, danger=())) == reading.directions


@pytest.mark.parametrize("form", ["text", "html", "md", "json", "csv", "parquet"])
def test_no_report_says_what_to_try(
    afraid: tuple[nearer.Reading, Conversation], unscreened: nearer.Reading, sentences: set[str], form: str
) -> None:
    reading, talk = afraid

    def said(some: nearer.Reading) -> str:
        data = render(some, talk, form)
        return _of_table(pl.read_parquet(io.BytesIO(data))) if form == "parquet" else data.decode()

    assert not [s for s in sentences if s in said(reading)]
    if form in ("json", "csv", "parquet"):
        # The same reading without danger says so: what is looked for above would be found.
        assert [s for s in sentences if s in said(unscreened)]


def test_json_keeps_the_findings_and_its_schema(afraid: tuple[nearer.Reading, Conversation]) -> None:
    reading, talk = afraid
    data = json.loads(render(reading, talk, "json"))
    jsonschema.validate(data, json.loads(SCHEMA_FILE.read_text()))
    assert [f["id"] for f in data["findings"]] == [f.id for f in reading.findings]
    assert {(f["adjust"], f["reword"]) for f in data["findings"]} == {(None, None)}
    assert data["ladder"] == {"directions": [], "next_step": None}


def test_tables_keep_the_findings(afraid: tuple[nearer.Reading, Conversation]) -> None:
    reading, talk = afraid
    for table in (
        pl.read_csv(io.BytesIO(render(reading, talk, "csv"))),
        pl.read_parquet(io.BytesIO(render(reading, talk, "parquet"))),
    ):
        assert table.height == len(reading.findings) + len(reading.danger)
        assert table["adjust"].null_count() == table["reword"].null_count() == table.height


def test_notebooks_draw_no_ladder(afraid: tuple[nearer.Reading, Conversation]) -> None:
    reading, _ = afraid
    assert notebook.stages(reading).height == 0
    assert "gives" not in notebook.ladder(reading).svg
    assert notebook.stages(replace(reading, danger=())).height > 0


def test_a_finding_says_nothing_to_try(afraid: tuple[nearer.Reading, Conversation], unscreened: nearer.Reading) -> None:
    reading, _ = afraid
    assert {(f.adjust, f.reword) for f in reading.findings} == {(None, None)}
    assert [replace(f, adjust=None, reword=None) for f in unscreened.findings] == [*reading.findings]


def test_a_draft_is_told_nothing_to_try(
    afraid: tuple[nearer.Reading, Conversation], unscreened: nearer.Reading, sentences: set[str]
) -> None:
    reading, _ = afraid
    assert [s for s in sentences if s in check_json(([*unscreened.findings], ()))]
    assert not [s for s in sentences if s in check_json(([*reading.findings], reading.danger))]


def test_the_tables_of_a_corpus_keep_the_findings_alone(
    afraid: tuple[nearer.Reading, Conversation], sentences: set[str], tmp_path: Path
) -> None:
    run(str(AFRAID), tmp_path / "out", Plan(weights=None), workers=1)
    told = "".join(_of_table(pl.read_parquet(f)) for f in sorted((tmp_path / "out").glob("*/*.parquet")))
    reading, _ = afraid
    assert all(f'"{f.id}"' in told for f in reading.findings)
    assert not [s for s in sentences if s in told]
    speakers = pl.concat(pl.read_parquet(f) for f in sorted((tmp_path / "out" / "speakers").glob("*.parquet")))
    assert speakers["safety_state"].null_count() == speakers.height
