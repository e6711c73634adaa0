"""How long people stay: the chance of being there still, month by month.

Everything follows from the mean of the stay cut off at a moment, E[min(stay, x)], because arrivals
are spread evenly over their month. The people of one month's arrivals who are present on the first
day of the a-th month after it are E[min(stay, a)] - E[min(stay, a - 1)] of them, so that these add
up to the mean stay exactly (Little's law), whatever the distribution and also for half months.
Those present at the start are taken as in a steady state: their remaining stay follows from the
same numbers, divided by the mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.input.kinds import StayFamily

Floats = NDArray[np.float64]

# A scale is looked for between the mean and this many times the limit; so far the cut-off stay
# reaches the limit to more digits than a person has parts.
_FURTHEST = 1e9
_HALVINGS = 80

# A spread so narrow is none, and a mean so short no stay: both are beyond any count of people.
_NARROW, _SHORT = 1e-3, 1e-9

_ERF = np.frompyfunc(math.erf, 1, 1)


@dataclass(frozen=True)
class Stay:
    """A distribution of stays in months: its family, mean, spread, and the longest there is.

    `mean` None means that nobody leaves. The mean is that of the stays as cut off by `limit`.
    `clocks` are the terms with their shares where the family is that of the Dublin clocks.
    """

    family: StayFamily
    mean: float | None
    spread: float = 0.0
    limit: float | None = None
    clocks: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Kernel:
    """What becomes of the arrivals of one month, and of the people who were there at the start.

    All are (samples, months). `present[:, a]` is the part present on the first day of the a-th
    month after arrival (a = 0: all, on arrival), `leaving[:, a]` the part that leaves during it
    and `at_limit[:, a]` the part of those that reached the longest stay. `old_present`,
    `old_leaving` and `old_at_limit` are the same for people present at the start. `mean` and
    `reach`, the part of all who reach the longest stay, are (samples,).
    """

    mean: Floats
    present: Floats
    leaving: Floats
    at_limit: Floats
    old_present: Floats
    old_leaving: Floats
    old_at_limit: Floats
    reach: Floats


def kernel(stay: Stay, factor: Floats, months: int) -> Kernel:
    """Return the parts present and leaving for a number of months, per sample.

    `factor` (samples) multiplies the mean.
    """
    if stay.mean is None:
        return _nobody_leaves(factor, months)
    means = _means(stay, factor)
    scales = _scales(stay, means)
    moments = np.arange(months + 2, dtype=float)
    cut = _cut_off(stay, means, scales, moments)
    present = np.concatenate([np.ones((len(factor), 1)), np.diff(cut, axis=1)], axis=1)
    reach = np.zeros(len(factor)) if stay.limit is None else _reaching(stay, means, scales)
    limit = stay.limit or 0.0
    ages = np.arange(months, dtype=float)
    turn = np.clip(1.0 - np.abs(ages - limit), 0.0, 1.0)
    rate = np.divide(1.0, means, out=np.zeros_like(means), where=means > 0)[:, None]
    old_present = 1.0 - cut[:, :months] * rate
    old_leaving = np.diff(cut, axis=1)[:, :months] * rate
    gone_at_once = means <= 0
    old_present[gone_at_once, 1:] = 0.0
    old_leaving[gone_at_once, :1] = 1.0
    return Kernel(
        mean=means,
        present=present[:, :months],
        leaving=(present[:, :-1] - present[:, 1:])[:, :months],
        at_limit=reach[:, None] * turn,
        old_present=np.maximum(old_present, 0.0),
        old_leaving=old_leaving,
        old_at_limit=reach[:, None] * rate * np.clip(limit - ages, 0.0, 1.0),
        reach=reach,
    )


def _nobody_leaves(factor: Floats, months: int) -> Kernel:
    ones, zeros = np.ones((len(factor), months)), np.zeros((len(factor), months))
    endless = np.full(len(factor), math.inf)
    return Kernel(endless, ones, zeros, zeros, ones, zeros, zeros, np.zeros(len(factor)))


def _means(stay: Stay, factor: Floats) -> Floats:
    """Return the mean stay per sample, none above the longest stay."""
    means = (stay.mean or 0.0) * factor
    means = np.where(means < _SHORT, 0.0, means)
    return means if stay.limit is None else np.minimum(means, stay.limit)


def _cut_off(stay: Stay, means: Floats, scales: Floats, moments: Floats) -> Floats:
    """Return E[min(stay, x)]; `scales` are the means without the longest stay."""
    if stay.limit is None:
        return _limited(stay, means, moments)
    return np.minimum(_limited(stay, scales, np.minimum(moments, stay.limit)), means[:, None])


def _limited(stay: Stay, means: Floats, moments: Floats) -> Floats:
    """Return E[min(stay, x)] of the distribution without a longest stay."""
    mean, x = means[:, None], moments[None, :]
    match stay.family:
        case StayFamily.FIXED:
            return np.minimum(mean, x)
        case StayFamily.DUBLIN_CLOCKS:
            return _clocks(stay, means, moments)
        case StayFamily.LOGNORMAL if stay.spread > _NARROW:
            return _lognormal(mean, stay.spread, x)
        case StayFamily.LOGNORMAL:
            return np.minimum(mean, x)
        case _:
            rate = np.divide(x, mean, out=np.zeros(np.broadcast(x, mean).shape), where=mean > 0)
            return -mean * np.expm1(-rate)


def _clocks(stay: Stay, means: Floats, moments: Floats) -> Floats:
    """Return E[min(stay, x)] where each part of the people has a term of its own."""
    whole = math.fsum(share * months for months, share in stay.clocks)
    stretch = means[:, None] / whole if whole else np.ones((len(means), 1))
    total = np.zeros((len(means), len(moments)))
    for months, share in stay.clocks:
        total += share * np.minimum(months * stretch, moments[None, :])
    return total


def _lognormal(mean: Floats, spread: float, x: Floats) -> Floats:
    """Return E[min(stay, x)] of a lognormal stay with this mean and coefficient of variation."""
    variance = math.log1p(spread**2)
    deviation = math.sqrt(variance)
    inside = (x > 0) & (mean > 0)
    safe_x, safe_mean = np.where(inside, x, 1.0), np.where(inside, mean, 1.0)
    at = (np.log(safe_x / safe_mean) + variance / 2) / deviation
    cut = safe_mean * _normal(at - deviation) + safe_x * (1.0 - _normal(at))
    return np.where(inside, cut, 0.0)


def _normal(at: Floats) -> Floats:
    """Return the standard normal distribution function."""
    errors: Floats = np.asarray(_ERF(at / math.sqrt(2.0)), dtype=float)
    return 0.5 * (1.0 + errors)


def _scales(stay: Stay, means: Floats) -> Floats:
    """Return the means that the distribution would have without its limit, by halving."""
    if stay.family in (StayFamily.FIXED, StayFamily.DUBLIN_CLOCKS) or stay.limit is None:
        return means
    low = np.log(np.maximum(means, 1e-12))
    high = np.full_like(low, math.log(_FURTHEST * stay.limit))
    moment = np.array([stay.limit])
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if ((middle == low) | (middle == high)).all():
            break  # no number lies between, so that no halving changes anything more
        short = _limited(stay, np.exp(middle), moment)[:, 0] < means
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.where(means > 0, np.exp(high), 0.0)


def _reaching(stay: Stay, means: Floats, scales: Floats) -> Floats:
    """Return the part of the people who reach the longest stay."""
    limit = stay.limit or 0.0
    match stay.family:
        case StayFamily.EXPONENTIAL:
            rate = np.divide(limit, scales, out=np.full_like(scales, np.inf), where=scales > 0)
            return np.exp(-rate)
        case StayFamily.LOGNORMAL if stay.spread > _NARROW:
            variance = math.log1p(stay.spread**2)
            safe = np.maximum(scales, 1e-12)
            at = (np.log(limit / safe) + variance / 2) / math.sqrt(variance)
            return 1.0 - _normal(at)
        case _:
            return (means >= limit).astype(float)
