"""What has to be decided, the most urgent first: by when, where, how much, for how many euros.

What the planner fixed on the sheet Pins is taken where the last day to decide it does not lie
behind the first day of the plan, as what an adopted plan decided by then: nobody decides it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.input.case import Case
from planner.input.kinds import Pinned
from planner.input.location import Location
from planner.input.months import later
from planner.sheets.decision_lines import TAKEN, not_taken
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import SOMEBODY

_PINNED = {
    Decision.OPEN: Pinned.OPEN,
    Decision.EXTEND: Pinned.EXTEND,
    Decision.CLOSE_EARLY: Pinned.CLOSE_EARLY,
    Decision.PREPARE_DOL: Pinned.PREPARE_DOL,
}


@dataclass(frozen=True)
class ToDecide:
    """A decision of a plan about a location.

    `before` is the last day on which it can be taken: of a candidate its opening less the lead
    time, of an extension the last day of the contract, else the first day it takes effect (for
    DOL no lead time is given). `amount` is in beds, of DOL in places. `once` and `monthly` are
    euros, `None` where the location gives no amount.
    """

    location: str
    decision: Decision
    before: dt.date
    effect: dt.date
    amount: float
    once: float | None = None
    monthly: float | None = None


def to_decide(decisions: pd.DataFrame, locations: Mapping[str, Location]) -> tuple[ToDecide, ...]:
    """Return the decisions of a plan that are not taken, by their last day, the largest first.

    `decisions` is the result table of that name; DOL at one location is one decision.
    """
    return all_decisions(not_taken(decisions), locations)


def all_decisions(
    decisions: pd.DataFrame, locations: Mapping[str, Location]
) -> tuple[ToDecide, ...]:
    """Return the decisions of a plan, those that are taken too; else as `to_decide`."""
    found = [*_of_beds(decisions, locations), *_of_dol(decisions)]
    return tuple(sorted(found, key=lambda each: (each.before, -each.amount, each.location)))


def _of_beds(decisions: pd.DataFrame, locations: Mapping[str, Location]) -> Iterator[ToDecide]:
    for code, name, month, share in _rows(decisions):
        location = locations.get(code)
        if name is Decision.PREPARE_DOL or location is None:
            continue
        beds = share * location.beds
        if beds < SOMEBODY:
            continue
        once = {
            Decision.OPEN: location.opening_cost,
            Decision.EXTEND: location.extension_cost,
        }.get(name)
        bed = location.cost_per_bed_month
        yield ToDecide(
            code,
            name,
            last_day(name, location, month),
            month,
            beds,
            None if once is None else once * share,
            None if bed is None or name is Decision.CLOSE_EARLY else bed * beds,
        )


def with_last_days(decisions: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return the result table of decisions with the last day on which each can be taken.

    And with who took it, and why, where it is taken.
    """
    known = {str(each.value): each for each in Decision}
    days: list[dt.date | None] = []
    taken: list[str | None] = []
    fixed = {(each.location, each.decision): each for each in case.pins if each.value}
    for code, name, month in decisions[["location", "decision", "month"]].itertuples(index=False):
        location, decision = case.locations.get(str(code)), known[str(name)]
        day = None if location is None else last_day(decision, location, month)
        pin = fixed.get((str(code), _PINNED[decision]))
        past = pin is not None and day is not None and day <= case.months[0]
        days.append(day)
        taken.append(f"{pin.who}: {pin.why}" if pin is not None and past else None)
    columns = {"before": days, TAKEN: taken}
    return decisions.assign(
        **{key: pd.Series(of, index=decisions.index, dtype=object) for key, of in columns.items()}
    )


def last_day(decision: Decision, location: Location, month: dt.date) -> dt.date:
    """Return the last day on which a decision that takes effect in a month can be taken."""
    if decision is Decision.OPEN:
        return later(month, -location.lead_time_months)
    if decision is Decision.EXTEND and location.open_until is not None:
        return location.open_until
    return month


def _of_dol(decisions: pd.DataFrame) -> Iterator[ToDecide]:
    places: dict[str, float] = {}
    first: dict[str, dt.date] = {}
    for code, name, month, amount in _rows(decisions):
        if name is Decision.PREPARE_DOL:
            places[code] = places.get(code, 0.0) + amount
            first[code] = min(month, first.get(code, month))
    for code, amount in places.items():
        if amount >= SOMEBODY:
            yield ToDecide(code, Decision.PREPARE_DOL, first[code], first[code], amount)


def _rows(decisions: pd.DataFrame) -> Iterator[tuple[str, Decision, dt.date, float]]:
    """Yield the rows that say all; one that somebody added may lack a month."""
    known = {str(each.value): each for each in Decision}
    columns = ["location", "decision", "month", "value"]
    for code, name, month, value in decisions[columns].dropna().itertuples(index=False):
        if str(name) in known:
            yield str(code), known[str(name)], month, float(value)
