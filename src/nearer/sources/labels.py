"""How people mark who speaks in a typed-up talk: the ways to write a label, and which one a text uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from nearer.sources.text import MARKS, clean_name

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?i: ?[ap]\.?m\b\.?)?"
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = rf"(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|\d{{1,2}}\.? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}})"
_AT = r"[ ,T]+(?:(?:at|um|à|às|alle|om) )?"
_RECENT = r"(?:[^\W\d_]{3,10} (?:at|um|à|às|alle|om) |\d{1,2}[/.]\d{1,2}\.?,? )"
"""A day that has no year, or is told from today: "Yesterday at 9:16 PM", "[3/14 9:15 PM]"."""
_WORD = r"[^\W\d_][^:：\t*<>\n]{0,39}?"
_NAME = rf"(?P<name>{_WORD}|[A-Z]{{1,3}}\d{{0,2}}|(?:Speaker|SPEAKER|Person|Participant|Teilnehmer)[ _]?\d{{1,3}}|\+\d[\d() -]{{6,18}}\d)"
_COUNT = r"(?:#?\(?\d{1,4}(?:[.)]{1,2}[ \t]*|[ \t]+)(?=[^\W\d_*]))?"
_COPIED = rf"\[\d{{1,2}}[/.-] ?\d{{1,2}}\.?,? ?(?:(?:오전|오후|上午|下午|午前|午後) ?)?{_TIME}\]"
"""What WhatsApp puts before messages that are copied on a phone: [14/03, 9:15 pm]. Without a year it is no time."""
_UNTIL = rf"(?: ?(?:-->|→|[-–]) ?{_TIME}(?=[\])\s]))?"
_BEFORE = rf"(?:[>•*-] ?)?(?:{_COPIED}[ \t]{{0,3}}|[\[(#]?(?:(?P<date>{_DATE})(?:{_AT})?)?(?:(?P<time>{_TIME})(?:Z|[+-]\d\d:\d\d|-\d(?=#)|{_UNTIL}))?[\])#]?[ \t]{{0,3}}[-–|]?[ \t]{{0,3}})?{_COUNT}"
_LATE = rf"(?:,?\s?[\[(]?(?:(?P<late_date>{_DATE}){_AT})?(?P<late>{_TIME}){_UNTIL}[\])]?)?"
_BOLD = r"(?:\*{1,3}|__?)?"

_LONGEST_HEADING = 20
"""Lines; what is longer is the talk itself."""
LEAD = f"{MARKS} \t\u00a0"
REACH = 120
"""No label, with its times, is longer; what follows is not looked at."""

_NOT_A_NAME = re.compile(
    r"^(?:https?|note|notes|ps|p\.s|nb|re|fwd|subject|date|time|to|cc|from|e\.g|i\.e|example|warning|update|edit|tl;dr|ok|so|and|but"
    r"|because|reminder|today|tomorrow|yesterday|plan|idea|thing is|the thing|here"
    r"|list|also|sorry|btw|fyi)$",
    re.IGNORECASE,
)
_DOING = re.compile(r"\s*[(\[][^\W\d_][^()\[\]/]{1,30}[)\]]$")
_TURN = re.compile(r"(.*[^\W\d]) ?\(?(\d{1,4})\)?$")
"""A label that counts the turns too: T1, C1, T2."""
_SENTENCE = re.compile(r"[!?,;]\s|[^\W\d_]{5,}\.\s|\b(?:etc|ok|yes|no)\.\s", re.IGNORECASE)
"""What stands in a sentence and not in a name; "Dr. Lee" and "J. Lee" are names."""


class Way(NamedTuple):
    """One way to write labels. `strict`: only where two names take turns in most of the text."""

    pattern: re.Pattern[str]
    strict: bool


COLON = Way(
    re.compile(
        rf"^{_BEFORE}{_BOLD}{_NAME}{_BOLD}\s?{_LATE}\s?{_BOLD}(?::{_BOLD}(?:\s+|$)|：{_BOLD}\s*|\t(?:[\d:.,]+\t)*\s*)(?P<text>.*)$"
    ),
    strict=False,
)
TIGHT = Way(re.compile(rf"^{_BEFORE}(?![A-Z_-]{{4,}}:){_NAME}:(?P<text>[^\s/].*)$"), strict=True)
"""Without a space: Ana:hi. Words all in capitals are the fields of calendars and address books."""
DEPOSITION = Way(
    re.compile(rf"^{_BEFORE}(?:(?P<bold>[QA])\.[ \t]+|{_NAME}:[ \t]+)(?P<text>\S.*)$"),
    strict=True,
)
"""What is said in court and before lawyers: "Q.  Were you there?", and now and then "MR. LEE:  Objection."."""
ANGLE = Way(re.compile(rf"^{_BEFORE}<[@+%& ]?(?P<name>[^<>\n]{{1,40}})>\s+(?P<text>.*)$"), strict=True)
HEADING = Way(
    re.compile(
        rf"^(?:#{{1,6}}\s+{_BOLD}{_NAME}{_BOLD}|(?:\*\*|__){_NAME.replace('?P<name>', '?P<bold>')}(?:\*\*|__))\s?{_LATE}:?\s*(?P<text>)$"
    ),
    strict=True,
)
TIME_AFTER = Way(
    re.compile(
        rf"^\[?{_NAME}\]?(?:,|\s|\s[-–—]\s)\s*[\[(]?(?:(?P<date>{_DATE}){_AT}|{_RECENT})?(?P<time>{_TIME}){_UNTIL}[\])]?:?(?P<text>)$"
    ),
    strict=True,
)
TIME_BEFORE = Way(
    re.compile(
        rf"^[\[(]?(?:(?P<date>{_DATE}){_AT}|{_RECENT})?(?P<time>{_TIME})[\])]?\s+(?:[-–]\s+)?{_NAME}(?P<text>)$"
    ),
    strict=True,
)
DASH = Way(re.compile(rf"^{_BEFORE}{_BOLD}{_NAME}{_BOLD}\s[-–—]\s(?P<text>\S.*)$"), strict=True)
INITIALS = Way(
    re.compile(
        rf"^{_BEFORE}{_BOLD}(?![AB]\))(?P<name>[A-Z]{{1,3}}\d{{0,4}})[-–—)]{_BOLD}(?:[ \t]+|(?=[A-Z]))(?P<text>\S.*)$"
    ),
    strict=True,
)
"""As counselors note a session: T- and C-, or T) and C). Lines with A) and B) are mostly answers to choose from."""
ALONE = Way(re.compile(rf"^{_NAME}(?P<text>)$"), strict=True)
_WAYS = (DEPOSITION, COLON, TIGHT, ANGLE, HEADING, TIME_AFTER, TIME_BEFORE, DASH, INITIALS, ALONE)
_UNDER = (HEADING, TIME_AFTER, TIME_BEFORE, ALONE)
"""Where the words stand on the lines below the label."""


class Label(NamedTuple):
    """Who speaks, where their words begin in the line, and when."""

    name: str
    at: int
    date: str | None
    time: str | None


def label(line: str, way: Way) -> Label | None:
    """The label of a line without its leading spaces, if it has one of this kind."""
    match = way.pattern.match(line[:REACH])
    if match is None:
        return None
    found = match.groupdict()
    name = clean_name(found["name"] or found.get("bold") or "")
    if name.endswith("]") and "[" not in name:
        name = name[:-1].rstrip()  # WhisperX writes [SPEAKER_00]: and the first bracket is taken for that of a time.
    if not name or (way in _UNDER and len(line) > REACH):
        return None
    return Label(
        name, match.start("text"), found.get("date") or found.get("late_date"), found.get("time") or found.get("late")
    )


def doing(name: str) -> str:
    """What somebody does while they speak: "(laughing)" of "Ana (laughing)"; pronouns and titles are parts of names."""
    match = _DOING.search(name)
    return match[0].strip() if match and match[0].strip()[1].islower() else ""


def whose(name: str, folded: Mapping[str, str]) -> str | None:
    """The one of the names that a label means, however it is written in small and capital letters, whatever they do, and
    whichever of their turns it is. folded: each name by its form without capitals."""
    forms = (name, _DOING.sub("", name), _TURN.sub(r"\1", name))
    return next((folded[f.casefold()] for f in forms if f.casefold() in folded), None)


def _as_people(seen: Counter[str]) -> Counter[str]:
    """The same with all ways to write one name under the one that comes most often, or without what they do."""
    people: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for name, _ in seen.most_common():
        spelled.setdefault(name.casefold(), name)
    for name, times in seen.items():
        people[spelled.get(_DOING.sub("", name).casefold()) or spelled[name.casefold()]] += times
    return people


def _without_turns(seen: Counter[str]) -> Counter[str]:
    """The same without numbers, where each label comes once and those of two people or more rise, as turns do."""
    turns: dict[str, list[int]] = {}
    for name, times in seen.items():
        if match := _TURN.match(name):
            turns.setdefault(match[1], []).extend([int(match[2])] * times)
    rise = all(a < b for numbers in turns.values() for a, b in pairwise(numbers))
    if len(turns) < 2 or not rise or max(map(len, turns.values())) < 3:
        return seen
    people: Counter[str] = Counter()
    for name, times in seen.items():
        people[_TURN.sub(r"\1", name)] += times
    return people


def names(lines: Sequence[str]) -> tuple[Way, Counter[str]]:
    """The way a text writes its labels, and the names in them; no names where it has none."""
    for way in _WAYS:
        if way is DEPOSITION and not any("Q." in x for x in lines):
            continue  # Most have none, and need not be looked through for it.
        found = _names(lines, way)
        if found:
            return way, found
    return COLON, Counter()


def _names(lines: Sequence[str], way: Way) -> Counter[str]:
    """Names that label lines: two or more of them, each coming back, or most lines labelled."""
    seen: Counter[str] = Counter()
    after_blank = True
    for line in lines:
        stripped = line.lstrip(LEAD)
        found = label(stripped, way) if way is not ALONE or after_blank else None
        if found and _is_name(found.name):
            seen[found.name] += 1
        after_blank = not stripped.strip()
    if not {"question", "answer"} <= {n.casefold() for n in seen}:
        seen = Counter({n: c for n, c in seen.items() if n.casefold() not in ("question", "answer")})
    seen = _as_people(_without_turns(seen))
    filled = sum(1 for x in lines if x.strip())
    often = Counter({n: c for n, c in seen.items() if c > 1})
    heading = _heading(lines, way) if often else []
    if not any(name in often for name in heading):
        seen = Counter({n: c for n, c in seen.items() if n not in heading})
    if way is DEPOSITION:
        both = {"Q", "A"} <= often.keys()
        return Counter({n: c for n, c in seen.items() if c > 1 or n.isupper()}) if both else Counter()
    if way.strict:
        blocks = filled if way not in _UNDER else _blocks(lines) if way is ALONE else filled / 4
        enough = len(seen) >= 2 and len(often) >= 1 and sum(often.values()) >= 0.6 * blocks
        return Counter({n: c for n, c in seen.items() if c > 1 or _looks_like_one(n)}) if enough else Counter()
    if len(often) >= 2:
        # Where most lines have a name, one that spoke once is a person too if it looks like the others.
        most = sum(seen.values()) >= 0.6 * filled
        return Counter({n: c for n, c in seen.items() if c > 1 or (most and _looks_like_one(n))})
    if seen and sum(seen.values()) >= 0.6 * filled:
        return seen
    return Counter()


def _heading(lines: Sequence[str], way: Way) -> list[str]:
    """Labels of the lines above the talk, such as "Client: K., 34" and "Room: 3", parted from it by a blank line."""
    blocks = "\n".join(x.strip(LEAD) for x in lines).strip("\n").split("\n\n")
    first = blocks[0].split("\n")
    # Where each turn is a block of its own, a line that stands alone is a turn.
    if len(first) > _LONGEST_HEADING or (len(first) == 1 and not any("\n" in b for b in blocks[1:])):
        return []
    return [x.name for x in (label(line, way) for line in first) if x]


def _is_name(name: str) -> bool:
    return not _NOT_A_NAME.match(name) and len(name.split()) <= 4 and not _SENTENCE.search(name)


def _looks_like_one(name: str) -> bool:
    return name[:1] == "+" or (name[:1].isupper() and not name.split()[-1][:1].islower())


def _blocks(lines: Sequence[str]) -> int:
    """How many stretches of text blank lines part."""
    return sum(1 for before, line in zip(["", *lines], lines, strict=False) if line.strip() and not before.strip())
