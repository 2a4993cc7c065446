"""Reports: every form of every example, and people's words never become code."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

import nearer
from nearer.conversation import Conversation
from nearer.report.write import render
from nearer.sources import load

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("[0-9]*"))
HOSTILE = "<script>alert(1)</script> you never listen to me <img src=x onerror=y> =cmd()"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("form", ["text", "html", "md"])
def test_every_form_of_every_example(path: Path, form: str) -> None:
    talk = load(path)
    page = render(nearer.read(talk, encoder=False), talk, form).decode()
    assert talk.speakers[0] in page
    assert "not therapy" in page


def test_hostile_words_stay_words() -> None:
    talk = Conversation.from_messages([("<b>Ana", HOSTILE), ("Ben", "ok")] * 3)
    page = render(nearer.read(talk, encoder=False), talk, "html").decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;Ana" in page
    assert "http" not in page.replace("http-equiv", "")


def test_danger_comes_first_and_no_advice_after() -> None:
    talk = load(EXAMPLES[-1])
    for form in ("text", "html", "md"):
        page = render(nearer.read(talk, me="Elle", encoder=False), talk, form).decode()
        assert "Please read this first" in page
        assert "could try" not in page
        assert "To try" not in page
        assert "ladder" not in page.lower().replace("ol.ladder", "")


def test_spreadsheets_get_no_formulas() -> None:
    talk = Conversation.from_messages([("=Ana", "you never listen to me"), ("Ben", "ok")])
    table = pl.read_csv(io.BytesIO(render(nearer.read(talk, encoder=False), talk, "csv")))
    assert table["speaker"].to_list() == ["'=Ana"]


def test_parquet_holds_what_json_holds() -> None:
    talk = load(EXAMPLES[0])
    reading = nearer.read(talk, encoder=False)
    table = pl.read_parquet(io.BytesIO(render(reading, talk, "parquet")))
    assert table["quote"].to_list() == [f.quote for f in reading.findings]
