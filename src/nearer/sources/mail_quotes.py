"""What of a mail its sender wrote: quotations, what is forwarded, and signatures taken away.

Programs put the same few things around people's words in every language: lines that begin with ">", above them a line
with a time or an address that ends in a colon, or else the header of the mail that is answered, with everything below.
"""

from __future__ import annotations

import re

from nearer.sources.text import plain

_FROM = (
    "From|Von|De|Da|Van|Från|Fra|Od|От|Від|Kimden|Gönderen|Expéditeur|Lähettäjä|Feladó|Remitente|Mittente"
    "|보낸 ?사람|差出人|发件人|寄件者|寄件人|מאת|من"
)
_OTHER = (
    "Sent|Date|To|Cc|Subject|Reply-To|Importance|Gesendet|Datum|An|Betreff|Kopie|Envoyé|Envoyé le|À|A|Objet|Enviado|Enviado el"
    "|Enviado em|Enviada em|Fecha|Data|Para|Asunto|Assunto|Inviato|Oggetto|Verzonden|Aan|Onderwerp|Skickat|Till|Ämne|Sendt|Til"
    "|Emne|Dato|Wysłano|Wysłane|Do|Temat|Odesláno|Komu|Předmět|Отправлено|Дата|Кому|Копия|Тема|Gönderildi|Gönderilme|Tarih|Kime"
    "|Konu|Lähetetty|Vastaanottaja|Aihe|Elküldve|Címzett|Tárgy|보낸 ?날짜|날짜|받는 ?사람|제목|送信日時|日付|日時|宛先|件名|发送时间"
    "|日期|时间|收件人|抄送|主题|寄件日期|收件者|主旨|נשלח|תאריך|אל|נושא|تم الإرسال|التاريخ|إلى|الموضوع"
)
_LABEL = re.compile(rf"^\s*[*_]*(?:(?P<from>{_FROM})|{_OTHER})[*_]*\s?[:：]", re.IGNORECASE)
_ENOUGH = 3
"""Labels, one line each, that make the header of a mail; people begin a line with "From:" too."""
_REACH = 12

_FORWARD = (
    r"Forwarded message|Weitergeleitete (?:Nachricht|Mail)|Message transféré|Mensaje reenviado|Mensagem encaminhada"
    r"|Messaggio inoltrato|Doorgestuurd bericht|Пересылаемое сообщение|Переадресованное сообщение|İletilen ileti"
    r"|Yönlendirilen ileti|Forwarded by \w.*|Fwd|전달된 메시지|전달된 메일|転送メッセージ|转发的邮件|הודעה שהועברה|رسالة مُ?عاد توجيهها"
)
_BEGIN_FORWARD = re.compile(
    r"^(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du (?:message transféré|courriel réexpédié)"
    r"|Inicio del mensaje reenviado|Inizio messaggio inoltrato|Begin doorgestuurd bericht|Início da mensagem (?:encaminhada|reencaminhada)"
    r"|転送されたメッセージ|전달된 메시지|下面是被转发的邮件|以下は転送されたメッセージです)\s?[:：]$",
    re.IGNORECASE,
)
_ANSWERED = (
    r"Original Message|Original Appointment|Ursprüngliche Nachricht|Original-?nachricht|Message d['’]origine|Message original"
    r"|Mensaje original|Mensagem original|Messaggio originale|Oorspronkelijk bericht|Ursprungligt meddelande|Opprinnelig melding"
    r"|Oprindelig meddelelse|Oryginalna wiadomość|Исходное сообщение|Özgün İleti|Orijinal mesaj|원본 메시지|원본 메일|元のメッセージ|原始邮件|原始郵件"
)
_RULE = re.compile(rf"^\s*-{{2,}}\s?(?:(?P<forward>{_FORWARD})|{_ANSWERED})\s?-{{2,}}\s*$", re.IGNORECASE)
_LINE = re.compile(r"^\s*[_-]{5,}\s*$")

_CLOCK_OR_DATE = re.compile(
    r"\d{1,2}[:.h]\d{2}(?!\d)|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[時点시]|[١٢]\d{3}"
)
_WROTE = re.compile(
    r"(?:wrote|writes|schrieb(?: .{1,80})?|escribió|escreveu|a écrit|ha scritto|schreef(?: .{1,80})?|geschreven|skrev(?: .{1,80})?"
    r"|napisał\(?a?\)?|napsal\(?a?\)?|написал\(?а?\)?|пише|пишет|yazdı|kirjoitti|írta|작성|썼습니다|のメール|写道|寫道|כתב/?ה?|כתבה|كتب)\s?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[<(]?[^\s<>()@]+@[^\s<>()@]+[>)]?")
_BRACKETED = re.compile(r"[<(][^\s<>()@]+@[^\s<>()@]+[>)]")
_SIGNATURE = re.compile(r"^--[ \xa0]?$")
_FOOTER = re.compile(r"^_{20,}$")

