"""What a line that WhatsApp wrote stands for: a file, a deleted message, a call, a change, a notice.

Known wordings come from whatsapp_languages.py; where a language is not listed, the marks and brackets that the apps
put around their own words tell most of it.
"""

from __future__ import annotations

import re
from typing import Literal

from nearer.sources import whatsapp_languages as languages
from nearer.sources.text import MARKS, plain

_CALL_LOG = re.compile(
    r"(?:voice|video) call[.,] .*(?:no answer|answered on .*device|call failed|declined|\d+ (?:sec|min|hr|hours?|seconds?|minutes?))\W*$"
    r"|(?:missed|silenced) (?:group )?(?:voice|video) call[.,] .*(?:tap to call back|focus mode|call back)\W*$"
)
_IPHONE_CALL = re.compile("^[\u200e\u200f][^\\n,:،、]{3,40}[,،、] ?[\u200e\u200f][^\\n]{1,40}$")
"""A call in any language, as iPhones write it: two parts, each behind a mark."""
_OMITTED = re.compile(
    r"^(?:تم استبعاد|لم يتم إدراج) .*$"
    r"|(?:omitted|weggelassen|ausgelassen|ausgeschlossen|omitid[oa]|se omitió|ocultad[oa]|ocult[oa]|omise?|absente?|manquante?|retiré|omess[oa]|esclus[oa]"
    r"|non inclus[oa]|weggelaten|dahil edilmedi|пропущен[оа]?|отсутствует|відсутн[єяій]+|생략됨|제외됨|省略されました"
    r"|含まれていません|已忽略|已略去|已省略|הושמטה?|छोड़[ाी] गय?[ाी]?|utesluten|utelatt|udeladt|pominięt[aey]|tidak disertakan)$"
)
"""How a line ends that stands for a file, behind the mark that iPhones put before it."""
_PLACE = re.compile(
    r"[^\s:][^:\n]{0,40}: ?https?://maps\.google\.com/\?q=-?\d+\.\d+,-?\d+\S*$"
    r"|[^\s:][^:\n]{0,80}: https?://(?:www\.)?foursquare\.com/v/\S+$"
    r"|\w+: https?://(?:maps\.google\.com/|www\.google\.com/maps)\S*$"
)
_KINDS: dict[str, Literal["media", "deleted", "call"]] = {
    **dict.fromkeys(languages.OMITTED | languages.LEFT_OUT, "media"),
    **dict.fromkeys(languages.DELETED | languages.YOU_DELETED, "deleted"),
    **dict.fromkeys(languages.MISSED, "call"),
}  # fmt: skip
_BY_ADMIN = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(languages.DELETED)))}) [^\n:]*admin|diese nachricht wurde von [^\n:]+ gelöscht$"
)
"""What an administrator deleted, behind the mark of iPhones: his name follows, or stands between."""
_AROUND = f"<>.。।۔ \u00a0\n{MARKS}"
LONGEST = 110
"""No line that WhatsApp writes in somebody's stead is longer, a place on the map included."""

_FILE_IOS = re.compile(
    r"^(?P<before>.*?)\s*<\s?[^<>:：\n]{2,24}\s?(?::\s|：\s?)(?P<file>\d{8}-[^<>\n]+|[^<>\n]+\.\w{2,5})\s?>$", re.DOTALL
)
_FILE_ANDROID = re.compile(
    r"^(?P<file>\S[^\n]*?\.\w{2,5}) (?:\((?P<what>[^()\n]{3,40})\)|<attached>)\s*(?P<after>.*)$", re.DOTALL
)
_OWN_NAME = re.compile(r"(?:IMG|VID|PTT|AUD|STK|DOC|GIF|MP4)-\d{8}-WA\d+\.\w+$")
_DOCUMENT = re.compile(r"^(?P<file>\S[^\n]*?\.\w{2,5})(?: • [^\n]{1,24}?)? (?P<what>[^\n.]{4,40})$")
_TAIL = re.compile(rf"\s?(?P<mark>[{MARKS}]*)<(?P<what>[^<>\n:/=]{{4,60}})>\s*$")

