"""Rates: shrunk toward what is usual, with an interval that narrows as turns come in."""

from __future__ import annotations

import pytest

from nearer.reading.rates import Prior, gamma_quantile, rate, share_interval

USUAL = Prior(2.0, 4.0)


def test_few_turns_stay_near_what_is_usual_and_many_do_not() -> None:
    few, many = rate(3, 10, USUAL), rate(300, 1000, USUAL)
    assert few.per_100 < 10
    assert many.per_100 == pytest.approx(30, abs=2)
    assert (few.high - few.low) / few.per_100 > (many.high - many.low) / many.per_100


def test_the_interval_holds_the_rate() -> None:
    for count, turns in ((0, 10), (1, 50), (7, 60), (90, 100)):
        found = rate(count, turns, USUAL)
        assert 0 <= found.low <= found.per_100 <= found.high


@pytest.mark.parametrize(("shape", "low", "high"), [(1.0, 0.051, 2.996), (5.0, 1.970, 9.154), (50.0, 38.96, 62.17)])
def test_quantiles_agree_with_published_ones(shape: float, low: float, high: float) -> None:
    assert gamma_quantile(shape, -1.6448536) == pytest.approx(low, rel=0.05, abs=0.02)
    assert gamma_quantile(shape, 1.6448536) == pytest.approx(high, rel=0.01)


def test_a_share_stays_inside_its_bounds() -> None:
    assert share_interval(0, 0)[0] == 0.5
    assert share_interval(500, 0)[2] <= 1.0
