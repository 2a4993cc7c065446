"""What each turn is: features told by words (any of its messages has them) and features that need its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.exchange.content import Content
from nearer.signals.lines import Turns
from nearer.signals.style import class_shares

if TYPE_CHECKING:
    from typing import Self

    from numpy.typing import NDArray

    from nearer.signals.lines import Lines
    from nearer.signals.phrases import Scan, Told


class TurnFeatures:
    """Features of turns, each a (t,) mask, worked out when first asked for.

    previous: (t,) the turn each answers (the one before, or the one a reply points to), -1 where there is none or
    where an episode lies between. next: (t,) the turn after it by somebody else, -1 where none. guarded: by name of a
    guard, the messages in which its words occur.
    """

    def __init__(
        self,
        lines: Lines,
        turns: Turns,
        told: Mapping[str, Told],
        guarded: Mapping[str, Told],
    ) -> None:
        self.lines, self.turns, self.told, self.guarded = lines, turns, told, guarded
        self._known: dict[str, NDArray[np.bool_]] = {}
        t = len(turns)
        index = np.arange(t)
        linked = np.full(t, -1)
        if t:
            answers = lines.reply_to[turns.first]
            linked = np.where(answers >= 0, turns.of_message[np.clip(answers, 0, None)], index - 1)
        same = (linked >= 0) & (linked < index) & (turns.speaker[linked] != turns.speaker)
        near = turns.episode[linked] == turns.episode
        self.previous = np.where(same & near, linked, -1)
        after = np.append(index[1:], -1) if t else index
        self.next = np.where((after >= 0) & (turns.episode[after] == turns.episode), after, -1)

    @classmethod
    def of(cls, lines: Lines, scan: Scan) -> Self:
        """Of the turns that these lines make up."""
        return cls(lines, Turns.of(lines), scan.features, scan.guarded)

    def parts(self, many: Sequence[Lines]) -> Iterator[TurnFeatures]:
        """The same of each of the conversations that these lines join."""
        message = turn = 0
        for lines in many:
            part = _Part(self, lines, message, turn)
            yield part
            message, turn = message + len(lines), turn + len(part.turns)

    def __getitem__(self, name: str) -> NDArray[np.bool_]:
        if name not in self._known:
            if name in COMPUTED:
                self._known[name] = COMPUTED[name](self)
            else:
                self._known[name] = self.any_message(self.told[name].everywhere)
        return self._known[name]

    def at(self, name: str, turns: NDArray[np.integer]) -> NDArray[np.bool_]:
        """(k,) a feature of these turns alone. What words tell is looked up there and nowhere else."""
        if not len(turns):
            return np.zeros(0, bool)
        if name in COMPUTED or name in self._known:
            return np.asarray(self[name][turns])
        first, size = self.turns.first[turns], (self.turns.last - self.turns.first)[turns] + 1
        begins = np.cumsum(size) - size
        messages = np.arange(size.sum()) + np.repeat(first - begins, size)
        return np.asarray(np.logical_or.reduceat(self.told[name].at(messages), begins))

    def guards(self, name: str, message: int) -> bool:
        """Do a guard's words occur in a message?"""
        return name in self.guarded and bool(self.guarded[name].at(np.array([message]))[0])

    def most(self, name: str) -> int:
        """How many turns may have a feature, as far as that is known without asking."""
        return 0 if name in COMPUTED or name in self._known else self.told[name].most

    def any_message(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(n,) over messages -> (t,): does any message of the turn have it?"""
        if not len(self.turns):
            return np.zeros(0, bool)
        return np.logical_or.reduceat(mask, self.turns.first)

    def text(self, turn: int) -> str:
        """The normal-form words of a turn, its messages joined by line breaks."""
        first, last = int(self.turns.first[turn]), int(self.turns.last[turn])
        return "\r".join(self.lines.normal[first : last + 1])

    def first_words(self, turn: int) -> int:
        """The first message of a turn that has words; its first, where all are pictures."""
        first, last = int(self.turns.first[turn]), int(self.turns.last[turn])
        return next((m for m in range(first, last + 1) if self.lines.words[m]), first)

    @cached_property
    def content(self) -> Content:
        """The words of each turn that carry its subject."""
        return Content(self.lines, self.turns)

    @cached_property
    def styles(self) -> list[tuple[int, dict[str, float]]]:
        """For each speaker, the number of words and the share of each class of small words in them."""
        own = [np.flatnonzero(self.lines.speaker == code).tolist() for code in range(len(self.lines.names))]
        return [class_shares([self.lines.normal[i] for i in messages]) for messages in own]

    @cached_property
    def tone(self) -> NDArray[np.float64]:
        """(t,) warmth of each turn from -1 to 1: warm words, thanks, laughter and praise against scorn and dismissal."""
        warm = self["warmth"].astype(float) + self["thanks"] + self["laugh"] + self["compliment"] + self["agreement"]
        cold = self["contempt"].astype(float) + self["dismissal"] + self["demand"]
        return np.clip((warm - 1.5 * cold) / 2.0, -1.0, 1.0)

    @cached_property
    def shared(self) -> NDArray[np.int64]:
        """(t,) words of its subject that each turn shares with the turn it answers."""
        shared = np.zeros(len(self.turns), np.int64)
        turn = np.flatnonzero(self.previous >= 0)
        shared[turn] = self.content.common(turn, self.previous[turn])
        return shared


class _Part(TurnFeatures):
    """Of some of the turns, from the message and the turn that come first. What one part asks for, the others will ask for
    too, so it is worked out for all at once."""

    def __init__(self, whole: TurnFeatures, lines: Lines, message: int, turn: int) -> None:
        super().__init__(lines, Turns.of(lines), {}, {})
        self._whole, self._message, self._turn = whole, message, turn

    def __getitem__(self, name: str) -> NDArray[np.bool_]:
        return self._whole[name][self._turn : self._turn + len(self.turns)]

    def at(self, name: str, turns: NDArray[np.integer]) -> NDArray[np.bool_]:
        return np.asarray(self[name][turns])

    def guards(self, name: str, message: int) -> bool:
        return self._whole.guards(name, self._message + message)


def _short(f: TurnFeatures) -> NDArray[np.bool_]:
    return (f.turns.words > 0) & (f.turns.words <= 3)


def _lone_token(f: TurnFeatures) -> NDArray[np.bool_]:
    """One or two words and no question, and no picture with it: "k", "ok cool", "lol"."""
    return (f.turns.words > 0) & (f.turns.words <= 2) & ~f["question"] & ~f["media"]


def _long(f: TurnFeatures) -> NDArray[np.bool_]:
    return f.turns.words >= 40


def _new_subject(f: TurnFeatures) -> NDArray[np.bool_]:
    """Says something of its own, more than a token."""
    return f.turns.words >= 2


def _brief(f: TurnFeatures) -> NDArray[np.bool_]:
    return (f.turns.words > 0) & (f.turns.words <= 7)


def _brief_after_long(f: TurnFeatures) -> NDArray[np.bool_]:
    before = np.where(f.previous >= 0, f.turns.words[f.previous], 0)
    return (f.turns.words > 0) & (f.turns.words <= 2) & (before >= 25)


def _media(f: TurnFeatures) -> NDArray[np.bool_]:
    return f.any_message(f.lines.words == 0)


def _opens_episode(f: TurnFeatures) -> NDArray[np.bool_]:
    return np.asarray(np.diff(f.turns.episode, prepend=-1) != 0)


def _question_last(f: TurnFeatures) -> NDArray[np.bool_]:
    """The turn's last message asks: the question is what stands open."""
    return f.told["question"].at(f.turns.last)


def _many_questions(f: TurnFeatures) -> NDArray[np.bool_]:
    return np.fromiter((f.text(t).count("?") >= 3 if f["question"][t] else False for t in range(len(f.turns))), bool)


def _picks_up(f: TurnFeatures) -> NDArray[np.bool_]:
    """Shares a word that carries the subject with the turn it answers."""
    return (f.turns.words >= 2) & (f.shared > 0)


def _on_topic(f: TurnFeatures) -> NDArray[np.bool_]:
    """Takes up a word of the turn it answers, points back to it, acknowledges it or asks about it."""
    found = f["picks_up"] | f["acknowledgment"] | f["warmth"] | f["understanding"] | f["apology"] | f["advice"]
    turn = np.flatnonzero((f.previous >= 0) & ~found)
    found[turn] = f.at("refers_back", turn)
    return found


def _answered_later(f: TurnFeatures) -> NDArray[np.bool_]:
    """The question before this turn finds its answer here or in this speaker's next three turns."""
    asked = (f.previous >= 0) & f["question"][f.previous]
    found = asked & (f.shared > 0)
    for ahead in (0, 2, 4, 6):
        turn = np.flatnonzero(asked & ~found)
        turn = turn[turn + ahead < len(f.turns)]
        turn = turn[f.turns.speaker[turn + ahead] == f.turns.speaker[turn]]
        found[turn] = f.at("answer", turn + ahead) | (f.content.common(turn + ahead, f.previous[turn]) > 0)
    return found


def _same_claim_again(f: TurnFeatures) -> NDArray[np.bool_]:
    """Says over again what this speaker said in the turn before, while the other neither agreed nor asked."""
    before, size = f.previous, f.content.size
    some = (f.turns.words >= 3) & (size >= 3) & (before >= 1) & ~f["question"][before] & ~f["agreement"][before]
    turn = np.flatnonzero(some)
    own = before[turn] - 1
    least = np.maximum(3, 0.7 * np.minimum(size[turn], size[own]))
    again = (f.turns.speaker[own] == f.turns.speaker[turn]) & (f.content.common(turn, own) >= least)
    found = np.zeros(len(f.turns), bool)
    found[turn[again]] = True
    return found


COMPUTED: dict[str, Callable[[TurnFeatures], NDArray[np.bool_]]] = {
    "short": _short,
    "lone_token": _lone_token,
    "long": _long,
    "new_subject": _new_subject,
    "brief": _brief,
    "brief_after_long": _brief_after_long,
    "media": _media,
    "opens_episode": _opens_episode,
    "question_last": _question_last,
    "many_questions": _many_questions,
    "picks_up": _picks_up,
    "on_topic": _on_topic,
    "answered_later": _answered_later,
    "same_claim_again": _same_claim_again,
}
"""Features of turns that need more than their words; cues name them beside those of features.toml."""