SENT = re.compile(
    r"<|\S[^\n]*\.\w{2,5} |(?:poll|umfrage|encuesta|enquete|sondage|sondaggio|anket|опрос|опитування|투표|アンケート|投票|סקר"
    r"|استطلاع|पोल|peiling|ankieta) ?:",
    re.IGNORECASE,
)
"""How a file, or a poll, begins that somebody sent."""
ENCRYPTED = re.compile(
    r"(?:end-to-end encrypted|ende-zu-ende-verschlüsselt|cifrados? de extremo a extremo"
    r"|criptografia de ponta a ponta|encriptadas ponto a ponto|chiffrés de bout en bout|crittografat[ie] end-to-end"
    r"|end-to-end versleuteld|uçtan uca şifrel|защищены сквозным шифрованием|наскрізним шифруванням|エンドツーエンド"
    r"|종단간 암호화|مشفرة تمام|تامة بين الطرفين|سرتاسر رمزگذاری|एंड-टू-एंड एन्क्रिप्ट|מוצפנות מקצה|端對端加密|端到端加密"
    r"|pełni zaszyfrowane|koncovým šifrováním|komplett krypterade|ende-til-ende-krypter|end-to-end-krypter"
    r"|secara end-to-end|mã hóa đầu cuối|การเข้ารหัสจากต้นทาง|κρυπτογραφούνται|criptate integral|végpontok közötti titkosítás)",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"^(?:[^:]{1,60} )?(?:changed (?:this group's|this group|the (?:subject|group|icon|description)"
    r"|their phone number|to \+)|"
    r"created (?:this )?group|added (?:you|\S)|removed (?:you|\S)|left$|joined using|pinned a message|"
    r"turned (?:on|off) disappearing|changed their (?:phone )?number|security code (?:with|changed)|now an admin|"
    r"blocked this contact|unblocked this contact|this (?:business|chat) |you're now|missed (?:voice|video|group)|"
    r"started a (?:call|video call)|"
    r"hat (?:die gruppe|den betreff|das gruppenbild|die gruppenbeschreibung)|cambió (?:el asunto"
    r"|la descripción|el ícono)|"
    r"creó (?:el )?grupo|mudou (?:o nome|a descrição|a imagem)|criou (?:o|este) grupo|"
    r"a (?:changé|modifié) (?:le sujet|l'icône|la description)|ha cambiato (?:l'oggetto|l'immagine|la descrizione)|"
    r"heeft (?:de groep|het onderwerp|de groepsafbeelding)|"
    # Said of somebody, in the other languages; such a line counts only behind WhatsApp's own mark or without a sender.
    r"(?:hat|hast|wurde|wurdest) [^:]{0,80}(?:hinzugefügt|entfernt|erstellt|verlassen|geändert|gelöscht)\b|"
    r"(?:añadió|añadiste|agregó|agregaste|eliminó|eliminaste|salió|saliste|creaste|cambiaste|se unió) |"
    r"(?:adicionou|removeu|saiu|entrou|criou|mudou|foi adicionad[oa]|foi removid[oa])\b|"
    r"(?:a|as|avez) (?:ajouté|retiré|supprimé|quitté|créé|rejoint|été ajouté)|"
    r"(?:ha|hai) (?:aggiunto|rimosso|abbandonato|creato|cambiato)|(?:heeft|hebt) [^:]{0,80}(?:toegevoegd|verwijderd|verlaten"
    r"|gemaakt|gewijzigd)\b|[^:]{0,80}(?:kişisini ekledi|grubu oluşturdu|ayrıldı|çıkardı|değiştirdi)\b|"
    r"(?:добавил|удалил|покинул|вышел|вышла|создал|изменил)[аи]?(?:\(а\))? |[^:]{0,80}(?:추가했습니다|나갔습니다|만들었습니다"
    r"|변경했습니다|초대했습니다)|(?:أضاف|غادر|أنشأ|غيّر|أزال)|[^:]{0,80}(?:जोड़ा|निकाला|छोड़ दिया|बनाया)$)",
    re.IGNORECASE,
)


FILE_LINE = re.compile(r"[)>]\n|\.\w{2,5} [^\n.]{4,60}$")
"""Where a message may be, or hold, the name of a file."""