_REGARDS = re.compile(
    r"^(?:(?:(?:with )?(?:best|kind|kindest|warm|warmest|many)? ?regards|best wishes|(?:yours )?sincerely(?: yours)?|yours truly|cheers"
    r"|(?:mit )?(?:freundliche[nr]?|herzliche[nr]?|beste[n]?|liebe|viele|schöne) (?:gr(?:ü|ue)(?:ß|ss)en?)|mfg|lg|vg"
    r"|(?:bien )?cordialement|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|atenciosamente|abraços?|distinti saluti"
    r"|cordiali saluti|(?:met )?vriendelijke groet(?:en)?|(?:med )?vennlig hilsen|(?:med )?venlig hilsen|(?:med )?vänliga hälsningar"
    r"|pozdrawiam|с уважением|saygılarımla|iyi çalışmalar|s pozdravem)\s?[,.!]?)$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?:(?:many |with |all my )?(?:thanks|thank you|love)(?: (?:so|very) much| a lot| again)?|danke(?:schön)?|vielen dank|merci(?: beaucoup)?"
    r"|(?:muchas )?gracias|(?:muito )?obrigad[oa]|grazie(?: mille)?|(?:heel erg )?bedankt|besos|bisous|beijos|baci)\s?[,!]?$",
    re.IGNORECASE,
)
"""These say something; only the name and the addresses below are a signature."""
_BELOW_GREETING = 8
_SHORT = 60
_GOES_ON = re.compile(r"[?!…]$|^P\.? ?S\b")


def own_words(text: str) -> tuple[str, bool]:
    """(The sender's own words, those between quotations too; whether a mail of somebody else is passed on)."""
    lines = [x.rstrip() for x in text.split("\n")]
    end, forwarded = _end(lines)
    kept, passed_on = _unquoted(lines[:end])
    return _unsigned(kept).strip(), forwarded or passed_on


def _end(lines: list[str]) -> tuple[int, bool]:
    """Where another mail begins and goes on to the end, and whether it is one passed on."""
    for i, line in enumerate(lines):
        rule = _RULE.match(line)
        if rule or (_BEGIN_FORWARD.match(line.strip()) and not _quoted_next(lines, i)):
            return i, rule is None or rule["forward"] is not None
        if _LABEL.match(line) and _is_header(lines[i : i + _REACH]):
            return (_before(lines, i), False)
        introduced = _introduction(lines, i, strictly=True)
        # What is quoted without a sign of it goes on to the end; so much is cut only where the sender's address stands.
        if introduced and not _quoted_next(lines, i) and _BRACKETED.search(" ".join(lines[i + 1 - introduced : i + 1])):
            return i + 1 - introduced, False
    return len(lines), False


def _is_header(lines: list[str]) -> bool:
    """Whether the lines up to the next blank one begin with labels, the sender's among them."""
    found = []
    for line in lines:
        if not line.strip():
            break
        found.append(_LABEL.match(line))
    labels = [m for m in found if m]
    return len(labels) >= _ENOUGH and any(m["from"] for m in labels)


def _before(lines: list[str], at: int) -> int:
    """The line from which a header stands, with the rule above it."""
    i = at
    while i > 0 and not lines[i - 1].strip():
        i -= 1
    return i - 1 if i > 0 and _LINE.match(lines[i - 1]) else at


def _quoted_next(lines: list[str], at: int) -> bool:
    following = next((x for x in lines[at + 1 :] if x.strip()), "")
    return following.startswith(">")


def _introduction(lines: list[str], at: int, strictly: bool) -> int:
    """How many lines up to this one say who wrote, and when, what follows; none where they say something else.
    strictly: both a time and either an address or the word for writing are asked for."""
    if not plain(lines[at]).rstrip().endswith((":", "：")):
        return 0
    for count in (1, 2, 3):
        if count > at + 1 or not lines[at + 1 - count].strip():
            break
        whole = plain(" ".join(x.strip() for x in lines[at + 1 - count : at + 1])).strip().rstrip(":： ")
        if len(whole) > 300:
            break
        timed = _CLOCK_OR_DATE.search(_ADDRESS.sub("", whole))
        said = _ADDRESS.search(whole) or _WROTE.search(whole)
        if timed and (said or not strictly):
            return count
    if strictly:
        return 0
    line = plain(lines[at]).strip().rstrip(":： ")
    return int(bool(_WROTE.search(line) or _ADDRESS.search(line) or _BEGIN_FORWARD.match(plain(lines[at]).strip())))


def _unquoted(lines: list[str]) -> tuple[list[str], bool]:
    """The lines without quotations and what introduces them; whether what is quoted was passed on."""
    kept: list[str] = []
    forwarded = quoting = quoted = False
    for line in lines:
        if line.startswith(">"):
            if not quoting:
                while kept and not kept[-1].strip():
                    kept.pop()
                # Between quotations a line that ends in a colon is more likely the sender's.
                count = _introduction(kept, len(kept) - 1, strictly=quoted) if kept else 0
                forwarded = forwarded or bool(count and _BEGIN_FORWARD.match(kept[-1].strip()))
                del kept[len(kept) - count :]
                if kept:
                    kept.append("")
            quoting = quoted = True
        elif line.strip() or not quoting:
            quoting = False
            kept.append(line)
    return kept, forwarded


def _unsigned(lines: list[str]) -> str:
    """The words above a signature, a list's footer, or a name under a greeting."""
    signature = next((i for i, x in enumerate(lines) if _SIGNATURE.match(x)), len(lines))
    lines = lines[:signature]
    filled = [i for i, x in enumerate(lines) if x.strip()]
    for i in filled[-1 - _BELOW_GREETING :]:
        below = [lines[j].strip() for j in filled if j > i]
        if _FOOTER.match(lines[i]) and any("://" in x or "@" in x for x in below):
            return _unsigned(lines[:i])
        if i > filled[0] and all(len(x) <= _SHORT and not _GOES_ON.search(x) for x in below):
            if _REGARDS.match(lines[i].strip()):
                return "\n".join(lines[:i])
            if _THANKS.match(lines[i].strip()):
                return "\n".join(lines[: i + 1])
    return "\n".join(lines)
