"""Mail: an mbox file, one message (.eml), or a folder or zip of them, without quotes and signatures
(docs/sources/mail.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.people import People, pick

NAME = "mail"
TITLE = "Mail (mbox, EML)"

_FROM_LINE = re.compile(rb"^From \S+.* \d{1,2} \d{2}:\d{2}(?::\d{2})?\b.* \d{4}", re.MULTILINE)
_SPLIT = re.compile(rb"(?:\A|\r?\n)(?=From \S+.* \d{1,2} \d{2}:\d{2}(?::\d{2})?\b[^\n]* \d{4}[^\n]*\n)")
_HEADER = re.compile(
    r"^(?:From|To|Date|Subject|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|X-[\w-]+): ", re.I | re.M
)
_PREFIX = re.compile(r"^\s*(?:(?:re|aw|fwd?|wg|sv|antw|tr|rv|enc|res|r)(?:\[\d+\])?\s*:\s*)+", re.I)
_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "cs", "ja", "ko", "zh"]
_DEVICE = r"(?:iPhone|iPad|Android|Samsung|Galaxy|Huawei|Xiaomi|Pixel|Outlook|Handy|Mobil|GMX|WEB\.DE|Yahoo|Gmail)"
_SENT_FROM = re.compile(
    rf"(?:^|\n)\s*(?:(?:Sent (?:from|via)|Get|Von mein|Gesendet (?:von|mit)|Diese Nachricht wurde von|Hol(?:e|en)? |Enviad[oa] (?:desde|do|a partir)"
    rf"|Obt(?:ener|enha|én) |Envoyé (?:de|depuis|à partir)|Obtenez|Télécharger|Inviato da|Scarica|Verzonden (?:vanaf|met|vanuit)|Verstuurd vanaf"
    rf"|Отправлено (?:с|из)|Wysłan[eo] z|Skickat från|Sendt fra|Lähetetty|أُ?رسلت? من|נשלח מ)[^\n]{{0,40}}{_DEVICE}[^\n]{{0,40}}"
    rf"|(?:나의 )?{_DEVICE}[^\n]{{0,12}}(?:에서 (?:보냄|전송됨)|から送信|'?(?:den|dan|umdan|ımdan) gönderildi)|(?:发自|發自|從)我的? ?{_DEVICE}[^\n]{{0,12}})\s*$",
    re.IGNORECASE,
)
"""The last line that phones add."""
_TAGS = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^>]*>", re.I)


def sniff(head: Head) -> float:
    """Header lines at the very beginning."""
    text = head.text.lstrip("\ufeff")
    if _FROM_LINE.match(head.data) and _HEADER.search(text[:4000]):
        return 0.97
    top = re.split(r"\r?\n\r?\n", text[:8000], maxsplit=1)[0]
    names = {m.group(0).lower() for m in _HEADER.finditer(top)}
    if _HEADER.match(text) and "from: " in names and len(names) >= 3:
        return 0.95
    return 0.6 if any(n.lower().endswith((".eml", ".mbox")) for n in head.names) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every thread, by who wrote what in answer to what, else by subject."""
    return [Chat(key, subject or "no subject", len(rows)) for key, (subject, rows) in _threads(source, None).items()]


def parse(source: Input, options: Options) -> Conversation:
    """Read one thread. Raises NearerError where the file holds no mail, or several threads and none is chosen."""
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    threads = _threads(source, builder)
    listed = [Chat(key, subject or "no subject", len(rows)) for key, (subject, rows) in threads.items()]
    if not listed:
        raise NearerError(f"{source.path.name} holds no mail that could be read.")
    chosen = pick(listed, options, source.path.name)
    people = People()
    places: dict[str, int] = {}
    for time, line, message in sorted(threads[chosen.id][1], key=lambda r: (r[0] or 0, r[1])):
        identity = _id(message, "Message-ID")
        if identity and identity in places:
            builder.skip(line, "The same mail stands in the file twice.")
            continue
        place = _add(builder, message, time, line, people, places)
        if identity:
            places[identity] = place
    return builder.build(title=chosen.title)


def _add(
    builder: ConversationBuilder,
    message: EmailMessage,
    time: int | None,
    line: int,
    people: People,
    places: dict[str, int],
) -> int:
    sender = _sender(message)
    said, files = _body(message)
    text = _own_words(said)
    kind: MessageKind = "text" if text else "media"
    answered = next((places[i] for i in reversed(_ids(message)) if i in places), None)
    return builder.add(
        people.name(sender[1].lower() or sender[0], sender[0] or sender[1]), text, time, kind, line,
        id=_id(message, "Message-ID"), attachment=files[0] if files else None, reply_to=answered,
    )  # fmt: skip


