"""What is done for a case in the background: open the file, load the chat, read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nearer.errors import NearerError
from nearer.web.desk import Case
from nearer.web.settings import Settings
from nearer.web.vault import Vault

if TYPE_CHECKING:
    from nearer.sources.base import DateOrder


def open_file(case: Case, chosen: Settings, vault: Vault) -> None:
    """See what is in the file; where it is one chat, go on."""
    from nearer.sources import chats

    assert case.file is not None
    case.chats = chats(case.file)
    if len(case.chats) > 1:
        case.stage = "which_chat"
        return
    load_chat(case, None, chosen, vault)


def load_chat(case: Case, chat: str | None, chosen: Settings, vault: Vault) -> None:
    """Load one chat, drop the copy of the file, and ask who is who unless that is known."""
    from nearer.sources import Options, load
    from nearer.sources.dates import assumed

    assert case.file is not None
    conversation = load(case.file, Options(chat=chat))
    if read_as := assumed(conversation.notes):
        other: DateOrder = "mdy" if read_as == "dmy" else "dmy"
        # Once the holder has answered, nothing is assumed any more.
        sure = replace(conversation, notes=tuple(n for n in conversation.notes if not assumed([n])))
        case.dated = {read_as: sure, other: load(case.file, Options(chat=chat, dates=other))}
    case.drop_file()
    if not len(conversation):
        raise NearerError("There are no messages in this file.")
    case.conversation = conversation
    if case.me in conversation.speakers:
        read_case(case, chosen, vault)
        return
    case.me = conversation.me
    case.stage = "who"


def read_case(case: Case, chosen: Settings, vault: Vault) -> None:
    """Make the reading."""
    from nearer.reading.read import Settings as How
    from nearer.reading.read import read_conversation
    from nearer.signals.encoder import load as load_encoder

    assert case.conversation is not None
    case.stage = "reading"
    encoder = load_encoder() if chosen.encoder else None
    case.reading = read_conversation(case.conversation, How(me=case.me, kind=case.kind, encoder=encoder))
    case.hidden, case.quieted = _remembered(case, vault)
    case.stage = "done"


def _remembered(case: Case, vault: Vault) -> tuple[set[str], frozenset[str]]:
    """What the holder saw differently in this talk, and what is left out because they saw such things so in others. A
    journal that is locked or cannot be read remembers nothing; the reading is shown all the same."""
    from nearer.guidance.differ import quiet
    from nearer.journal.differ import differed, hidden

    assert case.reading is not None
    assert case.conversation is not None
    try:
        journal = vault.get()
        own = hidden(journal, case.conversation, case.reading)
        return own, quiet(case.reading, differed(journal)) - own
    except NearerError:
        return set(), frozenset()
