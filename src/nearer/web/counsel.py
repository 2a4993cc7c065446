"""The counselor's page: one page about both, evidence first, where each line can be taken, renamed or left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nearer.cues import catalogue
from nearer.guidance.advice import advice
from nearer.guidance.coaching import coaches
from nearer.guidance.cycles import Cycle, cycles
from nearer.guidance.words import KIND_WORDS, counted, without_options
from nearer.reading.types import Finding
from nearer.report.view import main_speakers, view

if TYPE_CHECKING:
    from nearer.reading.types import DangerFinding, Direction, Reading
    from nearer.report.view import Quote
    from nearer.web.desk import Case

SURE = 0.6
HOLDER = "the holder"
"""What whoever stands in their own chat as "Me", or as "You", is called on a page that another reads."""


@dataclass(frozen=True)
class Item:
    """One finding as the counselor has it: `label` and `note` are theirs, `kept` is False where they left it out."""

    finding: Finding
    label: str
    note: str
    kept: bool


@dataclass(frozen=True)
class Person:
    """One of the two: what helps, and what they could try."""

    name: str
    strengths: tuple[Item, ...]
    tries: tuple[Item, ...]


@dataclass(frozen=True)
class Counsel:
    """The whole page. both: who say most. Free texts are the counselor's own once they have changed them."""

    title: str
    context: str
    both: tuple[str, ...]
    people: tuple[Person, ...]
    cycles: tuple[tuple[Cycle, str], ...]
    ways: tuple[Direction, ...]
    quotes: dict[tuple[str, str], tuple[Quote, ...]]
    experiment: str
    uncertain: str
    danger: tuple[DangerFinding, ...]


def counsel(case: Case, private: bool = False) -> Counsel:
    """Work the page out. Where there may be danger nobody is praised, advised or weighed on it, since kindness can be fear:
    it holds what is uncertain alone; `private` says whether the page may tell of the danger at all."""
    reading = _named(case.shown())
    # The page is about both: nobody is the holder on it.
    shown = view(replace(reading, me=None), None)
    edits = case.edits
    both = tuple(s.name for s in main_speakers(reading))
    people = tuple(_person(case, reading, name) for name in both) if coaches(reading.danger) else ()
    # The map quotes only what stands on the page and was not left out.
    kept = {i.finding.id for p in people for i in (*p.strengths, *p.tries) if i.kept}
    turning = tuple((c, edits.get(f"cycle:{i}", _begun(c.sentence()))) for i, c in enumerate(cycles(reading)))
    return Counsel(
        title=edits.get("title", _begun(shown.title)),
        context=edits.get("context", _begun(_context(reading, shown.span))),
        both=both,
        people=people,
        cycles=tuple(c for c in turning if c[1].strip()),
        ways=shown.ways,
        quotes={place: tuple(q for q in some if q.finding in kept) for place, some in shown.quotes.items()},
        experiment=edits.get("experiment", _begun(_experiment(people))) if coaches(reading.danger) else "",
        uncertain=edits.get("uncertain", _begun(_uncertain(reading))),
        danger=reading.danger if private else (),
    )


def _named(reading: Reading) -> Reading:
    """The reading as the page tells it: with `HOLDER` for "Me", since "What Me does" reads wrong, and "What you do" is said
    to the counselor."""
    own = {s.name for s in reading.speakers if s.name.casefold() in ("me", "you")}

    def name(old: str) -> str:
        return HOLDER if old in own else old

    return replace(
        reading,
        speakers=tuple(replace(s, name=name(s.name)) for s in reading.speakers),
        directions=tuple(replace(d, from_=name(d.from_), to=name(d.to)) for d in reading.directions),
        findings=tuple(replace(f, speaker=name(f.speaker)) for f in reading.findings),
        danger=tuple(replace(d, speaker=name(d.speaker)) for d in reading.danger),
    )


def _begun(text: str) -> str:
    """With a capital where a sentence begins with the holder."""
    return re.sub(rf"(?m)(^|[.!?] ){HOLDER}\b", lambda m: m[1] + HOLDER.capitalize(), text)


def _person(case: Case, reading: Reading, name: str) -> Person:
    said = advice(reading, name)
    by_id = {f.id: f for f in reading.findings}

    def items(ids: list[str]) -> tuple[Item, ...]:
        return tuple(_item(case, by_id[i]) for i in ids)

    return Person(name, items([s.finding for s in said.strengths]), items([a.finding for a in said.adjustments]))


def _item(case: Case, finding: Finding) -> Item:
    edits = case.edits
    return Item(
        finding,
        edits.get(f"label:{finding.id}", "") or catalogue().cues[finding.cue].name,
        edits.get(f"note:{finding.id}", ""),
        edits.get(f"keep:{finding.id}", "yes") == "yes",
    )


def _context(reading: Reading, span: str) -> str:
    words = sum(s.words for s in reading.speakers)
    names = (s.name for s in main_speakers(reading))
    who = " and ".join(f"{n} (whose chat this is)" if n == HOLDER else n for n in names)
    skipped = f" {counted(len(reading.skipped), 'place')} in the file could not be read." if reading.skipped else ""
    return (
        f"{who}. {counted(reading.messages, 'message')}, {counted(words, 'word')}, {span}. "
        f"Read as {KIND_WORDS[reading.kind]}.{skipped}"
    )


def _experiment(people: tuple[Person, ...]) -> str:
    # By itself "name one time it happened" leaves open what happened, so each thing to try says what it is for.
    tries = [f"{p.name}, instead of “{p.tries[0].label}”: {p.tries[0].finding.adjust}" for p in people if p.tries]
    if not tries:
        return "This week: once a day, each of you says one thing you liked."
    return "This week, one small thing each. " + " ".join(tries)


def _uncertain(reading: Reading) -> str:
    lines = [f"{s.name} says too little here to tell how often." for s in main_speakers(reading) if not s.enough]
    unsure = sum(f.confidence < SURE for f in reading.findings)
    if unsure and coaches(reading.danger):
        lines.append(f"{unsure} of {len(reading.findings)} findings are less sure than the rest.")
    lines += [without_options(note) for note in reading.notes]
    lines.append("Words alone do not show tone of voice, faces, or what came before.")
    return "\n".join(lines)
