"""Transcripts with speakers: Whisper, WhisperX, AssemblyAI, Deepgram, Rev, Otter (docs/sources/transcripts.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.records import buffer, whole
from nearer.sources.text import decode, lines_of

NAME = "asr_json"
TITLE = "Transcript of a recording (Whisper, AssemblyAI, Deepgram, Rev, Otter)"

_OTTER = re.compile(r"^(?P<name>\S.{0,58}?)  (?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})\s*$")
_PAUSE = 2.0
"""Seconds; pieces of one speaker closer than this are one message."""
Piece = tuple[str | None, str, float | None, float | None]


def sniff(head: Head) -> float:
    """The layout of one of the services."""
    text = head.text.lstrip("\ufeff \r\n\t")
    if text[:1] != "{":
        heads = sum(1 for x in text.split("\n")[:300] if _OTTER.match(x))
        return 0.9 if heads >= 2 else 0.4 if heads else 0.0
    if re.search(r'"(?:segments|utterances|monologues|transcription)"\s*:\s*\[', text) and re.search(
        r'"(?:start|ts|end|offsets)"\s*:', text
    ):
        return 0.93
    if re.search(r'"(?:channels|alternatives)"\s*:\s*\[|"punctuated_word"', text):
        return 0.93
    return 0.75 if re.search(r'^\{\s*"text"\s*:', text) and '"language"' in text else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the transcript. Raises NearerError where it holds no speech."""
    data = buffer(source, source.main_member() if source.names else None)
    builder = ConversationBuilder(NAME, medium="speech")
    if bytes(data[:200]).lstrip()[:1] == b"{":
        pieces = list(_pieces(whole(data, source.path.name), builder))
    else:
        pieces = list(_otter(decode(bytes(data), source.path.name), builder))
    unnamed = sum(1 for p in pieces if p[0] is None)
    for number, (speaker, text, start, end) in enumerate(_joined(pieces), 1):
        builder.add(speaker or "Speaker", text, None, "text", number, start=start, end=end)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no words of anybody.")
    if unnamed == len(pieces):
        builder.note("The transcript does not say who speaks, so everything stands under one speaker.")
    elif unnamed:
        builder.note(f"{unnamed} pieces name no speaker and stand under Speaker.")
    return builder.build()


def _pieces(whole_file: Any, builder: ConversationBuilder) -> Iterator[Piece]:
    if not isinstance(whole_file, dict):
        return
    results = whole_file.get("results")
    results = results if isinstance(results, dict) else {}
    if isinstance(whole_file.get("monologues"), list):
        yield from _rev(whole_file["monologues"], builder)
    elif rows := _dicts(whole_file.get("utterances")):
        for row in rows:
            scale = 1000.0 if isinstance(row.get("start"), int) and "transcript" not in row else 1.0
            yield (
                _named(row.get("speaker")),
                _text(row),
                _number(row.get("start"), scale),
                _number(row.get("end"), scale),
            )
    elif rows := _dicts(results.get("utterances")):
        several = len({str(r.get("channel")) for r in rows}) > 1
        for row in rows:
            who = row.get("channel") if several and row.get("speaker") is None else row.get("speaker")
            yield _named(who), _text(row), _number(row.get("start")), _number(row.get("end"))
    elif channels := _dicts(results.get("channels")):
        yield from _deepgram(channels)
    else:
        for row in _dicts(whole_file.get("segments")):
            yield _named(row.get("speaker")), _text(row), _number(row.get("start")), _number(row.get("end"))
        for row in _dicts(whole_file.get("transcription")):  # whisper.cpp
            spans = row.get("offsets")
            spans = spans if isinstance(spans, dict) else {}
            speaker = _named(row.get("speaker"))
            yield speaker, _text(row), _number(spans.get("from"), 1000.0), _number(spans.get("to"), 1000.0)
        if not _dicts(whole_file.get("segments")) and isinstance(whole_file.get("text"), str):
            yield None, whole_file["text"].strip(), None, None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _deepgram(channels: list[dict[str, Any]]) -> Iterator[Piece]:
    """Words grouped by speaker; with several channels, a channel is a speaker."""
    found: list[Piece] = []
    for number, channel in enumerate(channels):
        best = next(iter(_dicts(channel.get("alternatives"))), {})
        for word in _dicts(best.get("words")):
            who = number if len(channels) > 1 else word.get("speaker")
            said = str(word.get("punctuated_word") or word.get("word") or "")
            found.append((_named(who), said, _number(word.get("start")), _number(word.get("end"))))
        if not best.get("words") and best.get("transcript"):
            found.append((_named(number) if len(channels) > 1 else None, str(best["transcript"]), None, None))
    yield from sorted(found, key=lambda p: p[2] if p[2] is not None else 0.0)


def _rev(monologues: list[Any], builder: ConversationBuilder) -> Iterator[Piece]:
    for row in _dicts(monologues):
        parts = _dicts(row.get("elements"))
        times = [t for p in parts for t in (_number(p.get("ts")), _number(p.get("end_ts"))) if t is not None]
        name = row.get("speaker_name") or row.get("speaker")
        text = "".join(str(p.get("value") or "") for p in parts).strip()
        yield _named(name), text, min(times, default=None), max(times, default=None)


def _text(row: dict[str, Any]) -> str:
    value = row.get("text", row.get("transcript"))
    return value.strip() if isinstance(value, str) else ""


def _named(who: Any) -> str | None:
    if who is None or isinstance(who, dict | list | bool) or who == "":
        return None
    text = str(who).strip()
    return (
        f"Speaker {int(text) + 1}"
        if text.isdigit() and len(text) < 9
        else f"Speaker {text}"
        if len(text) == 1
        else text
    )


def _number(value: Any, scale: float = 1.0) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value) / scale
    except OverflowError:
        return None
    return number if 0 <= number < 1e9 else None


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbouring pieces of one speaker as one message."""
    held: Piece | None = None
    words: list[str] = []
    for piece in pieces:
        who, text, start, end = piece
        if not text:
            continue
        close = held is not None and (start is None or held[3] is None or start - held[3] <= _PAUSE)
        if held is not None and close and held[0] == who:
            words.append(text)
            held = (who, "", held[2], end if end is not None else held[3])
            continue
        if held is not None:
            yield held[0], " ".join(words), held[2], held[3]
        held, words = (who, "", start, end), [text]
    if held is not None:
        yield held[0], " ".join(words), held[2], held[3]


def _otter(text: str, builder: ConversationBuilder) -> Iterator[Piece]:
    who, start, words = "", 0.0, list[str]()
    for number, line in enumerate(lines_of(text), 1):
        match = _OTTER.match(line)
        if match:
            if words:
                yield who, " ".join(words), start, None
            who, start, words = match["name"].strip(), _seconds(match["time"]), []
        elif not who and line.strip():
            builder.skip(number, "It stands before the first speaker.")
        elif line.strip() and "otter.ai" not in line:
            words.append(line.strip())
    if words:
        yield who, " ".join(words), start, None


def _seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.split(":"):
        total = total * 60 + int(part)
    return total
