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

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_STAMP}\s*(?:-->|,)\s*{_STAMP}(?:\s.*)?$")
_SBV = re.compile(r"^\d{1,3}:\d\d:\d\d\.\d{3},\d{1,3}:\d\d:\d\d\.\d{3}\s*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]+)>(.*?)(?=<v[\s.]|</v>|$)", re.DOTALL)
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)\b[^<>]*>|<\d[\d:.]*>|\{\\an?\d\}")
_LABEL = re.compile(
    r"^(?:>>\s*|-\s*)?(?:\[([^\]]{1,40})\]:?|([^\W\d_][\w.'’()& -]{0,39}?)\s?:)\s+(?=\S)|^(?:>>\s*)?([^:]{1,40}):$"
)
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
    labels = _labels([text for *_, text in cues])
    for number, start, end, text in cues:
        for name, words in _voices(text, labels):
            if name:
                speaker = name
            if not words:
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


def _cues(lines: list[str], builder: ConversationBuilder) -> list[tuple[int, float, float, str]]:
    found: list[tuple[int, float, float, str]] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.startswith(("NOTE", "STYLE", "REGION")) and not _ARROW.match(line):
            while position < len(lines) and lines[position].strip():
                position += 1
            continue
        match = _ARROW.match(line)
        position += 1
        if not match:
            following = lines[position] if position < len(lines) else ""
            words = line.strip()
            if words and not _ARROW.match(following) and not words.startswith("WEBVTT") and found:
                builder.skip(position, "It belongs to no cue with a time.")
            continue
        number, body = position, []
        while position < len(lines) and lines[position].strip() and not _ARROW.match(lines[position]):
            body.append(lines[position].strip())
            position += 1
        # An SRT number just above the next stamp, with no blank line before it, is no speech.
        if body and position < len(lines) and _ARROW.match(lines[position]) and body[-1].isdigit():
            body.pop()
        g = match.groups()
        found.append((number, _seconds(g[:4]), _seconds(g[4:]), "\n".join(body)))
    return found


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
    """Names that label cues. Where most cues are labelled all of them are names; else only those that come back."""
    found = [label[0] for label in (_label(_bare(t).split("\n", 1)[0]) for t in texts) if label]
    counts = Counter(found)
    return set(counts) if len(found) >= 0.8 * len(texts) else {n for n, c in counts.items() if c > 1}


def _voices(text: str, labels: set[str]) -> list[tuple[str, str]]:
    """(name or "", words) of each voice in a cue."""
    voices = [(clean_name(n), _bare(w)) for n, w in _VOICE.findall(text)]
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
