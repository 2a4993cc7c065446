"""WebVTT and SRT with speakers, as Zoom, Teams, Meet and subtitle editors write them (docs/sources/subtitles.md)."""

from __future__ import annotations

import html
import re
from collections import Counter

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.text import clean_name, decode, lines_of

NAME = "subtitles"
TITLE = "Meeting transcript (WebVTT, SRT, SBV)"

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_STAMP}\s*(?:-->|,)\s*{_STAMP}(?:\s.*)?$")
_SBV = re.compile(r"^\d{1,3}:\d\d:\d\d\.\d{3},\d{1,3}:\d\d:\d\d\.\d{3}\s*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]+)>(.*?)(?=<v[\s.]|</v>|$)", re.DOTALL)
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)\b[^<>]*>|<\d[\d:.]*>|\{\\an?\d\}")
_LABEL = re.compile(
    r"^(?:>>\s*|-\s*)?(?:\[([^\]]{1,40})\]:?|([^\W\d_][\w.'’()/,|@&#+ -]{0,49}?|\+?\d[\d*xX() -]{5,18})\s?:)\s+(?=\S)"
    r"|^(?:>>\s*)?([^:]{1,40}):$"
)
_SAID_BY = re.compile(r'^\d+ "([^"]*)" \(-?\d+\)$')
"""Above a cue, as Webex writes it: 12 "Ana" (3423424)."""
_NO_NAME = re.compile(r"[\d:.,/-]+|[0-9a-f-]{16,}\S*|\S*\d{4,}\S*", re.IGNORECASE)
_SOUND = re.compile(r"[\[(][^\])]*[\])]|[♪♫].*", re.DOTALL)
"""What is heard and not said: [Music], (laughs)."""
_REPEATS_WITHIN = 0.05
_JOIN_WITHIN = 2.0
"""Cues of one speaker this close together are one turn's message."""


def sniff(head: Head) -> float:
    """WebVTT says so in its first line; the others by their arrows."""
    if head.text.lstrip("\ufeff").startswith("WEBVTT"):
        return 0.98
    arrows = sum(1 for x in head.text.split("\n")[:400] if _ARROW.match(x))
    return 0.95 if arrows >= 2 else 0.9 if arrows == 1 and ("-->" in head.text or _SBV.search(head.text)) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the cues; neighbouring cues of one speaker become one message. Raises NearerError where none can be read."""
    lines = lines_of(decode(source.words(), source.path.name))
    builder = ConversationBuilder(NAME, medium="speech")
    said: list[tuple[str, str, float, float, int]] = []
    speaker = ""
    repeated = 0
    cues = _cues(lines, builder)
    labels = _labels([text for *_, text, _ in cues])
    above = _above([mark for *_, mark in cues])
    first = _first_lines([text for *_, text, _ in cues])
    shown, until = "", 0.0
    for number, start, end, text, mark in cues:
        if said and start - until < _REPEATS_WITHIN and text.partition("\n")[0] == shown and "\n" in text:
            text = text.partition("\n")[2]  # YouTube shows the last line above the new one.
            repeated += 1
        shown, until = _bare(text).rpartition("\n")[2], end
        for name, words in _voices(_under(text, first), labels | first):
            name = name or above.get(mark, "")
            if name:
                speaker = name
            if not words:
                continue
            if _SOUND.fullmatch(words):
                builder.notice(words, line=number)
                continue
            if said and not name and words == said[-1][1] and start - said[-1][3] < _REPEATS_WITHIN:
                repeated += 1  # A roll-up caption shows the line before again.
                continue
            said.append((speaker or "Speaker", words, start, max(end, start), number))
    if not said:
        raise NearerError(f"{source.path.name}: no line of speech with a time was found in it.")
    for name, words, start, end, number in _joined(said):
        builder.add(name, words, None, "text", number, start=start, end=end)
    if repeated:
        builder.note(f"{repeated} captions only repeat the one before, and were left out.")
    if all(name == "Speaker" for name, *_ in said):
        builder.note("The transcript does not say who speaks, so all of it is read as one speaker.")
    return builder.build()


def _cues(lines: list[str], builder: ConversationBuilder) -> list[tuple[int, float, float, str, str]]:
    """(line, start, end, text, what stands above the times) of every cue."""
    found: list[tuple[int, float, float, str, str]] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.startswith(("NOTE", "STYLE", "REGION")) and not _ARROW.match(line):
            while position < len(lines) and lines[position].strip():
                position += 1
            continue
        match = _ARROW.match(line)
        mark = lines[position - 1].strip() if position else ""
        position += 1
        if not match:
            following = lines[position] if position < len(lines) else ""
            words = line.strip()
            if words and not _ARROW.match(following) and not words.startswith("WEBVTT") and found:
                builder.skip(position, "It belongs to no cue with a time.")
            continue
        number, body = position, []
        if _goes_on(lines[position : position + 3]):
            position += 1
        while position < len(lines) and lines[position].strip() and not _ARROW.match(lines[position]):
            body.append(lines[position].strip())
            position += 1
        # An SRT number just above the next stamp, with no blank line before it, is no speech.
        if body and position < len(lines) and _ARROW.match(lines[position]) and body[-1].isdigit():
            body.pop()
        g = match.groups()
        found.append((number, _seconds(g[:4]), _seconds(g[4:]), "\n".join(body), mark))
    return found


def _goes_on(lines: list[str]) -> bool:
    """Whether the first line of a cue is blank and its words come below, as YouTube writes what rolls up."""
    return len(lines) > 1 and not lines[0].strip() and lines[1].strip() != "" and not any(map(_ARROW.match, lines))


def _above(marks: list[str]) -> dict[str, str]:
    """Mark above a cue -> who speaks, where the marks are names: Webex's, or "Speaker 1", which come back."""
    webex = {m: clean_name(found[1]) or "Speaker" for m in marks if (found := _SAID_BY.match(m))}
    if webex:
        return webex
    counts = Counter(
        m for m in marks if m and len(m) <= 40 and not m.startswith("WEBVTT") and not _NO_NAME.fullmatch(m)
    )
    return {m: clean_name(m) for m in counts} if sum(n for n in counts.values() if n > 1) >= 0.6 * len(marks) else {}


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + int((rest or "0").ljust(3, "0")) / 1000


