"""What was published or decided before, beside a need: the production forecast and a decision.

A decision says a number of places for a day, and perhaps the people and the norm that it rests on.
What the need differs from it is taken apart as far as it says so: the norm first, then the people.
Arrivals are put beside the years of the latest edition: of a year that the sheet Inflow gives in
part, beside so many twelfths of it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.input.case import Case
from planner.input.months import MONTHS_IN_YEAR, month_of
from planner.input.published import CapacityDecision, ProductionForecast


@dataclass(frozen=True)
class DecisionParts:
    """A decision beside the need of its month; beds, and parts that add up to the difference.

    `norm` and `people` are `None` where the decision says too little to tell them apart; `rest` is
    then the whole difference. Otherwise it is what the decision's own people and norm leave of its
    places.
    """

    decision: CapacityDecision
    month: dt.date
    needed: float
    norm: float | None
    people: float | None
    rest: float


def latest_decision(case: Case, month: dt.date) -> CapacityDecision | None:
    """Return the decision taken last for a day in a month; `None` where there is none."""
    found = [each for each in case.decided if month_of(each.for_day) == month]
    return max(found, key=lambda each: (each.decided, each.for_day), default=None)


def decision_parts(
    decision: CapacityDecision, month: dt.date, people: float, case: Case
) -> DecisionParts:
    """Return what the need of so many people differs from a decision, at the norm of a case."""
    needed = case.beds_needed(people, month)
    counted, norm = decision.people, decision.occupancy_norm
    if counted is None and norm is not None:
        counted = decision.places * norm
    if norm is None and counted and decision.places:
        norm = counted / decision.places
    if counted is None or norm is None:
        return DecisionParts(decision, month, needed, None, None, needed - decision.places)
    at_norm = case.beds_needed(counted, month)
    return DecisionParts(
        decision,
        month,
        needed,
        norm=at_norm - counted / norm,
        people=needed - at_norm,
        rest=counted / norm - decision.places,
    )


@dataclass(frozen=True)
class YearBeside:
    """The arrivals of a case in a year beside what an edition gives; people.

    `months` are the months of the year that the sheet Inflow gives; `low`, `middle` and `high`
    are the edition's figures for so many twelfths of the year, `None` where it gives none.
    """

    edition: ProductionForecast
    months: int
    arriving: float
    low: float | None
    middle: float | None
    high: float | None

    @property
    def outside(self) -> float:
        """How many arrivals lie above the high figure, or below the low one as a negative."""
        if self.high is not None and self.arriving > self.high:
            return self.arriving - self.high
        if self.low is not None and self.arriving < self.low:
            return self.arriving - self.low
        return 0.0


def years_beside(case: Case) -> Iterator[YearBeside]:
    """Yield each year of the latest edition in which the sheet Inflow has arrivals."""
    if not case.production:
        return
    last = max(each.edition for each in case.production)
    arriving: dict[int, float] = defaultdict(float)
    months: dict[int, set[dt.date]] = defaultdict(set)
    for each in case.inflow:
        arriving[each.month.year] += each.people
        months[each.month.year].add(each.month)
    for edition in case.production:
        if edition.edition != last or edition.year not in months:
            continue
        count = len(months[edition.year])
        figures = (
            None if each is None else each * count / MONTHS_IN_YEAR
            for each in (edition.low, edition.middle, edition.high)
        )
        yield YearBeside(edition, count, arriving[edition.year], *figures)
