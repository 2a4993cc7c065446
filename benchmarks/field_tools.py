"""The tools that benchmarks/field.py compares. Each gives one number a message for a question, and is timed on its own.

A tool that knows nothing of a question gives what lies nearest: VADER its compound score, TextBlob its polarity, Empath
one category. Whoever uses them so would choose the sign that fits, and so does field.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from field_sets import EMOTIONS, Message, Question

Scores = NDArray[np.float64]
"""(n,) for a number a message; (n, 28) for the emotions."""

NEAREST = {
    "politeness": "politeness", "intimacy": "affection", "condescending": "ridicule", "dismissive": "neglect",
    "hostile": "hate", "antagonising": "aggression", "sarcastic": "ridicule", "unfair_generalisation": "negative_emotion",
    "healthy": "positive_emotion", "emotional_reaction": "sympathy", "interpretation": "suffering", "exploration": "listen",
    "emotional_disclosure": "emotional", "information_disclosure": "family", "emotional_support": "sympathy",
    "humor_joins": "affection", "humorous": "fun", "coherent": "communication", "sarcastic_reply": "ridicule",
    "question": "speaking", "open_question": "communication", "reflection": "emotional",
}  # fmt: skip
"""Empath's category for each head."""
NEAREST_EMOTION = {
    "admiration": "positive_emotion", "amusement": "fun", "annoyance": "irritability", "approval": "trust",
    "caring": "affection", "curiosity": "anticipation", "desire": "lust", "disapproval": "dispute",
    "embarrassment": "shame", "excitement": "zest", "gratitude": "giving", "grief": "death", "realization": "philosophy",
    "relief": "contentment", "remorse": "shame", "neutral": "emotional",
}  # fmt: skip
"""Empath's category for each emotion that it has not under its own name."""


class Tool:
    """name: its column. score(question, messages) -> Scores. read: what it does with plain texts, to be timed."""

    name = ""
    signed = False
    """Does its score already point the right way?"""

    def score(self, question: Question, messages: Sequence[Message]) -> Scores:
        raise NotImplementedError

    def read(self, texts: Sequence[str]) -> object:
        raise NotImplementedError


class Nearer(Tool):
    """The encoder; heads that read what came before get it."""

    name, signed = "nearer", True

    def __init__(self, threads: int) -> None:
        from nearer.signals.encoder import SHIPPED, Encoder

        os.environ["NEARER_THREADS"] = str(threads)
        self.encoder = Encoder.load(SHIPPED)

    def score(self, question: Question, messages: Sequence[Message]) -> Scores:
        values = self.encoder.signals([m.text for m in messages], [m.context for m in messages])
        if question.measure == "macro-F1":
            return np.stack([values[f"emotion_{e}"] for e in EMOTIONS], axis=1).astype(float)
        return values[question.head if question.head in values else "sarcastic"].astype(float)

    def read(self, texts: Sequence[str]) -> object:
        return self.encoder.signals(texts)


class Linear(Tool):
    """TF-IDF of words and pairs of words (of the message, and apart from it of what came before), and logistic regression
    (ridge for real numbers), learned from the train rows with scikit-learn's own defaults."""

    name, signed = "TF-IDF + linear", True

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Any, Any, Any]] = {}
        self._last: Callable[[Sequence[str]], object] | None = None

    def score(self, question: Question, messages: Sequence[Message]) -> Scores:
        from sklearn.linear_model import LogisticRegression, Ridge

        model = self._words(question.train)
        learned, tried = self._features(model, question.train), self._features(model, messages)
        if question.measure == "r":
            ridge = Ridge().fit(learned, [m.label for m in question.train])
            return np.asarray(ridge.predict(tried))
        if question.measure != "macro-F1":
            one = LogisticRegression(max_iter=300).fit(learned, [m.label for m in question.train])
            self._last = lambda texts: one.decision_function(
                self._features(model, [Message(t, (), 0.0) for t in texts])
            )
            return np.asarray(one.decision_function(tried))
        columns = []
        for emotion in EMOTIONS:
            labels = [isinstance(m.label, frozenset) and emotion in m.label for m in question.train]
            some = LogisticRegression(solver="liblinear").fit(learned, labels)
            columns.append(some.decision_function(tried))
        return np.stack(columns, axis=1)

    def read(self, texts: Sequence[str]) -> object:
        """One question; a second one costs little more, since the features are the same."""
        assert self._last is not None
        return self._last(texts)

    def _words(self, train: list[Message]) -> tuple[Any, Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        key = id(train)
        if key not in self._seen:
            said = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit(m.text for m in train)
            before = None
            if any(m.context for m in train):
                before = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
                before.fit(" ".join(m.context) for m in train)
            # The rows are kept too, so that no other list gets the same id.
            self._seen[key] = (said, before, train)
        return self._seen[key][:2]

    @staticmethod
    def _features(model: tuple[Any, Any], messages: Sequence[Message]) -> Any:
        from scipy.sparse import hstack

        said = model[0].transform(m.text for m in messages)
        return (
            said
            if model[1] is None
            else hstack([said, model[1].transform(" ".join(m.context) for m in messages)], "csr")
        )


class Lexicon(Tool):
    """A tool with one number for every question."""

    def __init__(self, name: str, value: Callable[[str], float]) -> None:
        self.name, self._value = name, value

    def score(self, question: Question, messages: Sequence[Message]) -> Scores:
        one = np.array([self._value(m.text) for m in messages])
        return np.repeat(one[:, None], len(EMOTIONS), axis=1) if question.measure == "macro-F1" else one

    def read(self, texts: Sequence[str]) -> object:
        return [self._value(t) for t in texts]


class EmpathTool(Tool):
    """One of Empath's 194 categories, as a share of the words."""

    name = "Empath"

    def __init__(self) -> None:
        from empath import Empath

        self._lexicon = Empath()

    def score(self, question: Question, messages: Sequence[Message]) -> Scores:
        names = (
            [NEAREST_EMOTION.get(e, e) for e in EMOTIONS]
            if question.measure == "macro-F1"
            else [NEAREST[question.head]]
        )
        wanted = list(dict.fromkeys(names))
        found = [self._lexicon.analyze(m.text, categories=wanted, normalize=True) or {} for m in messages]
        table = np.array([[f.get(n, 0.0) for n in names] for f in found])
        return table if question.measure == "macro-F1" else table[:, 0]

    def read(self, texts: Sequence[str]) -> object:
        return [self._lexicon.analyze(t, normalize=True) for t in texts]


def tools(threads: int) -> list[Tool]:
    """All of them, in the order of the columns."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    return [
        Nearer(threads),
        Linear(),
        Lexicon("VADER", lambda text: float(vader.polarity_scores(text)["compound"])),
        Lexicon("TextBlob", lambda text: float(TextBlob(text).sentiment.polarity)),
        EmpathTool(),
    ]
