"""How often, with honest uncertainty: counts per 100 turns, drawn toward what is usual, with a 90 % interval.

A count is taken as Poisson with a gamma prior from the norms, so that three findings in ten turns are not shown as
thirty in a hundred. Quantiles of the gamma use the Wilson-Hilferty cube (Wilson & Hilferty 1931), good to a few
hundredths in the range that occurs here.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST_WORDS, LEAST_TURNS = 50, 10
"""Under these a speaker's rates say nothing (word floors after Receptiviti's published guidelines)."""
FAMILY_WORDS = 200
"""Under this a speaker's families are not compared with anything."""
_Z90 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Prior:
    """What is usual, per 100 turns: mean and variance between speakers of the reference conversations."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Rate:
    """Per 100 turns: the shrunk rate and its 90 % interval."""

    per_100: float
    low: float
    high: float


def rate(count: int, turns: int, prior: Prior) -> Rate:
    """Posterior mean and 90 % interval of a rate per 100 turns. `turns` may be 0: then the prior speaks alone."""
    mean, variance = max(prior.mean, 1e-3), max(prior.variance, 1e-4)
    # A prior never worth more than a hundred turns: the person's own talk must be able to outweigh it.
    weight = min(mean / variance, 1.0)
    shape = mean * weight + count
    exposure = weight + turns / 100.0
    return Rate(
        round(shape / exposure, 3),
        round(gamma_quantile(shape, -_Z90) / exposure, 3),
        round(gamma_quantile(shape, _Z90) / exposure, 3),
    )


def gamma_quantile(shape: float, z: float) -> float:
    """Quantile of a gamma with this shape and scale 1, at the normal quantile `z`."""
    if shape < 0.5:
        # The cube fails under one half; there the lower end is 0 and the upper is that of one half, scaled.
        return 0.0 if z < 0 else gamma_quantile(0.5, z) * (shape / 0.5) ** 0.5
    return float(shape * max(1 - 1 / (9 * shape) + z / (3 * shape**0.5), 0.0) ** 3)


def share_interval(good: int, bad: int) -> tuple[float, float, float]:
    """(mean, low, high) of a share with a flat prior, 0 to 1; normal approximation of the beta, kept inside."""
    a, b = good + 1, bad + 1
    mean = a / (a + b)
    half = _Z90 * (a * b / ((a + b) ** 2 * (a + b + 1))) ** 0.5
    return mean, max(mean - half, 0.0), min(mean + half, 1.0)
