"""A corpus folder as ConvoKit loads it: `convokit.Corpus(filename=FOLDER)`.

ConvoKit wants every conversation to be one tree: an utterance without an answer mark hangs on the one before it, and
its metadata says so. Ids are unlike in every conversation, so that corpora can be merged. Seconds into a recording stand as the timestamp where there is no clock.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import NearerError

if TYPE_CHECKING:
    from nearer.conversation import Conversation, Message
    from nearer.reading.types import Reading


def write(conversation: Conversation, folder: Path, reading: Reading | None = None) -> None:
    """Write utterances.jsonl, speakers.json, conversations.json, corpus.json and index.json. With a reading, each
    utterance's metadata holds its findings. Raises NearerError where the folder holds other things."""
    import orjson

    if folder.is_file() or (folder.is_dir() and any(p.name not in _FILES for p in folder.iterdir())):
        raise NearerError(f"{folder} holds other things; name a new folder for the corpus.")
    folder.mkdir(parents=True, exist_ok=True)
    findings = _findings(reading)
    key = _key(conversation)
    root = f"{key}-0"
    with open(folder / "utterances.jsonl", "wb") as out:
        before: str | None = None
        ids: list[str] = []
        for message in conversation:
            row = _utterance(message, key, before, ids, findings)
            before = row["id"]
            ids.append(row["id"])
            out.write(orjson.dumps(row) + b"\n")
    speakers = {name: {"meta": {"is_me": name == conversation.me}, "vectors": []} for name in conversation.speakers}
    about = {"title": conversation.title or "", "medium": conversation.medium, "source": conversation.source}
    rest = {
        "speakers.json": speakers,
        "conversations.json": {root: {"meta": about, "vectors": []}},
        "corpus.json": {"made_by": "nearer"},
        "index.json": _INDEX,
    }
    for name, content in rest.items():
        (folder / name).write_bytes(orjson.dumps(content))


_FILES = {"utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"}
_TEXT, _FLAG, _NONE = "<class 'str'>", "<class 'bool'>", "<class 'NoneType'>"
_INDEX: dict[str, Any] = {
    "utterances-index": {
        "source_id": [_TEXT, _NONE], "kind": [_TEXT], "answers": [_TEXT], "edited": [_FLAG], "forwarded": [_FLAG], "attachment": [_TEXT, _NONE],
        "reactions": ["<class 'list'>"], "start": ["<class 'float'>", _NONE], "end": ["<class 'float'>", _NONE],
        "findings": ["<class 'list'>"],
    },
    "speakers-index": {"is_me": [_FLAG]},
    "conversations-index": {"title": [_TEXT], "medium": [_TEXT], "source": [_TEXT]},
    "overall-index": {"made_by": [_TEXT]},
    "version": 1,
    "vectors": [],
}  # fmt: skip


def _key(conversation: Conversation) -> str:
    """The same each time, and another for another conversation."""
    said = "\0".join((*conversation.speakers, str(conversation.start), *conversation.texts))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _utterance(
    message: Message, key: str, before: str | None, ids: list[str], findings: dict[int, list[dict[str, Any]]]
) -> dict[str, Any]:
    answered = message.reply_to is not None and message.reply_to < message.index
    target = ids[message.reply_to] if answered and message.reply_to is not None else before
    if message.time is not None:
        stamp: float | None = message.time.timestamp() if message.time.tzinfo else _naive(message)
    else:
        stamp = message.start
    return {
        "id": f"{key}-{message.index}", "conversation_id": f"{key}-0", "text": message.text,
        "speaker": message.speaker, "reply-to": target, "timestamp": stamp, "vectors": [],
        "meta": {
            "source_id": message.id, "kind": message.kind, "answers": "marked" if answered else "the one before", "edited": message.edited,
            "forwarded": message.forwarded, "attachment": message.attachment,
            "reactions": [[r.speaker, r.emoji] for r in message.reactions], "start": message.start,
            "end": message.end, "findings": findings.get(message.index, []),
        },
    }  # fmt: skip


def _naive(message: Message) -> float:
    from nearer.conversation import epoch_ms

    return epoch_ms(message.time) / 1000 if message.time else 0.0


def _findings(reading: Reading | None) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for finding in reading.findings if reading else ():
        found[finding.message].append(
            {"cue": finding.cue, "family": finding.family, "polarity": finding.polarity, "start": finding.start,
             "end": finding.end, "confidence": finding.confidence}
        )  # fmt: skip
    return found
