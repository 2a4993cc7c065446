"""What WhatsApp itself writes into an export, in the languages it writes it in."""

from __future__ import annotations

import re
from itertools import product
from typing import Literal

from nearer.sources.text import MARKS


def _all(things: str, endings: str) -> set[str]:
    return {f"{a} {b}" for a, b in product(things.split("|"), endings.split("|"))}


_MEDIA = {
    "media omitted", "medien ausgelassen", "medien ausgeschlossen", "medien weggelassen", "média omis", "médias omis",
    "fichier omis", "archivo omitido", "multimedia omitido", "mídia oculta", "arquivo de mídia oculto",
    "ficheiro não revelado", "media omessi", "media weggelaten", "medya dahil edilmedi", "без медиафайлов",
    "медиафайл пропущен", "メディアなし", "メディアは含まれていません", "メディアを含まれていません",
    "미디어 파일을 생략한 대화내용", "미디어 생략", "waiting for this message. this may take a while",
    "waiting for this message",
    "省略多媒体文件", "媒體已略去", "تم استبعاد الوسائط", "मीडिया के बिना",
    "मीडिया छोड़ा गया", "pominięto multimedia", "utelämnad media", "null", "live location shared", "vidéo absente",
    "image absente", "audio omis", "gif retiré", "sticker omis", "document manquant", "fiche contact omise",
    "bild weggelassen",
    "画像は省略されました", "동영상 생략됨", "이미지 생략됨",
    "изображение пропущено", "видео пропущено", "görüntü dahil edilmedi",
    *_all("image|images|video|videos|audio|sticker|gif|document|contact card|photo|video note"
          "|view once message|view once photo"
          "|view once video", "omitted"),
    *_all("bild|video|audio|sticker|gif|dokument|kontaktkarte", "weggelassen"),
    *_all("imagen|vídeo|video|audio|sticker|gif|documento|tarjeta de contacto", "omitido|omitida"),
    *_all("imagem|vídeo|áudio|figurinha|gif|documento|cartão do contato", "oculto|oculta|omitido|omitida"),
    *_all("immagine|video|audio|sticker|gif|documento", "omesso|omessa"),
    *_all("afbeelding|video|audio|sticker|gif|document", "weggelaten"),
}  # fmt: skip
_DELETED = {
    "this message was deleted", "you deleted this message", "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht",
    "se eliminó este mensaje", "eliminó este mensaje", "eliminaste este mensaje", "este mensaje fue eliminado",
    "mensagem apagada",
    "esta mensagem foi apagada", "essa mensagem foi apagada", "você apagou esta mensagem",
    "ce message a été supprimé",
    "vous avez supprimé ce message", "questo messaggio è stato eliminato", "hai eliminato questo messaggio",
    "dit bericht is verwijderd", "je hebt dit bericht verwijderd", "bu mesaj silindi", "bu mesajı sildiniz",
    "данное сообщение удалено", "вы удалили данное сообщение", "このメッセージは削除されました", "삭제된 메시지입니다",
    "تم حذف هذه الرسالة", "لقد حذفت هذه الرسالة", "حذفت هذه الرسالة", "यह मैसेज हटा दिया गया", "यह संदेश हटाया गया",
    "आपने यह मैसेज हटा दिया", "यह मैसेज मिटाया गया", "сообщение удалено", "вы удалили это сообщение",
    "내가 삭제한 메시지입니다", "이 메시지를 삭제했습니다", "mensagem apagada por administrador",
}  # fmt: skip
_CALL = {
    "missed voice call", "missed video call", "missed group voice call", "missed group video call",
    "verpasster sprachanruf",
    "verpasster videoanruf", "llamada perdida", "videollamada perdida", "chamada de voz perdida",
    "chamada de vídeo perdida",
    "appel vocal manqué", "appel vidéo manqué", "chiamata persa", "부재중 음성 통화", "부재중 영상 통화", "voice call",
    "video call",
}  # fmt: skip
_CALL_LOG = re.compile(
    r"(?:voice|video) call[.,] .*(?:no answer|\d+ (?:sec|min|hr|hours?|seconds?|minutes?))\W*$"
    r"|(?:missed|silenced) (?:group )?(?:voice|video) call[.,] .*(?:tap to call back|focus mode|call back)\W*$"
)
_IPHONE_CALL = re.compile("^\u200e[^\\n,:]{3,40}, ?\u200e[^\\n]{1,40}$")
"""A call in any language, as iPhones write it: two parts, each behind a mark."""
_OMITTED = re.compile(
    r"(?:omitted|weggelassen|omitid[oa]|ocultad[oa]|omis|absente?|manquante?|retiré|omess[oa]|non inclus[oa]|weggelaten"
    r"|dahil edilmedi|пропущен[оа]?|отсутствует|생략됨|省略されました|已忽略|已略去|छोड़[ाी] गय?[ाी]?)$"
)
"""How a line ends that stands for a file, behind the mark that iPhones put before it."""
_PLACE = re.compile(r"\w+: https?://(?:maps\.google\.com/|www\.google\.com/maps)\S*$")
_KINDS: dict[str, Literal["media", "deleted", "call"]] = {
    **dict.fromkeys(_MEDIA, "media"), **dict.fromkeys(_DELETED, "deleted"), **dict.fromkeys(_CALL, "call"),
}  # fmt: skip
_AROUND = f"<>. \u00a0\n{MARKS}"
LONGEST = 110
"""No line that WhatsApp writes in somebody's stead is longer, a place on the map included."""

