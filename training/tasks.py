"""From the labelled sets to training rows: (context, message, {head: value}), one place a set."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import judged
import marked
import written

NON_COMMERCIAL = frozenset({"unhealthy", "empathic_intent", "dailydialog", "telephone", "support", "manipulation"})
"""Sets whose licence forbids commercial use; `--permissive` leaves them out."""
UNCLEAR = frozenset({"epitome", "humour", "intimacy_tweets", "humor_rating", "annomi", "meld", "reframing_tweets"})
"""Sets for academic or research use, under a reciprocal licence, or with none stated; left out too."""

EMOTIONS: tuple[str, ...] = (
    "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity", "desire",
    "disappointment", "disapproval", "disgust", "embarrassment", "excitement", "fear", "gratitude", "grief", "joy",
    "love", "nervousness", "optimism", "pride", "realization", "relief", "remorse", "sadness", "surprise", "neutral",
)  # fmt: skip
UNHEALTHY = ("condescending", "dismissive", "sarcastic", "hostile", "antagonising", "unfair_generalisation", "healthy")
EPITOME = ("emotional_reaction", "interpretation", "exploration")
OFFMYCHEST = ("emotional_disclosure", "information_disclosure", "support", "emotional_support")
INTENTS = ("acknowledging", "sympathizing", "encouraging", "consoling", "suggesting", "agreeing", "wishing")

REGRESSIONS = ("politeness", "intimacy", "intimacy_tweets", "offence")
PAIRED = frozenset({"coherent", *EPITOME, *(f"intent_{i}" for i in INTENTS), "reflection", "sarcastic_reply",
                    *(f"cue_{code}" for code in written.EXCHANGES)})  # fmt: skip
"""Heads that read a message together with what came before it, where anything did."""

BOTH = tuple(h for h in (*(f"cue_{code}" for code in written.codes()), *written.WHOLE) if h not in PAIRED)
"""Heads that read a message by itself and, where something did, with what came before it too: the mean counts."""
CUES: tuple[str, ...] = tuple(f"cue_{code}" for code in written.codes())

HEADS: tuple[str, ...] = (
    *UNHEALTHY, *EPITOME, *OFFMYCHEST, "politeness", "intimacy", "intimacy_tweets", "humorous", "humor_joins", "offence",
    "coherent", "self_fair", "question", "open_question", "reflection", "sarcastic_reply",
    *(f"intent_{i}" for i in INTENTS), *(f"emotion_{e}" for e in EMOTIONS), *CUES, *written.WHOLE,
)  # fmt: skip


CALM = dict.fromkeys(("condescending", "hostile", "antagonising", "unfair_generalisation"), 0.0)
"""Weak labels of talk that is not angry: without them news comments teach these heads to fear any blunt line."""
_MELD_EMOTIONS = ("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise")

ODDS = {"coherence": 2.5, "goemotions": 1.0, "manipulation": 0.7, "casino": 0.4,
        "telephone": 0.3, "reframing_tweets": 0.4, "empathic_intent": 0.5, "meld": 0.5, "calm": 1.5, "cues": 7.0, "chats": 6.0,
        "judged": 5.0}  # fmt: skip
"""How often a set is drawn, beside the square root of its size: more for hard heads, less for easy ones."""


@dataclass
class Row:
    """One example: `context` is empty where the set has none. A head that is not in `labels` is not trained on it;
    `weights` says how much a label counts where it is not one."""

    text: str
    context: str
    labels: dict[str, float]
    group: str = ""
    weights: dict[str, float] = field(default_factory=dict)


@dataclass
class Task:
    """One set: its rows for training and development."""

    name: str
    train: list[Row] = field(default_factory=list)
    dev: list[Row] = field(default_factory=list)


def load(data: Path, permissive: bool = False) -> list[Task]:
    """Every task that the licences allow."""
    tasks = []
    for name, make in _MAKERS.items():
        if permissive and name in NON_COMMERCIAL | UNCLEAR:
            continue
        task = Task(name)
        if (data / name / "dev.jsonl.gz").exists():
            task.train, task.dev = list(make(read(data, name, "train"))), list(make(read(data, name, "dev")))
        else:
            rows = list(make(read(data, name, "train")))
            groups = sorted({r.group or str(i) for i, r in enumerate(rows)})
            held = set(random.Random(7).sample(groups, max(1, len(groups) // 6)))
            for i, row in enumerate(rows):
                (task.dev if (row.group or str(i)) in held else task.train).append(row)
        tasks.append(task)
    return [*tasks, cues(), marked_chats(), *([] if permissive else [judged_places(data)]), calm(tasks)]


def cues() -> Task:
    """The sentences written for the project: one head a cue."""
    task = Task("cues")
    for example in written.examples():
        part = task.dev if written.kept_back(example) else task.train
        before = marked.as_seen(written.alternating(example.before))
        part += read_both_ways(example.text, before, partial(written.labels, example), example.text)
    return task


def marked_chats() -> Task:
    """Whole chats: every cue is there, or is not."""
    task = Task("chats")
    for said in marked.messages():
        dev = marked.kept_back(said.chat)
        part = task.dev if dev else task.train
        part += read_both_ways(said.text, marked.as_seen(said.before), partial(said.labels, decided=dev), said.chat)
    return task


def read_both_ways(
    text: str, before: tuple[str, ...], labels: Callable[[bool], dict[str, tuple[float, float]]], group: str
) -> Iterator[Row]:
    """A row of the message by itself and, where there is any, one with what came before it. labels: head -> (value,
    weight), of the one or the other."""
    for context in (False, True) if before else (False,):
        told = labels(context)
        yield Row(text, joined([*before]) if context else "", {h: v for h, (v, _) in told.items()}, group,
                  weights={h: w for h, (_, w) in told.items()})  # fmt: skip


def judged_places(data: Path) -> Task:
    """What was judged by reading, a label for the one cue that was asked about."""
    task = Task("judged")
    for v in judged.verdicts(data):
        if v.cue in written.codes():
            part = task.dev if judged.kept_back(v) else task.train
            contexts = {joined([*v.before])} | (set() if written.only_in_answers(v.cue) else {""})
            part += [Row(v.text, context, {f"cue_{v.cue}": float(v.right)}) for context in sorted(contexts)]
    return task


def calm(tasks: list[Task]) -> Task:
    """Ordinary talk, taken from the sets already loaded, as the absence of every cue that hurts (and, lightly, of
    those that help): without it a head that saw a few dozen sentences fires on anything that sounds alike."""
    task, chance = Task("calm"), random.Random(6)
    friendly = {"admiration", "amusement", "approval", "caring", "gratitude", "joy", "love", "neutral", "optimism"}
    for source in tasks:
        for part in ("train", "dev"):
            rows = getattr(source, part)
            if source.name == "goemotions":
                rows = [r for r in rows if all(r.labels[f"emotion_{e}"] < 0.5 or e in friendly for e in EMOTIONS)]
            elif source.name == "coherence":
                rows = [r for r in rows if r.labels["coherent"] > 0.5]
            elif source.name in ("dailydialog", "meld"):
                rows = [r for r in rows if "hostile" in r.labels or r.labels.get("coherent", 0.0) > 0.5]
            elif source.name == "empathic_intent":
                rows = [r for r in rows if r.labels["coherent"] > 0.5]
            elif source.name != "telephone":
                continue
            for row in chance.sample(rows, min(len(rows), 2500 if part == "train" else 250)):
                codes = written.read_by(answers=bool(row.context), context=bool(row.context))
                weights = {f"cue_{c}": 0.03 if c[3] == "1" else 1.0 for c in codes} | dict.fromkeys(written.WHOLE, 1.0)
                getattr(task, part).append(Row(row.text, row.context, dict.fromkeys(weights, 0.0), weights=weights))
    return task


def read(data: Path, name: str, part: str) -> Iterator[dict[str, Any]]:
    """Raw rows of a set."""
    with gzip.open(data / name / f"{part}.jsonl.gz", "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def fingerprint(data: Path) -> dict[str, str]:
    """Hash of every file that was read, for the manifest."""
    return {
        str(p.relative_to(data)): hashlib.sha256(p.read_bytes()).hexdigest()[:16]
        for p in sorted(data.glob("*/*.jsonl.gz"))
    }


def joined(context: list[str]) -> str:
    """The few messages before, as the encoder sees them: the last three, oldest first."""
    return " / ".join(context[-3:])


def _plain(heads: dict[str, str]) -> Any:
    def make(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
        for row in rows:
            labels = {ours: float(row["labels"][theirs]) for ours, theirs in heads.items() if theirs in row["labels"]}
            yield Row(row["text"], "", labels)

    return make


def _epitome(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        yield Row(row["text"], joined(row["context"]), {h: float(row["labels"][h] > 0) for h in EPITOME})


def _humour(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        style = row["labels"]["style"]
        labels = {"humorous": float(style != "none")}
        if style != "none":
            labels["humor_joins"] = float(style in ("affiliative", "self_enhancing"))
        yield Row(row["text"], "", labels)


def _humor_rating(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        labels = {"humorous": float(row["labels"]["is_humor"])}
        if row["labels"].get("offense_rating") is not None:
            labels["offence"] = float(row["labels"]["offense_rating"]) / 5
        yield Row(row["text"], "", labels)


def _coherence(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    rows = list(rows)  # type: ignore[assignment]
    for row in rows:
        yield Row(row["text"], joined(row["context"]), {"coherent": float(row["labels"]["coherent"])})
    # The right reply under another conversation's context: it cannot be told without reading the context.
    positive = [r for r in rows if r["labels"]["kind"] == "positive"]
    yield from _swapped([(r["text"], r["context"]) for r in positive], 3)


def _swapped(pairs: list[tuple[str, list[str]]], seed: int) -> Iterator[Row]:
    """Each reply under somebody else's context."""
    others = pairs[:]
    random.Random(seed).shuffle(others)
    for (text, context), (_, other) in zip(pairs, others, strict=True):
        if context != other:
            yield Row(text, joined(other), {"coherent": 0.0})


