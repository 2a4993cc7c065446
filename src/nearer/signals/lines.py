"""What signals work on: the words, who said them, when, and which turns they make up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nearer.signals.normal import normal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.conversation import Conversation, Medium


LONGEST = 100_000
"""Characters of a message that are read: no chat program lets anybody write more, and a line of a damaged or pasted file
can have a hundred million."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Messages as columns, all of length n.

    texts: as typed. normal: as patterns see them. speaker: index into `names`. seconds, ends: when each began and,
    in speech, ended; NaN where unknown.
    episode: number of the stretch without a long pause. words: word count (0 for pictures and deleted messages).
    reply_to: row the source says this answers, or -1.
    """

    names: tuple[str, ...]
    texts: list[str]
    normal: list[str]
    speaker: NDArray[np.int32]
    seconds: NDArray[np.float64]
    ends: NDArray[np.float64]
    episode: NDArray[np.int32]
    words: NDArray[np.int32]
    reply_to: NDArray[np.int64]
    medium: Medium = "chat"

    def __len__(self) -> int:
        return len(self.texts)

    @classmethod
    def of(cls, conversation: Conversation) -> Lines:
        """The lines of a conversation."""
        texts = [text[:LONGEST] for text in conversation.texts]
        return cls(
            conversation.speakers,
            texts,
            [normal(t) for t in texts],
            conversation.speaker_codes,
            conversation.seconds,
            conversation.ends,
            conversation.episodes(),
            _word_counts(texts),
            conversation.messages["reply_to"].fill_null(-1).to_numpy(),
            conversation.medium,
        )

    @classmethod
    def of_pairs(cls, pairs: Sequence[tuple[str, str]]) -> Lines:
        """Lines from (speaker, text), with no times: a draft with what came before it."""
        names = tuple(dict.fromkeys(p[0] for p in pairs))
        texts = [p[1] for p in pairs]
        n = len(pairs)
        return cls(
            names,
            texts,
            [normal(t) for t in texts],
            np.array([names.index(p[0]) for p in pairs], np.int32),
            np.full(n, np.nan),
            np.full(n, np.nan),
            np.zeros(n, np.int32),
            _word_counts(texts),
            np.full(n, -1, np.int64),
        )

    @classmethod
    def joined(cls, many: Sequence[Lines]) -> Lines:
        """The lines of many conversations one after the other, as if each had its own people and its own episodes."""
        if len(many) == 1:
            return many[0]
        size = np.array([len(lines) for lines in many], np.int64)
        people = np.array([len(lines.names) for lines in many], np.int64)
        talks = np.array([lines.episode[-1] + 1 if len(lines) else 0 for lines in many], np.int64)

        def column(parts: list[NDArray[Any]], each: NDArray[np.int64] | None = None) -> NDArray[Any]:
            """All parts; each: what a part has more than the one before, by which its numbers go up."""
            whole = np.concatenate(parts) if parts else np.zeros(0, np.int64)
            return whole if each is None else (whole + np.repeat(np.cumsum(each) - each, size)).astype(whole.dtype)

        answers = column([lines.reply_to for lines in many])
        return cls(
            tuple(name for lines in many for name in lines.names),
            [text for lines in many for text in lines.texts],
            [text for lines in many for text in lines.normal],
            column([lines.speaker for lines in many], people),
            column([lines.seconds for lines in many]),
            column([lines.ends for lines in many]),
            column([lines.episode for lines in many], talks),
            column([lines.words for lines in many]),
            np.where(answers < 0, -1, column([lines.reply_to for lines in many], size)),
        )


@dataclass(frozen=True, eq=False)
class Turns:
    """Runs of messages by one speaker within an episode, all columns of length t: `first` and `last` message,
    `speaker`, `episode`, `words`, `start` and `end` in seconds. `of_message` (n,) gives each message its turn."""

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    speaker: NDArray[np.int32]
    episode: NDArray[np.int32]
    words: NDArray[np.int32]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    of_message: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def of(cls, lines: Lines) -> Turns:
        """Group lines into turns."""
        n = len(lines)
        if n == 0:
            empty, none = np.zeros(0, np.int32), np.zeros(0)
            return cls(empty, empty, empty, empty, empty, none, none, empty)
        new = np.ones(n, bool)
        new[1:] = (np.diff(lines.speaker) != 0) | (np.diff(lines.episode) != 0)
        first = np.flatnonzero(new).astype(np.int32)
        last = np.append(first[1:], n).astype(np.int32) - 1
        words = np.add.reduceat(lines.words, first).astype(np.int32)
        return cls(
            first, last, lines.speaker[first], lines.episode[first], words,
            lines.seconds[first], lines.ends[last], (np.cumsum(new) - 1).astype(np.int32),
        )  # fmt: skip


def _word_counts(texts: Sequence[str]) -> NDArray[np.int32]:
    return np.fromiter((len(t.split()) for t in texts), np.int32, len(texts))
