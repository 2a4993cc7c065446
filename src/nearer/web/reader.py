"""What is done for a case in the background: open the file, load the chat, read it."""

from __future__ import annotations

from nearer.errors import NearerError
from nearer.web.desk import Case
from nearer.web.settings import Settings


def open_file(case: Case, chosen: Settings) -> None:
    """See what is in the file; where it is one chat, go on."""
    from nearer.sources import chats

    assert case.file is not None
    case.chats = chats(case.file)
    if len(case.chats) > 1:
        case.stage = "which_chat"
        return
    load_chat(case, None, chosen)


def load_chat(case: Case, chat: str | None, chosen: Settings) -> None:
    """Load one chat, drop the copy of the file, and ask who is who unless that is known."""
    from nearer.sources import Options, load

    assert case.file is not None
    conversation = load(case.file, Options(chat=chat))
    case.drop_file()
    if not len(conversation):
        raise NearerError("There are no messages in this file.")
    case.conversation = conversation
    if case.me in conversation.speakers:
        read_case(case, chosen)
        return
    case.me = conversation.me
    case.stage = "who"


def read_case(case: Case, chosen: Settings) -> None:
    """Make the reading."""
    from nearer.api import load_encoder
    from nearer.reading.read import Settings as How
    from nearer.reading.read import read_conversation

    assert case.conversation is not None
    case.stage = "reading"
    encoder = load_encoder() if chosen.encoder else None
    case.reading = read_conversation(case.conversation, How(me=case.me, kind=case.kind, encoder=encoder))
    case.hidden.clear()
    case.stage = "done"
