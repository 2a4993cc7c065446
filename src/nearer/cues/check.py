"""Turns the raw tables of the catalogue's files into checked objects; every fault names file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from nearer.cues.patterns import Compiler
from nearer.cues.schema import (
    CONTEXTS,
    HELPS_SILENT_IN,
    HURTS_SILENT_IN,
    Cue,
    DynamicsRule,
    EncoderUse,
    Example,
    ExchangeRule,
    Rewording,
)  # fmt: skip
from nearer.cues.tables import Feature, Guard
from nearer.errors import NearerError
from nearer.model import FAMILIES, KINDS, STAGES

COMPUTED = frozenset(
    [
        "short",
        "new_subject",
        "lone_token",
        "long",
        "picks_up",
        "on_topic",
        "answered_later",
        "question_last",
        "same_claim_again",
        "opens_episode",
        "media",
        "brief",
        "brief_after_long",
        "many_questions",
    ]
)
"""Features that signals/exchange computes and features.toml therefore does not hold."""

EVENTS = frozenset(
    ["burst", "much_air", "little_air", "leaning_back", "one_sided", "balanced", "style_matching", "tone_met"]
)
"""Events that signals/dynamics knows."""

_TEXT = ("name", "what", "heard_as", "adjust")
_KEYS = frozenset(
    [
        "code",
        "name",
        "what",
        "heard_as",
        "other_reading",
        "adjust",
        "answer",
        "sources",
        "confidence",
        "patterns",
        "case_patterns",
        "unless",
        "speaks_in",
        "only_in",
        "kinds",
        "exchange",
        "dynamics",
        "encoder",
        "rewordings",
        "examples",
    ]
)
_MARK = re.compile("«(.*?)»", re.DOTALL)


class _File:
    """One file being checked: knows how to complain about a place in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fault(self, where: str, why: str) -> NoReturn:
        line = 1
        for number, text in enumerate(self.path.read_text(encoding="utf-8").split("\n"), 1):
            if where and where in text:
                line = number
                break
        raise NearerError(f"{self.path}, line {line}: {why}")

    def texts(self, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
        items = raw.get(key, [])
        if not isinstance(items, list) or not all(isinstance(i, str) for i in items):
            self.fault(key, f"{key} must be a list of texts")
        return tuple(items)

    def patterns(self, raw: Mapping[str, Any], key: str, compiler: Compiler) -> tuple[str, ...]:
        out = []
        for item in self.texts(raw, key):
            try:
                out.append(compiler.text(item, case=key == "case_patterns"))
            except ValueError as error:
                self.fault(item.split("\n")[0], f"the pattern {item!r}: {error}")
        return tuple(out)


def build_cue(
    name: str, raw: Mapping[str, Any], compiler: Compiler, features: Mapping[str, Feature], path: Path
) -> Cue:
    """Check one cue's table. Stage, family and polarity come from where the file lies."""
    file = _File(path)
    stage, family, polarity = _place(name, file)
    unknown = set(raw) - _KEYS
    if unknown:
        key = sorted(unknown)[0]
        file.fault(key, f"there is no field {key!r} in a cue")
    code = raw.get("code", "")
    digit = {"helps": "1", "hurts": "2", "danger": "3"}[polarity]
    if not re.fullmatch(r"[A-Z]{3}\d{3}", code) or code[3] != digit:
        file.fault("code", f"code must be three capitals and a number {digit}xx, as it lies under {polarity}")
    if not Path(name.split("#")[0]).name.startswith(code + "_"):
        file.fault("code", f"the file's name must begin with {code}_")
    for key in _TEXT:
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            file.fault(key, f"{key} is missing")
    silent_in = (HURTS_SILENT_IN if polarity == "hurts" else HELPS_SILENT_IN) - set(file.texts(raw, "speaks_in"))
    if polarity == "danger":
        silent_in = frozenset({"quoted"}) - set(file.texts(raw, "speaks_in"))
    if polarity == "hurts" and family != "self_care":  # What one neglects of one's own health is told in these words.
        silent_in = silent_in | {"boundary"}  # No file can switch the shield off.
    for context in (*file.texts(raw, "speaks_in"), *file.texts(raw, "only_in")):
        if context not in CONTEXTS:
            file.fault(context, f"{context!r} is no context; there are {', '.join(CONTEXTS)}")
    kinds = raw.get("kinds", {})
    for kind, factor in kinds.items():
        if kind not in KINDS or not isinstance(factor, int | float) or not 0 <= factor <= 1.5:
            file.fault(kind, f"kinds gives each of {', '.join(KINDS)} a factor from 0 to 1.5")
    confidence = raw.get("confidence", 0.7)
    if not isinstance(confidence, int | float) or not 0 < confidence <= 1:
        file.fault("confidence", "confidence must lie between 0 and 1")
    examples = raw.get("examples", {})
    return Cue(
        code=code, name=raw["name"], stage=stage, family=family, polarity=polarity,  # type: ignore[arg-type]
        what=_one_line(raw["what"]), heard_as=_one_line(raw["heard_as"]),
        other_reading=_one_line(raw.get("other_reading", "")), adjust=_one_line(raw["adjust"]),
        answer=_one_line(raw.get("answer", "")),
        sources=file.texts(raw, "sources"), confidence=float(confidence),
        patterns=file.patterns(raw, "patterns", compiler),
        case_patterns=file.patterns(raw, "case_patterns", compiler),
        unless=file.patterns(raw, "unless", compiler),
        silent_in=frozenset(silent_in), only_in=frozenset(file.texts(raw, "only_in")), kinds=dict(kinds),
        exchange=tuple(_exchange(r, features, file) for r in raw.get("exchange", [])),
        dynamics=tuple(_dynamics(r, file) for r in raw.get("dynamics", [])),
        encoder=tuple(_encoder(r, file) for r in raw.get("encoder", [])),
        rewordings=tuple(_rewording(r, compiler, file) for r in raw.get("rewordings", [])),
        fires=tuple(_example(e, True, file) for e in examples.get("fires", [])),
        silent=tuple(_example(e, False, file) for e in examples.get("silent", [])),
        file=name,
    )  # fmt: skip


def build_feature(name: str, raw: Mapping[str, Any], compiler: Compiler, path: Path) -> Feature:
    """Check one table of features.toml."""
    file = _File(path)
    return Feature(
        name,
        _one_line(raw.get("what", "")),
        file.patterns(raw, "patterns", compiler),
        file.patterns(raw, "case_patterns", compiler),
        file.patterns(raw, "unless", compiler),
    )


def build_guard(name: str, raw: Mapping[str, Any], compiler: Compiler, path: Path) -> Guard:
    """Check one table of guards.toml."""
    file = _File(path)
    if name not in CONTEXTS:
        file.fault(f"[{name}]", f"{name!r} is no context; there are {', '.join(CONTEXTS)}")
    if raw.get("where") not in ("before", "sentence", "message"):
        file.fault(f"[{name}]", "where must be before, sentence or message")
    patterns = file.patterns(raw, "patterns", compiler)
    return Guard(name, _one_line(raw.get("what", "")), patterns, raw["where"], int(raw.get("reach", 30)))


def _place(name: str, file: _File) -> tuple[str, str, str]:
    parts = name.split("#")[0].split("/")
    match parts:
        case ["danger", _]:
            return "danger", "", "danger"
        case ["safety", family, ("helps" | "hurts") as polarity, _] if family in FAMILIES:
            return "safety", family, polarity
        case [stage, ("helps" | "hurts") as polarity, _] if stage in STAGES and stage != "safety":
            return stage, "", polarity
    file.fault("", "a cue lies under safety/FAMILY/helps|hurts, STAGE/helps|hurts or danger")


def _exchange(raw: Mapping[str, Any], features: Mapping[str, Feature], file: _File) -> ExchangeRule:
    lists: dict[str, Any] = {
        k: file.texts(raw, k) for k in ("before", "before_not", "here", "here_not", "after", "after_not")
    }
    for feature in (f for names in lists.values() for f in names):
        if feature not in features and feature not in COMPUTED:
            file.fault(feature, f"{feature!r} is no feature of features.toml nor a computed one")
    extra: dict[str, Any] = {k: raw[k] for k in ("within_hours", "quote", "confidence") if k in raw}
    if set(raw) - set(lists) - set(extra):
        file.fault("[[exchange]]", f"an exchange rule has no field {sorted(set(raw) - set(lists) - set(extra))[0]!r}")
    if not any(lists.values()):
        file.fault("[[exchange]]", "an exchange rule names at least one feature")
    return ExchangeRule(**{**lists, **extra})


def _dynamics(raw: Mapping[str, Any], file: _File) -> DynamicsRule:
    if not isinstance(raw.get("event"), str):
        file.fault("[[dynamics]]", "a dynamics rule names its event")
    if raw["event"] not in EVENTS:
        file.fault("event", f"{raw['event']!r} is no event of signals/dynamics; there are {', '.join(sorted(EVENTS))}")
    return DynamicsRule(raw["event"], {k: float(v) for k, v in raw.items() if k != "event"})


def _encoder(raw: Mapping[str, Any], file: _File) -> EncoderUse:
    if raw.get("role") not in ("fires", "confirms", "vetoes") or not isinstance(raw.get("head"), str):
        file.fault("[[encoder]]", "an encoder rule has head, at_least, and role: fires, confirms or vetoes")
    return EncoderUse(
        raw["head"],
        float(raw["at_least"]),
        raw["role"],
        int(raw.get("min_words", 4)),
        bool(raw.get("in_answer", False)),
    )


def _rewording(raw: Mapping[str, Any], compiler: Compiler, file: _File) -> Rewording:
    try:
        match = compiler.rewording(raw["match"])
    except (KeyError, ValueError, re.error) as error:
        file.fault("[[rewordings]]", f"a rewording has match and to: {error}")
    return Rewording(match, raw["to"])


def _example(raw: Any, fires: bool, file: _File) -> Example:
    table = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(table, Mapping) or not isinstance(table.get("text"), str):
        file.fault("[examples]", "an example is a text, or a table with text and before or after")
    marked = _MARK.search(table["text"])
    text = _MARK.sub(r"\1", table["text"])
    if not fires and marked:
        file.fault(table["text"], "a silent example marks no words")
    quote = (marked.group(1) if marked else text) if fires else None
    return Example(text, quote, tuple(table.get("before", ())), tuple(table.get("after", ())))


def _one_line(text: str) -> str:
    return " ".join(text.split())
