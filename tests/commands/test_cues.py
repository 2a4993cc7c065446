"""nearer cues with a folder of one's own: its examples are run."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.cli import main

CUE = """
code = "OWN291"
name = "You should"
what = "Tells the other what to do."
heard_as = "I am being told what to do."
other_reading = "It may be meant as care."
adjust = "Say what you would like."
answer = "What would you like?"
sources = ["own"]
confidence = 0.6
patterns = ['\\byou should\\b']
[examples]
fires = ["«you should» go", "well, you should know"]
silent = ["should you go"]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", None),
        ("well, you should know", "you shall go", "number 2 of the examples that fire does not"),
        ("«you should» go", "«mind» you should go", "number 1 of the examples that fire does not"),
        ("should you go", "you should go", "number 1 of the examples that stay silent speaks"),
    ],
)
def test_examples_of_own_cues_are_run(
    old: str, new: str, said: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "safety" / "ownership" / "hurts"
    place.mkdir(parents=True)
    silent = CUE.index("silent = ")
    first, last = CUE[:silent], CUE[silent:]
    text = first + last.replace(old, new) if old == "should you go" else first.replace(old, new) + last
    (place / "OWN291_you_should.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main(["cues", "--cues", str(tmp_path)])
    told = capsys.readouterr()
    assert "OWN291 - You should" in told.out
    assert (stop.value.code or 0) == (0 if said is None else 1)
    assert said is None or f"OWN291: {said}" in told.err
