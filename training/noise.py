"""The same sentence as other thumbs would have typed it, so that no head learns from how carefully it was written."""

from __future__ import annotations

import random
import re

_SHORT = {"you": "u", "are": "r", "your": "ur", "because": "cos", "though": "tho", "please": "pls", "going to": "gonna",
          "want to": "wanna", "don't know": "dunno", "okay": "ok", "and": "n", "really": "rly", "something": "smth"}  # fmt: skip
_WORDS = re.compile(r"\b(" + "|".join(_SHORT) + r")\b", re.IGNORECASE)


def typed(text: str, chance: random.Random) -> str:
    """The text with some of: no apostrophes, no stops, short forms, a slip of the thumb."""
    if chance.random() < 0.5:
        text = re.sub(r"(?<=\w)['’](?=\w)", "", text)
    if chance.random() < 0.5:
        text = re.sub(r"[.!]+$", "", text)
    if chance.random() < 0.3:
        text = re.sub(r"[.,;]+ ", " ", text)
    if chance.random() < 0.3:
        text = _WORDS.sub(lambda m: _SHORT[m[1].lower()] if chance.random() < 0.6 else m[1], text)
    words = text.split(" ")
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        i = chance.randrange(len(words))
        if len(words[i]) > 3 and words[i].isalpha():
            words[i] = _slip(words[i], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    i = chance.randrange(1, len(word) - 1)
    return chance.choice((
        word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        word[:i] + word[i + 1 :],
        word[:i] + word[i] + word[i:],
    ))  # fmt: skip
