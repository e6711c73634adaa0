"""How many of those who join a group are there still, counted again for the verifier.

By plain numbers, one stay at a time, from the mean of the stay cut off at a moment.
"""

from __future__ import annotations

from functools import cache
from math import erf, exp, log, sqrt
from typing import NamedTuple

from planner.input.kinds import StayFamily

# Beyond any count of people: no spread, and no stay.
_NARROW, _SHORT = 1e-3, 1e-9


class Term(NamedTuple):
    """A stay: its family, mean (`None` without end), spread, longest stay, and the clocks."""

    family: StayFamily
    mean: float | None
    spread: float
    longest: float | None
    clocks: tuple[tuple[float, float], ...] = ()

    def present(self, age: int) -> float:
        """Return the part there on the first day of the age-th month after joining."""
        if self.mean is None or age == 0:
            return 1.0
        return self.cut(age) - self.cut(age - 1)

    def leaving(self, age: int) -> float:
        """Return the part that leaves in the age-th month after joining."""
        return self.present(age) - self.present(age + 1)

    def at_end(self, age: int) -> float:
        """Return the part that reaches the longest stay in the age-th month after joining."""
        if self.longest is None or self.mean is None:
            return 0.0
        return self.reaching() * max(0.0, 1.0 - abs(age - self.longest))

    def old_present(self, month: int) -> float:
        """Return the part of those there at the start, as in a steady state, still there."""
        if self.mean is None:
            return 1.0
        mean = self.real_mean()
        return max(0.0, 1.0 - self.cut(month) / mean) if mean else float(month == 0)

    def old_leaving(self, month: int) -> float:
        """Return the part of those there at the start that leaves in a month."""
        return self.old_present(month) - self.old_present(month + 1)

    def old_at_end(self, month: int) -> float:
        """Return the part of those there at the start that reach the longest stay in a month."""
        mean = self.real_mean() if self.mean is not None else 0.0
        if self.longest is None or not mean:
            return 0.0
        return self.reaching() / mean * min(1.0, max(0.0, self.longest - month))

    def real_mean(self) -> float:
        """Return the mean stay, at most the longest; only where there is one."""
        mean = self.mean or 0.0
        mean = mean if mean >= _SHORT else 0.0
        return mean if self.longest is None else min(mean, self.longest)

    def cut(self, moment: float) -> float:
        """Return the mean of the stay cut off at a moment."""
        return _cut_off(self, moment)

    def fresh_cut(self, moment: float) -> float:
        """Return the same, worked out anew."""
        mean = self.real_mean()
        if self.longest is None or self._plain():
            return min(self._cut(mean, moment), mean)
        return min(self._cut(_without_end(self), min(moment, self.longest)), mean)

    def _plain(self) -> bool:
        clocked = self.family in (StayFamily.FIXED, StayFamily.DUBLIN_CLOCKS)
        return clocked or (self.family is StayFamily.LOGNORMAL and self.spread <= _NARROW)

    def _cut(self, mean: float, moment: float) -> float:
        if mean <= 0 or moment <= 0:
            return 0.0
        if self.family is StayFamily.DUBLIN_CLOCKS:
            whole = sum(months * share for months, share in self.clocks)
            return sum(s * min(m * mean / whole, moment) for m, s in self.clocks) if whole else 0.0
        if self._plain():
            return min(mean, moment)
        if self.family is StayFamily.EXPONENTIAL:
            return mean * (1.0 - exp(-moment / mean))
        deviation = sqrt(log(1.0 + self.spread**2))
        at = log(moment / mean) / deviation + deviation / 2
        return mean * _normal(at - deviation) + moment * (1.0 - _normal(at))

    def reaching(self) -> float:
        """Return the part of all who reach the longest stay; nobody where there is none."""
        if self.longest is None or self.mean is None:
            return 0.0
        mean, longest = self.real_mean(), self.longest or 0.0
        if self._plain():
            return float(mean >= longest)
        whole = _without_end(self)
        if not whole:
            return 0.0
        if self.family is StayFamily.EXPONENTIAL:
            return exp(-longest / whole)
        deviation = sqrt(log(1.0 + self.spread**2))
        return 1.0 - _normal(log(longest / whole) / deviation + deviation / 2)


def _normal(at: float) -> float:
    return (1.0 + erf(at / sqrt(2.0))) / 2


@cache
def _cut_off(term: Term, moment: float) -> float:
    return term.fresh_cut(moment)


@cache
def _without_end(term: Term) -> float:
    """Return the mean that a stay would have without its longest, found by halving."""
    mean, longest = term.real_mean(), term.longest or 0.0
    if not mean:
        return 0.0
    low, high = mean, 1e9 * longest
    for _ in range(200):
        middle = sqrt(low * high)
        if term._cut(middle, longest) < mean:  # noqa: SLF001 - the same record
            low = middle
        else:
            high = middle
    return high
