"""What can be told by its form: addresses of every kind, numbers, links, handles, dates with a year.

Every repetition is bounded or can begin at one place only, so that no text takes long.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nearer.anonymise.register import Register

_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre)"
)
_STREET = (
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|terrace|close|square|sq|crescent"
    r"|parkway|highway|hwy|gardens|grove|mews)"
)
_PATTERN = re.compile(
    rf"""(?P<link>\b(?:https?://|www\.)[^\s<>]+|\b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}/[^\s<>]*)
    |(?P<email>(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,6}})
    |(?P<handle>(?<!\w)@[\w.]{{1,40}}\w)
    |(?P<address>(?:\b(?:flat|apt\.?|apartment|unit)\s\w{{1,5}},?\s)?\b\d{{1,5}}[a-z]?,?\s(?:[^\W\d_][\w'’.-]{{0,30}}\s){{1,4}}{_STREET}\b\.?
      |\b[^\W\d_]{{2,30}}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm)\s?\d{{1,4}}[a-z]?\b
      |\b(?:rue|via|calle|avenida|rua|piazza|plaza|viale|avenue)\s(?:d\w{{0,3}}['’\s]\s?){{0,2}}[^\W\d_]\w{{1,30}}(?:\s[^\W\d_]\w{{1,30}})?,?\s\d{{1,4}}\b
      |\b\d{{1,4}},?\s(?:rue|avenue|boulevard|place|chemin|allée)\s(?:d\w{{0,3}}['’\s]\s?){{0,2}}[^\W\d_]\w{{1,30}}
      |(?-i:\b[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}\b)
      |(?-i:\b[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?\b))
    |(?P<place>-?\d{{1,3}}\.\d{{4,}},\s?-?\d{{1,3}}\.\d{{4,}})
    |(?P<date>\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})\b|\b(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}\b
      |\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s(?:of\s|de\s)?{_MONTH}\b\.?,?\s(?:de\s|of\s)?(?:19|20)\d\d\b
      |\b{_MONTH}\b\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b
      |(?<=born\s)(?:in|on)\s[^\n.]{{0,20}}?(?:19|20)\d\d\b
      |(?<=birthday\s)(?:is\s|on\s)(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s(?:of\s)?{_MONTH})?|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?)\b)
    |(?P<iban>(?-i:\b[A-Z]{{2}}\d{{2}}(?:\s?[A-Z0-9]{{4}}){{2,7}}(?:\s?[A-Z0-9]{{1,3}})?\b))
    |(?P<number>(?<![\w.])[+(]?\d(?:[\s().\-/]{{0,3}}\d){{5,}}(?!\w))
    |(?P<id>(?-i:(?<![\w-])(?=[A-Z-]{{0,20}}\d[A-Z-]{{0,20}}\d)(?=[\d-]{{0,20}}[A-Z])[A-Z0-9-]{{5,30}}(?![\w-])))""",
    re.IGNORECASE | re.VERBOSE,
)


def replace_patterns(text: str, register: Register, rest: Callable[[str], str]) -> str:
    """The text with each of them replaced; `rest` gets what lies between."""
    out: list[str] = []
    position = 0
    for match in _PATTERN.finditer(text):
        out += [rest(text[position : match.start()]), _label(match, register)]
        position = match.end()
    out.append(rest(text[position:]))
    return "".join(out)


def _label(match: re.Match[str], register: Register) -> str:
    kind, old = str(match.lastgroup), match[0]
    if kind == "handle":
        return register.tokens.get(old[1:].casefold()) or register.label("handle", old)
    if kind in ("number", "iban", "id"):
        digits = re.sub(r"\W", "", old)
        phone = kind == "number" and (old[0] in "+(0" or len(digits) in (10, 11))
        return register.number(digits, "phone" if phone else "number")
    return register.label("Place" if kind == "place" else kind, old.rstrip(".,;:!?)"))
