"""Transcripts with speakers: Whisper, WhisperX, AssemblyAI, Deepgram, Rev, Otter (docs/sources/transcripts.md)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder
from nearer.sources import pieces
from nearer.sources.base import Head, Input, Options
from nearer.sources.pieces import Piece, dicts, named, number
from nearer.sources.records import buffer, whole
from nearer.sources.text import decode, lines_of, unix

NAME = "asr_json"
TITLE = "Transcript of a recording (Whisper, AssemblyAI, Deepgram, Rev, Otter)"

_OTTER = re.compile(
    r"^(?P<name>\S.{0,58}?)(?:  (?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})\s*| {4}(?P<full>\d\d:\d\d:\d\d) {4}(?P<words>\S.*))$"
)
"""Who and when above the words; Rev's plain text has all in one line."""
_BY_OTTER = re.compile(r"^Transcribed by (?:https?://)?otter\.ai/?$")
_TABLE = re.compile(r'start(?:\tend\ttext\n\d+\t\d+\t|,end,text\n\d+,\d+,"|,end,speaker,text\n\d+,\d+,[\d?],")')
"""The first two lines of a table by Whisper, or by whisper.cpp, with times in milliseconds."""
_SOUND = re.compile(r"^[\[(][^\])]*[\])]$")
"""What Whisper writes for what is no speech: [Music], [BLANK_AUDIO], (applause)."""
_SWITCHED = re.compile(
    r"^.{1,60} (?:(?:started|stopped) transcription|hat die Transkription (?:gestartet|beendet)"
    r"|(?:inició|detuvo) la transcripción|(?:iniciou|parou) a transcrição|a (?:démarré|arrêté) la transcription)\.?$"
)
"""What Teams writes where somebody pressed a button."""


