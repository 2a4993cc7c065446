"""Mail: an mbox file, one message (.eml, .emlx), or a folder or zip of them, without quotes and signatures
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
from nearer.sources.mail_quotes import own_words
from nearer.sources.people import People, pick
from nearer.sources.text import decode, western

NAME = "mail"
TITLE = "Mail (mbox, EML)"

_FROM_LINE = re.compile(rb"^From \S+.* \d{1,2} \d{2}:\d{2}(?::\d{2})?\b.* \d{4}", re.MULTILINE)
_SPLIT = re.compile(rb"(?:\A|\r?\n)(?=From \S+.* \d{1,2} \d{2}:\d{2}(?::\d{2})?\b[^\n]* \d{4}[^\n]*\n)")
_BLANK_LINE = re.compile(rb"\n\r?\n|\r\r")
"""Between the headers of a mail and its body."""
_HEADER = re.compile(
    r"^(?:From|To|Date|Subject|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|X-[\w-]+): ", re.I | re.M
)
_FILE = re.compile(r"(?:\.(?:emlx?|mbox|mbx)|(?:^|/)mbox)$", re.IGNORECASE)
"""Mail in a folder or zip; a mailbox that Apple Mail exports is a folder with a file called mbox."""
_LENGTH = re.compile(rb"(\d{1,12})[ \t]*\r?\n(?=[A-Za-z][\w-]*:)")
"""How many bytes the mail has, above the mails that Apple Mail keeps; behind them it notes flags of its own."""
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|fwd?|wg|sv|antw|antwort|tr|rv|enc|res|r|i|rif|ynt|ilt|odp|pd|vs|vl|回复|答复|回覆|转发|轉寄)(?:\[\d+\])?\s*[:：]\s*)+",
    re.I,
)
_DRAFT = re.compile(
    r"(?:^|,) ?(?:Drafts?|Entw(?:u|ü)rfe|Brouillons|Borradores|Rascunhos|Bozze|Concepten|Wersje robocze|Черновики|Taslaklar"
    r"|下書き|임시보관함|草稿|טיוטות|المسودات)(?:,|$)"
)
_DEVICE = r"(?:iPhone|iPad|Android|Samsung|Galaxy|Huawei|Xiaomi|Pixel|Outlook|Handy|Mobil|GMX|WEB\.DE|Yahoo|Gmail|Proton ?Mail|Mail for Windows|BlackBerry)"
_SENT_FROM = re.compile(
    rf"(?:^|\n)\s*(?:(?:Sent (?:from|via|with)|Get|Von mein|Gesendet (?:von|mit)|Diese Nachricht wurde von|Hol(?:e|en)? |Enviad[oa] (?:desde|do|a partir)"
    rf"|Obt(?:ener|enha|én) |Envoyé (?:de|depuis|à partir)|Obtenez|Télécharger|Inviato da|Scarica|Verzonden (?:vanaf|met|vanuit)|Verstuurd vanaf"
    rf"|Отправлено (?:с|из)|Wysłan[eo] z|Skickat från|Sendt fra|Lähetetty|أُ?رسلت? من|נשלח מ)[^\n]{{0,40}}{_DEVICE}[^\n]{{0,40}}"
    rf"|(?:나의 )?{_DEVICE}[^\n]{{0,12}}(?:에서 (?:보냄|전송됨)|から送信|'?(?:den|dan|umdan|ımdan) gönderildi)|(?:发自|發自|從)我的? ?{_DEVICE}[^\n]{{0,12}})\s*$",
    re.IGNORECASE,
)
"""The last line that phones add."""
_MEANT = {
    "gb2312": "gb18030",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
}
"""Charsets as mail names them, by the larger or true one that programs write."""
_EDGE = "\x01"
_BLOCKS = re.compile(r"</?(?:p|div|li|ul|ol|tr|table|blockquote|h[1-6]|hr|section|article|pre)\b[^>]*>", re.I)
_BREAKS = re.compile(r"<br\b[^>]*>|</p>", re.I)
_SIGNATURES = ".gmail_signature, .gmail_signature_prefix, .moz-signature, .protonmail_signature_block, #Signature, #ms-outlook-mobile-signature"


def sniff(head: Head) -> float:
    """Header lines at the very beginning."""
    kept = _LENGTH.match(head.data)
    text = head.text.lstrip("\ufeff")[kept.end() if kept else 0 :]
    if _FROM_LINE.match(head.data) and _HEADER.search(text[:4000]):
        return 0.97
    top = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    names = {m.group(0).lower() for m in _HEADER.finditer(top)}
    if _HEADER.match(text) and "from: " in names and len(names) >= 3:
        return 0.95
    return 0.6 if any(map(_FILE.search, head.names)) else 0.0


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
    text, forwarded = _own_words(said)
    kind: MessageKind = "text" if text else "media"
    answered = next((places[i] for i in reversed(_ids(message)) if i in places), None)
    return builder.add(
        _who(sender, people), text, time, kind, line,
        id=_id(message, "Message-ID"), forwarded=forwarded or None, attachment=files[0] if files else None, reply_to=answered,
    )  # fmt: skip


def _who(sender: tuple[str, str], people: People) -> str:
    """A person by their address, or by the name under which they have come up with another; the address of a mailing
    list that writes "Ana via List" is nobody's."""
    name, address = sender
    own = re.sub(r"\s+(?:via|über|par le biais de|через)\s.+$", "", name)
    identity = own.casefold() if own != name else address.lower() or own
    if people.known(identity) is None and own in people:
        return own
    return people.name(identity, own or address)


