"""Names of people and places in running words: the speakers' own, those on the two lists, and capitals mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from nearer.anonymise.register import Register
from nearer.naming import ALSO_WORDS, WORD

_CAPITALS = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "mon",
    "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec", "english", "german", "french", "spanish", "italian", "dutch", "polish", "turkish",
    "russian", "arabic", "chinese", "japanese", "korean", "portuguese", "american", "british", "irish",
    "scottish", "welsh", "european", "african", "asian", "indian", "mexican", "canadian", "australian",
    "christian", "muslim", "jewish", "catholic", "christmas", "easter", "ramadan", "eid", "hanukkah",
    "thanksgiving", "halloween", "diwali", "xmas", "new", "year", "god", "jesus", "lord", "bible", "covid",
    "mum", "mom", "mummy", "mommy", "dad", "daddy", "mama", "papa", "nana", "grandma", "grandpa", "granny",
    "gran", "auntie", "uncle", "aunt", "sis", "bro", "babe", "baby", "love", "darling", "honey", "sweetheart",
    "ok", "okay", "whatsapp", "facebook", "instagram", "telegram", "signal", "google", "zoom", "netflix",
    "youtube", "spotify", "uber", "amazon", "apple", "iphone", "tiktok", "twitter", "tv", "i", "im", "ive",
    "ill", "id", "person", "place", "name",
))  # fmt: skip
_FOLLOWS_WILL = frozenset((
    "you", "i", "we", "he", "she", "it", "they", "the", "this", "that", "there", "do", "be", "have", "not",
    "never", "i'm", "a", "an", "my", "your", "his", "her", "our", "their",
))  # fmt: skip
_TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "señor", "señora", "sr", "sra", "madame",
    "monsieur", "mme",
))  # fmt: skip
_SHORT = {
    "robert": "bob bobby rob robbie", "william": "bill billy will", "elizabeth": "liz lizzie beth betty eliza libby",
    "margaret": "maggie meg peggy", "richard": "dick rick ricky", "james": "jim jimmy jamie", "john": "johnny jack",
    "katherine": "kate katie kathy kat", "catherine": "kate katie cathy cat", "charles": "charlie chuck",
    "edward": "ed eddie ted", "anthony": "tony", "michael": "mike mikey mick", "sarah": "sally", "mary": "polly molly",
    "henry": "harry hank", "alexander": "sandy sasha", "alexandra": "sandra sasha", "theodore": "ted teddy",
    "susan": "sue suzie", "deborah": "debbie", "jennifer": "jen jenny", "joseph": "joe joey", "david": "dave davey",
    "maria": "mia", "francisco": "paco pancho", "josé": "pepe", "jose": "pepe", "dmitry": "dima", "anastasia": "nastya",
    "maximilian": "max", "johannes": "hannes jo",
}  # fmt: skip
_END = re.compile(r"(?:^|[.!?…:;\n\"“(•*>\-–])[\s\W]*$")
_GAP = re.compile(r"[ \t]{1,2}|-")
_PET_ENDINGS = ("y", "ie", "i", "ny", "nie", "ty", "dy", "ka", "chen", "ito", "ita", "inho", "inha")
_TOO_FEW = 200
"""Words; in fewer, the share of capitals says nothing."""
_MANY_CAPITALS = 0.12
"""Where more words than this have a capital inside a sentence, capitals say nothing: German, or Every Word Like This."""


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(_lines("first_names.txt"))


@lru_cache(maxsize=1)
def _places() -> dict[str, list[tuple[str, ...]]]:
    """First word -> the places that begin with it, longest first, all in small letters."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in _lines("places.txt"):
        words = tuple(w.casefold() for w in WORD.findall(name))
        found.setdefault(words[0], []).append(words)
    for several in found.values():
        several.sort(key=len, reverse=True)
    return found


def _lines(name: str) -> list[str]:
    text = (files("nearer.anonymise") / name).read_text(encoding="utf-8")
    return [x for x in text.split("\n") if x and not x.startswith("#")]


