"""Which column of a table holds what, from the name that people and programs give it, in the languages they use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nearer.errors import UsageError


def _names(text: str) -> tuple[str, ...]:
    return tuple(x.strip() for x in text.replace("\n", "|").split("|") if x.strip())


GUESSES: dict[str, tuple[str, ...]] = {
    "conversation": _names("""
        conversation|conversation id|conv|conv id|dialogue|dialogue id|dialog|dialog id|root|thread|thread id|chat|chat id|chat session|chat name
        transcript id|interview|interview id|call id|meeting id|dyad|dyad id|pair|pair id|couple|couple id|session|session id
        room|room id|gespräch|unterhaltung|conversación|conversazione|conversa|gesprek|диалог|会話|对话|대화""")
    , "speaker": _names("""
        speaker|speaker name|sender|sender name|author|author name|from|from name|name|user|user name|username|display name|who|role
        participant|interlocutor|contact|contact name|nickname|sent by|sprecher|sprecherin|absender|absender name|von|autor|verfasser
        remitente|hablante|expéditeur|auteur|locuteur|mittente|autore|remetente|orador|afzender|spreker|gönderen|konuşmacı|отправитель
        автор|от кого|имя|nadawca|送信者|発言者|名前|发送者|发送人|发件人|說話者|보낸 사람|보낸사람|이름|المرسل|שולח|भेजने वाला
        speaker id|sender id|author id|user id|participant id""")
    , "text": _names("""
        text|message|message text|message body|messages|content|body|utterance|utterance text|sentence|transcript|words|msg|nachricht|nachrichtentext|inhalt
        mensaje|texto|contenido|texte|contenu|messaggio|testo|contenuto|mensagem|conteúdo|bericht|tekst|inhoud|mesaj|metin|сообщение|текст
        wiadomość|treść|メッセージ|本文|内容|消息|訊息|메시지|내용|الرسالة|النص|הודעה|טקסט|संदेश|value""")
    , "time": _names("""
        time|timestamp|date|datetime|date time|date and time|created at|sent at|date sent|time sent|sent|when|ts|message date|utc time
        datum|zeit|uhrzeit|zeitstempel|zeitpunkt|fecha|fecha y hora|hora|date et heure|heure|horodatage|data|ora|data e ora|data e hora
        tijd|tijdstip|tarih|saat|дата|время|дата и время|czas|日時|日付|時間|时间|日期|날짜|시간|التاريخ|الوقت|תאריך|שעה|दिनांक""")
    , "turn": _names("""
        turn|turn id|turn number|turn no|turn nr|turn index|turn order|utterance number|utterance no|utterance index|utterance idx
        message number|message no|message index|sequence|sequence number|seq""")
    , "start": ("start", "start time", "starttime", "begin", "onset"),
    "end": ("end", "end time", "endtime", "stop", "offset"),
    "id": ("id", "message id", "utterance id"),
    "reply_to": ("reply to",),
    "attachment": ("attachment", "attachments"),
    "kind": ("kind",),
    "edited": ("edited",),
    "forwarded": ("forwarded",),
    "reactions": ("reactions",),
}  # fmt: skip
_DAYS = _names("date|day|datum|fecha|data|дата|tarih|日付|日期|날짜|التاريخ|תאריך|dag|tag")
_CLOCKS = _names("time|hour|zeit|uhrzeit|hora|heure|ora|tijd|saat|время|時間|时间|시간|الوقت|שעה")
_MINE = ("is from me", "from me", "isfromme", "is sender", "direction", "type", "message type", "folder")
_BY_WORD = ("direction", "type", "message type", "folder")
"""Columns in which a number may mean anything."""
ME, OTHER = "Me", "Other"
SENT = ("1", "true", "yes", "sent", "outgoing", "out", "outbox", "me")
TOLD = ("notification", "system", "event", "service")
"""What stands in such a column where the app itself speaks."""
RECEIVED = ("0", "false", "no", "received", "incoming", "in", "inbox")


def find(row: Mapping[str, Any], chosen: Mapping[str, str], file: str = "the file") -> dict[str, str] | None:
    """Field -> column: the chosen ones, the others by their usual names. None without speaker and text.

    Three fields more may be in it: "clock", where the time of day has a column of its own, "mine", where a column
    only says whether a message was sent or received, and "sent", where such a column stands beside that of the sender,
    which programs leave empty for whoever holds the phone.
    """
    for column in chosen.values():
        if column not in row:
            raise UsageError(f"There is no column {column!r}; {file} has {', '.join(list(row)[:12])}.")
    lowered = _lowered(row)
    found = dict(chosen)
    for field, guesses in GUESSES.items():
        if field not in found:
            name = next((lowered[g] for g in guesses if g in lowered), None)
            if name is not None:
                found[field] = name
    day, clock = (next((lowered[n] for n in names if n in lowered), None) for names in (_DAYS, _CLOCKS))
    if day is not None and clock is not None and "time" not in chosen:
        found["time"], found["clock"] = day, clock
    for field in ("id", "reply_to", "kind"):
        found.setdefault(field, field)  # They may first appear far down.
    told = (n for n in _MINE if n in lowered and is_mine(row[lowered[n]]) is not None)
    mine = next((lowered[n] for n in told if n not in _BY_WORD or not str(row[lowered[n]]).strip().isdigit()), None)
    if (
        mine is not None
        and "speaker" not in chosen
        and found.get("speaker") in (None, lowered.get("contact name"), lowered.get("contact"))
    ):
        found["mine"] = mine
    elif mine is not None and "speaker" not in chosen:
        found["sent"] = mine
    return found if ("speaker" in found or "mine" in found) and "text" in found else None


def key(row: Mapping[str, Any]) -> Any:
    """What a row that holds a whole conversation calls it; None where it has no name for it."""
    lowered = _lowered(row)
    names = (lowered[g] for g in (*GUESSES["conversation"], *GUESSES["id"]) if g in lowered)
    return next((row[n] for n in names if isinstance(row[n], str | int)), None)


def is_mine(value: Any) -> bool | None:
    """Whether a cell says that a message was sent, or None where it says neither that nor that it was received."""
    word = str(value).strip().lower()
    return True if word in SENT else False if word in RECEIVED else None


def _lowered(row: Mapping[str, Any]) -> dict[str, str]:
    return {_plain(str(k)): k for k in reversed(list(row))}


def _plain(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("\ufeff", ""))  # createdAt, ConversationID
    return re.sub(r"[\s_-]+", " ", words).strip().lower()
