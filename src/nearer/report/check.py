"""What `nearer check` says of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nearer.guidance.coaching import coaches
from nearer.guidance.words import DANGER_WORDS

if TYPE_CHECKING:
    from nearer.reading.types import DangerFinding, Finding

Checked = tuple["list[Finding]", "tuple[DangerFinding, ...]"]


def check_text(checked: Checked) -> str:
    """A few lines: quiet when all is fine."""
    found, danger = checked
    if not coaches(danger):
        from nearer.guidance.danger import help_lines

        return "\n".join([DANGER_WORDS, "", *help_lines()])
    hurts = [f for f in found if f.polarity == "hurts"]
    helps = [f for f in found if f.polarity == "helps"]
    if not hurts:
        good = f" This may help: “{helps[0].quote}”" if helps else ""
        return f"Nothing here that is likely to sting.{good}"
    out = [f"Good in it: “{helps[0].quote}”", ""] if helps else []
    for f in _worst(hurts):
        out += [f"“{f.quote}”", f"  It may be heard as: {f.heard_as}", f"  To try: {f.adjust}"]
        if f.reword:
            out.append(f"  For example: “{f.reword}”")
        out.append("")
    return "\n".join(out).rstrip()


def check_json(checked: Checked, others: Sequence[str] | None = None) -> str:
    """{"findings", "danger"} as in a reading; with a reader also {"alternatives"}, which are not nearer's own."""
    import orjson

    from nearer.report.json import danger_dict, finding_dict

    found, danger = checked
    data: dict[str, Any] = {
        "findings": [finding_dict(f) for f in found],
        "danger": [danger_dict(d) for d in danger],
    }
    if others is not None:
        data["alternatives"] = list(others)
    return orjson.dumps(data, option=orjson.OPT_INDENT_2).decode()


def others_text(others: Sequence[str], where: str) -> str:
    """Wordings from the holder's own reader, marked as such."""
    if not others:
        return f"The reader at {where} had no other wording to offer."
    head = (
        f"Other wordings, written by the language model at {where}. They are not nearer's; take what is true for you:"
    )
    return "\n".join([head, *(f"  - “{text}”" for text in others)])


def _worst(hurts: Sequence[Finding]) -> list[Finding]:
    """Three at most, one a cue."""
    best: dict[str, Finding] = {}
    for f in sorted(hurts, key=lambda f: -f.confidence):
        best.setdefault(f.cue, f)
    return list(best.values())[:3]
