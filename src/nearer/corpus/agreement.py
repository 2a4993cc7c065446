"""How far coders agree, with each other and with nearer: alpha, kappa, precision and recall, with intervals.

The coefficients are NLTK's (Artstein & Poesio 2008): Krippendorff's alpha for nominal codes, Cohen's kappa averaged over
pairs, Fleiss' kappa (Fleiss 1971; NLTK calls it multi-pi, and its multi-kappa is another coefficient). Where somebody gave a message several codes, alpha weighs how far two sets of codes overlap (MASI,
Passonneau 2006), and the kappas take them as agreed only where they are the same; with one code each, both are the
plain nominal ones. Intervals are bootstrapped over conversations, since messages of one talk are not independent.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import NearerError, UsageError

if TYPE_CHECKING:
    import polars as pl

NEARER = "nearer"
"""The coder's name under which nearer's own codes stand."""
SILENT = "none"
"""The label of a message in which there is nothing."""
WEIGHT = "weight"
"""The column that says how many messages of the corpus a drawn one stands for."""
Unit = tuple[str, str]
"""A conversation and a message in it."""
Labels = frozenset[str]
"""All that one coder said of one unit."""
COLUMNS = ("unit", "coder", "label", "conversation")
_LABEL = re.compile(r"[^\s,;]+")
_OWN = re.compile(r"[A-Za-z]{3}\d{3}")


@dataclass(frozen=True)
class Code:
    """One coder's label for one unit (a message) of one conversation. A code is there ("1") or not ("0"), or a name. A
    coder may give one unit several."""

    conversation: str
    unit: str
    coder: str
    label: str


@dataclass(frozen=True)
class Number:
    """A coefficient with its 90 % interval; None where it cannot be had (one label only, one conversation only)."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Agreement:
    """Reliability among coders. units: how many were coded by two or more."""

    coders: tuple[str, ...]
    units: int
    alpha: Number
    cohen: Number
    fleiss: Number


@dataclass(frozen=True)
class Match:
    """One label of nearer's against the coders' majority: counts, precision, recall, F1."""

    label: str
    both: int
    only_nearer: int
    only_coders: int
    precision: Number
    recall: Number
    f1: Number


def read_codes(path: Path, columns: Mapping[str, str] | None = None) -> list[Code]:
    """Codes from a CSV: one row a label (unit, coder, label, perhaps conversation), or one row a unit with a column a
    coder (every column that `nearer sample` did not write for other things). A cell may hold several labels, parted by
    spaces, commas or ";". Raises UsageError naming what is missing."""
    table = _table(path)
    columns = columns or {}
    chosen = {ours: columns.get(ours, ours) for ours in COLUMNS}
    for column in (chosen["unit"], *columns.values()):
        if column not in table.columns:
            raise UsageError(f"{path.name} has no column {column!r}; it has {', '.join(table.columns[:12])}.")
    talk = chosen["conversation"] if chosen["conversation"] in table.columns else None
    if chosen["coder"] in table.columns and chosen["label"] in table.columns:
        rows: Iterable[tuple[str, str, str, str]] = (
            (str(r[talk]) if talk else "", str(r[chosen["unit"]]), str(r[chosen["coder"]]), r[chosen["label"]] or "")
            for r in table.iter_rows(named=True)
        )
    else:
        beside = {chosen["unit"], chosen["conversation"], "text", "before", "after", "notes", WEIGHT}
        coders = [c for c in table.columns if c not in beside]
        if not coders:
            raise UsageError(f"{path.name} has no column of a coder.")
        rows = (
            (str(r[talk]) if talk else "", str(r[chosen["unit"]]), coder, r[coder] or "")
            for r in table.iter_rows(named=True)
            for coder in coders
        )
    found = [
        Code(where, unit, coder, label)
        for where, unit, coder, cell in rows
        for label in dict.fromkeys(map(_spelt, _LABEL.findall(cell)))
    ]
    if not found:
        raise NearerError(f"{path.name} holds no codes.")
    return found


def _table(path: Path) -> pl.DataFrame:
    """A CSV as spreadsheets save it: parted by commas, or by ";" or tabs in other countries, in whatever encoding."""
    import polars as pl

    from nearer.sources.text import decode

    try:
        text = decode(path.read_bytes(), path.name)
        head = text.partition("\n")[0]
        return pl.read_csv(text.encode(), separator=max(",;\t", key=head.count), infer_schema=False)
    except FileNotFoundError:
        raise NearerError(f"There is no file {path}.") from None
    except (OSError, pl.exceptions.PolarsError):
        raise NearerError(f"{path} could not be read as a CSV table.") from None


