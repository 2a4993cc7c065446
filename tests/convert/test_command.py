"""nearer convert on the command line, and the question about dates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nearer.cli import main
from nearer.commands import options
from nearer.work import load_file

OPEN = "3/4/2024, 21:15 - Ana: hi Ben\n3/5/2024, 21:16 - Ben: ho\n"


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    (tmp_path / "chat.txt").write_text(OPEN)
    return tmp_path / "chat.txt"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    code = stop.value.code
    return (code if isinstance(code, int) else 0), capsys.readouterr().err


def test_it_says_what_it_wrote_and_what_it_assumed(chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, err = run(capsys, "convert", str(chat), str(chat.with_name("out.jsonl")))
    assert code == 0
    assert "2 messages written" in err
    assert "--dates mdy" in err


def test_without_names(chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, err = run(capsys, "convert", str(chat), str(chat.with_name("out.jsonl")), "--anonymise", "--dates", "dmy")
    written = chat.with_name("out.jsonl").read_text()
    assert (code, "Ben" in written, "Person 2" in written) == (0, False, True)
    assert "no program finds every name" in err


def test_findings_go_into_a_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talk.txt").write_text("Ana: you never listen to me\nBen: ok\nAna: you never do\nBen: fine\n")
    run(capsys, "convert", str(tmp_path / "talk.txt"), str(tmp_path / "corpus"), "--to", "convokit", "--findings")
    rows = [json.loads(x) for x in (tmp_path / "corpus" / "utterances.jsonl").read_text().splitlines()]
    assert "OWN202" in {f["cue"] for f in rows[0]["meta"]["findings"]}


@pytest.mark.parametrize(
    ("arguments", "code"), [(("out.docx",), 2), (("out.csv", "--findings"), 2), (("out", "--to", "xml"), 2)]
)
def test_wrong_usage(chat: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int) -> None:
    assert run(capsys, "convert", str(chat), *arguments)[0] == code


def test_a_chat_is_never_written_over_itself(chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, err = run(capsys, "convert", str(chat), str(chat.parent / "." / chat.name), "--to", "jsonl")
    assert (code, chat.read_text()) == (2, OPEN)
    assert "the chat itself" in err


@pytest.mark.parametrize(("answer", "month"), [("mdy", 3), ("dmy", 4), (None, 4)])
def test_open_dates_are_asked_for_once(chat: Path, answer: str | None, month: int) -> None:
    asked = []

    def ask() -> str | None:
        asked.append(1)
        return answer

    talk = load_file(chat, me=None, chat=None, dates=None, columns=(), rename=(), progress=False, ask=ask)
    assert (talk.start.month if talk.start else 0, len(asked)) == (month, 1)
    load_file(chat, me=None, chat=None, dates="dmy", columns=(), rename=(), progress=False, ask=ask)
    assert len(asked) == 1


def test_nobody_is_asked_where_nobody_sits() -> None:
    assert options.ask_dates() is None
