"""Throws broken exports at the parsers: only NearerError may come out, and nothing may hang.

    make fuzz SECONDS=60                                   every parser, one after the other
    python tests/fuzz/fuzz_source.py telegram -max_total_time=60          one of them, with libFuzzer's options

The seeds are the small exports of tests/sources/exports.py. A parser's slowest input and what broke it stay in the
folder that is printed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sources.exports import CONVOKIT, FILES, SKYPE, chat_db

HANG_SECONDS = 60
MORE: dict[str, tuple[str, bytes]] = {
    "whatsapp": (
        "_chat.txt",
        "\u200e[14/03/2024, 21:15:07] Ana: \u200eimage omitted\r\n[15/03/2024, 21:15:07] Ben: hi: you\nmore <This message was edited>\n"
        "[15/03/2024, 21:16:07] Ana: \u200e<attached: 1-PHOTO.jpg>\n".encode(),
    ),
    "whatsapp android": ("chat.txt", "3/14/24, 9:15\u202fPM - Ana: hi\n3/14/24, 9:16\u202fPM - Ben left\n".encode()),
    "plain": ("talk.txt", b"Ana: are you there? (12:01)\nBen: yes\n[laughs]\nAna: good\n12:05 Ben: **well**\n"),
    "subtitles": (
        "talk.vtt",
        b"WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.500\n<v Ana>hello &lt;you&gt;</v>\n\n00:02.600 --> 00:03.000\nBen: hi\n",
    ),
    "subtitles srt": ("talk.srt", b"1\n00:00:01,000 --> 00:00:02,500\nAna: hello\n\n2\n00:00:03,000 --> 00:00:04,000\n- hi\n"),
    "table": ("chat.csv", b'speaker,text,time,reply_to\nAna,"hi, you",2024-02-13T20:00:00Z,\nBen,ho,13.2.2024 20:01,1\n'),
    "table jsonl": ("chat.jsonl", b'{"speaker": "Ana", "text": "hi", "time": 1707854400}\n{"speaker": "Ben", "text": "ho"}\n'),
    "asr_json otter": ("talk.txt", b"Ana  0:03\nhello there\n\nBen  0:07\nhi\n"),
    "nearer": (
        "talk.jsonl",
        b'{"schema": "nearer/conversation/1", "source": "x", "speakers": ["Ana"], "utc": true}\n'
        b'{"speaker": "Ana", "text": "hi", "time": "2024-02-13T20:00:00.000Z", "reply_to": 0}\n{"notice": "x", "line": 2}\n',
    ),
    "kakaotalk iphone": (
        "chat.txt",
        "Ben 님과 카카오톡 대화\n저장한 날짜 : x\n\n2024년 2월 13일 화요일\n2024. 2. 13. 오후 8:00: Ben님이 Cleo님을 초대했습니다.\n"
        "2024. 2. 13. 오후 8:01, 회원님 : 응\n2024. 2. 13. 오후 8:02, Ben : 사진 3장\n".encode(),
    ),
    "kakaotalk old": ("chat.txt", b"KakaoTalk Chats with Ben\n\n8:00pm, May 3, 2015\n8:01pm, May 3, 2015, you : hi\nmore\n"),
    "line thai": (
        "chat.txt",
        '[LINE] ประวัติการแชทกับ เบน\nบันทึกเมื่อ x\n\nอ. 06/02/2567\n20:00\tอานา\t"a\nb"\n20:02\tเบน\t[สติกเกอร์]\n'.encode(),
    ),
    "skype printed": (
        "messages.json",
        json.dumps({**SKYPE, "conversations": SKYPE["conversations"][:1]}, indent=2).encode(),
    ),
    "convokit list": ("utterances.json", b"[" + CONVOKIT.strip().replace("\n", ",").encode() + b"]"),
}  # fmt: skip


def seeds() -> dict[str, tuple[str, bytes]]:
    """A small export of every kind, by its format's name (and a word more where a format has several)."""
    path = Path(tempfile.mkdtemp()) / "chat.db"
    chat_db(path)
    return {**FILES, **MORE, "imessage_db": ("chat.db", path.read_bytes())}


def fuzz_one(name: str) -> None:
    """Run libFuzzer on one kind; never returns."""
    import atheris
    import polars  # noqa: F401  Its loading must not count as a parser's time.

    with atheris.instrument_imports(include=["nearer.sources"]):
        from nearer.errors import NearerError
        from nearer.sources import Options, formats, load

        formats()
    folder = Path(tempfile.mkdtemp(prefix="nearer-fuzz-"))
    file, seed = seeds()[name]
    (folder / "seeds").mkdir()
    (folder / "seeds" / "seed").write_bytes(seed)
    path = folder / file

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            load(path, Options(format=name.split()[0]))
        except NearerError:
            return

    print(f"{name}: {folder}")
    settings = [f"-artifact_prefix={folder}/", f"-timeout={HANG_SECONDS}", "-rss_limit_mb=4096"]
    atheris.Setup([*sys.argv, *settings, str(folder / "seeds")], one)
    atheris.Fuzz()


def fuzz_all(seconds: int) -> int:
    """Every kind for so many seconds; how many broke."""
    broken = []
    for name in sorted(seeds()):
        command = [sys.executable, __file__, name, f"-max_total_time={seconds}", "-print_final_stats=0", "-verbosity=0"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        print(f"{name:20} {'clean' if done.returncode == 0 else 'BROKEN'}", flush=True)
        if done.returncode:
            broken.append(name)
            print(done.stdout.decode(errors="replace")[-3000:], flush=True)
    return len(broken)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--all"]:
        sys.exit(min(fuzz_all(int(sys.argv[2])), 100))
    fuzz_one(sys.argv.pop(1))