def _spelt(label: str) -> str:
    """nearer's own codes, and "none", as nearer writes them: coders type them as they come."""
    return label.upper() if _OWN.fullmatch(label) else SILENT if label.lower() == SILENT else label


def read_weights(path: Path) -> dict[Unit, float]:
    """What each message of a key stands for, as `nearer sample` wrote it there; nothing where it did not."""
    table = _table(path)
    if WEIGHT not in table.columns or not {"conversation", "unit"} <= set(table.columns):
        return {}
    rows = table.select("conversation", "unit", WEIGHT).iter_rows()
    try:
        return {(str(talk), str(unit)): float(weight) for talk, unit, weight in rows}
    except (TypeError, ValueError):
        raise NearerError(f"{path.name}: every {WEIGHT} is a number.") from None


def with_key(codes: Sequence[Code], key: Path) -> list[Code]:
    """The codes, and nearer's own for the same messages from the key file that `nearer sample` wrote beside the sheet.
    Raises NearerError where the two have no message in common."""
    coded = {(c.conversation, c.unit) for c in codes}
    own = [c for c in read_codes(key) if c.coder == NEARER and (c.conversation, c.unit) in coded]
    if not own:
        raise NearerError(f"{key.name} holds no codes of nearer's for the messages of the sheet.")
    return [*codes, *own]


def among(codes: Sequence[Code], resamples: int = 200, seed: int = 1) -> Agreement:
    """Reliability of all coders together. Raises NearerError where fewer than two coded the same unit."""
    _need_nltk()
    coders = tuple(sorted({c.coder for c in codes}))
    units: dict[Unit, set[str]] = defaultdict(set)
    for code in codes:
        units[code.conversation, code.unit].add(code.coder)
    shared = sum(len(who) > 1 for who in units.values())
    if len(coders) < 2 or not shared:
        raise NearerError("Agreement needs two coders who coded the same messages.")
    return Agreement(
        coders, shared, _with_interval(codes, _alpha, resamples, seed), _with_interval(codes, _cohen, resamples, seed),
        _with_interval(codes, _fleiss, resamples, seed),
    )  # fmt: skip


def against(
    codes: Sequence[Code], resamples: int = 200, seed: int = 1, weights: Mapping[Unit, float] | None = None
) -> list[Match]:
    """nearer's codes (coder "nearer") against the majority of the others, label by label; "0" and "none" are no label.

    weights: how many messages each one stands for, one where it is not said. Counts are of messages coded; precision,
    recall and F1 are weighed, since of a sample drawn by what nearer found they would flatter it: what it missed lies
    among the silent messages, of which the fewest were drawn. Raises NearerError where people or nearer are missing.
    """
    if not any(c.coder == NEARER for c in codes) or all(c.coder == NEARER for c in codes):
        raise NearerError(f"To compare, the table needs codes of people and of a coder called “{NEARER}”.")
    talks = _by_talk(codes)
    labels = sorted({c.label for c in codes} - {"0", SILENT, ""})
    out = []
    for label in labels:
        seen = {talk: _counts(rows, label, {}) for talk, rows in talks.items()}
        weighed = {talk: _counts(rows, label, weights) for talk, rows in talks.items()} if weights else seen

        def number(of: Callable[[float, float, float], float | None], counts: Any = weighed) -> Number:
            def over(names: Sequence[str]) -> float | None:
                return of(*(sum(counts[n][k] for n in names) for k in range(3)))

            return _bootstrap(sorted(counts), over, resamples, seed)

        both, extra, missed = (int(sum(c[k] for c in seen.values())) for k in range(3))
        out.append(
            Match(
                label,
                both,
                extra,
                missed,
                number(lambda b, e, m: b / (b + e) if b + e else None),
                number(lambda b, e, m: b / (b + m) if b + m else None),
                number(lambda b, e, m: 2 * b / (2 * b + e + m) if b + e + m else None),
            )
        )
    return out


def _counts(codes: Sequence[Code], label: str, weights: Mapping[Unit, float]) -> tuple[float, float, float]:
    """(both, only nearer, only the coders' majority) over the units of one conversation that both coded."""
    units: dict[Unit, dict[str, Labels]] = defaultdict(dict)
    for who, unit, labels in _cells(codes):
        units[unit][who] = labels
    both = extra = missed = 0.0
    for unit, people in units.items():
        own = people.pop(NEARER, None)
        if not people or not own:
            continue
        said = 2 * sum(label in labels for labels in people.values()) > len(people)
        seen = label in own
        weight = weights.get(unit, 1.0)
        both += weight * (said and seen)
        extra += weight * (seen and not said)
        missed += weight * (said and not seen)
    return both, extra, missed


