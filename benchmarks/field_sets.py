"""The questions that benchmarks/field.py asks: labelled messages of ../shared/data, to learn from and to be tried on.

Each set has a train and a dev part, but for annomi, which has none: there a sixth of the conversations is held out (seed 7),
the same ones that training/tasks.py holds out, so that neither nearer nor the TF-IDF models have learned from them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from quality import rows

EMOTIONS: tuple[str, ...] = (
    "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity", "desire",
    "disappointment", "disapproval", "disgust", "embarrassment", "excitement", "fear", "gratitude", "grief", "joy",
    "love", "nervousness", "optimism", "pride", "realization", "relief", "remorse", "sadness", "surprise", "neutral",
)  # fmt: skip
PER_CONTEXT = 15
"""Replies to one context in the coherence set: five good, five random, five adversarial."""

Label = float | frozenset[str]


@dataclass(frozen=True)
class Message:
    """One labelled message. context: what came before, oldest first. label: a number, or the emotions in it."""

    text: str
    context: tuple[str, ...]
    label: Label


@dataclass(frozen=True)
class Question:
    """One row of the table.

    head: the signal of nearer that answers it. measure: "AUC", "r", "ranked" (share of pairs of a right and a wrong reply
    to the same context in which the right one is scored higher) or "macro-F1". target: what issue C aims at.
    """

    name: str
    head: str
    measure: str
    target: float
    train: list[Message] = field(repr=False)
    dev: list[Message] = field(repr=False)


def questions(most: int) -> list[Question]:
    """All of them, in the order of the table; no more than `most` messages of a set are tried."""
    return [*_plain(most), *_coherence(most), *_talk(most)]


def _plain(most: int) -> list[Question]:
    sets: list[tuple[str, str, dict[str, float]]] = [
        ("politeness", "r", {"politeness": 0.74}),
        ("intimacy", "r", {"intimacy": 0.83}),
        ("unhealthy", "AUC", {"condescending": 0.77, "dismissive": 0.79, "hostile": 0.81, "antagonising": 0.79,
                              "sarcastic": 0.67, "unfair_generalisation": 0.82, "healthy": 0.75}),
        ("epitome", "AUC", {"emotional_reaction": 0.90, "interpretation": 0.93, "exploration": 0.95}),
        ("offmychest", "AUC", {"emotional_disclosure": 0.82, "information_disclosure": 0.81, "emotional_support": 0.95}),
    ]  # fmt: skip
    made = []
    for task, measure, heads in sets:
        train, dev = list(rows(task)), _some(list(rows(task, "dev")), most)
        for head, target in heads.items():
            # EPITOME tells weak from strong; whether there is any is what is asked.
            label = _number(head, measure)
            made.append(Question(head, head, measure, target, _made(train, label), _made(dev, label)))
    train, dev = list(rows("humour")), _some(list(rows("humour", "dev")), most)
    funny = [r for r in train if r["labels"]["style"] != "none"], [r for r in dev if r["labels"]["style"] != "none"]
    made.append(
        Question("humor that joins", "humor_joins", "AUC", 0.86, _made(funny[0], _joins), _made(funny[1], _joins))
    )
    made.append(Question("humorous", "humorous", "AUC", 0.97, _made(train, _humorous), _made(dev, _humorous)))
    return made


def _coherence(most: int) -> list[Question]:
    train, dev = list(rows("coherence")), list(rows("coherence", "dev"))
    contexts = list(dict.fromkeys(tuple(r["context"]) for r in dev))
    kept = set(_some(contexts, max(4, most // PER_CONTEXT)))
    dev = [r for r in dev if tuple(r["context"]) in kept]
    learned = [*_made(train, _coherent), *_swapped(train, 3)]

    def of(*kinds: str) -> list[Message]:
        return _made((r for r in dev if r["labels"]["kind"] in kinds), _coherent)

    return [
        Question("coherent, against random replies", "coherent", "AUC", 0.95, learned, of("positive", "random")),
        Question("… the right reply over a random one", "coherent", "ranked", 0.96, learned, of("positive", "random")),
        Question("… over an adversarial one", "coherent", "ranked", 0.95, learned, of("positive", "adversarial")),
        Question("… against itself under another conversation", "coherent", "AUC", 0.93, learned,
                 [*of("positive"), *_swapped(dev, 4)]),
    ]  # fmt: skip


def _talk(most: int) -> list[Question]:
    train, dev = list(rows("sarcasm")), _some(list(rows("sarcasm", "dev")), most)
    label = _number("sarcastic", "AUC")
    feelings = _some(list(rows("goemotions", "dev")), most)
    held, learned = _annomi()
    acts = {"question": 0.95, "reflection": 0.88}
    return [
        Question("sarcasm in dialogue", "sarcastic_reply", "AUC", 0.60, _made(train, label), _made(dev, label)),
        Question("emotions (28)", "emotion", "macro-F1", 0.47, _made(rows("goemotions"), _felt), _made(feelings, _felt)),
        *(
            Question(f"{act} (annomi)", act, "AUC", target, [m for m, _ in _acts(learned, act)],
                     _some([m for m, _ in _acts(held, act)], most))
            for act, target in acts.items()
        ),
        Question("open among questions (annomi)", "open_question", "AUC", 0.82, _opened(learned), _opened(held)),
    ]  # fmt: skip


def _annomi() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(held out, the others): conversations, split as training/tasks.py splits them."""
    talks = list(rows("annomi"))
    groups = sorted({str(t["id"]) for t in talks})
    held = set(random.Random(7).sample(groups, max(1, len(groups) // 6)))
    return [t for t in talks if str(t["id"]) in held], [t for t in talks if str(t["id"]) not in held]


def _acts(talks: Iterable[dict[str, Any]], act: str) -> list[tuple[Message, str]]:
    """Every therapist's message with a label: is it this act? And the kind of question it is, or ""."""
    made = []
    for talk in talks:
        before: list[str] = []
        for m in talk["messages"]:
            labels = m.get("labels") or {}
            said = labels.get("main_therapist_behaviour")
            if m["speaker"] == "therapist" and said:
                kind = labels.get("question_subtype") or "" if said == "question" else ""
                made.append((Message(m["text"], tuple(before[-3:]), float(said == act)), kind))
            before.append(m["text"])
    return made


def _opened(talks: Iterable[dict[str, Any]]) -> list[Message]:
    return [Message(m.text, m.context, float(kind == "open")) for m, kind in _acts(talks, "question") if kind]


def _swapped(of: list[dict[str, Any]], seed: int) -> list[Message]:
    """Each right reply under somebody else's context."""
    right = [r for r in of if r["labels"]["kind"] == "positive"]
    others = right[:]
    random.Random(seed).shuffle(others)
    pairs = zip(right, others, strict=True)
    return [Message(r["text"], tuple(o["context"]), 0.0) for r, o in pairs if r["context"] != o["context"]]


def _made(of: Iterable[dict[str, Any]], label: Callable[[dict[str, Any]], Label]) -> list[Message]:
    return [Message(r["text"], tuple(r.get("context") or ()), label(r["labels"])) for r in of]


def _number(head: str, measure: str) -> Callable[[dict[str, Any]], float]:
    return lambda labels: float(labels[head]) if measure == "r" else float(labels[head] > 0)


def _humorous(labels: dict[str, Any]) -> float:
    return float(labels["style"] != "none")


def _joins(labels: dict[str, Any]) -> float:
    return float(labels["style"] in ("affiliative", "self_enhancing"))


def _coherent(labels: dict[str, Any]) -> float:
    return float(labels["coherent"])


def _felt(labels: dict[str, Any]) -> frozenset[str]:
    return frozenset(labels["emotions"])


def _some(of: list[Any], most: int) -> list[Any]:
    """At most so many, always the same ones."""
    return random.Random(1).sample(of, most) if len(of) > most else of
