"""The ladder explained: whole, escaped, and the same in docs."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from nearer import cli
from nearer.cues import catalogue
from nearer.model import FAMILIES, STAGES
from nearer.report.course import as_html, as_markdown, as_text, course

DOCS = Path(__file__).parents[2] / "docs"


def test_all_stages_families_and_cues_in_order() -> None:
    here = course()
    assert [c.key for c in here.chapters] == [STAGES[0], *FAMILIES, *STAGES[1:]]
    told = {cue.code for c in here.chapters for cue in (*c.helps, *c.hurts)}
    assert told == {c.code for c in catalogue().cues.values() if c.polarity != "danger"}
    assert all(c.question for c in here.chapters if c.is_family)


def test_the_three_forms_say_the_same() -> None:
    text, markdown, html = " ".join(as_text().split()), as_markdown(), as_html()
    for chapter in course().chapters:
        for form in (text, markdown, html):
            assert chapter.what in form.replace("&#39;", "'")
    assert "frightens you" in text
    assert "<script" not in html
    assert html.count("<h1") == 1


def test_the_page_in_docs_is_made_from_the_catalogue() -> None:
    assert (DOCS / "ladder.md").read_text(encoding="utf-8") == as_markdown() + "\n"


def test_the_command() -> None:
    run = CliRunner()
    assert "What helps" in run.invoke(cli.app, ["learn"]).output
    assert run.invoke(cli.app, ["learn", "-f", "pdf"]).exception is not None
