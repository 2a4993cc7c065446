"""What WhatsApp itself writes into an export, in the languages it writes it in."""

from __future__ import annotations

import re

MEDIA = re.compile(
    r"^<?\s?(?:media omitted|medien ausgelassen|medien weggelassen|médias? omis|fichier omis|archivo omitido|multimedia omitido|"
    r"mídia oculta|arquivo de mídia oculto|ficheiro não revelado|media omessi|media weggelaten|medya dahil edilmedi|"
    r"без медиафайлов|медиафайл пропущен|メディアなし|メディア(?:は|を)含まれていません|미디어 파일을 생략한 대화내용|미디어 생략|"
    r"省略多媒体文件|媒體已略去|تم استبعاد الوسائط|मीडिया के बिना|मीडिया छोड़ा गया|pominięto multimedia|utelämnad media|"
    r"(?:image|video|audio|sticker|gif|document|contact card|photo|video note|view once (?:message|photo|video))s? omitted|"
    r"(?:bild|video|audio|sticker|gif|dokument|kontaktkarte) weggelassen|"
    r"(?:imagen|vídeo|video|audio|sticker|gif|documento|tarjeta de contacto) omitid[oa]|"
    r"(?:imagem|vídeo|áudio|figurinha|gif|documento|cartão do contato) ocult[oa]|"
    r"(?:image|vidéo|audio|sticker|gif|document|fiche contact)(?: absente?| omise?|s omis)|"
    r"(?:immagine|video|audio|sticker|gif|documento) omess[oa]|(?:afbeelding|video|audio|sticker|gif|document) weggelaten|"
    r"null)\s?>?$",
    re.IGNORECASE,
)
ATTACHED = re.compile(
    r"^(?:<\s?(?:attached|angehängt|adjunto|anexado|pièce jointe|allegato|bijgevoegd|ekli|прикреплено|첨부됨|添付ファイル|مرفق)\s?:?\s(?P<a>[^>]+)>"
    r"|(?P<b>\S.*?\.\w{2,5}) (?:\((?:file attached|datei angehängt|fichier joint|archivo adjunto|arquivo anexado|ficheiro anexado|"
    r"file allegato|bestand bijgevoegd|dosya ekli|файл добавлен|ファイル添付|파일 첨부됨|الملف مرفق|ملف مرفق|फ़ाइल अटैच्ड)\)|<attached>))\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
DELETED = re.compile(
    r"^(?:this message was deleted(?: by admin .*)?|you deleted this message|diese nachricht wurde gelöscht|du hast diese nachricht gelöscht|"
    r"(?:se )?eliminó este mensaje|eliminaste este mensaje|este mensaje fue eliminado|(?:esta )?mensagem (?:foi )?apagada|essa mensagem foi apagada|"
    r"você apagou esta mensagem|ce message a été supprimé|vous avez supprimé ce message|questo messaggio è stato eliminato|"
    r"hai eliminato questo messaggio|dit bericht is verwijderd|je hebt dit bericht verwijderd|bu mesaj silindi|bu mesajı sildiniz|"
    r"данное сообщение удалено|вы удалили данное сообщение|このメッセージは削除されました|삭제된 메시지입니다|تم حذف هذه الرسالة|"
    r"यह मैसेज हटा दिया गया|यह संदेश हटाया गया)\.?$",
    re.IGNORECASE,
)
EDITED = re.compile(
    r"\s?<(?:this message was edited|diese nachricht wurde bearbeitet|se editó este mensaje\.?|mensagem editada|essa mensagem foi editada|"
    r"ce message a été modifié|questo messaggio è stato modificato|dit bericht is bewerkt|bu mesaj düzenlendi|данное сообщение изменено|"
    r"このメッセージは編集済みです|편집된 메시지입니다|تم تعديل هذه الرسالة|यह मैसेज एडिट किया गया)>$",
    re.IGNORECASE,
)
ENCRYPTED = re.compile(
    r"(?:end-to-end encrypted|ende-zu-ende-verschlüsselt|cifrados? de extremo a extremo|criptografia de ponta a ponta|"
    r"encriptadas ponto a ponto|chiffrés de bout en bout|crittografat[ie] end-to-end|end-to-end versleuteld|uçtan uca şifrel|"
    r"защищены сквозным шифрованием|エンドツーエンド|종단간 암호화|مشفرة تماما|تامة بين الطرفين|एंड-टू-एंड एन्क्रिप्ट)",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"^(?:[^:]{1,60} )?(?:changed (?:this group's|the (?:subject|group|icon|description)|their phone number|to \+)|created (?:this )?group|"
    r"added (?:you|\S)|removed (?:you|\S)|left$|joined using|pinned a message|turned (?:on|off) disappearing|"
    r"changed their (?:phone )?number|security code (?:with|changed)|now an admin|blocked this contact|unblocked this contact|"
    r"this (?:business|chat) |you're now|missed (?:voice|video|group)|started a (?:call|video call)|"
    r"hat (?:die gruppe|den betreff|das gruppenbild|die gruppenbeschreibung)|cambió (?:el asunto|la descripción|el ícono)|creó (?:el )?grupo|"
    r"mudou (?:o nome|a descrição|a imagem)|criou (?:o|este) grupo|a (?:changé|modifié) (?:le sujet|l'icône|la description)|"
    r"ha cambiato (?:l'oggetto|l'immagine|la descrizione)|heeft (?:de groep|het onderwerp|de groepsafbeelding))",
    re.IGNORECASE,
)
CALL = re.compile(
    r"^(?:missed (?:voice|video|group voice|group video) call|(?:voice|video) call,? .*|verpasster (?:sprach|video)anruf|"
    r"llamada perdida|videollamada perdida|chamada de (?:voz|vídeo) perdida|appel (?:vocal|vidéo) manqué|chiamata persa|부재중 (?:음성|영상) 통화)\.?$",
    re.IGNORECASE,
)
AFTERNOON = ("p", "下午", "午後", "오후", "م", "μ", "nachm", "अपराह्न")
ENDINGS = (">", ")", "omitted", "deleted", "deleted.", "call", "message", "message.",
           "omitido", "omitida", "weggelassen", "weggelaten", "oculto", "oculta", "omesso", "omessa", "omis", "omise", "absente",
           "silindi", "apagada", "verwijderd", "mensaje", "mensagem", "eliminato", "perdida", "persa")  # fmt: skip
"""How such lines end in plain ASCII; the other languages' lines have a letter outside of it, or a bracket."""
