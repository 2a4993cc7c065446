"""The ladder explained: five stages, eight families and the cues of each, as a course handout made from the catalogue."""

from __future__ import annotations

import re
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.cues import catalogue
from nearer.guidance.practice import SAFETY_LINE
from nearer.guidance.words import MAP_NOT_LAW, NOT_THERAPY
from nearer.model import FAMILIES, NAMES, STAGES
from nearer.report.templates import render

if TYPE_CHECKING:
    from nearer.cues import Cue

_HERE = Path(__file__).parent
_COARSE = re.compile(r"fuck|shit|bitch|cunt|dick|twat|arse|bastard|piss", re.IGNORECASE)
"""A handout is read out in a room."""
TITLE = "The ladder: five stages, eight families"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stage, or a family within Safety. `what` it is; `question` that a hurt raises in the listener ("" for stages above
    Safety, whose cues say it themselves); `ask` is something to talk about; no cues for Safety as a whole."""

    key: str
    name: str
    stage: str
    what: str
    question: str
    ask: str
    helps: tuple[Cue, ...]
    hurts: tuple[Cue, ...]

    @property
    def is_family(self) -> bool:
        """Does it lie within Safety?"""
        return self.key != self.stage


@dataclass(frozen=True, slots=True)
class Course:
    """The whole handout, in the order of the model."""

    title: str
    intro: str
    use: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]


def course() -> Course:
    """Everything the handout says, from the shipped catalogue and course.toml."""
    words: dict[str, Any] = tomllib.loads((_HERE / "course.toml").read_text(encoding="utf-8"))
    cues = [c for c in catalogue().cues.values() if c.polarity in ("helps", "hurts")]
    order = [(stage, key) for stage in STAGES for key in ((stage, *FAMILIES) if stage == "safety" else (stage,))]
    chapters = tuple(
        Chapter(
            key, NAMES[key], stage, words[key]["what"], words[key].get("question", ""), words[key]["ask"],
            *(tuple(c for c in cues if c.family_or_stage == key and c.polarity == side) for side in ("helps", "hurts")),
        )
        for stage, key in order
    )  # fmt: skip
    sources = sorted({s for c in cues for s in c.sources if s[-4:].isdigit()})
    return Course(
        TITLE, words["intro"]["text"], tuple(words["intro"]["use"]), chapters,
        (MAP_NOT_LAW, SAFETY_LINE, NOT_THERAPY), tuple(sources),
    )  # fmt: skip


def example(cue: Cue) -> str:
    """One way in which people say it: the cue's first example that is short and can be read out, with the message it
    answers where it needs one; "" where only a long stretch of talk could show it."""
    for most in (0, 1):
        for e in cue.fires:
            said = [line.removeprefix("other: ") for line in e.before] + [e.text]
            if len(e.before) != most or e.after or any(line.startswith("me: ") for line in e.before):
                continue
            if 3 <= sum(len(s.split()) for s in said) <= 24 and not _COARSE.search(" ".join(said)):
                return " → ".join(said)
    return ""


def as_text() -> str:
    """For the terminal, 78 columns."""
    here = course()
    out = [here.title.upper(), "", *_wrap(here.intro), ""]
    for chapter in here.chapters:
        name = chapter.name.upper() if not chapter.is_family else f"Safety: {chapter.name}"
        out += [name, "-" * len(name), *_wrap(chapter.what)]
        out += _wrap(f"A hurt asks: “{chapter.question}”") if chapter.question else []
        for title, cues in (("What helps", chapter.helps), ("What may hurt", chapter.hurts)):
            out += ["", f"  {title}"] if cues else []
            for cue in cues:
                out += _wrap(f"{cue.name}. {cue.what}", 4)
                out += _wrap(f"Heard as: “{cue.heard_as}”", 6) + _wrap(f"To try: {cue.adjust}", 6)
        out += ["", *_wrap(f"To talk about: {chapter.ask}", 2), ""]
    for note in here.notes:
        out += [*_wrap(note), ""]
    return "\n".join(out).rstrip()


def as_markdown() -> str:
    """For docs/ladder.md and for print."""
    here = course()
    out = [f"# {here.title}", "", here.intro, "", "**In a course**", "", *(f"- {line}" for line in here.use), ""]
    out += [f"> {here.notes[1]}", ""]
    for chapter in here.chapters:
        out += [f"### {chapter.name}" if chapter.is_family else f"## {chapter.name}", "", chapter.what, ""]
        out += [f"A hurt here is felt as a question: *{chapter.question}*", ""] if chapter.question else []
        for title, cues in (("What helps", chapter.helps), ("What may hurt", chapter.hurts)):
            if cues:
                said = "How it may be heard"
                out += [f"| {title} | Somebody says | {said} | To try |", "|---|---|---|---|"]
                out += [
                    "| "
                    + " | ".join(_cell(x) for x in (f"**{c.name}.** {c.what}", example(c), c.heard_as, c.adjust))
                    + " |"
                    for c in cues
                ]
                out.append("")
        out += [f"*To talk about:* {chapter.ask}", ""]
    out += [here.notes[0], "", here.notes[2], "", "## What it rests on", ""]
    out += ["; ".join(here.sources) + ". The rest is nearer's own judgement; each cue's page says which."]
    return "\n".join(out)


def as_html() -> str:
    """A page of its own that prints well and fetches nothing."""
    return render("course.html.j2", course=course(), example=example)


def body() -> str:
    """The same without head and title, for the app's page. Safe to put in: made from nearer's own words, escaped."""
    return render("course_body.html.j2", course=course(), example=example)


def _wrap(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, 78, initial_indent=" " * indent, subsequent_indent=" " * indent)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
