"""What Facebook and Instagram write in somebody's stead, in the languages they write it in.

Every such line is a message like any other in the export. Some stand for a file, others are notices: a call, a
reaction, a change of the group.
"""

from __future__ import annotations

import re

_WHO = r"(?:You|[^\n.!?]{1,60}?)"
_EMOJI = r"[^\w\s]\S{0,11}|\S{1,12}"
_END = r"(?=[.!]?\s*$)"
"""Where people write on: "Ana called you." is the app's, "Ana called you a liar" is somebody's."""
_CALL = r"(?:call|video call|video chat|audio call)"
_GROUP = (
    r"named the (?:group|plan)|(?:changed|removed) the (?:group (?:photo|name)|theme|emoji|quick reaction|chat (?:theme|colou?rs))"
    r"|(?:set|cleared) (?:the|your|his|her|their)(?: own)? (?:nickname|quick reaction|emoji)"
    rf"|(?:added|removed) (?!(?:me|us|him|her|it|them|this|that)\b).{{1,80}} (?:(?:to|from) the group|as a group admin){_END}"
    rf"|(?:left|created) the group{_END}|created a plan{_END}|responded (?:Going|Can['’]t Go)\b"
    rf"|(?:joined|left) the (?:group|{_CALL}){_END}|(?:waved|is waving) at [^\n]{{1,60}}!|unsent a message"
    r"|wasn['’]t notified about this message because"
    r"|mentioned you in (?:their|a) story|turned (?:on|off) link joining|reacted with \S{1,12} to your message"
    r"|started a (?:call|video chat|group call|video call)|started an audio call"
    rf"|missed your {_CALL}{_END}|missed an? {_CALL}(?: (?:from|with) [^\n]{{1,60}})?{_END}|called you{_END}"
    r"|turned (?:on|off) (?:disappearing messages|vanish mode|approval)|(?:un)?pinned a message"
    r"|can now (?:message|call)(?: and call)? each other"
)
_ENGLISH = (
    rf"{_WHO} (?:{_GROUP})|Liked a message{_END}|Reacted .{{1,12}} to (?:your|[^\n]{{1,60}}['’]s) message"
    r"|(?:This poll is no longer available|[^\n]{1,60}['’]s poll has multiple updates|[^\n]{1,60} (?:created a poll|voted for|wants to play))"
    rf"|(?:The )?(?:[Vv]ideo|[Aa]udio|[Vv]oice) (?:chat|call) (?:ended|started){_END}"
    r"|You are now connected on Messenger|Say hi to your new|Messages and calls are secured with end-to-end encryption"
)
_LIKED = (
    r"Hat eine Nachricht mit .{1,3}Gefällt mir.{1,3} markiert|Gefällt eine Nachricht|(?:Le gustó|Le ha gustado) un mensaje"
    r"|Indicó que le gust[aó] un mensaje|(?:Curtiu|Gostou de) uma mensagem|A aimé un message|Aime un message"
    r"|Ha messo .{0,3}Mi piace.{0,3} a un messaggio|Vindt een bericht leuk|Vond een bericht leuk|Bir mesajı beğendi"
    r"|Polubi(?:ono|ł|ła|ł\(a\)) wiadomość|Понравилось сообщение|(?:Поставил|Оценил)\S* «?Нравится|Gillade ett meddelande"
    r"|メッセージ(?:に「いいね!?！?」|を「いいね」)|메시지를 좋아합니다|赞了一条消息|أعجب(?:ته|ها)? برسالة|أُعجب برسالة|אהב/ה הודעה|סימנ?/?ה? לייק|Menyukai pesan"
)
_REACTED = (
    rf"(?:Hat (?:mit )?|Reagierte mit |Reagiert mit )(?:„|\")?(?:{_EMOJI})(?:“|\")? auf (?:deine|Ihre|eine|die) Nachricht(?: .{{1,60}})?(?: reagiert)?"
    rf"|Reaccionó con (?:{_EMOJI}) a (?:tu|un|su|el) mensaje|(?:Reagiu|Reagiu com) (?:com )?(?:{_EMOJI}) (?:à|a) (?:sua|tua|uma) mensagem"
    rf"|A réagi (?:avec|par) (?:{_EMOJI}) à (?:votre|ton|un) message|Ha reagito con (?:{_EMOJI}) al (?:tuo|suo) messaggio"
    rf"|Heeft met (?:{_EMOJI}) op (?:je|een) bericht gereageerd|Heeft (?:{_EMOJI}) gereageerd op je bericht"
    rf"|Mesajına (?:{_EMOJI}) ifadesi|Zareagowa\S+ (?:{_EMOJI}) na |(?:Отреагировал\S*|Реакция) .{{0,12}}(?:{_EMOJI}) на ваше сообщение"
    rf"|メッセージに(?:{_EMOJI})(?:で)?リアクション|메시지에 (?:{_EMOJI}) ?(?:공감|반응)|تفاعل ?ب? ?(?:{_EMOJI}) مع رسالتك"
)
_CALLS = (
    r"[^\n]{1,60} hat (?:dich|Sie) angerufen|Du hast [^\n]{1,60} angerufen|Du hast einen (?:Anruf|Videoanruf|Video-?Chat) von"
    r"|[^\n]{1,60} hat einen (?:Anruf|Videochat|Video-?Chat|Audioanruf) gestartet|Der (?:Videochat|Anruf|Sprachanruf|Audioanruf) (?:ist|wurde) beendet"
    r"|[^\n]{1,60} te (?:llamó|ha llamado)|Llamaste a |(?:Perdiste|Has perdido) una (?:llamada|videollamada)|[^\n]{1,60} (?:inició|ha iniciado) un(?:a)? (?:llamada|videollamada|videochat|chat de video)"
    r"|(?:El videochat|La llamada|La videollamada|El chat de video) (?:finalizó|terminó|ha finalizado)|[^\n]{1,60} ligou para você|Você (?:ligou para|perdeu uma (?:chamada|ligação))"
    r"|(?:A chamada|A ligação|O bate-papo por vídeo)[^\n]{0,20} (?:terminou|foi encerrad[ao])|[^\n]{1,60} iniciou uma (?:chamada|ligação|conversa por vídeo)"
    r"|[^\n]{1,60} (?:vous|t['’])\s?a appelée?(?:\(e\))?|Vous avez (?:manqué un appel|appelé)|[^\n]{1,60} a (?:démarré|commencé) (?:un appel|une discussion vidéo)"
    r"|(?:L['’]appel|La discussion vidéo) (?:est|s['’]est) termin|[^\n]{1,60} ti ha chiamato|Hai (?:perso una chiamata|chiamato)|La (?:chiamata|videochiamata) è terminata|[^\n]{1,60} ha (?:avviato|iniziato) una (?:chiamata|videochiamata|videochat)"
    r"|[^\n]{1,60} seni aradı|[^\n]{1,60} adlı kişi(?:den|yi)|Cevapsız (?:arama|görüntülü)|Вы пропустили|[^\n]{1,60} звонил\(?а?\)? вам|(?:Видеочат|Звонок) заверш"
)
_GROUPS = (
    r"[^\n]{1,60} (?:hat|hast) (?:die Gruppe|das Gruppenfoto|das Design|das Thema|den Spitznamen|[^\n]{1,60} zur Gruppe|[^\n]{1,60} aus der Gruppe|das Emoji)[^\n]{0,90}"
    r"|[^\n]{1,60} (?:cambió|cambiaste|nombró|añadió|agregó|eliminó|abandonó|salió|creó) (?:el tema|la foto|el grupo|al grupo|del grupo|el emoji|el apodo|a [^\n]{1,60} (?:al|del) grupo)[^\n]{0,90}"
    r"|[^\n]{1,60} (?:mudou|alterou|nomeou|adicionou|removeu|saiu|criou|definiu) (?:o tema|a foto|o grupo|do grupo|o emoji|o apelido|[^\n]{1,60} (?:ao|do) grupo)[^\n]{0,90}"
    r"|[^\n]{1,60} a (?:modifié|changé|nommé|ajouté|supprimé|quitté|créé|défini) (?:le thème|la photo|le groupe|l['’]emoji|le pseudo|[^\n]{1,60} (?:au|du) groupe)[^\n]{0,90}"
    r"|[^\n]{1,60} ha (?:cambiato|modificato|aggiunto|rimosso|abbandonato|creato|impostato) (?:il tema|la foto|il gruppo|l['’]emoji|il soprannome|[^\n]{1,60} (?:al|dal) gruppo)[^\n]{0,90}"
)
SYSTEM = re.compile(rf"^(?:{_ENGLISH}|{_LIKED}|{_REACTED}|{_CALLS}|{_GROUPS})", re.DOTALL)
"""A notice. Only lines that are short are matched against it."""
STAND_IN = re.compile(
    rf"^(?:{_WHO} (?:shared a (?:link|story|post|photo|video|reel)|sent you a (?:reel|post|story)|sent a (?:live )?location)|{_WHO} sent (?:an attachment|a photo|a video|a link|a GIF|a sticker|a voice message|\d+ photos)"
    r"|[^\n]{1,60} (?:hat|hast) (?:einen Anhang|ein Foto|ein Video|einen Link|einen Sticker|ein GIF|eine Sprachnachricht|\d+ Fotos) gesendet"
    r"|[^\n]{1,60} (?:envió|enviaste|ha enviado) (?:un archivo adjunto|un adjunto|una foto|un video|un vídeo|un enlace|un sticker|un GIF|un mensaje de voz|\d+ fotos)"
    r"|[^\n]{1,60} enviou (?:um anexo|uma foto|um vídeo|um link|uma figurinha|um GIF|uma mensagem de voz|\d+ fotos)"
    r"|[^\n]{1,60} (?:a|avez|as) envoyé (?:une pièce jointe|une photo|une vidéo|un lien|un sticker|un GIF|un message vocal|\d+ photos)"
    r"|[^\n]{1,60} (?:ha|hai) inviato (?:un allegato|una foto|un video|un link|uno sticker|una GIF|un messaggio vocale|\d+ foto)"
    r"|[^\n]{1,60} (?:heeft|hebt) een (?:bijlage|foto|video|link|sticker|GIF|spraakbericht) (?:verzonden|gestuurd|verstuurd)"
    r"|[^\n]{1,60} (?:bir|\d+) (?:ek|fotoğraf|video|bağlantı|çıkartma|GIF|sesli mesaj) gönderd\S+|(?:Użytkownik )?[^\n]{1,60} wysłał\S* (?:załącznik|zdjęcie|film|link|naklejkę)"
    r"|[^\n]{1,60} отправил\S* (?:вложение|фото|видео|ссылку|стикер)|[^\n]{1,60}さんが(?:添付ファイル|写真|動画|リンク|スタンプ)を送信しました"
    r"|[^\n]{1,60}님이 (?:첨부 ?파일|사진|동영상|링크|스티커)[을를] 보냈습니다|[^\n]{1,60} (?:أرسل|أرسلت) (?:مرفقًا|مرفقا|صورة|فيديو|رابطًا)|(?:أرسل|أرسلت) [^\n]{1,60} (?:مرفقًا|مرفقا|صورة|فيديو)"
    r"|[^\n]{1,60} שלח/?ה? (?:קובץ מצורף|תמונה|סרטון)|[^\n]{1,60} mengirim (?:lampiran|foto|video)|[^\n]{1,60} skickade en (?:bilaga|bild|video))[.。।]?$"
)
"""What stands for a file, a picture or a link."""

