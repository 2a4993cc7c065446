"""The command line: what it prints, where, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nearer.cli import main

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "1_money.txt")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    code = stop.value.code
    out = capsys.readouterr()
    return (code if isinstance(code, int) else 0), out.out, out.err


def test_check_is_quiet_when_all_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "see you at eight x", "--no-encoder")
    assert code == 0
    assert "Nothing here that is likely to sting" in out


def test_check_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", "you never listen to me", "--no-encoder", "--format", "json")
    assert [f["cue"] for f in json.loads(out)["findings"]] == ["OWN202"]


def test_check_coaches_nobody_in_danger(capsys: pytest.CaptureFixture[str]) -> None:
    context = "if you leave i'll kill you"
    _, out, _ = run(capsys, "check", "you never listen to me", "--no-encoder", "-c", context)
    assert "signs of danger" in out
    assert "To try" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("read", "no-such-file.txt"), 1, "There is no file"),
        (("read", EXAMPLE, "--format", "xml"), 2, "xml"),
        (("read", EXAMPLE, "--kind", "war"), 2, "war"),
        (("read", EXAMPLE, "--me", "Zoe"), 1, "Zoe"),
        (("cue", "OWN999"), 1, "OWN999"),
        (("check", ""), 2, "no message"),
    ],
)
def test_errors_are_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, says: str
) -> None:
    found, out, err = run(capsys, *arguments)
    assert (found, out) == (code, "")
    assert says in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_score_keeps_the_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": i, "text": t, "context": []} for i, t in enumerate(["you never listen", "thanks for the tea", "k"])]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)))
    assert run(capsys, "score", str(source), str(target), "--no-encoder")[0] == 0
    out = [json.loads(line) for line in target.read_text().splitlines()]
    assert [r["id"] for r in out] == [0, 1, 2]
    assert list(out[0]["cues"]) == ["OWN202"]
    assert list(out[1]["cues"]) == ["CTL101"]


def test_a_cue_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert "May be heard as" in run(capsys, "cue", "own201")[1]
    assert "OWN201" in run(capsys, "cues")[1]