def kind_of(text: str) -> Literal["media", "deleted", "call"] | None:
    """What a line written by WhatsApp stands for, or None for a person's words. Nearly every message comes by here."""
    lowered = text.lower().strip(_AROUND)
    found = _KINDS.get(lowered)
    if found is None:
        if text[:1] == "<" and text.rstrip()[-1:] == ">" and _OMITTED.search(lowered):
            return "media"
        if text[:1] in MARKS and text:
            if _OMITTED.search(lowered):
                return "media"
            if _IPHONE_CALL.match(text):
                return "call"
            if _BY_ADMIN.match(lowered):
                return "deleted"
        if ("maps" in lowered or "foursquare" in lowered) and _PLACE.match(lowered):
            return "media"
        if "call" in lowered and _CALL_LOG.match(lowered.replace("\u200e", "")):
            return "call"
        if lowered.startswith("this message was deleted by admin"):
            return "deleted"
        if lowered.startswith(languages.SEEN_ELSEWHERE):
            return "media"
    return found


def is_own_deletion(text: str) -> bool:
    """Whether the line says that whoever made the export deleted a message."""
    return text.lower().strip(_AROUND) in languages.YOU_DELETED


def sent_with(text: str, learned: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """(name of the file, caption) of a message with a file, whether it came with the export or was left out."""
    if sent := attached(text):
        return sent
    if file := document(text, learned):
        return file, ""
    return _captioned(text, learned)


def _captioned(text: str, learned: frozenset[str]) -> tuple[str, str] | None:
    """The same of a file that an iPhone left out: its words, and behind a mark "image omitted"."""
    place = max(text.rfind("\u200e"), text.rfind("\u200f"))
    said, stands_for = text[: max(place, 0)], text[place:].rstrip("\n")
    if not plain(said).strip() or len(stands_for) > LONGEST:
        return None
    if kind_of(stands_for) != "media" and stands_for not in learned:
        return None
    name, dot, _ = said.partition(" • \u200e")  # A document whose name has no ending.
    return (plain(name).strip(), "") if dot else ("media", said.strip(f" \n{MARKS}"))


def attached(text: str) -> tuple[str, str] | None:
    """(name of the file, caption) of a message that was sent with a file or stands for a document; None for others."""
    bare = plain(text).strip()
    if match := _FILE_IOS.match(bare):
        return match["file"].strip(), _caption(match["before"], match["file"])
    match = _FILE_ANDROID.match(bare)
    if match and (
        match["what"] is None
        or match["what"].strip().lower() in languages.ATTACHED
        or _OWN_NAME.match(match["file"])
        or text[0] == "\u200e"
    ):
        return match["file"].strip(), _caption(match["after"], match["file"])
    first, newline, rest = bare.partition("\n")
    if newline and first[:1] == "<" and first.strip("<> .").lower() in languages.OMITTED:
        # A file that was left out, with its caption or its name on the next line.
        return (rest.strip(), "") if re.fullmatch(r"[^\n]{1,120}\.\w{2,5}", rest.strip()) else ("media", rest.strip())
    return None


def document(text: str, learned: frozenset[str] = frozenset()) -> str | None:
    """The name of a document that an iPhone left out: "plan.pdf • 3 pages document omitted"."""
    marked = text.rpartition("\u200e")
    match = _DOCUMENT.match(plain(text).strip())
    if not match:
        return None
    if marked[1] and f"\u200e{marked[2]}" in learned:
        return match["file"]
    known = (marked[2] if marked[1] else match["what"]).lower().strip(_AROUND)
    return match["file"] if known in languages.LEFT_OUT or match["what"].lower().endswith(_DOCUMENTS) else None


_DOCUMENTS = tuple(sorted(languages.LEFT_OUT))


def _caption(said: str | None, file: str) -> str:
    """What was said with a file. Its own name, which is often repeated before it or on the next line, is no caption."""
    caption = (said or "").strip()
    name = re.sub(r" • [^\n]{1,24}$", "", caption).strip()
    return "" if name in (file, file.rsplit(".", 1)[0]) or (name and file.endswith(f"-{name}")) else caption


def tail(text: str) -> str | None:
    """What stands between < and > at the end of some words, in small letters."""
    match = _TAIL.search(text)
    return match["what"].lower().strip(_AROUND) if match else None


def unedited(text: str, learned: frozenset[str] = frozenset()) -> str | None:
    """The words of a message that was changed, without the remark that says so; None for other messages."""
    match = _TAIL.search(text)
    if match is None or (match.start() == 0 and not match["mark"]):
        return None
    what = match["what"].lower().strip(_AROUND)
    return text[: match.start()] if what in languages.EDITED or "\u200e" in match["mark"] or what in learned else None
