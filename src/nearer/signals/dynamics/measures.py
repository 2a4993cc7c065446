"""Numbers over the whole conversation, one or one a speaker. Counted on columns; none of them is a finding by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.style import style_matching

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from nearer.signals.exchange import TurnFeatures

Measure = float | None | dict[str, float | None]

_STYLE_WORDS = 50
"""Under this many words of either speaker, style matching says nothing."""
_HUM = 2
"""Words that are no bid for the floor: "mhm", "oh no"."""
_RUNS_IN = 0.3
"""Seconds of overlap that are only one turn running into the next."""
_YIELDS = 2.0
"""Seconds within which a speaker who is overlapped stops, where they give up the floor."""
_ASLEEP = 8 * 3600.0
"""Replies slower than this are nights and working days, and are left out of the usual reply time."""


def measures(f: TurnFeatures) -> dict[str, Measure]:
    """Every measure by name. A value is None where there is too little to count; shares and rates are rounded to four
    decimals. See `DESCRIPTIONS` for what each one is."""
    lines, turns, names = f.lines, f.turns, f.lines.names
    if not len(turns):
        return {}

    def each(values: Iterable[float | None]) -> dict[str, float | None]:
        return dict(zip(names, map(_round, values), strict=True))

    def count(mask: NDArray[np.bool_]) -> list[int]:
        found: list[int] = np.bincount(turns.speaker[mask], minlength=len(names)).tolist()
        return found

    def share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> dict[str, float | None]:
        return each(a / b if b else None for a, b in zip(count(part & whole), count(whole), strict=True))

    words = np.bincount(lines.speaker, lines.words, len(names))
    number = np.bincount(turns.speaker, minlength=len(names))
    answers = f.previous >= 0
    asked_before = answers & f["direct_question"][f.previous] & f["question_last"][f.previous]
    told_before = answers & f["disclosure"][f.previous]
    bid_before = answers & (f["bid"] | f["disclosure"])[f.previous]
    met = f["warmth"] | f["understanding"] | f["picks_up"] | f["question"] | f["laugh"] | f["acknowledgment"]
    follow_up = f["question"] & f["picks_up"]
    # A question stands open when the one asked goes on talking and neither answers, asks back, nor comes to it later.
    open_question = asked_before & ~f["question"] & ~f["answered_later"]
    open_question[open_question] = ~f.at("answer", np.flatnonzero(open_question))
    opens = f["opens_episode"]
    laughed = answers & f["laugh"] & f["laugh"][f.previous]
    found: dict[str, Measure] = {
        "words_share": each(words / words.sum() if words.sum() else [None] * len(names)),
        "turn_share": each(number / number.sum()),
        "air_time_balance": _round(_balance(words)),
        "turn_balance": _round(_balance(number)),
        "words_per_turn": each(w / n if n else None for w, n in zip(words, number, strict=True)),
        "longest_turn_words": each(turns.words[turns.speaker == c].max(initial=0) for c in range(len(names))),
        "initiative": each(n / max(opens.sum(), 1) for n in count(opens)),
        "question_rate": share(f["question"], np.ones(len(turns), bool)),
        "follow_up_rate": share(follow_up, answers),
        "answer_rate": share(~open_question, asked_before),
        "unanswered_questions": each(count(open_question)),
        "bids_met": share(met, bid_before),
        "bids_missed": each(count(bid_before & ~met)),
        "disclosures": each(count(f["disclosure"])),
        "disclosure_depth": share(f["disclosure"] & (turns.words >= 12), f["disclosure"]),
        "disclosure_reciprocity": share(f["disclosure"], told_before),
        "shared_laughter": _round(100.0 * laughed.sum() / len(turns)),
        "tone_coupling": each(_coupling(f, c) for c in range(len(names))),
        "style_matching": _round(_style(f)),
    }
    return found | _timing(f)


def _coupling(f: TurnFeatures, speaker: int) -> float | None:
    """Correlation of this speaker's tone with the tone of the turn it answers; None under 12 answers."""
    rows = (f.turns.speaker == speaker) & (f.previous >= 0)
    if rows.sum() < 12:
        return None
    mine, theirs = f.tone[rows], f.tone[f.previous[rows]]
    if mine.std() == 0 or theirs.std() == 0:
        return None
    return float(np.corrcoef(mine, theirs)[0, 1])


def _style(f: TurnFeatures) -> float | None:
    """Style matching of the two who speak most."""
    lines = f.lines
    words = np.bincount(lines.speaker, lines.words, len(lines.names))
    first, second = (int(c) for c in np.argsort(-words, kind="stable")[:2]) if len(words) > 1 else (0, 0)
    if first == second or words[second] < _STYLE_WORDS:
        return None
    return style_matching(f.styles[first][1], f.styles[second][1])


