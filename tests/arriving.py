"""Cases about arrivals: groups, streams that lead to them, and who comes each month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.input.case import Case
from planner.input.kinds import StayFamily
from planner.input.months import later
from planner.input.people import Group
from planner.input.streams import Inflow, Stage, Stream
from tests.rules.cases import JUL, case, group, months_of

EXPONENTIAL, FIXED = StayFamily.EXPONENTIAL, StayFamily.FIXED
LOGNORMAL, CLOCKS = StayFamily.LOGNORMAL, StayFamily.DUBLIN_CLOCKS

PEOPLE = (
    group("men", "regular", stay_months=13.9),
    group("minors", "minors", stay_months=10.0),
    group("waiting", "regular", stay_months=2.5),
    group("dol", "dol", stay_months=3.35),
    group("permits", "regular", stay_months=7.4),
)


def stream(name: str, to: str, share: float | None = 1.0, **more: Any) -> Stream:
    """Return a row of Streams; stays are fixed unless told otherwise."""
    return Stream(stream=name, group=to, share=share, **{"stay_family": FIXED, **more})


def arriving(  # noqa: PLR0913 - what a case about arrivals is made of
    *rows: Stream,
    people: Mapping[str, float | Sequence[float]] | None = None,
    lives: Mapping[str, int] | None = None,
    months: int = 12,
    first: dt.date = JUL,
    groups: Sequence[Group] = PEOPLE,
    stages: Sequence[Stage] = (),
    **changed: float | dt.date | None,
) -> Case:
    """Return a case without a forecast, with arrivals by stream from a first month on.

    One number comes every month until the last planned one; `lives` is the occupancy by group.
    """
    span = months_of(months)
    others: dict[str, Any] = {"dublin_start_date": dt.date(2020, 1, 1), **changed}
    made = case(
        groups=groups,
        lives={("azc", name): count for name, count in (lives or {}).items()},
        months=months,
        **others,
    )
    inflow = []
    for name, given in ({"come": 100.0} if people is None else people).items():
        count = (span[-1].year - first.year) * 12 + span[-1].month - first.month + 1
        numbers = given if isinstance(given, Sequence) else [given] * count
        inflow += [
            Inflow(scenario="middle", month=later(first, at), stream=name, people=float(number))
            for at, number in enumerate(numbers)
        ]
    return replace(made, forecast={}, inflow=tuple(inflow), streams=rows, stages=tuple(stages))
