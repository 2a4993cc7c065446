"""CHAT transcripts of TalkBank, .cha (docs/sources/research.md).

Only main lines are speech; the lines under them, which begin with %, describe it. The transcribers' codes are taken
out, what was said stays, fillers and repeats too.
"""

from __future__ import annotations

import re

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.people import People
from nearer.sources.text import decode, lines_of

NAME = "chat_cha"
TITLE = "CHAT (TalkBank)"

_MAIN = re.compile(r"^\*([^\s:]{1,20}):\s*(.*)$", re.DOTALL)
_TIMES = re.compile(r'\x15(?:%\w+:"[^"\x15]*"_)?(\d+)_(\d+)-?\x15')
"""Older files name the recording before the times."""
_REPLACED = re.compile(r"(\S+|<[^<>]*>)\s*\[:{1,2} ([^\]]*)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]|\x15[^\x15]*\x15")
_CODES = re.compile(
    r"&=\S+|&\*\w+:\S+|&[{}]\S+|\(\.{1,3}\)|\(\d*(?:[.:]\d+)*\)|(?<!\S)#+[\d_:.]*(?!\S)|[<>„‡]|(?<!\S)\+[<^,+\"≈≋]+"
)
"""Sounds, pauses, groups, and the links between lines."""
_SIGNS = re.compile(r"[⌈⌉⌊⌋]\d?|\x02[\x01\x02]|[↑↓→↗↘⇗⇘∞≈≋≡∙∆∇°▁▔☺∬Ϋ∮⁎↫^ˈˌ]")
"""Overlaps, stress and ways of speaking, which stand within words too."""
_ENDS = re.compile(r"\s*\+(?:\.\.\.|…|//?[.?]|\.\.\?|!\?|\"/?\.|[.≈≋])\s*$")
_UNHEARD = re.compile(r"\b(?:xxx?|yyy?|www)\b|(?<!\S)0\w*(?![^\s.?!])")
_PROLONGED = re.compile(r"(?<=[^\W\d_]):+")


def sniff(head: Head) -> float:
    """The first lines that every CHAT file has."""
    text = head.text.lstrip("\ufeff")
    if text.startswith("@UTF8") or re.match(r"@Begin\b", text):
        return 0.97
    return 0.9 if re.search(r"^@Participants:", text, re.M) and re.search(r"^\*\w+:", text, re.M) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the main lines. Raises NearerError where there are none."""
    builder = ConversationBuilder(NAME, medium="speech")
    people = People()
    names: dict[str, str] = {}
    unheard = 0
    for number, line in _whole_lines(lines_of(decode(source.words(), source.path.name))):
        if line.startswith("@Participants:"):
            names = _participants(line)
        elif match := _MAIN.match(line):
            code, said = match.groups()
            times = _TIMES.findall(said)
            text = clean(said)
            rare = {"start": int(times[0][0]) / 1000, "end": int(times[-1][1]) / 1000} if times else {}
            if text:
                builder.add(people.name(code, names.get(code, code)), text, None, "text", number, **rare)
            else:
                unheard += 1
                builder.notice("no words", line=number)
        elif line.startswith(("@", "%")):
            builder.notice(line.split(":", 1)[0], line=number)
        elif line.strip():
            builder.skip(number, "It is no line of speech, and describes none.")
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no lines of speech.")
    if unheard:
        builder.note(f"{unheard} turns have no words that could be heard.")
    return builder.build()


def _whole_lines(lines: list[str]) -> list[tuple[int, str]]:
    """Lines with what goes on after a tab in the next."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("\t") and found:
            found[-1][1].append(line.strip())
        elif line.strip():
            found.append((number, [line]))
    return [(number, " ".join(parts)) for number, parts in found]


def _participants(line: str) -> dict[str, str]:
    """Code -> name, or role where no name is given."""
    found = {}
    for entry in line.partition(":")[2].split(","):
        words = entry.split()
        if len(words) >= 2:
            found[words[0]] = (words[1] if len(words) > 2 else words[-1]).replace("_", " ")
    return found


def clean(said: str) -> str:
    """What was said, in ordinary writing: fillers and repeats stay, codes go."""
    text = _REPLACED.sub(r"\2", _TIMES.sub("", said))
    text = _ENDS.sub("", _BRACKETS.sub(" ", text).strip())
    text = _CODES.sub(" ", _SIGNS.sub("", text))
    text = re.sub(r"(?<!\w)&[-~+]?(?=\w)", "", text)
    text = re.sub(r"(\w)@\w[\w:$&+]*", r"\1", text)
    text = _PROLONGED.sub("", re.sub(r"\(([\w']+)\)", r"\1", text))
    text = _UNHEARD.sub(" ", re.sub(r"(?<=\w)\+(?=\w)", " ", text)).replace("_", " ")
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([.?!,;])", r"\1", text)
    return text if re.search(r"\w", text) else ""
