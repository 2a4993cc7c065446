"""A ConvoKit corpus: a folder or zip with utterances.jsonl (docs/sources/research.md)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.people import pick
from nearer.sources.records import Record, buffer, lines, whole

NAME = "convokit"
TITLE = "ConvoKit corpus"

_SINCE_1980 = 315_532_800
_GONE = ("[deleted]", "[removed]")
"""What Reddit shows in place of words."""
Row = tuple[float, int, dict[str, Any], float | None]
"""Time for sorting, line, utterance, and time."""


def sniff(head: Head) -> float:
    """The file of utterances, or its fields."""
    files = {n.rsplit("/", 1)[-1] for n in head.names}
    if files & {"utterances.jsonl", "utterances.json"}:
        return 0.98 if files & {"speakers.json", "users.json", "conversations.json"} else 0.9
    text = head.text[:6000]
    fields = ('"conversation_id"', '"root"')
    return (
        0.93
        if any(f in text for f in fields) and '"text"' in text and re.search(r'"(?:speaker|user)"\s*:', text)
        else 0.0
    )


def chats(source: Input) -> list[Chat]:
    """Every conversation of the corpus."""
    counts: dict[str, int] = {}
    for _, row in _utterances(source):
        if row is not None:
            key = _conversation(row)
            counts[key] = counts.get(key, 0) + 1
    return [Chat(key, key, count) for key, count in counts.items()]


def parse(source: Input, options: Options) -> Conversation:
    """Read one conversation, in the order of its times. Raises NearerError where none is clearly meant."""
    listed = chats(source)
    if not listed:
        raise NearerError(f"{source.path.name} holds no utterances.")
    chosen = pick(listed, options, source.path.name)
    builder = ConversationBuilder(NAME)
    rows: list[Row] = []
    for number, row in _utterances(source):
        if row is None:
            builder.skip(number, "This line is not an utterance.")
        elif _conversation(row) == chosen.id:
            stamp = _stamp(row.get("timestamp"))
            rows.append((stamp if stamp is not None else float("-inf"), number, row, stamp))
    if all(r[3] is not None for r in rows):
        rows.sort(key=lambda r: (r[0], r[1]))
    else:
        rows = _answers_after(rows)
    # Small numbers are seconds into a recording, not a date.
    dated = all(r[3] is None or r[3] >= _SINCE_1980 for r in rows)
    builder.zoned = dated
    builder.medium = "chat" if dated else "speech"
    places: dict[str, int] = {}
    answers: dict[int, str] = {}
    for _, number, row, stamp in rows:
        speaker = row.get("speaker", row.get("user"))
        speaker = speaker.get("id") if isinstance(speaker, dict) else speaker
        text = row.get("text")
        if speaker in (None, "") or not isinstance(text, str):
            builder.skip(number, "This utterance lacks its speaker or its text.")
            continue
        time = int(stamp * 1000) if dated and stamp is not None else None
        rare = {} if dated or stamp is None else {"start": stamp}
        identity = row.get("id")
        gone = text in _GONE
        place = builder.add(
            str(speaker), "" if gone else text, time, "deleted" if gone else "text", number,
            id=None if identity is None else str(identity), **rare,
        )  # fmt: skip
        places[str(identity)] = place
        target = _target(row)
        if target is not None:
            answers[place] = str(target)
    for place, target in answers.items():
        if target in places:
            builder.set(place, "reply_to", places[target])
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no utterances with a speaker and a text in this conversation.")
    return builder.build(title=chosen.title)


def _target(row: dict[str, Any]) -> Any:
    """The id of the utterance that this one answers."""
    return row.get("reply_to", row.get("reply-to"))


def _answers_after(rows: list[Row]) -> list[Row]:
    """The same in the order of the file, but each answer after what it answers: films' corpora stand last line first."""
    waiting = {str(r[2].get("id")): r for r in rows}
    found: list[Row] = []
    for row in rows:
        chain: list[Row] = []
        above: Row | None = row
        while above is not None and waiting.pop(str(above[2].get("id")), None) is not None:
            chain.append(above)
            above = waiting.get(str(_target(above[2])))
        found.extend(reversed(chain))
    return found if len(found) == len(rows) else rows  # Ids that come twice say nothing.


def _conversation(row: dict[str, Any]) -> str:
    key = row.get("conversation_id", row.get("root"))
    return str(row.get("id")) if key is None else str(key)


def _utterances(source: Input) -> Any:
    """(number, utterance) of the corpus, None for what is none."""
    member = next((n for n in source.names if n.rsplit("/", 1)[-1] in ("utterances.jsonl", "utterances.json")), None)
    if source.names and member is None:
        raise NearerError(f"{source.path.name} holds no utterances.jsonl.")
    data = buffer(source, member)
    if bytes(data[:100]).lstrip()[:1] == b"[":
        rows: list[Any] = whole(data, source.path.name)
        return ((i, _record(r)) for i, r in enumerate(rows, 1))
    return lines(data)


def _record(row: Any) -> Record:
    return row if isinstance(row, dict) else None


def _stamp(value: Any) -> float | None:
    """Seconds since 1970, or into the recording."""
    if value is None or isinstance(value, bool | dict | list):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        try:
            return epoch_ms(datetime.fromisoformat(str(value)).replace(tzinfo=UTC)) / 1000
        except (ValueError, OverflowError):
            return None
    number = number / 1000 if number > 1e11 else number
    return number if 0 <= number < 1e11 else None