def _mails(source: Input) -> Iterator[tuple[int, EmailMessage | None]]:
    """(number, mail) of every mail; None for what is no mail."""
    from email import message_from_bytes
    from email.policy import default

    members: list[str | None] = [n for n in source.names if n.lower().endswith((".eml", ".mbox", ".mbx"))]
    number = 0
    for member in members if source.names else [None]:
        data = source.read(member)
        pieces = [p for p in _SPLIT.split(data) if p.strip()] if data.startswith(b"From ") else [data]
        for piece in pieces:
            number += 1
            if piece.startswith(b"From "):
                piece = re.sub(rb"^>(>*From )", rb"\1", piece.split(b"\n", 1)[-1], flags=re.MULTILINE)
            try:
                message = message_from_bytes(piece, policy=default)
                yield number, message if _sender(message) != ("", "") else None
            except (ValueError, LookupError, TypeError, IndexError, AttributeError, RecursionError, AssertionError):
                yield number, None


def _threads(
    source: Input, builder: ConversationBuilder | None
) -> dict[str, tuple[str, list[tuple[int | None, int, EmailMessage]]]]:
    """First mail's number -> (subject, its mails). Answers join by the ids they name, mails without any by subject."""
    home: dict[str, str] = {}
    found: dict[str, tuple[str, list[tuple[int | None, int, EmailMessage]]]] = {}
    for number, message in _mails(source):
        if message is None:
            if builder:
                builder.skip(number, "This is not a mail with a sender.")
            continue
        subject = _PREFIX.sub("", _header(message, "Subject")).strip()
        ids = [i for i in (_header(message, "X-GM-THRID"), *_ids(message), _id(message, "Message-ID") or "") if i]
        keys = [f"id:{i}" for i in ids] + ([f"subject:{subject.lower()}"] if subject else [])
        key = next((home[k] for k in keys if k in home), None) or str(len(found) + 1)
        for k in keys:
            home.setdefault(k, key)
        found.setdefault(key, (subject, []))[1].append((_time(message), number, message))
    return found


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "").strip()
    except (ValueError, LookupError, TypeError, IndexError, AttributeError, AssertionError):
        return ""


def _id(message: EmailMessage, name: str) -> str | None:
    return _header(message, name) or None


def _ids(message: EmailMessage) -> list[str]:
    return re.findall(r"<[^<>\s]+>", _header(message, "References") + " " + _header(message, "In-Reply-To"))


def _sender(message: Any) -> tuple[str, str]:
    """(name, address)."""
    pairs = getaddresses([_header(message, "From")])
    name, address = pairs[0] if pairs else ("", "")
    return name.strip().strip("'\""), address.strip()


def _time(message: EmailMessage) -> int | None:
    try:
        moment: datetime = parsedate_to_datetime(_header(message, "Date"))
        return epoch_ms(moment)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(message: EmailMessage) -> tuple[str, list[str]]:
    """The words as plain text, and the names of attached files."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        text = str(part.get_content()) if part is not None else ""
        files = [f for f in (p.get_filename() or "" for p in message.iter_attachments()) if f]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError, RecursionError):
        return "", []
    if part is not None and part.get_content_type() == "text/html":
        text = _from_html(text)
    return text.replace("\r\n", "\n"), files


def _from_html(page: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_TAGS.sub(lambda m: "\n" + m[0], page))
    tree.strip_tags(["script", "style", "head", "blockquote"])
    for quote in tree.css(".gmail_quote"):
        quote.decompose()
    body = tree.body
    return re.sub(r"\n{3,}", "\n\n", body.text()) if body else ""


def _own_words(text: str) -> str:
    """The sender's own words, those between quotations too."""
    from mailparser_reply import EmailReplyParser

    if not text.strip():
        return ""
    own = EmailReplyParser(languages=_languages()).read(text=text[: 1 << 18])
    latest = own.replies[0].body if own.replies else ""
    # Answers set between the lines of a quotation are the sender's as well.
    if text.lstrip().startswith(">") or not latest.strip():
        latest = "\n".join(
            x
            for x in text.split("\n")
            if not x.startswith(">") and not re.match(r".{0,120}(?:wrote|schrieb|escribió|écrit)\s?:\s*$", x)
        )
    return _SENT_FROM.sub("", re.split(r"(?m)^-- ?$", latest, maxsplit=1)[0].strip()).strip()


def _languages() -> list[str]:
    from mailparser_reply.constants import MAIL_LANGUAGES

    return [x for x in _LANGUAGES if x in MAIL_LANGUAGES]
