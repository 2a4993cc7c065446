"""Reliability: published examples, intervals by conversation, and clear words where it cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.corpus.agreement import Code, against, among, read_codes
from nearer.errors import NearerError, UsageError

KRIPPENDORFF = {"A": "12332141 2   ", "B": "12332241 25 3", "C": " 3332342 251 ", "D": "12332441 251 "}
"""Four observers, twelve units, gaps where one did not code (Krippendorff 2011, nominal alpha 0.743)."""


def codes() -> list[Code]:
    return [Code("", str(u), who, v) for who, row in KRIPPENDORFF.items() for u, v in enumerate(row) if v != " "]


def test_alpha_of_the_published_example() -> None:
    told = among(codes(), resamples=50)
    assert told.alpha.value == pytest.approx(0.743, abs=0.001)
    assert told.alpha.low is not None
    assert told.alpha.high is not None
    assert told.alpha.low <= 0.743 <= told.alpha.high
    assert told.coders == ("A", "B", "C", "D")


def test_kappa_by_hand() -> None:
    # 50 units: both yes 20, both no 15, 5 and 10 apart: observed 0.70, by chance 0.50, so kappa 0.40.
    rows = [("1", "1")] * 20 + [("1", "0")] * 5 + [("0", "1")] * 10 + [("0", "0")] * 15
    both = [Code(str(i % 7), str(i), who, v) for i, pair in enumerate(rows) for who, v in zip("AB", pair, strict=True)]
    told = among(both, resamples=20)
    assert told.cohen.value == pytest.approx(0.40, abs=0.005)
    assert told.units == 50


def test_nearer_against_the_majority() -> None:
    rows: list[Code] = []
    for unit in range(20):
        truth = "OWN202" if unit < 10 else "none"
        rows += [Code(str(unit % 5), str(unit), who, truth) for who in ("A", "B")]
        rows.append(Code(str(unit % 5), str(unit), "nearer", "OWN202" if unit < 8 or unit == 15 else "none"))
    (match,) = against(rows, resamples=30)
    assert (match.both, match.only_nearer, match.only_coders) == (8, 1, 2)
    assert match.precision.value == pytest.approx(8 / 9, abs=0.001)
    assert match.recall.value == pytest.approx(0.8)


def test_both_shapes_of_table(tmp_path: Path) -> None:
    long, wide = tmp_path / "long.csv", tmp_path / "wide.csv"
    long.write_text("conversation,unit,coder,label\nc,1,A,x\nc,1,B,y\nc,2,A,x\n")
    wide.write_text("conversation,unit,text,A,B\nc,1,hello,x,y\nc,2,there,x,\n")
    assert set(read_codes(long)) == set(read_codes(wide))


def test_what_cannot_be_had_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="two coders"):
        among([Code("", "1", "A", "x")])
    with pytest.raises(NearerError, match="called “nearer”"):
        against(codes())
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="no column 'unit'"):
        read_codes(bad)
    alike = [Code("", str(i), who, "x") for i in range(5) for who in "AB"]
    assert among(alike).alpha.value is None
