"""How things went, week by week and talk by talk: rates with their ranges, stages, measures, and check-ins beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nearer.journal.checkins import SELF_CARE, Day, questions
from nearer.journal.readings import Entry
from nearer.model import GROUPS, STAGES
from nearer.reading.norms import norms, shipped
from nearer.reading.rates import LEAST_TURNS, Rate, rate


@dataclass(frozen=True)
class Point:
    """One stretch of time: helps and hurts of a family per 100 turns, each with its 90 % range. `turns` says on how
    much it rests; where it is too little the rates are None."""

    start: date | None
    turns: int
    helps: Rate | None
    hurts: Rate | None


@dataclass(frozen=True)
class Line:
    """One family (or stage above safety) of one side ("me" or "other"), oldest point first."""

    family: str
    side: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class StageLine:
    """One stage that `side` gives the other, a state a reading, oldest first."""

    stage: str
    side: str
    states: tuple[tuple[date | None, str], ...]


def by_week(entries: Sequence[Entry], side: str = "me") -> tuple[Line, ...]:
    """A line a family, a point a week that had talk in it."""
    return _lines(entries, side, lambda start: start - timedelta(days=start.weekday()) if start else None)


def by_episode(entries: Sequence[Entry], side: str = "me") -> tuple[Line, ...]:
    """A line a family, a point an episode."""
    return _lines(entries, side)


def stages(entries: Sequence[Entry], side: str = "me") -> tuple[StageLine, ...]:
    """What each reading said of each stage in one direction; nothing is averaged."""
    found: dict[str, list[tuple[date | None, str]]] = {stage: [] for stage in STAGES}
    for entry in entries:
        for way in entry.summary["directions"]:
            if way["from"] == side:
                for stage in way["stages"]:
                    found[stage["stage"]].append((_day(entry.start), stage["state"]))
    return tuple(StageLine(stage, side, tuple(states)) for stage, states in found.items())


def measure(entries: Sequence[Entry], name: str, side: str = "me") -> tuple[tuple[date | None, float], ...]:
    """One measure over the readings, where it could be taken."""
    out = []
    for entry in entries:
        value = entry.summary["measures"].get(name)
        number = value.get(side) if isinstance(value, dict) else value
        if number is not None:
            out.append((_day(entry.start), float(number)))
    return tuple(out)


def answers(days: Sequence[Day]) -> dict[str, tuple[tuple[date, int], ...]]:
    """Question -> (day, 1 to 5) of the check-ins. These are the holder's own words about themself; they stand beside
    what was read and are never added to it."""
    scales = [q.id for q in questions() if q.kind == "scale"]
    return {q: tuple((d.day, int(d.answers[q])) for d in days if q in d.answers) for q in scales}


def self_care(days: Sequence[Day]) -> tuple[tuple[date, float], ...]:
    """The mean of a day's answers about looking after oneself, 1 to 5."""
    out = []
    for day in days:
        given = [int(day.answers[q]) for q in SELF_CARE if q in day.answers]
        if given:
            out.append((day.day, round(sum(given) / len(given), 2)))
    return tuple(out)


def _lines(
    entries: Sequence[Entry], side: str, bucket: Callable[[date | None], date | None] | None = None
) -> tuple[Line, ...]:
    """bucket: the first day of the stretch that a day belongs to; without one, each episode is a stretch."""
    usual = norms(shipped(encoder=True))
    turns: dict[object, int] = defaultdict(int)
    counts: dict[tuple[object, str, str], int] = defaultdict(int)
    starts: dict[object, date | None] = {}
    kinds: dict[object, str] = {}
    for entry in entries:
        keys = {}
        for episode in entry.episodes:
            start = _day(datetime.fromisoformat(episode["start"])) if episode["start"] else _day(entry.start)
            place = bucket(start) if bucket else start
            key: object = place if bucket else (entry.id, episode["index"])
            keys[episode["index"]] = key
            starts.setdefault(key, place)
            kinds.setdefault(key, episode["kind"])
            turns[key] += episode["turns"].get(side, 0)
        for found in entry.findings:
            if found["side"] == side and found["episode"] in keys:
                counts[keys[found["episode"]], found["family"] or found["stage"], found["polarity"]] += 1
    order = sorted(starts, key=lambda k: (starts[k] or date.min, str(k)))
    lines = []
    for family in GROUPS:
        points = []
        for key in order:
            if turns[key] < LEAST_TURNS:
                points.append(Point(starts[key], turns[key], None, None))
                continue
            both = [
                rate(counts[key, family, p], turns[key], usual.of(kinds[key], family, p).prior)
                for p in ("helps", "hurts")
            ]
            points.append(Point(starts[key], turns[key], *both))
        lines.append(Line(family, side, tuple(points)))
    return tuple(lines)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
