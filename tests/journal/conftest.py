"""A journal in a folder of its own, and a talk to keep in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.talks import talk
from nearer.conversation import Conversation
from nearer.journal import Journal
from nearer.reading.read import Settings, read_conversation
from nearer.reading.types import Reading


@pytest.fixture(scope="session")
def conversation() -> Conversation:
    return talk()


@pytest.fixture(scope="session")
def reading(conversation: Conversation) -> Reading:
    return read_conversation(conversation, Settings(me="Ana"))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(path=tmp_path / "notes.db") as opened:
        yield opened
