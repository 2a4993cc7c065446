"""What each turn is: features told by words (any of its messages has them) and features that need its neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.signals.lines import Lines, Turns


_WORD = re.compile(r"[a-z][a-z']{2,}")
_LIGHT = frozenset(
    [
        "the",
        "and",
        "but",
        "for",
        "with",
        "that",
        "this",
        "have",
        "has",
        "had",
        "was",
        "were",
        "are",
        "you",
        "your",
        "yours",
        "they",
        "them",
        "their",
        "there",
        "then",
        "than",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "how",
        "not",
        "can",
        "could",
        "would",
        "should",
        "will",
        "just",
        "like",
        "really",
        "very",
        "about",
        "into",
        "from",
        "out",
        "its",
        "it's",
        "i'm",
        "don't",
        "didn't",
        "can't",
        "won't",
        "isn't",
        "you're",
        "that's",
        "i'll",
        "i've",
        "he's",
        "she's",
        "we're",
        "they're",
        "did",
        "does",
        "doing",
        "been",
        "being",
        "get",
        "got",
        "going",
        "gonna",
        "want",
        "know",
        "think",
        "yeah",
        "yes",
        "okay",
        "now",
        "well",
        "still",
        "too",
        "also",
        "some",
        "any",
        "all",
        "one",
        "much",
        "more",
        "most",
        "even",
        "only",
        "our",
        "him",
        "her",
        "his",
        "she",
        "hers",
        "say",
        "said",
        "tell",
        "told",
        "make",
        "made",
        "see",
        "let",
        "because",
        "cause",
        "cos",
        "thing",
        "things",
        "time",
        "way",
        "good",
        "right",
        "here",
        "come",
        "came",
        "back",
        "need",
        "sure",
        "maybe",
        "actually",
        "anyway",
        "again",
        "ever",
        "never",
        "always",
        "hello",
        "hiya",
    ]
)


class _Stems(dict[str, str]):
    """A word -> its first five letters, so that "scanned" meets "scan"; "" for words that carry no subject."""

    def __missing__(self, word: str) -> str:
        if len(self) > 100_000:
            self.clear()
        stem = self[word] = "" if word in _LIGHT else word[:5].rstrip("'")
        return stem


_STEMS = _Stems()


def content_words(text: str) -> frozenset[str]:
    """The words that carry the subject, cut to their beginnings."""
    return frozenset(map(_STEMS.__getitem__, _WORD.findall(text.lower()))) - _NO_WORD


_NO_WORD = frozenset([""])
_NEIGHBOURS = 4096


class TurnFeatures:
    """Features of turns, each a (t,) mask, worked out when first asked for.

    previous: (t,) the turn each answers (the one before, or the one a reply points to), -1 where there is none or
    where an episode lies between. next: (t,) the turn after it by somebody else, -1 where none. guarded: name of a
    guard -> (n,) messages in which its words occur.
    """

    def __init__(
        self,
        lines: Lines,
        turns: Turns,
        by_message: dict[str, NDArray[np.bool_]],
        guarded: dict[str, NDArray[np.bool_]],
    ) -> None:
        self.lines, self.turns, self._by_message, self.guarded = lines, turns, by_message, guarded
        self._known: dict[str, NDArray[np.bool_]] = {}
        self._content: dict[int, frozenset[str]] = {}
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

    def __getitem__(self, name: str) -> NDArray[np.bool_]:
        if name not in self._known:
            if name in COMPUTED:
                self._known[name] = COMPUTED[name](self)
            else:
                self._known[name] = self.any_message(self._by_message[name])
        return self._known[name]

    def any_message(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(n,) over messages -> (t,): does any message of the turn have it?"""
        if not len(self.turns):
            return np.zeros(0, bool)
        return np.logical_or.reduceat(mask, self.turns.first)

    def message_mask(self, name: str) -> NDArray[np.bool_]:
        """(n,) mask of a feature told by words."""
        return self._by_message[name]

    def text(self, turn: int) -> str:
        """The normal-form words of a turn, its messages joined by line breaks."""
        first, last = int(self.turns.first[turn]), int(self.turns.last[turn])
        return "\r".join(self.lines.normal[first : last + 1])

    def content(self, turn: int) -> frozenset[str]:
        """`content_words` of a turn."""
        found = self._content.get(turn)
        if found is None:
            # Turns are looked at in order, each with its neighbours; more need not be kept, and a million would not fit.
            if len(self._content) > _NEIGHBOURS:
                self._content.clear()
            found = self._content[turn] = content_words(self.text(turn))
        return found

    def where(self, candidates: NDArray[np.bool_], test: Callable[[int, int], bool]) -> NDArray[np.bool_]:
        """Mask of the candidate turns for which `test(turn, previous turn)` holds; those with no previous do not."""
        out = np.zeros(len(self.turns), bool)
        for turn in np.flatnonzero(candidates & (self.previous >= 0)):
            out[turn] = test(int(turn), int(self.previous[turn]))
        return out


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
    return f.message_mask("question")[f.turns.last] if len(f.turns) else np.zeros(0, bool)


def _many_questions(f: TurnFeatures) -> NDArray[np.bool_]:
    return np.fromiter((f.text(t).count("?") >= 3 if f["question"][t] else False for t in range(len(f.turns))), bool)


def _picks_up(f: TurnFeatures) -> NDArray[np.bool_]:
    """Shares a word that carries the subject with the turn it answers."""
    some = (f.turns.words >= 2) & (f.previous >= 0)
    return f.where(some, lambda turn, before: bool(f.content(turn) & f.content(before)))


def _on_topic(f: TurnFeatures) -> NDArray[np.bool_]:
    """Takes up a word of the turn it answers, points back to it, acknowledges it or asks about it."""
    known = f["picks_up"] | f["acknowledgment"] | f["warmth"] | f["understanding"] | f["apology"] | f["advice"]
    return known | (f["refers_back"] & (f.previous >= 0))


def _answered_later(f: TurnFeatures) -> NDArray[np.bool_]:
    """The question before this turn finds its answer here or in this speaker's next three turns."""

    def test(turn: int, before: int) -> bool:
        asked = f.content(before)
        for later in range(turn, min(turn + 7, len(f.turns)), 2):
            if f.turns.speaker[later] == f.turns.speaker[turn] and (f["answer"][later] or asked & f.content(later)):
                return True
        return False

    return f.where(np.ones(len(f.turns), bool), test)


def _same_claim_again(f: TurnFeatures) -> NDArray[np.bool_]:
    """Says over again what this speaker said in the turn before, while the other neither agreed nor asked."""

    def test(turn: int, before: int) -> bool:
        own = before - 1
        if own < 0 or f.turns.speaker[own] != f.turns.speaker[turn]:
            return False
        now, then = f.content(turn), f.content(own)
        if len(now) < 2 or len(then) < 2 or f["question"][before] or f["agreement"][before]:
            return False
        return len(now & then) >= 0.7 * min(len(now), len(then)) and len(now & then) >= 3

    return f.where(f.turns.words >= 3, test)


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
