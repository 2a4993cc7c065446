"""Events of the whole conversation that cues name in their dynamics rules: bursts, air time, leaning back.

Each finds its place to quote: a real message that shows it best. Nothing here looks at how late a reply was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.phrases.scan import Hit
from nearer.signals.style import style_matching

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.cues import Catalogue
    from nearer.signals.exchange import TurnFeatures

Event = Callable[["TurnFeatures", Mapping[str, float]], list[int]]
"""(features, the rule's settings) -> the messages to show, one a finding."""

_PRESSURE = 0.08
"""From this share of the other's turns that demand or scorn, brevity is not read as leaning back."""
_READABLE = 40
"""Words of the longest turn that is shown for how somebody speaks: longer ones are speeches, often angry ones."""


def dynamics_hits(features: TurnFeatures, catalogue: Catalogue) -> list[Hit]:
    """Every event that a cue's dynamics rules name; the words of its message are quoted whole."""
    hits = []
    for cue in catalogue.cues.values():
        for rule in cue.dynamics:
            for message in EVENTS[rule.event](features, rule.settings):
                text = features.lines.normal[message]
                start = len(text) - len(text.lstrip(" \r"))
                hits.append(Hit(cue.code, message, start, len(text.rstrip(" \r")), frozenset({"turns"})))
    return hits


def _burst(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """Many messages in a few minutes that go unanswered and press for a reply. Pictures do not count."""
    lines, turns, found = f.lines, f.turns, []
    if not len(turns):
        return []
    written = np.add.reduceat((lines.words > 0).astype(int), turns.first)
    many = (written >= settings["messages"]) & (turns.end - turns.start <= settings["minutes"] * 60)
    pressing = f["demand"] | f["many_questions"]
    for turn in np.flatnonzero(many & pressing & ~f["planning_talk"] & ~f["laugh"]):
        last = int(turns.last[turn])
        if lines.words[last]:
            found.append(last)
    return found


def _two(f: TurnFeatures, turns_needed: float) -> bool:
    """Whether two talk, numbers 0 and 1, and each has enough turns for a pattern."""
    number = np.bincount(f.turns.speaker, minlength=len(f.lines.names))
    return len(number) == 2 and bool(number.min() >= turns_needed)


def _share(f: TurnFeatures, name: str, speaker: int) -> float:
    own = f.turns.speaker == speaker
    return float(f[name][own].mean())


def _opened(f: TurnFeatures, speaker: int) -> float:
    """Share of the episodes that this speaker opened."""
    opens = f["opens_episode"]
    return float((opens & (f.turns.speaker == speaker)).sum() / max(opens.sum(), 1))


def _air(f: TurnFeatures, counted: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """(speakers,) share of the words, over all turns or those counted."""
    words = f.turns.words if counted is None else f.turns.words * counted
    each = np.bincount(f.turns.speaker, words, len(f.lines.names))
    return np.asarray(each / max(each.sum(), 1))


def _pressed(f: TurnFeatures, speaker: int) -> bool:
    """The other presses or scorns: to say little is then a shelter, never a hurt."""
    theirs = f.turns.speaker != speaker
    return float((f["demand"] | f["contempt"])[theirs].mean()) > _PRESSURE


def _last(f: TurnFeatures, turns: NDArray[np.bool_]) -> list[int]:
    """The last of these turns that is no refusal and no stop, as the place to show."""
    places = np.flatnonzero(turns & ~f["refusal"] & ~f["stop_signal"] & (f.turns.words > 0))
    return [f.first_words(int(places[-1]))] if len(places) else []


def _much_air(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """One speaker fills most of it and rarely asks, or goes on for many long turns in which the other hardly speaks
    and is not asked in. What answers a question does not count: that story was asked for."""
    if not _two(f, settings["turns"]):
        return _long_run(f, settings)
    told = ~((f.previous >= 0) & _asks(f)[f.previous])
    found = []
    for speaker in (0, 1):
        if _air(f, told)[speaker] >= settings["share"] and _share(f, "question", speaker) < 0.12:
            own = np.flatnonzero((f.turns.speaker == speaker) & told)
            found.append(f.first_words(int(own[np.argmax(f.turns.words[own])])))
    return found or _long_run(f, settings)


def _asks(f: TurnFeatures) -> NDArray[np.bool_]:
    return f["question"] | f["open_question"]


def _long_run(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """The longest turn of the first run of long turns by one of two, with nothing but small change between, unless
    the other asked for the story."""
    if not _two(f, settings["between"]):
        return []
    asks, words = _asks(f), f.turns.words
    heard = (words > settings["between"]) | asks
    for speaker in (0, 1):
        own = f.turns.speaker == speaker
        run: list[int] = []
        invited = False
        for turn in np.flatnonzero(own | heard).tolist():
            if not own[turn]:
                invited = bool(asks[turn])
            runs_on = own[turn] and not invited and not asks[turn] and words[turn] >= settings["run_words"]
            run = [*run, turn] if runs_on else []
            if len(run) >= settings["run"]:
                return [f.first_words(max(run, key=lambda t: int(words[t])))]
    return []


def _little_air(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """One speaker says very little although the other asks."""
    if not _two(f, settings["turns"]):
        return []
    for speaker in (0, 1):
        asks = _share(f, "question", 1 - speaker) > 0.15
        if _air(f)[speaker] <= settings["share"] and asks and not _pressed(f, speaker):
            asked = (f.turns.speaker == speaker) & (f.previous >= 0) & f["question"][f.previous] & f["short"]
            return _last(f, asked)
    return []


def _leaning_back(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """Never opens, hardly asks, and answers in a few words, over several episodes."""
    if not _two(f, settings["turns"]) or f.turns.episode[-1] < 5:
        return []
    for speaker in (0, 1):
        own, opened = f.turns.speaker == speaker, _opened(f, speaker)
        few_words = float(np.median(f.turns.words[own])) <= settings["words"]
        few_questions = _share(f, "question", speaker) <= settings["questions"]
        if opened <= settings["opens"] and few_words and few_questions and not _pressed(f, speaker):
            return _last(f, own & f["short"])
    return []


def _one_sided(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """Only one of two opens and asks, over several episodes: shown at a turn of the one who does not."""
    if not _two(f, settings["turns"]) or f.turns.episode[-1] < 5:
        return []
    for speaker in (0, 1):
        own, opened = f.turns.speaker == speaker, _opened(f, speaker)
        asks, other = _share(f, "question", speaker), _share(f, "question", 1 - speaker)
        alone = opened <= settings["opens"] and asks <= settings["questions"] and other >= 2 * max(asks, 0.05)
        if alone and not _pressed(f, speaker):
            return _last(f, own)
    return []


def _balanced(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """Words, questions and openings are shared: shown once for each speaker."""
    if not _two(f, settings["turns"]):
        return []
    air = _air(f)
    asks = [_share(f, "question", s) for s in (0, 1)]
    even = 4 * air[0] * air[1] >= settings["balance"] and min(asks) >= 0.5 * max(asks) > 0
    if not even:
        return []
    answers = f["question"] & f["picks_up"]
    return [f.first_words(int(own[0])) for s in (0, 1) if len(own := np.flatnonzero(answers & (f.turns.speaker == s)))]


def _style(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """The two use function words alike, each over enough words: shown once for each, where nothing sharp is said."""
    if not _two(f, 10):
        return []
    (words, share), (other_words, other_share) = f.styles
    if min(words, other_words) < settings["words"] or style_matching(share, other_share) < settings["match"]:
        return []
    sharp = f["contempt"] | f["demand"] | f["scorn"] | f["presses_point"] | f["shuts_door"] | f["stop_signal"]
    fit = (f.turns.words <= _READABLE) & ~sharp
    shown = [np.flatnonzero(fit & (f.turns.speaker == s)) for s in (0, 1)]
    return [f.first_words(int(own[np.argmax(f.turns.words[own])])) for own in shown if len(own)]


def _tone_met(f: TurnFeatures, settings: Mapping[str, float]) -> list[int]:
    """A speaker's tone follows the other's: shown at the warmest answer to a warm turn."""
    found = []
    tones, answers = f.tone, f.previous >= 0
    for speaker in np.flatnonzero(np.bincount(f.turns.speaker[answers]) >= settings["turns"]).tolist():
        rows = np.flatnonzero((f.turns.speaker == speaker) & answers)
        mine, theirs = tones[rows], tones[f.previous[rows]]
        if mine.std() > 0 and theirs.std() > 0 and np.corrcoef(mine, theirs)[0, 1] >= settings["coupling"]:
            found.append(f.first_words(int(rows[np.argmax(mine + theirs)])))
    return found


EVENTS: dict[str, Event] = {
    "burst": _burst,
    "much_air": _much_air,
    "little_air": _little_air,
    "leaning_back": _leaning_back,
    "one_sided": _one_sided,
    "balanced": _balanced,
    "style_matching": _style,
    "tone_met": _tone_met,
}
