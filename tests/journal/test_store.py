"""The journal's file: locked, whole after any interruption, and honest about what it cannot do."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journal.talks import SECRET
from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.journal import Journal, Locked
from nearer.journal.notes import add_note, notes
from nearer.journal.readings import entries, keep
from nearer.journal.store import needs_passphrase
from nearer.reading.types import Reading


def test_with_a_passphrase_nothing_can_be_read(
    tmp_path: Path, reading: Reading, conversation: Conversation, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.db"
    with Journal.open("correct horse", path) as journal:
        keep(journal, reading, conversation, "Samantha", text=True)
        add_note(journal, "Samantha", "the harbour at dusk")
        for file in tmp_path.iterdir():
            data = file.read_bytes()
            assert not any(w.encode() in data for w in (SECRET, "Samantha", "harbour", "CREATE TABLE"))
    assert needs_passphrase(path)
    with pytest.raises(Locked, match="locked"):
        Journal.open(None, path)
    with pytest.raises(Locked, match="does not open"):
        Journal.open("wrong horse", path)
    assert capfd.readouterr() == ("", "")
    with Journal.open("correct horse", path) as journal:
        assert notes(journal)[0].text == "the harbour at dusk"


def test_a_passphrase_can_be_set_and_changed(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with Journal.open(None, path) as journal:
        add_note(journal, "Sam", "the harbour at dusk")
        locked = journal.set_passphrase("it's a quiet 'place'")
    assert b"harbour" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())
    changed = locked.set_passphrase("another quiet place")
    assert notes(changed)[0].text == "the harbour at dusk"
    changed.close()
    with pytest.raises(NearerError, match="eight signs"), Journal.open("another quiet place", path) as journal:
        journal.set_passphrase("short")


def test_something_else_is_no_journal(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"SQLite format 3\x00" + b"rubbish" * 500)
    with pytest.raises(NearerError, match="no journal"):
        Journal.open(None, path)


WRITER = """
import sys
from pathlib import Path
from nearer.journal import Journal
from nearer.journal.notes import add_note
with Journal.open(path=Path(sys.argv[1])) as journal:
    print("open", flush=True)
    for i in range(100000):
        add_note(journal, sys.argv[2], f"note {i} " + "x" * 2000)
        print(i, flush=True)
"""


def test_killed_at_any_moment_it_keeps_what_was_committed(tmp_path: Path) -> None:
    path, chance = tmp_path / "notes.db", random.Random(4)
    told = 0
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "Sam"], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0.01, 0.15))
        writer.send_signal(signal.SIGKILL)
        told += len(writer.stdout.read().splitlines())
        writer.wait()
    with Journal.open(path=path) as journal:
        kept = notes(journal)
        assert told <= len(kept) <= told + 4
        assert all(len(n.text) > 2000 for n in kept)


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    Journal.open(path=path).close()
    once = WRITER.replace("100000", "15")
    both = [subprocess.Popen([sys.executable, "-c", once, str(path), who], stdout=subprocess.DEVNULL) for who in "AB"]
    assert [p.wait(60) for p in both] == [0, 0]
    with Journal.open(path=path) as journal:
        assert sorted(n.who for n in notes(journal)) == ["A"] * 15 + ["B"] * 15


def test_a_full_disk_gets_a_sentence_and_loses_nothing(
    journal: Journal, reading: Reading, conversation: Conversation
) -> None:
    add_note(journal, "Sam", "before")
    connection = journal._engine.raw_connection()
    connection.rollback()
    pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
    connection.cursor().execute(f"PRAGMA max_page_count = {pages}").fetchall()
    connection.close()
    with pytest.raises(NearerError, match="disk is full"):
        add_note(journal, "Sam", "x" * 100_000)
    assert [n.text for n in notes(journal)] == ["before"]
    assert entries(journal) == []
