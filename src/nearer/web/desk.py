"""The desk: conversations that are open in this run. They live in memory alone and are gone when nearer stops."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from nearer.errors import NearerError

if TYPE_CHECKING:
    from nearer.conversation import Conversation
    from nearer.model import Kind
    from nearer.reading.types import Finding, Reading
    from nearer.sources import Chat
    from nearer.sources.base import DateOrder

MOST_OPEN = 6
Stage = Literal["opening", "which_chat", "who", "reading", "done", "failed"]


@dataclass
class Case:
    """One conversation on its way from a file to a reading.

    `stage` says where it is. `kind` is the kind of talk where the holder says it. `dated` holds the
    conversation in both orders of day and month where the file leaves that open, since the file itself is gone when the holder is asked.
    `hidden` are ids of findings that the holder sees differently. `kept` is the number of the reading in the journal once it is there.
    """

    id: str
    name: str
    stage: Stage = "opening"
    me: str | None = None
    kind: Kind | None = None
    chats: list[Chat] = field(default_factory=list)
    conversation: Conversation | None = None
    dated: dict[DateOrder, Conversation] = field(default_factory=dict)
    reading: Reading | None = None
    error: str = ""
    hidden: set[str] = field(default_factory=set)
    quieted: frozenset[str] = frozenset()
    edits: dict[str, str] = field(default_factory=dict)
    kept: int | None = None
    file: Path | None = None

    @property
    def title(self) -> str:
        """What to call it: the chat's own title, else who speaks, else the file."""
        talk = self.conversation
        if talk is None:
            return self.name
        return talk.title or " and ".join(talk.speakers[:2]) + (" and others" if len(talk.speakers) > 2 else "")

    def shown(self) -> Reading:
        """The reading without what the holder sees differently. Raises NearerError while it is not done."""
        if self.reading is None:
            raise NearerError("This conversation is still being read.")
        gone = self.hidden | self.quieted
        if not gone:
            return self.reading
        return replace(self.reading, findings=tuple(f for f in self.reading.findings if f.id not in gone))

    def finding(self, id: str) -> Finding:
        """One finding by its id, hidden or not. Raises NearerError where there is none."""
        for found in self.reading.findings if self.reading else ():
            if found.id == id:
                return found
        raise NearerError("That finding is not in this reading.")

    def drop_file(self) -> None:
        """Delete the uploaded copy; the holder's own file is never touched."""
        if self.file is not None:
            shutil.rmtree(self.file.parent, ignore_errors=True)
            self.file = None


class Desk:
    """The open cases, the oldest falling off, and one worker that opens and reads them in turn."""

    def __init__(self) -> None:
        self._cases: OrderedDict[str, Case] = OrderedDict()
        self._lock = threading.Lock()
        self._work = ThreadPoolExecutor(1, thread_name_prefix="nearer-reading")

    def all(self) -> list[Case]:
        """Newest first."""
        return list(reversed(self._cases.values()))

    def get(self, id: str) -> Case:
        """Raises NearerError where it is not open (any more)."""
        case = self._cases.get(id)
        if case is None:
            raise NearerError("That conversation is not open any more. Choose its file again.")
        return case

    def add(self, case: Case) -> Case:
        """Lay a case on the desk."""
        with self._lock:
            self._cases[case.id] = case
            while len(self._cases) > MOST_OPEN:
                self._cases.popitem(last=False)[1].drop_file()
        return case

    def take_in(self, name: str, stream: BinaryIO) -> Case:
        """Copy an upload to a private place (see run.keep_in_memory) and open a case for it."""
        try:
            folder = Path(tempfile.mkdtemp(prefix="nearer-"))
            file = folder / (_plain(name) or "conversation.txt")
            with open(file, "wb") as out:
                shutil.copyfileobj(stream, out, 1 << 20)
        except OSError as error:
            raise NearerError(f"The file could not be taken in: {error.strerror}.") from None
        return self.add(Case(secrets.token_urlsafe(9), file.name, file=file))

    def later(self, case: Case, work: Callable[[], None]) -> None:
        """Do `work` for a case in the background; what goes wrong becomes its error, in one sentence."""

        def run() -> None:
            try:
                work()
            except NearerError as error:
                case.error, case.stage = str(error), "failed"
                case.drop_file()
            except Exception as error:
                case.error = f"Something went wrong inside ({type(error).__name__}). Your file is as it was."
                case.stage = "failed"
                case.drop_file()

        self._work.submit(run)

    def close(self, id: str) -> None:
        """Forget one case."""
        with self._lock:
            case = self._cases.pop(id, None)
        if case is not None:
            case.drop_file()

    def clear(self) -> None:
        """Forget all of them."""
        for case in self.all():
            self.close(case.id)


def _plain(name: str) -> str:
    """The last part of a file name, without signs that mean something to a file system."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isalnum() or c in " ._-()")[-120:].lstrip(". ")