def _label(line: str) -> tuple[str, str] | None:
    """(name, what follows) where a line begins like "Name: words"; "the thing: we are late" does not."""
    match = _LABEL.match(line[:120])
    written = match and (match[1] or match[2] or match[3])
    if match is None or not written or len(written.split()) > 4:
        return None
    name = clean_name(written)
    sayable = name[:1].isupper() or not name[:1].isalpha() or name[:1].lower() == name[:1].upper() or match[1]
    return (name, line[match.end() :].strip()) if name and sayable else None


def _labels(texts: list[str]) -> set[str]:
    """Names that label cues. Where nearly all cues are labelled all of them are names, where most are, whole names are;
    else only those that come back."""
    found = [label[0] for label in (_label(_bare(t).split("\n", 1)[0]) for t in texts) if label]
    counts = Counter(found)
    share = len(found) / max(len(texts), 1)
    return {n for n, c in counts.items() if c > 1 or share >= 0.8 or (share >= 0.6 and _is_whole_name(n))}


def _is_whole_name(name: str) -> bool:
    """Two words or more, all with capitals: Ana Müller, Dr. Ben (he/him)."""
    words = name.split()
    return len(words) > 1 and all(w[0].isupper() or not w[0].isalpha() for w in words)


def _first_lines(texts: list[str]) -> set[str]:
    """Names that stand on a line of their own above the words, as in Teams' older Word files."""
    heads = Counter(t.split("\n", 1)[0].strip() for t in texts if "\n" in t and "<" not in t)
    names = {h for h, n in heads.items() if len(h) <= 40 and len(h.split()) <= 4 and h[-1:] not in ".,?!:;…"}
    often = sum(n for h, n in heads.items() if h in names and n > 1)
    return names if len(texts) > 1 and sum(heads.values()) >= 0.9 * len(texts) and often >= 0.6 * len(texts) else set()


def _under(text: str, names: set[str]) -> str:
    """The same with "Name:" in front of the words."""
    head, _, words = text.partition("\n")
    return f"{head.strip()}: {words}" if words and head.strip() in names else text


def _voices(text: str, labels: set[str]) -> list[tuple[str, str]]:
    """(name or "", words) of each voice in a cue."""
    voices = [(clean_name(n), " ".join(_bare(w).split("\n"))) for n, w in _VOICE.findall(text)]
    if voices:
        return voices
    parts: list[tuple[str, str]] = []
    for line in _bare(text).split("\n"):
        label = _label(line)
        if label and label[0] in labels:
            parts.append(label)
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {line}".strip())
        else:
            parts.append(("", line.removeprefix(">>").strip()))
    return parts


def _bare(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).replace("\u00a0", " ").strip()


def _joined(said: list[tuple[str, str, float, float, int]]) -> list[tuple[str, str, float, float, int]]:
    out: list[tuple[str, list[str], float, float, int]] = []
    for name, words, start, end, number in said:
        if out and out[-1][0] == name and start - out[-1][3] <= _JOIN_WITHIN:
            _, before, first, last, line = out[-1]
            before.append(words)
            out[-1] = (name, before, first, max(last, end), line)
        else:
            out.append((name, [words], start, end, number))
    return [(name, " ".join(words), *rest) for name, words, *rest in out]  # type: ignore[misc]
