"""Whoever says it of whomever, it reads alike: other genders, roles and names in the cues' examples change no finding."""

from __future__ import annotations

import re
from functools import cache

import pytest

from nearer.cues import Cue, catalogue
from nearer.cues.examples import pairs
from nearer.cues.schema import Example
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

SWAPS: dict[str, dict[str, str]] = {
    "he to she": {"he": "she", "his": "her", "him": "her", "he's": "she's", "he'll": "she'll", "he'd": "she'd", "himself": "herself"},
    "she to he": {"she": "he", "she's": "he's", "she'll": "he'll", "she'd": "he'd", "herself": "himself"},
    "mother to father": {"mum": "dad", "mom": "dad", "mother": "father", "mam": "dad"},
    "father to mother": {"dad": "mum", "father": "mother"},
    "wife to husband": {"wife": "husband", "girlfriend": "boyfriend", "gf": "bf"},
    "husband to wife": {"husband": "wife", "boyfriend": "girlfriend", "bf": "gf"},
    "sister to brother": {"sister": "brother", "daughter": "son", "aunt": "uncle", "gran": "grandad"},
    "brother to sister": {"brother": "sister", "son": "daughter", "uncle": "aunt", "grandad": "gran"},
}  # fmt: skip
NAMES = re.compile(
    r"\b(?:Sam|Nadia|Marie|Alex|Chris|Tom|Anna|Jo|Priya|Maya|Ben|Mia|Leo|Tim|Kate|Lucy|Jess|Max|Emma|Jack|Dan|Amy|Liz|Joe)\b"
)
OTHERS = ("Nguyen", "Oluwaseun", "Fatima", "Xiuying", "Siobhan")
"""Names of many places, put where the examples have one."""
CUES = list(catalogue().cues.values())


def swapped(text: str, words: dict[str, str]) -> str:
    """The text with each word replaced, its first capital kept."""

    def put(match: re.Match[str]) -> str:
        new = words[match.group().lower()]
        return new.capitalize() if match.group()[0].isupper() else new

    return re.sub(r"\b(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\b(?!')", put, text, flags=re.I)


@cache
def fires(cue: str, lines: tuple[tuple[str, str], ...], own: int) -> int:
    """How many findings of the cue the example's own line has."""
    signals = read_signals(Lines.of_pairs(lines), catalogue())
    return sum(h.cue == cue and h.message == own for h in signals.hits)


def differs(cue: Cue, example: Example, change: object) -> bool:
    lines, own = pairs(example)
    before = tuple(lines)
    after = tuple((speaker, change(text)) for speaker, text in lines)  # type: ignore[operator]
    return before != after and fires(cue.code, before, own) != fires(cue.code, after, own)


@pytest.mark.parametrize("cue", CUES, ids=lambda c: c.code)
def test_genders_and_roles_change_nothing(cue: Cue) -> None:
    failed = [
        (name, example.text)
        for name, words in SWAPS.items()
        for example in (*cue.fires, *cue.silent)
        if differs(cue, example, lambda text, words=words: swapped(text, words))
    ]
    assert failed == []


@pytest.mark.parametrize("cue", CUES, ids=lambda c: c.code)
def test_names_change_nothing(cue: Cue) -> None:
    failed = [
        (name, example.text)
        for name in OTHERS
        for example in (*cue.fires, *cue.silent)
        if differs(cue, example, lambda text, name=name: NAMES.sub(name, text))
    ]
    assert failed == []
