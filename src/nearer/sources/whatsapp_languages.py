"""What WhatsApp writes in a person's stead, as each language has it; small letters, without the full stop.

Taken from exports and from the apps' own translations. One line a language or a family of them; whatsapp_words.py
knows what each list means.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(x.strip().lower() for x in text.replace("\n", "|").split("|") if x.strip())


OMITTED = _set("""
media omitted|file omitted|view once message omitted|view once photo omitted|view once video omitted|view once voice message omitted
video message omitted|video note omitted|live location omitted|poll omitted
medien ausgelassen|medien ausgeschlossen|medien weggelassen|medien fehlen
archivo omitido|archivos omitidos|archivos omitido|multimedia omitido|medios omitidos|media omitida
mídia oculta|mídia omitida|mídias ocultas|arquivo de mídia oculto|arquivos de mídia ocultos|ficheiro não revelado|ficheiros não revelados
média omis|médias omis|fichier omis|fichiers omis|média absent|médias absente|médias absents|média manquante
media omessi|media omesso|media mancante|contenuto multimediale omesso
media weggelaten|media weggelaat|mediefil udeladt|medier udeladt|medie udeladt|uten vedlegg|media utelatt|medier utelatt
utelämnad media|media utelämnat|media har utelämnats|media utelämnad|medier utelämnade|media jätetty pois|media jätettiin pois
pominięto multimedia|pliki pominięto|media pominięte|média vynechány|média vynechána|médiá vynechané|multimedia vynechané
hiányzó médiafájl|média elhagyva|média kihagyva|conținut media omis|fișier media omis|medijski zapis izostavljen|datoteke izpuščene|medij izpuščen
medya dahil edilmedi|medya atlanmış|medya çıkarıldı|media çıxarılmışdır|media buraxıldı|fayl o‘tkazib yuborildi|fayl o'tkazib yuborildi
без медиафайлов|медиафайл пропущен|файл пропущен|медиа отсутствует|медиафайлы пропущены|медіа пропущено|медіафайли пропущено
медіафайл пропущено|медіа відсутня|без файл|без фајл|без фајлови|медији су изостављени|файл қосылған жоқ|файлдар қосылмаған
αρχείο παραλήφθηκε|εξαίρεση πολυμέσων|αρχεία παραλείφθηκε|παραλείφθηκαν πολυμέσα|παραλήφθηκαν πολυμέσα
המדיה לא נכללה|מדיה לא נכללה|מדיה הושמטה|המדיה הוסרה|המדיה הושמטה
تم استبعاد الوسائط|وسائط مستبعدة|تم حذف الوسائط|ملفات مفقودة|الوسائط غير مدرجة|رسانه حذف شد|پیوست نما/آهنگ حذف شد|پيوست نما/آهنگ حذف شد|میڈیا چھوڑ دیا گیا|میڈیا ہٹا دیا گیا
मीडिया के बिना|मीडिया छोड़ा गया|मीडिया वगळले|मीडिया वगळण्यात आला|মিডিয়া বাদ দেওয়া হয়েছে|મીડિયા અવગણાયું|મીડિયા અવગણવામાં આવ્યા|મિડિયા છોડી મૂકાયું|ਮੀਡੀਆ ਛੱਡਿਆ ਗਿਆ|ਮੀਡੀਆ ਛਡਿਆ ਗਿਆ|ਮੀਡੀਆ ਛੱਡਿਆ
மீடியா விடப்பட்டது|கோப்புகள் விடப்பட்டன|ஊடகங்கள் நீக்கப்பட்டது|మీడియా విస్మరించబడింది|మాధ్యమం విస్మరించబడింది|ಮಾಧ್ಯಮ ಕೈಬಿಡಲಾಗಿದೆ|ಮೀಡಿಯಾ ಕೈಬಿಡಲಾಗಿದೆ|മീഡിയ ഒഴിവാക്കി
メディアなし|メディアは含まれていません|メディアを含まれていません|メディアは省略されました|미디어 파일을 생략한 대화내용|미디어 파일 제외됨|미디어 생략|미디어 생략됨|미디어 제외됨
省略多媒体文件|媒体省略|媒体文件已省略|已省略媒体文件|忽略多媒體檔|忽略多媒體檔案|省略多媒體檔案|媒體已略去|多媒體檔案已略去
media tidak disertakan|media dikecualikan|media disingkirkan|walang kalakip na media|ınalis ang media|inalis ang media|bỏ qua media|bỏ qua tệp phương tiện|สื่อถูกลบ|ไฟล์สื่อถูกลบ|media hazijajumuishwa|media imerukwa
fitxers multimèdia omesos|mitjans omesos|media u hoq|media hequr|nav iekļauta multivide|bez multivides|medija praleista|praleistas medijos turinys|ບໍ່ລວມມີເດຍ|meedia välja jäetud|meedia ära jäetud
null|waiting for this message. this may take a while|waiting for this message
auf diese nachricht wird gewartet. das kann eine weile dauern|esperando el mensaje. esto puede tomar tiempo|esperando este mensaje. esto puede llevar un tiempo
aguardando mensagem. essa ação pode levar alguns instantes|en attente de ce message. cela peut prendre du temps|in attesa del messaggio. potrebbe richiedere qualche momento
""")  # fmt: skip
"""What an Android phone writes between < and > for every kind of file."""

SEEN_ELSEWHERE = (
    "you received a view once ", "you sent a view once ", "this message can't be displayed here",
    "this message can’t be displayed here", "recibiste un mensaje de visualización única",
    "no se puede mostrar este mensaje aquí",
)  # fmt: skip
"""How a line begins that stands for what only the phone shows, such as a picture to be seen once."""

LEFT_OUT = _set("""
image omitted|images omitted|video omitted|videos omitted|audio omitted|sticker omitted|gif omitted|document omitted|contact card omitted
photo omitted|voice message omitted|album omitted
bild weggelassen|video weggelassen|audio weggelassen|sticker weggelassen|gif weggelassen|dokument weggelassen|kontaktkarte weggelassen|kontaktkarte ausgelassen|videonachricht weggelassen
imagen omitida|video omitido|audio omitido|sticker omitido|gif omitido|documento omitido|tarjeta de contacto omitida|videomensaje omitido|nota de video omitida
imagem ocultada|imagem oculta|imagem omitida|vídeo omitido|vídeo ocultado|vídeo oculto|áudio ocultado|áudio oculto|áudio omitido|figurinha omitida|figurinha oculta|gif omitida|gif oculto|documento ocultado|documento oculto
cartão do contato omitido|cartão do contato oculto|mensagem de vídeo omitida|mensagem de vídeo ocultada|imagem não revelada|vídeo não revelado|ficheiro de áudio não revelado|sticker não revelado|gif não revelada|documento não revelado|contacto não revelado
image absente|vidéo absente|audio omis|audio absent|sticker absent|gif absent|document absent|fiche contact absente|sticker omis|gif retiré|document manquant|fiche contact manquante|fiche contact omise|note vidéo omise|message vidéo absent
immagine omessa|video omesso|audio omesso|sticker non incluso|sticker omesso|gif esclusa|gif omessa|documento omesso|scheda contatto omessa|videomessaggio omesso
afbeelding weggelaten|video weggelaten|audio weggelaten|sticker weggelaten|gif weggelaten|document weggelaten|visitekaartje weggelaten|videobericht weggelaten
görüntü dahil edilmedi|video dahil edilmedi|ses dahil edilmedi|çıkartma dahil edilmedi|gif dahil edilmedi|belge dahil edilmedi|kişi kartı dahil edilmedi|video notu dahil edilmedi
изображение отсутствует|изображение пропущено|видео отсутствует|видео пропущено|аудиофайл отсутствует|аудио отсутствует|стикер отсутствует|контакт отсутствует|стикер не добавлен|gif отсутствует|документ отсутствует|карточка контакта отсутствует|видеосообщение отсутствует
зображення відсутнє|відео відсутнє|аудіо відсутнє|наклейку не додано|gif-анімацію пропущено|документ пропущено|картка контакту відсутня
התמונה הושמטה|תמונה הושמטה|סרטון הווידאו הושמט|הסרטון הושמט|קטע קול הושמט|השמע הושמט|סטיקר הושמט|הסטיקר הושמט|gif הושמט|כרטיס איש קשר הושמט|מסמך הושמט|הודעת הווידאו הושמטה
لم يتم إدراج الصورة|لم يتم إدراج الفيديوهات|لم يتم إدراج الفيديو|لم يتم إدراج المقاطع الصوتية|لم يتم إدراج المقطع الصوتي|تم حذف الملصقات|لم يتم إدراج صورة gif|لم يتم إدراج بطاقة جهة اتصال|لم يتم إدراج المستند|الصورة غير مشمولة|الفيديو غير مشمول
تصویر حذف شد|ویدیو حذف شد|صدا حذف شد|استیکر حذف شد|gif حذف شد|برگ مخاطب حذف شد|سند حذف شد|تصویر نکال دی گئی ہے|ویڈیو نظرانداز|آڈیو نظرانداز|دستاویز نظرانداز
画像は含まれていません|ビデオは含まれていません|動画は含まれていません|音声は含まれていません|スタンプは含まれていません|gifは含まれていません|ドキュメントは含まれていません|連絡先カードを省略|画像は省略されました|動画は省略されました|音声メッセージは省略されました|文書は省略されました|gifは省略されました|スタンプは省略されました|連絡先カードは省略されました
이미지 생략됨|사진 생략됨|비디오 생략됨|동영상 생략됨|오디오 생략됨|스티커 제외됨|스티커 생략됨|gif 생략됨|문서 생략됨|연락처 카드 생략됨
图像已省略|照片已忽略|圖片已略去|圖像已省略|圖片已省略|图片已省略|视频已忽略|视频已省略|影片已略去|影片已省略|音频已忽略|音频已省略|音訊已略去|音訊已省略|語音訊息已省略|聯絡人名片已省略|贴图已省略|貼圖已略去|貼圖已忽略|貼圖已省略|文档已省略|文件已省略|文件已略去|文件已忽略|gif 已略去|gif已省略|联系人卡片已忽略|聯絡人卡片已略去|聯絡人卡片已省略
फ़ोटो हटाई गई|इमेज छोड़ी गई|वीडियो छोड़ा गया|ऑडियो हटाई गयी|ऑडियो छोड़ा गया|स्टिकर छोड़ा गया|gif छोड़ा गया|कॉन्टैक्ट कार्ड छोड़ा गया|डॉक्यूमेंट छोड़ा गया|इमेज वगळली
obraz pominięty|wideo pominięte|audio pominięte|pominięto naklejkę|plik gif pominięty|pominięta wizytówka kontaktu|dokument pominięty
bild utesluten|video utesluten|ljud utelslutet|ljud uteslutet|sticker utesluten|gif utesluten|dokument uteslutet|kontaktkort uteslutet|bilde ikke inkludert|video utelatt|lyd utelatt|klistremerke utelatt|gif utelatt|utelatt dokument
billede udeladt|video udeladt|lyd udeladt|klistermærke udeladt|gif udeladt|dokument udeladt|kontaktkort udeladt|obrázek vynechán|video vynecháno|zvukový soubor vynechán|nálepka vynechána|gif vynechán|dokument vynechán|vizitka vynechána
gambar tidak disertakan|video tidak disertakan|audio tidak disertakan|stiker tidak disertakan|gif tidak disertakan|kartu kontak tidak disertakan|dokumen tidak disertakan
εικόνα παραλείφθηκε|βίντεο παραλείφθηκε|ήχος παραλείφθηκε|αυτοκόλλητο παραλήφθηκε|παράληψη gif|έγγραφο παραλείφθηκε|imagine omisă|clip video omis|fără audio|kép küldése sikertelen|videó kihagyva|hang kihagyása|matrica kihagyva
ไม่มีรูปภาพ|วิดีโอถูกลบ|ไม่มีไฟล์เสียง|บัตรรายชื่อที่ละเว้น|ไม่มีสติกเกอร์|ละเว้นเอกสาร|ละเว้น gif|đã bỏ qua hình ảnh|đã bỏ video|bỏ qua tệp âm thanh|bỏ qua thẻ liên lạc|đã bỏ sticker|đã bỏ qua tài liệu|đã bỏ qua ảnh gif
live location shared|live-standort wird geteilt|ubicación en tiempo real compartida|localização atual compartilhada|localização em tempo real compartilhada|localisation en direct partagée|posizione attuale condivisa|posizione in tempo reale condivisa|live locatie gedeeld
mevcut konum paylaşıldı|canlı konum paylaşıldı|геоданные отправлены|ライブロケーション共有|공유한 실시간 위치|تمت مشاركة الموقع المباشر|משתף מיקום בשידור חי|共享实时位置|實時位置已分享|लाइव स्थान साझा किया गया
""")  # fmt: skip
"""What an iPhone writes for each kind of file, and what stands for a place that moves."""

DELETED = _set("""
this message was deleted|this message has been deleted|diese nachricht wurde gelöscht|se eliminó este mensaje|eliminó este mensaje|este mensaje fue eliminado|este mensaje se eliminó
mensagem apagada|esta mensagem foi apagada|essa mensagem foi apagada|esta mensagem foi apagada pelo remetente|mensagem apagada por administrador|esta mensagem foi eliminada
ce message a été supprimé|questo messaggio è stato eliminato|dit bericht is verwijderd|denne besked blev slettet|denne besked er blevet slettet|denne meldingen ble slettet|detta meddelande raderades|det här meddelandet raderades|tämä viesti poistettiin
bu mesaj silindi|данное сообщение удалено|это сообщение удалено|сообщение удалено|це повідомлення було видалено|це повідомлення видалено|ta wiadomość została usunięta|tato zpráva byla smazána|tato zpráva byla odstraněna|táto správa bola odstránená|ez az üzenet törlésre került|acest mesaj a fost șters|ova je poruka izbrisana|ova poruka je izbrisana
αυτό το μήνυμα διαγράφηκε|הודעה זו נמחקה|ההודעה נמחקה|تم حذف هذه الرسالة|این پیام حذف شد|این پیام حذف شده است|یہ پیغام حذف کیا گیا|یہ میسج حذف کر دیا گیا ہے
यह मैसेज हटा दिया गया|यह मैसेज डिलीट कर दिया गया है|यह मैसेज डिलीट किया गया|यह संदेश हटाया गया|यह संदेश मिटाया गया|यह मैसेज मिटाया गया|हा मेसेज हटवण्यात आला|এই মেসেজটি বাদ দেওয়া হয়েছে|આ મેસેજ ડિલીટ કરાયો
このメッセージは削除されました|삭제된 메시지입니다|이 메시지는 삭제되었습니다|此訊息已刪除|此訊息已被刪除|这条消息已被删除|此消息已删除|此消息已被删除|信息已删除
pesan ini dihapus|pesan ini telah dihapus|mesej ini telah dipadam|tin nhắn này đã bị xóa|tin nhắn này đã bị xoá|ข้อความนี้ถูกลบแล้ว|ข้อความนี้ได้ถูกลบ|aquest missatge s'ha suprimit|itong mensahe ay binura na|hierdie boodskap was uitgevee|bu ismarıc silindi
""")  # fmt: skip

YOU_DELETED = _set("""
you deleted this message|you deleted this message as admin|du hast diese nachricht gelöscht|eliminaste este mensaje|has eliminado este mensaje|você apagou esta mensagem|você apagou essa mensagem|apagou esta mensagem|eliminou esta mensagem
vous avez supprimé ce message|hai eliminato questo messaggio|je hebt dit bericht verwijderd|u hebt dit bericht verwijderd|u heeft dit bericht verwijderd|du har slettet denne besked|du slettede denne besked|du slettet denne meldingen|du raderade detta meddelande|du raderade det här meddelandet|du har tagit bort meddelandet|poistit tämän viestin
bu mesajı sildiniz|вы удалили данное сообщение|вы удалили это сообщение|ви видалили це повідомлення|usunięto tę wiadomość|usunąłeś(-ęłaś) tę wiadomość|usunąłeś(aś) tę wiadomość|tuto zprávu jste smazal/a|tuto zprávu jste odstranil/a|túto správu ste odstránili|törölted ezt az üzenetet|ezt az üzenetet törölted|ați șters acest mesaj|izbrisali ste ovu poruku
διαγράψατε αυτό το μήνυμα|διαγράψατε το μήνυμα|מחקת את ההודעה הזו|מחקת הודעה זו|لقد حذفت هذه الرسالة|لقد حذَفت هذه الرسالة|حذفت هذه الرسالة|أنت حذفت هذه الرسالة|شما این پیام را حذف کردید|آپ نے یہ میسج حذف کر دیا ہے
आपने यह मैसेज हटा दिया|आपने यह मैसेज डिलीट किया|आपने यह संदेश मिटाया|आपने यह मैसेज डिलीट कर दिया है|तुम्ही हा मेसेज हटवला|このメッセージを削除しました|あなたはこのメッセージを削除しました|삭제한 메시지입니다|내가 삭제한 메시지입니다|이 메시지를 삭제했습니다|您已刪除此訊息|你已刪除此訊息|您已删除这条消息|你已删除此消息|您删除了这条消息|你刪除了此訊息
anda menghapus pesan ini|anda telah menghapus pesan ini|anda telah memadamkan mesej ini|bạn đã xóa tin nhắn này|bạn đã xoá tin nhắn này|คุณได้ลบข้อความนี้|คุณลบข้อความนี้|has suprimit aquest missatge|has esborrat aquest missatge
""")  # fmt: skip
"""Whoever "says" one of these made the export."""

MISSED = _set("""
missed voice call|missed video call|missed group voice call|missed group video call|silenced voice call|silenced video call|voice call|video call|verpasster sprachanruf|verpasster videoanruf|verpasster gruppen-sprachanruf|verpasster gruppen-videoanruf
llamada perdida|llamada de voz perdida|videollamada perdida|chamada de voz perdida|chamada de vídeo perdida|videochamada perdida|appel vocal manqué|appel vidéo manqué|chiamata persa|chiamata vocale persa|videochiamata persa
gemist spraakgesprek|gemiste spraakoproep|gemiste video-oproep|gemist videogesprek|cevapsız sesli arama|cevapsız görüntülü arama|пропущенный аудиозвонок|пропущенный видеозвонок|пропущений аудіодзвінок|пропущений відеодзвінок
nieodebrane połączenie|nieodebrane połączenie głosowe|nieodebrane połączenie wideo|zmeškaný hovor|zmeškaný hlasový hovor|zmeškaný videohovor|missat röstsamtal|missat videosamtal|tapt taleanrop|tapt videoanrop|ubesvaret taleopkald|ubesvaret videoopkald|vastaamaton äänipuhelu|vastaamaton videopuhelu|nem fogadott hanghívás|nem fogadott videohívás|apel vocal nepreluat|apel video nepreluat
αναπάντητη φωνητική κλήση|αναπάντητη κλήση|αναπάντητη βιντεοκλήση|שיחה קולית שלא נענתה|שיחת וידאו שלא נענתה|مكالمة صوتية فائتة|مكالمة فيديو فائتة|تماس صوتی پاسخ داده نشده|تماس تصویری پاسخ داده نشده
मिस्ड वॉइस कॉल|वॉइस कॉल मिस हुई|मिस्ड वीडियो कॉल|छूटी हुई ध्वनि कॉल|छूटी हुई विडियो कॉल|मिस्ड व्हॉइस कॉल|मिस्ड व्हिडिओ कॉल|不在着信|音声通話不在着信|ビデオ通話不在着信|音声通話の不在着信|ビデオ通話の不在着信|부재중 전화|부재중 음성 통화|부재중 음성통화|부재중 영상 통화|부재중 영상통화|未接語音通話|未接語音來電|未接语音通话|未接視像通話|未接視訊通話|未接视频通话
panggilan suara tak terjawab|panggilan video tak terjawab|cuộc gọi nhỡ|cuộc gọi nhỡ video|สายที่ไม่ได้รับ|สายโทรวิดีโอที่ไม่ได้รับ|วิดีโอคอลที่ไม่ได้รับ|trucada de veu perduda|videotrucada perduda
""")  # fmt: skip

ATTACHED = _set("""
file attached|datei angehängt|fichier joint|archivo adjunto|archivo adjuntado|arquivo anexado|ficheiro anexado|file allegato|bestand bijgevoegd|lêer aangeheg|dosya ekli|файл добавлен|файл додано|прикачен файл
קובץ מצורף|الملف مرفق|ملف مرفق|فایل پیوست شد|پیوستہ فائل|फ़ाइल अटैच्ड|फ़ाइल अटैच की गई है|फाइल अटैच कर दी गई है|फाइल संलग्न|添付ファイル|添付ファイル有り|ファイル添付|파일 첨부됨|文件附件|附件檔案|檔案附件
załączony plik|plik załączony|soubor byl přiložen|súbor pripojený|vedhæftet fil|fil vedhæftet|vedlagt fil|bifogad fil|liitetiedosto|fájl csatolva|fișier atașat|datoteka u privitku|συνημμένο αρχείο|file terlampir|fail dilampirkan|tệp đính kèm|ไฟล์ที่แนบ|arxiu adjunt|fitxer adjunt
""")  # fmt: skip
"""What stands in brackets behind the name of a file that came with the export."""

EDITED = _set("""
this message was edited|diese nachricht wurde bearbeitet|se editó este mensaje|este mensaje fue editado|mensagem editada|essa mensagem foi editada|esta mensagem foi editada|ce message a été modifié|questo messaggio è stato modificato
dit bericht is bewerkt|bu mesaj düzenlendi|данное сообщение изменено|это сообщение изменено|сообщение изменено|это сообщение было изменено|це повідомлення відредаговано|це повідомлення змінено|ta wiadomość została edytowana|wiadomość została edytowana|edytowano tę wiadomość|tato zpráva byla upravena|detta meddelande redigerades|denne meldingen ble redigert|denne besked blev redigeret|tätä viestiä muokattiin|acest mesaj a fost editat|ezt az üzenetet szerkesztették
ההודעה נערכה|הודעה זו נערכה|تم تعديل هذه الرسالة|تمّ تعديل هذه الرسالة|لقد تم تعديل هذه الرسالة|این پیام ویرایش شد|این پیام ویرایش شده است|यह मैसेज एडिट किया गया|यह मैसेज एडिट किया गया है|इस मैसेज को एडिट किया गया है
このメッセージは編集済みです|このメッセージは編集されました|編集済み|편집된 메시지입니다|수정된 메시지입니다|이 메시지는 수정되었습니다|此訊息已編輯|此訊息已經編輯|此消息已编辑|这条消息已被编辑|pesan ini diedit|pesan ini telah diedit|tin nhắn này đã được chỉnh sửa|ข้อความนี้ถูกแก้ไขแล้ว|αυτό το μήνυμα επεξεργάστηκε
""")  # fmt: skip
"""What stands between < and > behind words that were changed."""