_STARTS = frozenset(
    [
        "You",
        "Du",
        "Sie",
        "Tú",
        "Usted",
        "Você",
        "Tu",
        "Vous",
        "Hai",
        "Ha",
        "Je",
        "U",
        "Sen",
        "Siz",
        "Ty",
        "Вы",
        "Ты",
        "Anda",
        "The",
        "This",
        "Messages",
        "Video",
        "Audio",
        "Voice",
        "Say",
        "Liked",
        "Reacted",
        "Hat",
        "Gefällt",
        "Reagierte",
        "Reagiert",
        "Der",
        "Le",
        "Indicó",
        "Reaccionó",
        "Llamaste",
        "Perdiste",
        "Has",
        "El",
        "La",
        "Los",
        "Curtiu",
        "Gostou",
        "Reagiu",
        "A",
        "As",
        "O",
        "Aime",
        "L'appel",
        "L’appel",
        "Avez",
        "Vindt",
        "Vond",
        "Heeft",
        "Bir",
        "Mesajına",
        "Cevapsız",
        "Polubiono",
        "Polubił",
        "Polubiła",
        "Polubił(a)",
        "Zareagowano",
        "Zareagował",
        "Użytkownik",
        "Понравилось",
        "Поставил",
        "Поставила",
        "Оценил",
        "Отреагировал",
        "Отреагировала",
        "Реакция",
        "Видеочат",
        "Звонок",
        "Gillade",
        "Menyukai",
        "أعجب",
        "أعجبته",
        "أعجبها",
        "أُعجب",
        "تفاعل",
        "أرسل",
        "أرسلت",
        "אהב/ה",
        "סימן",
        "סימנה",
    ]
)
_NO_SPACES = "\u2e80"


def told_of(text: str, sender: str) -> str:
    """The line with "You" for its sender, whose name may hold what ends a sentence: "j.r. smith! sent a photo."."""
    name = next((n for n in (sender, sender.split(" ", 1)[0]) if n and text.startswith(f"{n} ")), None)
    return f"You{text[len(name) :]}" if name else text


def may_be_own(text: str, names: set[str]) -> bool:
    """Whether a line begins as those that the apps write: with somebody's name or one of their own words."""
    first = re.sub(r"['’]s$", "", text.split(" ", 1)[0])
    return first in _STARTS or first in names or text[:1] > _NO_SPACES or "さんが" in first or "님이" in first
