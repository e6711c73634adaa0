"""How good a forecast with a band was: the weighted interval score, in the unit of the forecast.

Source: Bracher, Ray, Gneiting and Reich (2021), Evaluating epidemic forecasts in an interval
format, PLOS Computational Biology 17(2), e1008618. Here for one band, from 10 to 90 %, and the
middle of the forecast; without a band it is the absolute error.
"""

from __future__ import annotations

from typing import NamedTuple

# The part of the futures that a band from 10 to 90 % leaves out.
OUTSIDE = 0.2


class Score(NamedTuple):
    """A score of nothing is right; lower is better.

    `width` is what the band costs by being wide, `over` what is lost by a forecast above the count,
    `under` by one below it. They add up to the score.
    """

    width: float
    over: float
    under: float

    @property
    def total(self) -> float:
        """The score."""
        return self.width + self.over + self.under


def interval_score(counted: float, middle: float, low: float | None, high: float | None) -> Score:
    """Return the score of a forecast of what was counted; low and high are 10 and 90 %.

    The score of a band is its width and what the count lies outside it times 2 / `OUTSIDE`. It
    weighs half of `OUTSIDE`, the absolute error of the middle a half, and the two together are
    divided by one band and a half.
    """
    over, under = max(0.0, middle - counted), max(0.0, counted - middle)
    if low is None or high is None:
        return Score(0.0, over, under)
    weight, divisor = OUTSIDE / 2, 1.5
    above, below = max(0.0, low - counted), max(0.0, counted - high)
    return Score(
        weight * (high - low) / divisor,
        (over / 2 + weight * 2 / OUTSIDE * above) / divisor,
        (under / 2 + weight * 2 / OUTSIDE * below) / divisor,
    )
