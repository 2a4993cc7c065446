"""What the encoder adds to the hits: cues that its heads find, and hits that its heads confirm or veto."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nearer.signals.phrases.scan import Hit
from nearer.signals.phrases.sentence import quoted
from nearer.signals.talk import surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nearer.cues import Catalogue, Cue
    from nearer.cues.schema import EncoderUse
    from nearer.signals.encoder import Encoder
    from nearer.signals.exchange import TurnFeatures
    from nearer.signals.lines import Lines
    from nearer.signals.talk import Believed

CONTEXT_MESSAGES = 3
"""Earlier messages that the encoder sees beside the one it reads."""
OWN = "\u00bb "
"""What the encoder sees before an earlier message by the same speaker (as in training/marked.py)."""
_WORTH = 0.05
"""Value of the heads of all hurts or all danger from which on a message that goes on from its speaker's last is read
again with what came before it: an answer always is, but this costs four times as much as reading it by itself."""
HEARD_TOGETHER = 8
"""Messages from which on a finding must be believed by what stands around it (talk.py): by then there is enough to go by.
In fewer, danger must be believed by all heads together: a lone message gets no second chance."""
TALK = 30
"""Messages from which on a conversation is a whole talk: what is rare in one message is not in hundreds, so more is asked of
danger there. The values below were chosen on whole chats (training/chats kept back, benchmarks/chats/seen)."""
_LEAST = {"hurts": 0.05, "helps": 0.4, "danger": 0.0}
"""Share of its value that a cue's own head must reach where one of its kind is believed, if no other of them is surer: which
it is, is told by the head that is surest of it. What helps is often no more than polite, so more is asked there."""
_FEW_WORDS, _FEW_IN_TALK = 2, 1
"""Up to so many words no head accuses anybody by itself, in a draft, and in a talk, where there is more to go by."""
_SURE_ALONE = 0.9
"""Value of the head that knows all danger together, from which on danger that a head finds in a whole talk stands alone."""
_TOGETHER = 0.44
"""Confidence of other danger that a head finds there: less than the danger screen asks of one sign, enough for two. Of chats
kept back the second largest value told those with danger from others far better (AUC 0.97) than the largest did (0.87)."""
_ELSEWHERE = frozenset({"HUM202", "HUM203"})
"""Hurts of humor that are aimed at oneself, or at people who are not there."""
_SILENCING = ("boundary", "playful", "sarcastic")


@dataclass(frozen=True, eq=False)
class Heard:
    """What the heads say of messages. signals: head -> (n,). before: what each was read with, if need be. answers: (n,)
    does it answer somebody?"""

    signals: dict[str, NDArray[np.float32]]
    before: list[list[str]]
    answers: NDArray[np.bool_]


def hear(lines: Lines, encoder: Encoder, first: int = 0) -> Heard:
    """Read the messages from `first` on: answers with what came before them, others by themselves, and again with what
    came before them where they may hurt."""
    texts, before = lines.texts[first:], contexts(lines)[first:]
    answers = np.zeros(len(lines), bool)
    answers[1:] = (np.diff(lines.episode) == 0) & (np.diff(lines.speaker) != 0)
    answers = answers[first:]
    signals = encoder.signals(texts, [b if answer else [] for b, answer in zip(before, answers, strict=True)])
    grave = np.maximum(signals["hurts"], signals["danger"])
    more = [i for i in np.flatnonzero(~answers & (grave >= _WORTH)).tolist() if before[i]]
    for head, values in encoder.signals([texts[i] for i in more], [before[i] for i in more]).items():
        signals[head][more] = values
    return Heard(signals, before, answers)


def contexts(lines: Lines) -> list[list[str]]:
    """The few messages before each one, oldest first, from its own episode, the speaker's own ones marked."""
    return [
        [
            OWN + lines.texts[j] if lines.speaker[j] == lines.speaker[i] else lines.texts[j]
            for j in range(max(0, i - CONTEXT_MESSAGES), i)
            if lines.episode[j] == lines.episode[i]
        ]
        for i in range(len(lines))
    ]


