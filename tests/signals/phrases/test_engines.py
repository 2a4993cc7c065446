"""Both engines see the same, and offsets are characters of the text as typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.cues import catalogue
from nearer.cues.examples import pairs
from nearer.errors import NearerError
from nearer.signals.lines import Lines
from nearer.signals.normal import normal
from nearer.signals.phrases import scan, table_for
from nearer.signals.phrases.engines import Pattern, engine
from nearer.signals.read import read_signals

TEXTS = [t for c in catalogue().cues.values() for e in (*c.fires, *c.silent) for _, t in pairs(e)[0]]


def test_hyperscan_finds_nothing_in_any_example_that_the_index_of_words_misses() -> None:
    forms = [normal(text) for text in TEXTS]
    one, other = (scan(forms, table_for(catalogue(), name)) for name in ("re2", "hyperscan"))
    assert {*other.hits} <= {*one.hits}
    # Hyperscan itself misses a match now and then, of patterns that it runs beside others with the same beginning.
    assert len({*one.hits} - {*other.hits}) <= len(one.hits) // 200
    for told, again in ((one.features, other.features), (one.guarded, other.guarded)):
        for name, mine in told.items():
            assert (mine.everywhere >= again[name].everywhere).all(), name


@settings(max_examples=40)
@given(st.lists(st.sampled_from(TEXTS), max_size=6), st.text(max_size=12))
def test_scanned_together_or_alone_is_the_same(texts: list[str], odd: str) -> None:
    table, forms = table_for(catalogue()), [normal(text) for text in (*texts, odd)]
    together = scan(forms, table).hits
    alone = [scan([form], table).hits for form in forms]
    assert together == [replace(hit, message=i) for i, hits in enumerate(alone) for hit in hits]


@given(st.text(alphabet="😂é\u0301a ❤️\n", max_size=15))
def test_offsets_are_characters_whatever_stands_before(before: str) -> None:
    text = f"{before}. you never listen to me"
    signals = read_signals(Lines.of_pairs([("me", text)]), catalogue())
    quotes = [text[h.start : h.end] for h in signals.hits if h.cue == "OWN202"]
    # Play before it (a laugh, a heart) may silence it, but never move it.
    assert quotes in ([], ["you never listen to me"])


def test_what_is_only_loosely_there_is_not_there() -> None:
    asked = ["did you tell mum?", "why did you tell mum?", "why, i ask myself every single day, did you tell mum?"]
    found = scan([normal(text) for text in asked], table_for(catalogue()))
    # "why … did you" silences the feature, but only where the two stand near each other.
    assert found.features["real_question"].everywhere.tolist() == [True, False, True]


@pytest.mark.parametrize("name", ["re2", "hyperscan"])
def test_threads_may_read_at_once(name: str) -> None:
    table = table_for(catalogue(), name)
    lines = [[normal(text)] * 40 for text in TEXTS[:40]]
    with ThreadPoolExecutor(8) as pool:
        at_once = [*pool.map(lambda some: scan(some, table).hits, lines)]
    assert at_once == [scan(some, table).hits for some in lines]


def test_an_engine_nobody_has() -> None:
    with pytest.raises(NearerError, match="pcre"):
        engine([Pattern("a", False)], "pcre")


def test_a_very_long_line_is_read_in_bounded_time() -> None:
    text = "you never listen to me ok " * 20_000
    signals = read_signals(Lines.of_pairs([("me", text)]), catalogue())
    # Bounded places, each with a bounded look around: without both this takes minutes.
    assert 1 <= sum(h.cue == "OWN202" for h in signals.hits) <= 100
