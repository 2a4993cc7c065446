"""Whole chats, written for the project and marked message by message by readers.

chats/NAME.txt: a line "# dd.mm" opens a day, then "HH:MM Name: text", a message a line. chats/marks.jsonl: {"chat",
"message" (from 0), "cue", "level"}, level 2 where nearly every counselor would point to it, 1 where some would. What is
not marked does nothing of what the cues look for, but for the routine courtesies of `written.UNMARKED`. A chat with no
mark of what helps was read for what hurts alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import written
from judged import BEFORE
from nearer.conversation import ConversationBuilder, epoch_ms
from nearer.signals.lines import Lines
from nearer_paths import CHATS

Place = tuple[str, int]
UNDECIDED = (0.5, 0.5)
"""Label and weight of what some readers would point to and others would not: for training alone."""
OWN = "\u00bb "
"""Stands before an earlier message by the same speaker."""
PAUSE = timedelta(minutes=180)
"""After so long nothing that was said before is read beside a message."""
_LINE = re.compile(r"(\d\d):(\d\d) ([^:]+): (.*)")
_NO_WORDS = re.compile(r"\W*|.*\bomitted\W*")


@dataclass(frozen=True)
class Said:
    """One message, those before it as ("me" or "other", text), oldest first, "me" being its own speaker, its marks,
    cue -> level, and whether its chat was read for what helps too."""

    chat: str
    text: str
    before: tuple[tuple[str, str], ...]
    marks: dict[str, int]
    helps: bool

    @property
    def answers(self) -> bool:
        """Whether it answers somebody, rather than opening a talk or going on from its speaker's last."""
        return bool(self.before) and self.before[-1][0] == "other"

    def label(self, code: str) -> tuple[float, float] | None:
        """(value, weight) for a cue; None where one cannot tell."""
        if code in self.marks:
            return (1.0, 1.0) if self.marks[code] == 2 else UNDECIDED
        if code in written.UNMARKED or (code[3] == "1" and not self.helps):
            return None
        # Readers overlook what helps, and call one hurt by the name of another.
        unsure = code[3] == "1" or any(other[3] != "1" for other in self.marks)
        return 0.0, 0.4 if unsure else 1.0

    def labels(self, context: bool, decided: bool) -> dict[str, tuple[float, float]]:
        """Head -> (value, weight), where the message is read with what came before it, or by itself. decided: without
        what readers would not agree on."""
        told = self.whole() | {f"cue_{c}": self.label(c) for c in written.read_by(self.answers, context)}
        return {h: label for h, label in told.items() if label is not None and not (decided and label == UNDECIDED)}

    def whole(self) -> dict[str, tuple[float, float]]:
        """Labels and weights of `written.WHOLE`."""
        hurts = max((level for code, level in self.marks.items() if written.hurts_listener(code)), default=0)
        danger = max((level for code, level in self.marks.items() if code[3] == "3"), default=0)
        label = {0: (0.0, 1.0), 1: UNDECIDED, 2: (1.0, 1.0)}
        # A threat hurts too, whether or not a reader thought of saying so.
        return {"danger": label[danger]} | ({"hurts": label[hurts]} if hurts or not danger else {})


def marks(folder: Path) -> dict[Place, dict[str, int]]:
    """(chat, message) -> cue -> level, of a folder of marked chats."""
    found: dict[Place, dict[str, int]] = defaultdict(dict)
    for line in (folder / "marks.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["chat"], row["message"]][row["cue"]] = row["level"]
    return found


def read_for_helps(found: dict[Place, dict[str, int]]) -> set[str]:
    """The chats in which what helps was marked too."""
    return {chat for (chat, _), marks in found.items() if any(code[3] == "1" for code in marks)}


def messages() -> Iterator[Said]:
    """Every message that has words, chat by chat; what was said before in the same words and is not marked, once."""
    found = marks(CHATS)
    helped = read_for_helps(found)
    seen: set[str] = set()
    for path in sorted(CHATS.glob("*.txt")):
        for number, (text, before) in enumerate(_read(path)):
            marked = found.get((path.stem, number), {})
            if _NO_WORDS.fullmatch(text) or (text.lower() in seen and not marked):
                continue
            seen.add(text.lower())
            yield Said(path.stem, text, before, marked, path.stem in helped)


def kept_back(chat: str) -> bool:
    """One chat in six is for development, always the same ones; so are the last that were written (s1a to s4h)."""
    return chat.startswith("s") or hashlib.sha256(chat.encode()).digest()[0] % 6 == 0


def lines(path: Path) -> Lines:
    """All messages of a chat as the program reads them."""
    builder = ConversationBuilder("training")
    for time, who, text in _said(path):
        builder.add(who, "" if _NO_WORDS.fullmatch(text) else text, epoch_ms(time))
    return Lines.of(builder.build())


def as_seen(before: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Messages before another as the encoder sees them: those of its own speaker are marked (as in
    src/nearer/signals/model_cues.py)."""
    return tuple(OWN + text if who == "me" else text for who, text in before)


def _read(path: Path) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """(text, messages before it) of each message."""
    talk: list[tuple[str, str]] = []
    last: datetime | None = None
    for time, who, text in _said(path):
        if last is None or time.date() != last.date() or time - last > PAUSE:
            talk = []
        yield text, tuple(("me" if other == who else "other", before) for other, before in talk[-BEFORE:])
        talk.append((who, text))
        last = time


def _said(path: Path) -> Iterator[tuple[datetime, str, str]]:
    """(time, name, text) of each message; the files name no year."""
    day = datetime(2024, 1, 1)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            date, month = map(int, line[2:].split("."))
            day = datetime(day.year + ((month, date) < (day.month, day.day)), month, date)
            continue
        match = _LINE.fullmatch(line)
        assert match is not None, f"{path.name}: {line}"
        yield day + timedelta(hours=int(match[1]), minutes=int(match[2])), match[3], match[4]