def judge(
    hits: Sequence[Hit],
    lines: Lines,
    features: TurnFeatures,
    catalogue: Catalogue,
    encoder: Encoder,
    last_only: bool = False,
) -> list[Hit]:
    """Hits confirmed or vetoed by their cues' heads, joined by the findings of heads that fire by themselves.

    last_only: only what is found in the last message is wanted; the others are not read.
    """
    if not any(cue.encoder for cue in catalogue.cues.values()) or not len(lines):
        return list(hits)
    offset = len(lines) - 1 if last_only else 0
    heard = hear(lines, encoder, offset)
    talk = len(lines) >= TALK and not last_only
    cues = [*catalogue.cues.values()]
    together = len(lines) >= HEARD_TOGETHER and not last_only
    around = (
        surroundings(heard.signals["hurts"], lines, heard.answers) if together else np.zeros((len(heard.before), 0))
    )
    believed = [
        ([c for c in cues if c.code in belief.cues], belief.of(heard.signals, around))
        for belief in encoder.beliefs
        if together != belief.alone
    ]
    judged = _Judged(heard.signals, heard.answers, lines.words[offset:], offset, talk, believed)
    kept = [hit for hit in hits if hit.message < offset or judged.stands(hit, catalogue.cues[hit.cue])]
    marked = {(hit.cue, hit.message) for hit in kept}
    fired: list[tuple[Cue, EncoderUse, int]] = []
    for cue in catalogue.cues.values():
        for use in cue.encoder:
            if use.role != "fires":
                continue
            for row in np.flatnonzero(judged.fires(cue, use)).tolist():
                place = row + offset
                if (cue.code, place) not in marked and not _silenced(cue, place, lines, features):
                    marked.add((cue.code, place))
                    fired.append((cue, use, row))
    spans = encoder.spans([(lines.texts[row + offset], heard.before[row], use.head) for _, use, row in fired])
    for (cue, use, row), (start, end) in zip(fired, spans, strict=True):
        sure = judged.confidence(cue, use, row)
        kept.append(Hit(cue.code, row + offset, start, end, frozenset({"model"}), sure))
    return kept


class _Kind(NamedTuple):
    """Cues that are believed together. surest: (n,) the largest value of the head of any of them."""

    believed: Believed
    surest: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class _Judged:
    """What the heads say. signals: head -> (n,). answers: (n,) is it an answer to somebody? words: (n,). offset: the message
    of row 0. talk: is it a whole talk? believed: cues that are believed together, and where they are."""

    signals: dict[str, NDArray[np.float32]]
    answers: NDArray[np.bool_]
    words: NDArray[np.int32]
    offset: int
    talk: bool
    believed: Sequence[tuple[Sequence[Cue], Believed]]

    @cached_property
    def kinds(self) -> dict[str, _Kind]:
        """What is believed of cues, by code."""
        none = np.zeros(len(self.words), np.float32)
        found: dict[str, _Kind] = {}
        for cues, believed in self.believed:
            uses = [use for cue in cues for use in cue.encoder if use.role == "fires"]
            surest = np.max([none, *(np.where(self._able(use), self.signals[use.head], none) for use in uses)], axis=0)
            found |= dict.fromkeys((cue.code for cue in cues), _Kind(believed, surest))
        return found

    def fires(self, cue: Cue, use: EncoderUse) -> NDArray[np.bool_]:
        """(n,) where a head finds the cue by itself."""
        value, kind = self.signals[use.head], self.kinds.get(cue.code)
        reached = value >= use.at_least
        if kind is not None:
            reached |= (value >= _LEAST[cue.polarity] * use.at_least) & (value >= kind.surest)
            reached &= kind.believed.holds
        if _aimed(cue):
            reached &= self.words > (_FEW_WORDS if kind is None else _FEW_IN_TALK)
        elif self.talk and cue.polarity == "danger":
            reached &= self.signals["danger"] >= use.at_least
        return np.asarray(reached & self._able(use))

    def _able(self, use: EncoderUse) -> NDArray[np.bool_]:
        enough = self.words >= use.min_words
        return enough & self.answers if use.in_answer else enough

    def confidence(self, cue: Cue, use: EncoderUse, row: int) -> float:
        """How sure what a head found is."""
        if self.talk and cue.polarity == "danger" and self.signals["danger"][row] < _SURE_ALONE:
            return _TOGETHER
        kind = self.kinds.get(cue.code)
        value = self.signals[use.head] if kind is None else kind.believed.probable
        return cue.confidence * min(1.0, 0.7 + 0.3 * float(value[row]))

    def stands(self, hit: Hit, cue: Cue) -> bool:
        row = hit.message - self.offset
        kind = self.kinds.get(cue.code)
        if kind is not None and kind.believed.doubted[row]:
            return False
        for use in cue.encoder:
            if use.role == "fires" or (use.in_answer and not self.answers[row]):
                continue
            # Danger that several messages show together, no head can judge by one of them.
            if cue.polarity == "danger" and "turns" in hit.contexts:
                continue
            if bool(self.signals[use.head][row] >= use.at_least) != (use.role == "confirms"):
                return False
        return True


def _aimed(cue: Cue) -> bool:
    """Is it a hurt to the listener, rather than to oneself or to somebody absent?"""
    return cue.polarity == "hurts" and cue.family not in ("self_acceptance", "self_care") and cue.code not in _ELSEWHERE


def _silenced(cue: Cue, place: int, lines: Lines, features: TurnFeatures) -> bool:
    """The engine's guards hold for the encoder's cues too, message by message."""
    if any(name in cue.silent_in and features.guards(name, place) for name in _SILENCING):
        return True
    text = lines.normal[place]
    return "quoted" in cue.silent_in and bool(quoted(text))