def _sarcasm(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        value = float(row["labels"]["sarcastic"])
        yield Row(row["text"], joined(row["context"]), {"sarcastic_reply": value})
        yield Row(row["text"], "", {"sarcastic": value})


def _goemotions(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        present = set(row["labels"]["emotions"])
        yield Row(row["text"], "", {f"emotion_{e}": float(e in present) for e in EMOTIONS})


def _reframing(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        yield Row(row["text"], "", {"self_fair": float(row["labels"]["reframed"])})


def _intents(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    pairs: list[tuple[str, list[str]]] = []
    for row in rows:
        intent = row["labels"]["intent"]
        labels = {f"intent_{i}": float(i == intent) for i in INTENTS}
        yield Row(row["text"], joined(row["context"]), labels | {"coherent": 1.0})
        pairs.append((row["text"], row["context"]))
    yield from _swapped(pairs, 4)


def _intimacy_tweets(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        if row["labels"].get("language") == "English":
            yield Row(row["text"], "", {"intimacy_tweets": (float(row["labels"]["intimacy_1to5"]) - 3) / 2})


def _annomi(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for talk in rows:
        before: list[str] = []
        for m in talk["messages"]:
            act = (m.get("labels") or {}).get("main_therapist_behaviour")
            group = str(talk["id"])
            if m["speaker"] == "therapist" and act:
                yield Row(m["text"], joined(before), {"reflection": float(act == "reflection")}, group)
                labels = {"question": float(act == "question")}
                if act == "question" and m["labels"].get("question_subtype"):
                    labels["open_question"] = float(m["labels"]["question_subtype"] == "open")
                yield Row(m["text"], "", labels, group)
            elif m["speaker"] == "client" and len(m["text"].split()) > 4:
                # What a client tells is no reflection, however feelingly it is put.
                yield Row(m["text"], joined(before), {"reflection": 0.0}, group)
            before.append(m["text"])


def _support(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for talk in rows:
        before: list[str] = []
        for m in talk["messages"]:
            strategy = m.get("strategy")
            if strategy:
                reflects = strategy in ("Reflection of feelings", "Restatement or Paraphrasing")
                if reflects or strategy in ("Self-disclosure", "Others"):
                    yield Row(m["text"], joined(before), {"reflection": float(reflects)}, str(talk["id"]))
                yield Row(m["text"], "", {"question": float(strategy == "Question")}, str(talk["id"]))
            before.append(m["text"])


def _telephone(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for talk in rows:
        for number, m in enumerate(talk["messages"]):
            act = m["act"]
            if number % 3 == 0 and len(m["text"].split()) > 2:
                labels = {"question": float(act.startswith("q"))}
                if act.startswith(("qo", "qw", "qy")) and not act.startswith(("qy^d", "qw^d")):
                    labels["open_question"] = float(
                        act.startswith("qo") or (act.startswith("qw") and _opens(m["text"]))
                    )
                yield Row(m["text"], "", labels, str(talk["id"]))


def _opens(text: str) -> bool:
    low = text.lower()
    return any(w in low for w in ("how ", "why", "what do you think", "what about", "tell me", "what kind", "what was"))


def _dailydialog(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    rows = list(rows)  # type: ignore[assignment]
    chance = random.Random(5)
    lines = [m["text"] for talk in rows for m in talk["messages"]]
    for talk in rows:
        before: list[str] = []
        for m in talk["messages"]:
            labels = {"question": float(m["labels"]["act"] == "question")}
            if m["labels"].get("emotion") not in ("anger", "disgust"):
                labels |= CALM
            yield Row(m["text"], "", labels, str(talk["id"]))
            if before:
                yield Row(m["text"], joined(before), {"coherent": 1.0}, str(talk["id"]))
                yield Row(chance.choice(lines), joined(before), {"coherent": 0.0}, str(talk["id"]))
            before.append(m["text"])


def _no_labels(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    """Talk of which only a teacher says anything (teach.py)."""
    for talk in rows:
        said = [(m["speaker"], m["text"]) for m in talk["messages"]]
        for i, (who, text) in enumerate(said):
            before = marked.as_seen(
                [("me" if w == who else "other", t) for w, t in said[max(0, i - judged.BEFORE) : i]]
            )
            yield from read_both_ways(text, before, lambda _: {}, str(talk["id"]))


def _meld(rows: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        emotion = row["labels"]["emotion"]
        labels = {f"emotion_{e}": float(e == emotion) for e in _MELD_EMOTIONS}
        if emotion in ("joy", "neutral"):
            labels |= CALM
        yield Row(row["text"], "", labels)


_MAKERS: dict[str, Any] = {
    "unhealthy": _plain({h: h for h in UNHEALTHY}),
    "epitome": _epitome,
    "politeness": _plain({"politeness": "politeness"}),
    "offmychest": _plain({h: h for h in OFFMYCHEST}),
    "intimacy": _plain({"intimacy": "intimacy"}),
    "intimacy_tweets": _intimacy_tweets,
    "humour": _humour,
    "humor_rating": _humor_rating,
    "coherence": _coherence,
    "sarcasm": _sarcasm,
    "goemotions": _goemotions,
    "reframing_tweets": _reframing,
    "empathic_intent": _intents,
    "annomi": _annomi,
    "support": _support,
    "telephone": _telephone,
    "dailydialog": _dailydialog,
    "meld": _meld,
    "manipulation": _no_labels,
    "casino": _no_labels,
}