def _timing(f: TurnFeatures) -> dict[str, Measure]:
    """Usual time to reply in chat, gaps and overlaps in speech; nothing is read into them."""
    turns, names = f.turns, f.lines.names
    gap = np.where(f.previous >= 0, turns.start - turns.end[f.previous], np.nan)
    if np.isnan(gap).all():
        return {}
    found: dict[str, float | None] = {}
    for code, name in enumerate(names):
        own = gap[(turns.speaker == code) & ~np.isnan(gap) & (gap >= 0) & (gap < _ASLEEP)]
        found[name] = _round(float(np.median(own))) if len(own) >= 5 else None
    if f.lines.medium != "speech":
        return {"reply_seconds": found}
    spoken = np.bincount(f.lines.speaker, np.nan_to_num(f.lines.ends - f.lines.seconds), len(names))
    overlaps = np.bincount(turns.speaker[~np.isnan(gap) & (gap < 0)], minlength=len(names))
    share = {n: _round(spoken[c] / spoken.sum()) if spoken.sum() else None for c, n in enumerate(names)}
    return {
        "gap_seconds": found,
        "seconds_share": share,
        "overlaps": {n: float(overlaps[c]) for c, n in enumerate(names)},
        "interruptions": _interruptions(f, gap),
        "pause_seconds": _pauses(f),
    }


def _interruptions(f: TurnFeatures, gap: NDArray[np.float64]) -> dict[str, float | None]:
    """Overlaps of more than a few words in which the other soon fell silent, by who began."""
    turns, names = f.turns, f.lines.names
    began = (gap < -_RUNS_IN) & (gap >= -_YIELDS) & (turns.words > _HUM)
    counted = np.bincount(turns.speaker[began], minlength=len(names))
    return {n: float(counted[c]) for c, n in enumerate(names)}


def _pauses(f: TurnFeatures) -> dict[str, float | None]:
    """Median silence inside a person's turns, between one piece and the next; None under five of them."""
    lines, found = f.lines, {}
    silence = lines.seconds[1:] - lines.ends[:-1]
    inside = (np.diff(f.turns.of_message) == 0) & (silence > 0)
    for code, name in enumerate(lines.names):
        own = silence[inside & (lines.speaker[1:] == code)]
        found[name] = _round(float(np.median(own))) if len(own) >= 5 else None
    return found


def _balance(amounts: NDArray[np.float64] | NDArray[np.int64]) -> float | None:
    """Evenness of shares: 1 when all say the same, 0 when one says all (entropy over its largest value)."""
    if len(amounts) < 2 or amounts.sum() == 0:
        return None
    p = amounts[amounts > 0] / amounts.sum()
    return float(-(p * np.log(p)).sum() / np.log(len(amounts)))


def _round(value: float | None) -> float | None:
    return None if value is None or value != value else round(float(value), 4)


DESCRIPTIONS: dict[str, str] = {
    "words_share": "Share of all words.",
    "turn_share": "Share of all turns.",
    "air_time_balance": "How evenly the words are shared: 1 is even, 0 is one person alone.",
    "turn_balance": "How evenly the turns are shared.",
    "words_per_turn": "Words in a turn, on average.",
    "longest_turn_words": "Words in the longest turn.",
    "initiative": "Share of the episodes that this person opened.",
    "question_rate": "Share of turns that ask something.",
    "follow_up_rate": "Share of answers that ask about what was just said (Huang et al. 2017).",
    "answer_rate": "Share of direct questions that were answered or asked back.",
    "unanswered_questions": "Direct questions left open while talking on.",
    "bids_met": "Share of the other's reaching out that was met (Driver & Gottman 2004).",
    "bids_missed": "Times the other reached out and nothing in the answer met it.",
    "disclosures": "Turns that tell a feeling, a need or bad news.",
    "disclosure_depth": "Share of those that go beyond a few words.",
    "disclosure_reciprocity": "Share of the other's disclosures answered with one (Sprecher et al. 2013).",
    "shared_laughter": "Laughs answered with a laugh, per 100 turns.",
    "tone_coupling": "How far the warmth of a turn follows the warmth of the turn it answers, -1 to 1.",
    "style_matching": "How alike the two use small words, 0 to 1 (Ireland et al. 2011).",
    "reply_seconds": "Usual time to reply, nights left out. It says nothing about feelings.",
    "seconds_share": "Share of the time spoken.",
    "overlaps": "Times this person began before the other had ended; often a sign of interest.",
    "interruptions": "Overlaps after which the other soon stopped. In some homes that is how one listens.",
    "gap_seconds": "Usual pause before answering in speech.",
    "pause_seconds": "Usual pause inside one's own turns in speech.",
}