def _with_interval(
    codes: Sequence[Code], of: Callable[[Sequence[Code]], float | None], resamples: int, seed: int
) -> Number:
    talks = _by_talk(codes)

    def over(names: Sequence[str]) -> float | None:
        # A conversation drawn twice counts as two conversations.
        drawn = [Code(f"{i}", f"{i}/{c.unit}", c.coder, c.label) for i, name in enumerate(names) for c in talks[name]]
        return of(drawn)

    return _bootstrap(sorted(talks), over, resamples, seed)


def _bootstrap(
    names: Sequence[str], over: Callable[[Sequence[str]], float | None], resamples: int, seed: int
) -> Number:
    value = over(names)
    if value is None or len(names) < 2:
        return Number(None if value is None else round(value, 3))
    chance = random.Random(seed)
    drawn = (over(chance.choices(names, k=len(names))) for _ in range(resamples))
    values = sorted(v for v in drawn if v is not None)
    if not values:
        return Number(round(value, 3))
    low, high = values[int(0.05 * (len(values) - 1))], values[int(0.95 * (len(values) - 1))]
    return Number(round(value, 3), round(low, 3), round(high, 3))


def _by_talk(codes: Sequence[Code]) -> dict[str, list[Code]]:
    """By conversation; where the table names none, every unit stands for itself."""
    out: dict[str, list[Code]] = defaultdict(list)
    for code in codes:
        out[code.conversation or code.unit].append(code)
    return dict(out)


def _cells(codes: Sequence[Code]) -> list[tuple[str, Unit, Labels]]:
    """(coder, unit, all labels that the coder gave it)."""
    labels: dict[tuple[str, Unit], set[str]] = defaultdict(set)
    for code in codes:
        labels[code.coder, (code.conversation, code.unit)].add(code.label)
    return [(who, unit, frozenset(some)) for (who, unit), some in labels.items()]


def _task(cells: Sequence[tuple[str, Unit, Labels]], distance: Callable[[Labels, Labels], float]) -> Any:
    from nltk.metrics.agreement import AnnotationTask

    return AnnotationTask(cells, distance)


def _alpha(codes: Sequence[Code]) -> float | None:
    from nltk.metrics.distance import masi_distance

    cells = _cells(codes)
    return _safe(lambda: _task(cells, masi_distance).alpha()) if _differ(cells) else None


def _cohen(codes: Sequence[Code]) -> float | None:
    """Mean over pairs of coders, each on the units that both coded."""
    coders = sorted({c.coder for c in codes})
    labels: dict[str, dict[Unit, Labels]] = {who: {} for who in coders}
    for who, unit, some in _cells(codes):
        labels[who][unit] = some
    values = []
    for i, one in enumerate(coders):
        for two in coders[i + 1 :]:
            shared = labels[one].keys() & labels[two].keys()
            pair = [(who, u, labels[who][u]) for u in sorted(shared) for who in (one, two)]
            if _differ(pair):
                value = _safe(lambda p=pair, a=one, b=two: _task(p, _unlike).kappa_pairwise(a, b))  # type: ignore[misc]
                if value is not None:
                    values.append(value)
    return sum(values) / len(values) if values else None


def _fleiss(codes: Sequence[Code]) -> float | None:
    """On the units that every coder coded, as its definition needs."""
    cells = _cells(codes)
    coders = {who for who, _, _ in cells}
    seen: dict[Unit, set[str]] = defaultdict(set)
    for who, unit, _ in cells:
        seen[unit].add(who)
    full = [cell for cell in cells if seen[cell[1]] == coders]
    return _safe(lambda: _task(full, _unlike).pi()) if _differ(full) else None


def _differ(cells: Sequence[tuple[str, Unit, Labels]]) -> bool:
    return len({labels for _, _, labels in cells}) > 1


def _unlike(one: Labels, two: Labels) -> float:
    return float(one != two)


def _safe(work: Callable[[], Any]) -> float | None:
    try:
        return float(work())
    except ZeroDivisionError:
        return None


def _need_nltk() -> None:
    try:
        import nltk.metrics  # noqa: F401
    except ImportError:
        raise NearerError("Reliability needs NLTK; install nearer with its “research” extra.") from None