def sniff(head: Head) -> float:
    """The layout of one of the services."""
    text = head.text.lstrip("\ufeff \r\n\t")
    if _TABLE.match(unix(text[:400])):
        return 0.93
    if text[:1] != "{":
        heads = sum(1 for x in text.split("\n")[:300] if _OTTER.match(x))
        return 0.9 if heads >= 2 else 0.4 if heads else 0.0
    if re.search(r'"(?:segments|utterances|monologues|transcription)"\s*:\s*\[', text) and re.search(
        r'"(?:start|ts|timestamp|end|offsets)"\s*:', text
    ):
        return 0.93
    # AssemblyAI puts the text and all words before the utterances.
    if '"audio_url"' in text and re.search(r'"(?:acoustic_model|language_model|language_code)"\s*:', text):
        return 0.93
    if re.search(r'"(?:channels|alternatives)"\s*:\s*\[|"punctuated_word"', text):
        return 0.93
    # Whisper begins with all of the text, which may be longer than what is looked at here.
    whole_text = re.match(r'\{\s*"text"\s*:\s*"(?:[^"\\]|\\.)*', text)
    return 0.75 if whole_text and ('"language"' in text or whole_text.end() >= len(text) - 1) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the transcript. Raises NearerError where it holds no speech."""
    data = buffer(source, source.main_member() if source.names else None)
    builder = ConversationBuilder(NAME, medium="speech")
    if bytes(data[:200]).lstrip()[:1] == b"{":
        found = list(_pieces(whole(data, source.path.name), builder))
    else:
        text = unix(decode(bytes(data), source.path.name))
        found = list(_table(text, builder) if _TABLE.match(text) else _otter(text, builder))
    pieces.add(builder, found, source.path.name)
    return builder.build()


def _pieces(whole_file: Any, builder: ConversationBuilder) -> Iterator[Piece]:
    if not isinstance(whole_file, dict):
        return
    results = whole_file.get("results")
    results = results if isinstance(results, dict) else {}
    if isinstance(whole_file.get("monologues"), list):
        yield from _rev(whole_file["monologues"], dicts(whole_file.get("speakers")))
    elif rows := dicts(whole_file.get("utterances")):
        for row in rows:
            scale = 1000.0 if isinstance(row.get("start"), int) and "transcript" not in row else 1.0
            yield (
                named(row.get("speaker")),
                _text(row),
                number(row.get("start"), scale),
                number(row.get("end"), scale),
            )
    elif rows := dicts(results.get("utterances")):
        several = len({str(r.get("channel")) for r in rows}) > 1
        for row in rows:
            # In each channel the speakers are counted from nought.
            who = row.get("channel") if several else row.get("speaker")
            yield named(who), _text(row), number(row.get("start")), number(row.get("end"))
    elif channels := dicts(results.get("channels")):
        yield from _deepgram(channels)
    else:
        for row in _heard(whole_file.get("segments"), builder):
            yield named(row.get("speaker")), _text(row), number(row.get("start")), number(row.get("end"))
        for row in _heard(whole_file.get("transcription"), builder):  # whisper.cpp
            spans = row.get("offsets")
            spans = spans if isinstance(spans, dict) else {}
            speaker = _channel(row.get("speaker"))
            yield speaker, _text(row), number(spans.get("from"), 1000.0), number(spans.get("to"), 1000.0)
        if not dicts(whole_file.get("segments")) and isinstance(whole_file.get("text"), str):
            yield None, whole_file["text"].strip(), None, None


def _heard(rows: Any, builder: ConversationBuilder) -> Iterator[dict[str, Any]]:
    """The rows of Whisper that are speech."""
    for row in dicts(rows):
        if _SOUND.match(_text(row)):
            builder.notice(_text(row))
        else:
            yield row


def _channel(who: Any) -> str | None:
    """whisper.cpp writes "?" where it cannot tell."""
    return None if who == "?" else named(who)


def _table(text: str, builder: ConversationBuilder) -> Iterator[Piece]:
    tabs = text.startswith("start\t")
    rows = csv.DictReader(
        io.StringIO(text), delimiter="\t" if tabs else ",", quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
    )
    for row in _heard([{k: v or "" for k, v in r.items() if k} for r in rows], builder):
        start, end = (int(row[k]) / 1000 if str(row.get(k)).isdigit() else None for k in ("start", "end"))
        yield _channel(row.get("speaker")), _text(row), start, end


def _deepgram(channels: list[dict[str, Any]]) -> Iterator[Piece]:
    """Words grouped by speaker; with several channels, a channel is a speaker."""
    found: list[Piece] = []
    for place, channel in enumerate(channels):
        best = next(iter(dicts(channel.get("alternatives"))), {})
        for word in dicts(best.get("words")):
            who = place if len(channels) > 1 else word.get("speaker")
            said = str(word.get("punctuated_word") or word.get("word") or "")
            found.append((named(who), said, number(word.get("start")), number(word.get("end"))))
        if not best.get("words") and best.get("transcript"):
            found.append((named(place) if len(channels) > 1 else None, str(best["transcript"]), None, None))
    yield from sorted(found, key=lambda p: p[2] if p[2] is not None else 0.0)


def _rev(monologues: list[Any], speakers: list[dict[str, Any]]) -> Iterator[Piece]:
    """Rev's people list the speakers' names and write times as 00:00:01,300; its machine does neither."""
    names = {str(s.get("id")): s.get("name") for s in speakers}
    for row in dicts(monologues):
        parts = dicts(row.get("elements"))
        times = [t for p in parts for t in map(_rev_time, p, p.values()) if t is not None]
        name = row.get("speaker_name") or names.get(str(row.get("speaker"))) or row.get("speaker")
        text = "".join(str(p.get("value") or "") for p in parts).strip()
        yield named(name), text, min(times, default=None), max(times, default=None)


def _rev_time(field: str, value: Any) -> float | None:
    if field in ("ts", "end_ts"):
        return number(value)
    written = re.fullmatch(r"(\d+:\d\d:\d\d)[,.:](\d{3})", str(value)) if field.endswith("timestamp") else None
    return _seconds(written[1]) + int(written[2]) / 1000 if written else None


def _text(row: dict[str, Any]) -> str:
    value = row.get("text", row.get("transcript"))
    return value.strip() if isinstance(value, str) else ""


def _otter(text: str, builder: ConversationBuilder) -> Iterator[Piece]:
    who, start, words = "", 0.0, list[str]()
    for at, line in enumerate(lines_of(text), 1):
        match = _OTTER.match(line)
        if match:
            if words:
                yield who, " ".join(words), start, None
            who, start = match["name"].strip(), _seconds(match["time"] or match["full"])
            words = [match["words"].strip()] if match["words"] else []
        elif not who and line.strip():
            builder.notice(line.strip(), line=at)  # Title, date, keywords and who is there.
        elif _SWITCHED.match(line.strip()):
            builder.notice(line.strip(), line=at)
        elif line.strip() and not _BY_OTTER.match(line.strip()):
            words.append(line.strip())
    if words:
        yield who, " ".join(words), start, None


def _seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.split(":"):
        total = total * 60 + int(part)
    return total
