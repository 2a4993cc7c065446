"""The worked notebook runs from top to bottom, prints nothing, and its pictures are drawings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from nearer import notebook as nb
from nearer.conversation import Conversation
from nearer.reading.read import Settings, read_conversation

ROOT = Path(__file__).parents[1]


def test_the_worked_notebook_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    cells = json.loads((ROOT / "docs" / "notebook.ipynb").read_text())["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "docs/notebook.ipynb", "exec"), names)
    assert capsys.readouterr().out == ""
    assert isinstance(names["found"], pl.DataFrame)
    assert names["found"].height > 0
    assert names["scored"]["cues"].to_list()[0][0]["code"] == "OWN202"


def test_pictures_are_drawings_and_names_are_escaped() -> None:
    lines = [("<b>Ana</b>", "you never listen"), ("Ben & Co", "sorry, tell me again?")] * 12
    talk = Conversation.from_messages(lines, source="plain")
    reading = read_conversation(talk, Settings(me="<b>Ana</b>"))
    for picture in (nb.ladder(reading), nb.balance(reading), nb.timeline(reading, talk)):
        root = ElementTree.fromstring(picture._repr_svg_())
        assert root.attrib["aria-label"]
        assert not root.findall(".//{http://www.w3.org/2000/svg}b")
    assert nb.stages(reading).height == 10
    assert nb.messages(talk)["text"].to_list()[0] == "you never listen"
    assert set(nb.measures(reading).columns) == {"measure", "speaker", "value"}


def test_where_there_may_be_danger_nobody_is_weighed() -> None:
    said = [("Ana", "sorry, you're right. thank you for waiting, that was kind"), ("Ben", "you never listen")] * 12
    safe, danger = (
        read_conversation(Conversation.from_messages([*said, ("Ben", last)]), Settings(me="Ana"))
        for last in ("good night", "if you tell anyone i will kill you")
    )
    assert danger.danger
    for picture in (nb.ladder, nb.balance, nb.timeline):
        assert "Ana" in picture(safe).svg or 'height="66.0"' in picture(safe).svg
        assert not any(words in picture(danger).svg for words in ("Ana", "Ben", "help", 'height="66.0"'))
