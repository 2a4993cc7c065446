"""Language style matching: how alike two people use the small words (Ireland et al. 2011).

For each of nine classes of function words, 1 - |a - b| / (a + b + 0.0001) with a and b the share of each person's
words; the mean over classes is the measure, 0 to 1. In a quarrel a high value can mean that both shout alike
(Bowen et al. 2017), so no cue reads it there. The word lists are the closed classes of English grammar.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

CLASSES: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "personal_pronouns": "i me my mine myself we us our ours ourselves you your yours yourself yourselves u ur he him his "
        "himself she her hers herself they them their theirs themselves im ive ill id youre youve youll youd were weve well "
        "hes shes theyre",
        "impersonal_pronouns": "it its itself this that these those thing things stuff something anything nothing everything "
        "someone anyone everyone somebody anybody everybody nobody one other others another which what who whatever",
        "articles": "a an the",
        "conjunctions": "and but or so because cause cos cuz although though while if unless whereas nor plus then until",
        "prepositions": "about above across after against along among around as at before behind below beside between by down "
        "during for from in into like near of off on onto out over past since through to toward towards under up upon with "
        "within without",
        "auxiliary_verbs": "am is are was were be been being have has had having do does did done can could will would shall "
        "should may might must gonna wont dont didnt doesnt isnt arent wasnt cant couldnt wouldnt shouldnt havent hasnt",
        "adverbs": "very really just too also still already always often again now here there then so quite rather maybe perhaps "
        "even only ever soon almost actually probably definitely pretty",
        "negations": "no not never none nobody nothing nor neither nowhere dont didnt doesnt isnt arent wasnt cant couldnt wont "
        "wouldnt shouldnt havent aint",
        "quantifiers": "all any both each few less lot lots many more most much several some bit enough every half plenty",
    }.items()
}
_CLASSES_OF = {
    word: tuple(name for name, words in CLASSES.items() if word in words)
    for word in frozenset[str]().union(*CLASSES.values())
}
_WORD = re.compile(r"[a-z0-9]+")
_MESSAGES = 4096
"""Messages counted in one go: a list of all words of a million would take half a gigabyte."""


def class_shares(texts: Sequence[str]) -> tuple[int, dict[str, float]]:
    """(words, share of the words in each class) of one person's messages in normal form."""
    counts: Counter[str] = Counter()
    for first in range(0, len(texts), _MESSAGES):
        counts.update(_WORD.findall(" ".join(texts[first : first + _MESSAGES]).lower().replace("'", "")))
    total = sum(counts.values())
    found = dict.fromkeys(CLASSES, 0)
    for word, count in counts.items():
        for name in _CLASSES_OF.get(word, ()):
            found[name] += count
    return total, {name: count / max(total, 1) for name, count in found.items()}


def style_matching(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Mean match over the nine classes, 0 (nothing alike) to 1 (the same)."""
    return sum(1 - abs(one[c] - other[c]) / (one[c] + other[c] + 0.0001) for c in CLASSES) / len(CLASSES)