ATTACHED = re.compile(
    r"^(?:(?P<before>.*?)\s*<\s?(?:attached|angehängt|adjunto|anexado|pièce jointe|allegato|bijgevoegd|ekli"
    r"|прикреплено|첨부됨"
    r"|添付ファイル|مرفق)\s?:?\s(?P<a>[^<>]+)>"
    r"|(?P<b>\S[^\n]*?\.\w{2,5}) (?:\((?:file attached|datei angehängt|fichier joint|archivo adjunto|arquivo anexado"
    r"|ficheiro anexado|file allegato|bestand bijgevoegd|dosya ekli|файл добавлен|ファイル添付|파일 첨부됨|الملف مرفق"
    r"|ملف مرفق|फ़ाइल अटैच्ड)\)|<attached>)\s*(?P<after>.*))$",
    re.IGNORECASE | re.DOTALL,
)
SENT = re.compile(
    r"<|\S[^\n]*\.\w{2,5} |(?:poll|umfrage|encuesta|enquete|sondage|sondaggio|anket|опрос|투표):", re.IGNORECASE
)
"""How a file, or a poll, begins that somebody sent."""
EDITED = re.compile(
    r"\s?[\u200e\u200f]?<(?:this message was edited|diese nachricht wurde bearbeitet"
    r"|se editó este mensaje\.?|mensagem editada"
    r"|essa mensagem foi editada|esta mensagem foi editada|ce message a été modifié"
    r"|questo messaggio è stato modificato"
    r"|dit bericht is bewerkt|bu mesaj düzenlendi|данное сообщение изменено"
    r"|このメッセージは編集済みです|편집된 메시지입니다"
    r"|تم تعديل هذه الرسالة|यह मैसेज एडिट किया गया)>$",
    re.IGNORECASE,
)
ENCRYPTED = re.compile(
    r"(?:end-to-end encrypted|ende-zu-ende-verschlüsselt|cifrados? de extremo a extremo"
    r"|criptografia de ponta a ponta|"
    r"encriptadas ponto a ponto|chiffrés de bout en bout|crittografat[ie] end-to-end|end-to-end versleuteld"
    r"|uçtan uca şifrel|"
    r"защищены сквозным шифрованием|エンドツーエンド|종단간 암호화"
    r"|مشفرة تماما|تامة بين الطرفين|एंड-टू-एंड एन्क्रिप्ट)",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"^(?:[^:]{1,60} )?(?:changed (?:this group's|this group|the (?:subject|group|icon|description)"
    r""
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


def kind_of(text: str) -> Literal["media", "deleted", "call"] | None:
    """What a line written by WhatsApp stands for, or None for a person's words. Nearly every message comes by here."""
    lowered = text.lower().strip(_AROUND)
    found = _KINDS.get(lowered)
    if found is None:
        if text[:1] in MARKS and text:
            if _OMITTED.search(lowered):
                return "media"
            if _IPHONE_CALL.match(text):
                return "call"
        if "maps" in lowered and _PLACE.match(lowered):
            return "media"
        if "call" in lowered and _CALL_LOG.match(lowered.replace("\u200e", "")):
            return "call"
        if lowered.startswith("this message was deleted by admin"):
            return "deleted"
    return found
