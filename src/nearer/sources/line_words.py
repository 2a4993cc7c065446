"""What LINE itself writes into an exported chat, in the languages of its apps."""

from __future__ import annotations

import re

_THINGS = (
    "Photo|Sticker|Video|Voice message|File|Contact|Location|Album|Gift|写真|スタンプ|動画|ボイスメッセージ|ファイル|連絡先|位置情報|アルバム|プレゼント"
    "|照片|貼圖|影片|語音訊息|檔案|聯絡資訊|位置訊息|位置資訊|位置|相簿|贴图|视频|语音信息|文件|联系人|相册"
    "|사진|스티커|동영상|음성 ?메시지|파일|연락처|위치정보|위치|앨범"
    "|รูป|รูปภาพ|ภาพ|สติกเกอร์|วิดีโอ|ข้อความเสียง|ไฟล์|ผู้ติดต่อ|รายชื่อติดต่อ|ตำแหน่ง|ที่ตั้ง|อัลบั้ม"
)
MEDIA = re.compile(rf"^\[(?:{_THINGS}|null)\].{{0,120}}$", re.DOTALL)
"""A thing that was sent, as phones write it, with the address or name that may follow."""
MEDIA_DESK = re.compile(rf"^(?:{_THINGS}|Photos|Stickers|Videos|Files|Audio|Contacts|画像|圖片|图片)$")
"""The same, as the program for computers writes it."""
EMOJI = re.compile(r" ?\(emoji\)")
"""What LINE writes for each of its own small pictures within words."""
POSTED = re.compile(r"^\[(?:ノート|投票)\] (?=\S)")
"""What stands before the words of a note or of a poll."""
_GONE = (
    r"(?:unsent a message|Message unsent|メッセージの送信を取り消しました|已收回訊息|撤回了一条消息|메시지를 삭제했습니다|메시지 전송을 취소했습니다"
    r"|ยกเลิกข้อความ(?:แล้ว)?|ยกเลิกการส่งข้อความ(?:แล้ว)?)[.。]?"
)
_ASIDE = (
    r"(?:joined the (?:group|chat)|left the (?:group|chat)|(?:added|invited|removed) .{1,60} (?:to|from) the (?:group|chat)"
    r"|made an announcement|が?グループ(?:に参加|を退会)しました|已加入群組|已離開群組|已加入该群|已退群|님이 (?:들어왔|나갔)습니다|เข้าร่วมกลุ่ม(?:แล้ว)?"
    r"|ออกจากกลุ่ม(?:แล้ว)?)[.。]?"
)
ASIDE = re.compile(f"^{_ASIDE}$")
"""What follows a name in a notice about people who came and went."""
_CALL = re.compile(
    r"^(?:☎|(?:Call time|通話時間) ?\d[\d:]*$|ไม่ได้รับสาย$|Missed call$|Canceled call$|不在着信$|未接來電$|부재중 전화$)"
)
_TITLE = re.compile(
    r"^(?:\[LINE\] ?)?(?:Chat history (?:with|in) (?P<en>.+)|(?P<ja>.+?)と?のトーク履歴|(?:與|与)?(?P<zh>.+?)的聊天[記紀]錄|(?:與|与)?(?P<cn>.+?)的聊天记录"
    r"|(?P<ko>.+?) ?님과의? ?대화.{0,6}|ประวัติ(?:การ)?(?:แชท|สนทนา)(?:กับ|ในกลุ่ม)? ?(?P<th>.+))$"
)


def is_gone(name: str, text: str) -> bool:
    """Whether a message stands for one that was taken back: "Ben unsent a message." or "You unsent a message."."""
    return re.fullmatch(rf"(?:(?:{re.escape(name)}|You|คุณ|您|你) ?(?:님이|が)? ?)?{_GONE}", text.strip()) is not None


def is_call(text: str) -> bool:
    """Whether LINE wrote this about a call."""
    return _CALL.match(text) is not None


def title_of(line: str) -> str | None:
    """The other person's or the group's name, from the first line of an export."""
    found = _TITLE.match(line.lstrip("\ufeff").strip())
    if found:
        return next((v.strip().strip('"“”') for v in found.groups() if v), None)
    return line.lstrip("\ufeff").removeprefix("[LINE]").strip() or None if "[LINE]" in line else None
