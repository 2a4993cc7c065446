"""Every sentence that nearer can say: on the page, easy to read, each its own, and none that judges."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from nearer.cues import catalogue

HARDEST = 6.0
"""The school grade that no section passes on average."""
OUTLIER, OUTLIERS = 10.0, 0.04
"""The grade of a single hard text, and the share of a section's texts that may be so."""
VERDICTS = re.compile(
    r"\b(?:narcissis\w*|toxic|abuser|abusive|gaslight\w*|borderline|disorder\w*|codependen\w*|dysfunction\w*|avoidant|"
    r"manipulat\w*|your fault|you are wrong|you must|guarantee\w*|will save|always works|score of)\b",
    re.I,
)
KIND = re.compile(r"not your fault")


def _module() -> ModuleType:
    path = Path(__file__).parents[1] / "docs" / "make_words.py"
    spec = importlib.util.spec_from_file_location("make_words", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


words = _module()
SECTIONS: dict[str, list[tuple[str, list[str]]]] = words.sections()


def test_the_page_is_in_step_with_the_code() -> None:
    assert words.PAGE.read_text(encoding="utf-8") == words.page(), "make docs writes it anew"


@pytest.mark.parametrize("heading", SECTIONS)
def test_a_twelve_year_old_can_read_it(heading: str) -> None:
    said = [text for _, texts in SECTIONS[heading] for text in texts]
    assert words.grade(said) <= HARDEST
    hard = [text for text in said if len(text.split()) > 4 and words.grade([text]) > OUTLIER]
    assert len(hard) <= max(1, OUTLIERS * len(said)), hard


@pytest.mark.parametrize("heading", SECTIONS)
def test_nothing_blames_diagnoses_or_promises(heading: str) -> None:
    said = [text for _, texts in SECTIONS[heading] for text in texts]
    assert [text for text in said if VERDICTS.search(KIND.sub("", text))] == []


def test_every_cue_speaks_for_itself() -> None:
    cues = catalogue().cues.values()
    for field in ("heard_as", "adjust", "what", "name"):
        often = Counter(getattr(cue, field) for cue in cues)
        assert [text for text, times in often.items() if times > 1] == []


def test_every_hurt_has_another_reading_and_a_kind_answer() -> None:
    hurts = [cue for cue in catalogue().cues.values() if cue.polarity == "hurts"]
    assert [cue.code for cue in hurts if not (cue.other_reading and cue.answer)] == []


def test_danger_is_never_answered_with_tips_on_how_to_speak() -> None:
    softer = re.compile(r"\b(?:soft|gentl|calm|polite|kindly|apologi|say sorry)", re.I)
    danger = [cue for cue in catalogue().cues.values() if cue.polarity == "danger"]
    assert [cue.code for cue in danger if softer.search(cue.adjust) or cue.answer or cue.rewordings] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat.", -2, 2),
        ("Say what happened, and what it did to you.", 0, 5),
        ("Institutional considerations necessitate comprehensive communicative reconfiguration.", 20, 60),
    ],
)
def test_the_grade_grows_with_hard_words(text: str, low: float, high: float) -> None:
    assert low <= words.grade([text]) <= high