def _mails(source: Input) -> Iterator[tuple[int, EmailMessage | None]]:
    """(number, mail) of every mail; None for what is no mail."""
    members: list[str | None] = [n for n in source.names if _FILE.search(n)]
    number = 0
    for member in members if source.names else [None]:
        data = source.read(member)
        if kept := _LENGTH.match(data):
            data = data[kept.end() : kept.end() + int(kept[1])]
        pieces = [p for p in _SPLIT.split(data) if p.strip()] if data.startswith(b"From ") else [data]
        for piece in pieces:
            number += 1
            if piece.startswith(b"From "):
                piece = re.sub(rb"^>(>*From )", rb"\1", piece.split(b"\n", 1)[-1], flags=re.MULTILINE)
            try:
                message = _parsed(piece)
                yield number, message if _sender(message) != ("", "") else None
            except (ValueError, LookupError, TypeError, IndexError, AttributeError, RecursionError, AssertionError):
                yield number, None


def _parsed(mail: bytes) -> EmailMessage:
    """The mail, where headers may hold letters as they are, and not written out in ASCII as they should be."""
    from email import message_from_string
    from email.policy import default

    end = blank.start() if (blank := _BLANK_LINE.search(mail)) else len(mail)
    head = "\n".join(map(western, mail[:end].split(b"\n")))
    # The body's bytes go through as they are; its own headers name their encoding.
    return message_from_string(head + mail[end:].decode("ascii", "surrogateescape"), policy=default)


def _threads(
    source: Input, builder: ConversationBuilder | None
) -> dict[str, tuple[str, list[tuple[int | None, int, EmailMessage]]]]:
    """First mail's number -> (subject, its mails). Answers join by the ids they name, mails without any by subject."""
    home: dict[str, str] = {}
    found: dict[str, tuple[str, list[tuple[int | None, int, EmailMessage]]]] = {}
    for number, message in _mails(source):
        if message is None:
            if builder is not None:
                builder.skip(number, "This is not a mail with a sender.")
            continue
        if _DRAFT.search(_header(message, "X-Gmail-Labels")):
            if builder is not None:
                builder.notice("draft, never sent", _time(message), number)
            continue
        whole = _header(message, "Subject")
        subject = _PREFIX.sub("", whole).strip()
        ids = [i for i in (_header(message, "X-GM-THRID"), *_ids(message), _id(message, "Message-ID") or "") if i]
        keys = [f"id:{i}" for i in ids] + ([f"subject:{subject.lower()}"] if subject else [])
        # Of two mails called "Hello", neither of which answers anything, each begins a thread.
        begins = bool(ids) and subject == whole.strip() and not _ids(message)
        looked = keys[: len(ids)] if begins or _header(message, "X-GM-THRID") else keys
        key = next((home[k] for k in looked if k in home), None) or str(len(found) + 1)
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
    try:
        # The header itself knows which comma parts two people, and which stands within a name.
        name, address = next(((a.display_name, a.addr_spec) for a in message["From"].addresses), ("", ""))
    except (AttributeError, ValueError, LookupError, TypeError, AssertionError):
        name, address = "", ""
    if not address.strip("<>"):
        name, address = next(iter(getaddresses([_header(message, "From")])), ("", ""))
    return name.strip().strip("'\""), address.strip().strip("'\"")