class Names:
    """Finds names in texts of one conversation and gives each its new one."""

    def __init__(self, register: Register, texts: Iterable[str]) -> None:
        self._register = register
        self._small: set[str] = set()
        """Words that somebody wrote with a small letter: no names, wherever they stand."""
        capitals = total = 0
        for text in texts:
            for match in WORD.finditer(text):
                word = match[0]
                total += 1
                if word[0].islower():
                    self._small.add(word)
                elif (
                    word[0].isupper()
                    and word[1:].islower()
                    and not _END.search(text[max(0, match.start() - 12) : match.start()])
                ):
                    capitals += 1
        self._capitals_tell = total < _TOO_FEW or capitals <= _MANY_CAPITALS * total
        self._short: dict[str, str] = {}
        for name, label in list(register.tokens.items()):
            for short in _SHORT.get(name, "").split():
                self._short.setdefault(short, label)
        self._own = [(n, label) for n, label in register.tokens.items() if len(n) >= 3 and n.isalpha()]
        self._inside = (
            re.compile("|".join(map(re.escape, sorted(register.inside, key=len, reverse=True))))
            if register.inside
            else None
        )

    def replace(self, text: str) -> str:
        """The text with every name that was found replaced."""
        words = list(WORD.finditer(text))
        out: list[str] = []
        position = index = 0
        last: str | None = None
        while index < len(words):
            label, used = self._find(text, words, index)
            start, end = words[index].start(), words[index + used - 1].end()
            between = text[position:start]
            if label is None:
                word = words[index][0]
                out += [between, self._runs(word)]
            elif label != last or not _GAP.fullmatch(between):
                out += [between, label]
            last, position, index = label, end, index + used
        out.append(text[position:])
        return "".join(out)

    def _runs(self, word: str) -> str:
        return self._inside.sub(lambda m: self._register.inside[m[0]], word) if self._inside else word

    def _find(self, text: str, words: list[re.Match[str]], index: int) -> tuple[str | None, int]:
        """(new name or None, how many words it stands for) of the word at `index`."""
        word = words[index][0]
        key = word.casefold()
        starts = bool(_END.search(text[max(0, words[index].start() - 12) : words[index].start()]))
        capital = word[0].isupper()
        small_word = key in ALSO_WORDS
        if small_word and not (capital and not (word.isupper() and len(word) > 1)):
            return None, 1
        if small_word and starts and (index + 1 == len(words) or words[index + 1][0].casefold() in _FOLLOWS_WILL):
            return None, 1
        own = self._register.tokens.get(key) or self._short.get(key) or self._like_a_speaker(key, capital, starts)
        if own:
            return own, 1
        place = self._place(words, index, starts, capital, small_word)
        if place:
            return self._register.label("Place", " ".join(place)), len(place)
        after_title = index > 0 and words[index - 1][0].casefold() in _TITLES and capital
        if after_title or (key in _first_names() and not (small_word and starts)):
            return self._with_surname(text, words, index)
        if (
            self._capitals_tell and capital and not starts and len(word) > 1 and word[1:].islower()
            and key not in self._small and key not in _CAPITALS and key not in _TITLES
        ):  # fmt: skip
            return self._register.label("Name", word), 1
        return None, 1

    def _like_a_speaker(self, key: str, capital: bool, starts: bool) -> str | None:
        """Alex for Alexandra, Benny for Ben: short and pet forms of the speakers' own names."""
        if len(key) < 3 or not key.isalpha() or not (capital or key in _first_names()):
            return None
        if starts and key in self._small:
            return None
        for name, label in self._own:
            short = name.startswith(key) and (not starts or key in _first_names())
            longer = key.startswith(name) and len(key) - len(name) <= 3 and key not in self._small
            if short or longer or self._pet_form(key, name):
                return label
        return None

    def _pet_form(self, key: str, name: str) -> bool:
        """Benny for Benjamin: the beginning of the name, and an ending that makes names small."""
        stems = (key.removesuffix(e) for e in _PET_ENDINGS if key.endswith(e) and len(key) - len(e) >= 3)
        return key not in self._small and any(name.startswith(stem) for stem in stems)

    def _place(
        self, words: list[re.Match[str]], index: int, starts: bool, capital: bool, small_word: bool
    ) -> tuple[str, ...] | None:
        key = words[index][0].casefold()
        for place in _places().get(key, ()):
            here = tuple(m[0].casefold() for m in words[index : index + len(place)])
            if here == place and (len(place) > 1 or not small_word or (capital and not starts)):
                # One short word in small letters is more often a word of some language than a town.
                if len(place) == 1 and not capital and len(key) < 5:
                    continue
                return place
        return None

    def _with_surname(self, text: str, words: list[re.Match[str]], index: int) -> tuple[str, int]:
        """A first name, and the capitalised word behind it as theirs too."""
        label = self._register.somebody(words[index][0])
        if index + 1 < len(words):
            following = words[index + 1]
            between = text[words[index].end() : following.start()]
            name = following[0]
            free = name.casefold() not in _CAPITALS and name.casefold() not in self._small
            if between == " " and len(name) > 1 and name[0].isupper() and name[1:].islower() and free:
                self._register.tokens.setdefault(name.casefold(), label)
        return label, 1
