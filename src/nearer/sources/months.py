"""The names of the months, and the beginnings by which they are cut short, in the languages that exports use."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from nearer.conversation import epoch_ms
from nearer.sources.dates import seconds_of_day

_LANGUAGES = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "januari februari maret april mei juni juli agustus september oktober november desember",
)
_HALF = r"오전|오후|上午|下午|午前|午後|[AaPp]\.? ?[Mm]|[صم](?!\w)"
_CLOCK = re.compile(
    rf"(?:(?P<before>{_HALF}) ?)?(?<!\d)(\d{{1,2}})[:.시時] ?(\d\d?)(?!\d)(?:[:.분分] ?(\d\d?))?(?:[초秒分분])?(?: ?(?P<after>{_HALF}))?"
)
_NUMBERED = re.compile(r"(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]")
_YEAR = re.compile(r"(?<!\d)(?:19|20|١٩|٢٠)\d\d(?!\d)")


def _beginnings() -> dict[str, int]:
    """Whole names, and what begins only names of one month."""
    found: dict[str, set[int]] = {}
    for names in _LANGUAGES:
        for number, name in enumerate(names.split(), 1):
            for length in range(3, len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    whole = {name: number for names in _LANGUAGES for number, name in enumerate(names.split(), 1)}
    return {n: min(months) for n, months in found.items() if len(months) == 1} | whole


_MONTHS = _beginnings()


def moment(written: str) -> int | None:
    """Milliseconds since 1970 of a date with its month as a word, or as the third of 年月日, read as if in UTC."""
    text = re.sub("[\u202f\u00a0]", " ", written)[:120]
    numbered, year = _NUMBERED.search(text), _YEAR.search(text)
    clock = next((m for m in _CLOCK.finditer(text) if numbered is None or m.start() >= numbered.end()), None)
    words = re.split(r"[\s,،.]+", text.lower())
    month = next((m for m in (_MONTHS.get(w) or _MONTHS.get(w.removeprefix("ב")) for w in words) if m), None)
    day = re.search(r"(?<![\d:.])\d{1,2}(?![\d:]|\.\d)", text)
    if clock is None:
        return None
    try:
        if numbered:
            date = datetime(int(numbered[1]), int(numbered[2]), int(numbered[3]), tzinfo=UTC)
        elif year and month and day:
            date = datetime(int(year[0]), month, int(day[0]), tzinfo=UTC)
        else:
            return None
    except ValueError:
        return None
    half = clock["before"] or clock["after"] or ""
    second = seconds_of_day(f"{half} {clock[2]}:{clock[3]}:{clock[4] or 0}")
    return epoch_ms(date) + second * 1000 if second is not None else None