def _time(message: EmailMessage) -> int | None:
    try:
        moment: datetime = parsedate_to_datetime(_header(message, "Date"))
        return epoch_ms(moment)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(message: EmailMessage) -> tuple[str, list[str]]:
    """The words as plain text, and the names of attached files."""
    try:
        part, page = message.get_body(("plain", "html")), message.get_body(("html",))
        files = [f for f in (p.get_filename() or "" for p in message.iter_attachments()) if f]
        text = "\n".join(_content(p) for p in _texts(message, part))
        if page is not None and not text.strip():
            # Some programs leave the plain form empty.
            text, part = _content(page), page
    except (
        ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError, RecursionError, NearerError,
    ):  # fmt: skip
        return "", []
    if part is not None and part.get_content_type() == "text/html":
        text = _from_html(text)
    return text.replace("\r\n", "\n"), files


def _texts(message: EmailMessage, body: Any) -> list[Any]:
    """The part with the words, and those that go on after a picture set among them."""
    if body is None:
        return []
    parts = list(message.iter_parts()) if message.get_content_type() == "multipart/mixed" else []
    if body.get_content_type() != "text/plain" or not any(p is body for p in parts):
        return [body]
    return [p for p in parts if p.get_content_type() == "text/plain" and not (p.is_attachment() or p.get_filename())]


def _content(part: Any) -> str:
    """The words of a part; where its charset is missing, unknown or wrong, in one that fits."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or data.isascii():
        return str(part.get_content())
    named = (part.get_content_charset() or "").lower()
    for charset in (_MEANT.get(named, named), "utf-8"):
        try:
            return data.decode(charset or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    # A word or two in a foreign alphabet are too few to guess by; an accent here and there is of Western Europe.
    foreign = sum(b >= 0x80 for b in data)
    return decode(data, "mail") if foreign * 3 > len(data) else data.decode("cp1252", errors="replace")


def _from_html(page: str) -> str:
    """The words of a page as a plain mail would have them, quotations behind ">"."""
    from selectolax.lexbor import LexborHTMLParser

    if "<pre" not in page.lower():
        page = re.sub(r"[ \t\r\n]+", " ", page)
    page = re.sub(r"(?i)</t[dh]>", r"\g<0> ", page)
    page = _BREAKS.sub(lambda m: f"\n{m[0]}", _BLOCKS.sub(lambda m: f"{_EDGE}{m[0]}{_EDGE}", page))
    tree = LexborHTMLParser(page)
    tree.strip_tags(["script", "style", "head", "title"])
    for signature in tree.css(_SIGNATURES):
        signature.decompose()
    while (quote := tree.css_first("blockquote")) is not None:
        lines = _shown(quote.text()).split("\n")
        quote.replace_with(_EDGE + "\n".join(f"> {x}".rstrip() for x in lines) + _EDGE)
    return _shown(tree.body.text()) if tree.body else ""


def _shown(text: str) -> str:
    """One break where one block ends and the next begins, and no more than one blank line."""
    text = re.sub(rf" *{_EDGE}[{_EDGE} ]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", text)).strip()


def _own_words(text: str) -> tuple[str, bool]:
    """The sender's own words, and whether a mail is passed on."""
    own, forwarded = own_words(text[: 1 << 18])
    return _SENT_FROM.sub("", own).strip(), forwarded
