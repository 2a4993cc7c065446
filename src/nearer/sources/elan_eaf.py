"""ELAN annotations, .eaf: tiers that hang on no other tier are speech (docs/sources/research.md)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.tiers import Interval, add_tiers

NAME = "elan_eaf"
TITLE = "ELAN"


def sniff(head: Head) -> float:
    """The root that ELAN writes."""
    text = head.text.lstrip("\ufeff \r\n\t")
    return 0.98 if text.startswith("<") and "<ANNOTATION_DOCUMENT" in text[:4000] else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the top tiers, in the order of time. Raises NearerError where the file is broken or holds no words."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    member = source.main_member() if source.names else None
    try:
        root = fromstring(source.read(member))
    except ParseError:
        raise NearerError(f"{source.path.name} is a damaged or cut-off ELAN file.") from None
    except (DefusedXmlException, ValueError, LookupError):
        raise NearerError(f"{source.path.name} holds XML that is not safe to read, so it was not opened.") from None
    slots = _slots(root)
    names: dict[str, list[str]] = {}
    tiers: dict[str, list[Interval]] = {}
    children = 0
    for tier in root.iter("TIER"):
        name, person = tier.get("TIER_ID") or "", tier.get("PARTICIPANT") or ""
        if tier.get("PARENT_REF"):
            children += 1
            continue
        # A participant with several tiers keeps the tiers' own names, so that they can be told apart.
        names.setdefault(person, []).append(name)
        tiers[name] = [_interval(a, slots) for a in tier.iter("ALIGNABLE_ANNOTATION")]
    for person, own in names.items():
        if person and len(own) == 1 and person not in tiers:
            tiers = {person if n == own[0] else n: rows for n, rows in tiers.items()}
    builder = ConversationBuilder(NAME, medium="speech")
    add_tiers(builder, tiers, options, source.path.name)
    if children:
        builder.note(f"{children} tiers that describe other tiers were left out.")
    return builder.build()


def _interval(annotation: Any, slots: dict[str, float | None]) -> Interval:
    start, end = slots.get(annotation.get("TIME_SLOT_REF1", "")), slots.get(annotation.get("TIME_SLOT_REF2", ""))
    return start, end, annotation.findtext("ANNOTATION_VALUE") or ""


def _slots(root: Any) -> dict[str, float | None]:
    """Slot -> seconds; those without a value stand evenly between their neighbours that have one."""
    ids: list[str] = []
    values: list[float | None] = []
    for slot in root.iter("TIME_SLOT"):
        ids.append(slot.get("TIME_SLOT_ID") or "")
        written = slot.get("TIME_VALUE") or ""
        values.append(int(written) / 1000 if written.isdigit() and len(written) < 12 else None)
    known = [i for i, v in enumerate(values) if v is not None]
    for left, right in pairwise(known):
        first, last = values[left], values[right]
        if first is None or last is None:
            continue
        for i in range(left + 1, right):
            values[i] = first + (last - first) * (i - left) / (right - left)
    return dict(zip(ids, values, strict=True))
