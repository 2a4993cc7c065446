"""Transcripts of Amazon Transcribe, Google's Speech-to-Text and Microsoft's batch transcription
(docs/sources/transcripts.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder
from nearer.sources import pieces
from nearer.sources.base import Head, Input, Options
from nearer.sources.pieces import Piece, dicts, named
from nearer.sources.records import buffer, whole

NAME = "asr_cloud"
TITLE = "Transcript of a recording (Amazon, Google, Microsoft)"

_TICKS = 10_000_000.0
"""Microsoft counts time in pieces of a hundred nanoseconds."""


def sniff(head: Head) -> float:
    """The layout of one of the services."""
    text = head.text
    if not text.lstrip("\ufeff \r\n\t").startswith("{"):
        return 0.0
    amazon = re.search(r'"transcripts"\s*:\s*\[\s*\{\s*"transcript"', text) and '"results"' in text
    google = re.search(r'"results"\s*:\s*\[\s*\{[^\[]{0,400}"alternatives"\s*:\s*\[', text)
    microsoft = re.search(r'"(?:combinedR|r)ecognizedPhrases"\s*:\s*\[|"combinedPhrases"\s*:\s*\[', text)
    return 0.96 if amazon or google or microsoft else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the transcript. Raises NearerError where it holds no speech."""
    document = whole(buffer(source, source.main_member() if source.names else None), source.path.name)
    builder = ConversationBuilder(NAME, medium="speech")
    pieces.add(builder, list(_pieces(document)), source.path.name)
    return builder.build()


def _pieces(document: Any) -> Iterator[Piece]:
    if not isinstance(document, dict):
        return
    if phrases := dicts(document.get("recognizedPhrases")) or dicts(document.get("phrases")):
        yield from _microsoft(phrases)
        return
    answer = document.get("response")
    results = (answer if isinstance(answer, dict) else document).get("results")
    if isinstance(results, dict):
        yield from _amazon(results)
    else:
        yield from _google(dicts(results))


def _amazon(results: dict[str, Any]) -> Iterator[Piece]:
    """Words and marks, each with its speaker; in older files only stretches of time say whose a word is."""
    channels = results.get("channel_labels")
    if isinstance(channels, dict) and dicts(channels.get("channels")):
        found = [
            (str(c.get("channel_label")), *_word(i)) for c in dicts(channels["channels"]) for i in dicts(c.get("items"))
        ]
        yield from sorted(_timed(found), key=lambda p: p[2] if p[2] is not None else 0.0)
        return
    labels = results.get("speaker_labels")
    owners = {
        str(i.get("start_time")): i.get("speaker_label") or s.get("speaker_label")
        for s in (dicts(labels.get("segments")) if isinstance(labels, dict) else [])
        for i in dicts(s.get("items"))
    }
    words = []
    who = None
    for item in dicts(results.get("items")):
        if item.get("type") != "punctuation":
            who = item.get("speaker_label") or owners.get(str(item.get("start_time")))
        words.append((named(who), *_word(item)))
    if words:
        yield from _timed(words)
    for row in dicts(results.get("transcripts")) if not words else []:
        yield None, str(row.get("transcript") or ""), None, None


def _word(item: dict[str, Any]) -> tuple[str, float | None, float | None]:
    best = next(iter(dicts(item.get("alternatives"))), {})
    return str(best.get("content") or ""), _seconds(item.get("start_time")), _seconds(item.get("end_time"))


def _timed(words: Iterable[Piece]) -> Iterator[Piece]:
    """A mark has no time of its own; it stands where the word before it ends."""
    end: float | None = None
    for who, text, start, stop in words:
        end = stop if stop is not None else end
        yield who, text, start if start is not None else end, end


def _google(results: list[dict[str, Any]]) -> Iterator[Piece]:
    """With speakers told apart, words; else whole stretches. The last result of older files repeats all words."""
    best = [(r, next(iter(dicts(r.get("alternatives"))), {})) for r in results]
    tagged = [[w for w in dicts(b.get("words")) if _tag(w) is not None] for _, b in best]
    told = [row for row in tagged if row]
    if len(told) > 1 and (_start(told[0][0]), told[0][0].get("word")) == (_start(told[-1][0]), told[-1][0].get("word")):
        tagged = told[-1:]
    words = [w for row in tagged for w in row]
    for word in words:
        end = _seconds(word.get("endTime", word.get("endOffset", word.get("end_time"))))
        yield f"Speaker {_tag(word)}", str(word.get("word") or ""), _start(word), end
    if words:
        return
    several = len({str(r.get("channelTag")) for r in results}) > 1
    for result, said in best:
        own = dicts(said.get("words"))
        start = _seconds(own[0].get("startTime", own[0].get("startOffset"))) if own else None
        end = _seconds(result.get("resultEndTime", result.get("resultEndOffset")))
        channel = result.get("channelTag")
        yield (
            f"Speaker {channel}" if several and channel else None,
            str(said.get("transcript") or "").strip(),
            start,
            end,
        )


def _start(word: dict[str, Any]) -> float:
    """Google leaves out a nought."""
    return _seconds(word.get("startTime", word.get("startOffset", word.get("start_time")))) or 0.0


def _tag(word: dict[str, Any]) -> str | None:
    tag = word.get("speakerLabel") or word.get("speakerTag") or word.get("speaker_tag")
    return str(tag) if tag else None


def _microsoft(phrases: list[dict[str, Any]]) -> Iterator[Piece]:
    """Phrases of the batch, each with its best guesses, or of the fast transcription, with one text."""
    several = len({str(p.get("channel")) for p in phrases}) > 1
    for phrase in sorted(phrases, key=lambda p: _ticks(p, "offset") or 0.0):
        best = next(iter(dicts(phrase.get("nBest"))), {})
        start, length = _ticks(phrase, "offset"), _ticks(phrase, "duration")
        who = phrase.get("speaker") if phrase.get("speaker") is not None else phrase.get("channel") if several else None
        name = f"Speaker {who}" if who is not None else None
        yield (
            name,
            str(best.get("display") or phrase.get("text") or ""),
            start,
            start + length if start is not None and length else None,
        )


def _ticks(phrase: dict[str, Any], field: str) -> float | None:
    ticks = pieces.number(phrase.get(f"{field}InTicks"), _TICKS)
    return ticks if ticks is not None else pieces.number(phrase.get(f"{field}Milliseconds"), 1000.0)


def _seconds(value: Any) -> float | None:
    """Seconds of "1.3", "1.300s", or {"seconds": "1", "nanos": 300000000}."""
    if isinstance(value, dict):
        whole_part, rest = _seconds(value.get("seconds")) or 0.0, pieces.number(value.get("nanos")) or 0.0
        return whole_part + rest / 1e9
    if isinstance(value, str):
        try:
            value = float(value.removesuffix("s"))
        except ValueError:
            return None
    return pieces.number(value)
