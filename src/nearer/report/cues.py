"""The catalogue to read: a table of all cues, and a page for each, the same words in the tool and in docs/cues."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nearer.cues import catalogue
from nearer.model import FAMILIES, NAMES, STAGES

if TYPE_CHECKING:
    from nearer.cues import Cue
    from nearer.cues.schema import Example


def table(extra: Sequence[Path] = ()) -> str:
    """Every cue by stage and family: code, whether it helps (+) or hurts (-), and name."""
    cues = catalogue(tuple(extra)).cues.values()
    out: list[str] = []
    for stage in (*STAGES, "danger"):
        out.append("Danger screen" if stage == "danger" else NAMES[stage])
        for family in FAMILIES if stage == "safety" else ("",):
            if family:
                out.append(f"  {NAMES[family]}")
            for cue in cues:
                if cue.stage == stage and cue.family == family:
                    sign = {"helps": "+", "hurts": "-", "danger": "!"}[cue.polarity]
                    out.append(f"    {cue.code} {sign} {cue.name}")
    return "\n".join(out)


def page(cue: Cue) -> str:
    """One cue as Markdown."""
    kind = {"helps": "helps", "hurts": "may hurt", "danger": "danger screen"}[cue.polarity]
    where = f"Safety, {NAMES[cue.family]}" if cue.family else ("Danger" if cue.stage == "danger" else NAMES[cue.stage])
    out = [
        f"# {cue.code} {cue.name}",
        "",
        f"*{where}; {kind}*",
        "",
        cue.what,
        "",
        f"**May be heard as:** {cue.heard_as}",
    ]
    if cue.other_reading:
        out += ["", f"**Another reading:** {cue.other_reading}"]
    out += ["", f"**To try:** {cue.adjust}"]
    if cue.answer:
        out += ["", f"**If it was said to you:** “{cue.answer}”"]
    out += ["", "**Found by:** " + ", ".join(_ways(cue)) + "."]
    if cue.kinds:
        turned = (f"{k.replace('_', ' ')} ×{v:g}" for k, v in cue.kinds.items())
        out += ["", "**Weighed by the kind of talk:** " + ", ".join(turned) + "."]
    if cue.fires:
        out += ["", "## Where it speaks", "", *(_example(e) for e in cue.fires)]
    if cue.silent:
        out += ["", "## Where it stays silent", "", *(_example(e) for e in cue.silent)]
    out += ["", "## What it rests on", "", *(f"- {s}" for s in cue.sources)]
    return "\n".join(out)


def _ways(cue: Cue) -> list[str]:
    ways = []
    if cue.patterns or cue.case_patterns:
        ways.append("the words of one message")
    if cue.exchange:
        ways.append("what was said just before or after")
    if cue.dynamics:
        ways.append("the whole conversation")
    if cue.encoder:
        ways.append("the trained encoder (" + ", ".join(f"{u.head} {u.role}" for u in cue.encoder) + ")")
    return ways


def _example(example: Example) -> str:
    text = example.text
    if example.quote is not None and example.quote != text:
        text = text.replace(example.quote, f"**{example.quote}**", 1)
    around = [f"({line})" for line in example.before]
    after = [f"({line})" for line in example.after]
    return "- " + " ".join([*around, text, *after])
