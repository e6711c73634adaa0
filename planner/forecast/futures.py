"""Futures by chance: how many people of each group are present in each month.

What follows from arrivals is sampled by its own uncertain inputs, as the bands of the forecast are.
What the sheet Forecast gives is sampled between the forecasts there are: one chance for a future
says how high it is, in all groups and months alike, and the numbers run straight between the
forecasts, and as straight on beyond the lowest and the highest. Past errors may widen both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.forecast.cohorts.people_present import compute, group_totals
from planner.forecast.cohorts.stays import Floats
from planner.forecast.cohorts.uncertainty import sampled
from planner.forecast.past_errors import PastErrors, widened
from planner.input.case import Case, GroupMonth

People = Mapping[GroupMonth, float]


@dataclass(frozen=True)
class ForecastPath:
    """A forecast: the people, and in which part of the futures there are no more, from 0 to 1."""

    people: People
    part: float


def futures(  # noqa: PLR0913, PLR0917 - what they are sampled from
    case: Case,
    expected: People,
    paths: Sequence[ForecastPath],
    count: int,
    seed: int,
    past: PastErrors | None = None,
) -> tuple[People, ...]:
    """Return so many futures of a case, the same for the same seed.

    `expected` is who is present as planned; `paths` are forecasts from low to high for what the
    sheet Forecast gives; with `past` errors the futures are at least as far apart as those.
    `UnusableInputError` where nothing is uncertain.
    """
    chance = np.random.default_rng([seed, 1])
    given = [each for each in expected if each in case.forecast]
    computed = [each for each in expected if each not in case.forecast] if case.inflow else []
    apart = sorted(paths, key=lambda each: each.part)
    varied = len(apart) > 1 and any(
        each.people.get(key) != expected[key] for each in apart for key in given
    )
    if not computed and not varied and past is None:
        raise UnusableInputError(message("ensemble.nothing_uncertain"))
    height = chance.uniform(size=count)
    people = {key: np.full(count, float(each)) for key, each in expected.items()}
    if varied:
        at = np.array([each.part for each in apart])
        for key in given:
            through = np.array([each.people.get(key, expected[key]) for each in apart])
            people[key] = np.maximum(0.0, _beyond(height, at, through))
    if computed:
        totals = group_totals(sampled(compute(case), count, seed))
        months = {month: number for number, month in enumerate(case.months)}
        people |= {(group, m): totals[group][:, months[m]] for group, m in computed}
    drawn = tuple(
        {key: float(each[number]) for key, each in people.items()} for number in range(count)
    )
    return drawn if past is None else widened(drawn, expected, case.months, past, seed)


def _beyond(height: Floats, at: Floats, through: Floats) -> Floats:
    """Return the values of straight pieces through points, run on beyond the first and last."""
    first = (through[1] - through[0]) / (at[1] - at[0])
    last = (through[-1] - through[-2]) / (at[-1] - at[-2])
    between = np.interp(height, at, through)
    low = np.where(height < at[0], through[0] + (height - at[0]) * first, between)
    found: Floats = np.where(height > at[-1], through[-1] + (height - at[-1]) * last, low)
    return found
