"""What people are called by: the words of a name that are names, and names that are words too."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"\w+")
NO_NAMES = frozenset((
    "me", "you", "i", "my", "the", "and", "of", "de", "da", "di", "la", "le", "el", "al", "von", "van", "der",
    "den", "bin", "ibn", "y", "e", "und", "et", "speaker", "person", "participant", "unknown", "deleted",
    "account", "user", "facebook", "instagram", "messages", "admin", "mr", "mrs", "ms", "miss", "dr",
))  # fmt: skip
"""Words in names of speakers by which nobody is called."""
ALSO_WORDS = frozenset((
    "angel", "art", "amber", "april", "august", "autumn", "basil", "bath", "bill", "buck", "carol", "cash",
    "chance", "chase", "chuck", "clay", "cliff", "cork", "crystal", "dale", "dawn", "dean", "delta", "derby",
    "dick", "don", "drew", "duke", "dusty", "earl", "enterprise", "essen", "eve", "faith", "forest", "frank",
    "gale", "garland", "gay", "gene", "ginger", "grace", "grant", "guy", "harmony", "heather", "holly", "honey",
    "hope", "hull", "hunter", "iris", "ivy", "jack", "jade", "jan", "jasmine", "jean", "jewel", "joy", "june",
    "junior", "kitty", "lance", "lane", "laurel", "lily", "love", "major", "mark", "mason", "max", "may",
    "melody", "mercy", "miles", "misty", "mobile", "nice", "nick", "norm", "olive", "orange", "pat", "patience",
    "pearl", "peg", "penny", "pierce", "porter", "prince", "princess", "rain", "randy", "ray", "reading", "rex",
    "rich", "rob", "robin", "rocky", "rod", "rose", "royal", "ruby", "rusty", "sandy", "skip", "sky", "star",
    "sterling", "storm", "sue", "summer", "sunny", "surprise", "tad", "tanner", "trinity", "victor", "violet",
    "wade", "ward", "will", "willow", "woody", "young", "split", "turkey", "china", "chile", "colon", "pan",
    "son", "so", "see", "man",
))  # fmt: skip
"""First names that are also words, or places that are."""
HANGUL_FROM, HANGUL_TO = "\uac00", "\ud7a3"


def words_of(name: str) -> list[str]:
    """The words of a name by which somebody could be called, in small letters."""
    words = [w.casefold() for w in WORD.findall(unicodedata.normalize("NFC", name))]
    return [w for w in words if (len(w) > 1 or unspaced(w)) and w not in NO_NAMES and not w.isdigit()]


def unspaced(word: str) -> bool:
    """Han, kana, Hangul, Thai: scripts whose names stand inside longer runs."""
    return len(word) >= 2 and all("\u0e00" <= c <= "\u0e7f" or "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff"
                                  or HANGUL_FROM <= c <= HANGUL_TO for c in word)  # fmt: skip
