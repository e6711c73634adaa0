"""Applicants in emergency reception: Article 20(10) of Directive (EU) 2024/1346 is about no others.

Who has a permit or must return has a place by national law, and after the notice of a transfer
decision Article 21 leaves a standard of living: they are counted beside the applicants, not with
them.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planner.input.kinds import Ground
from planner.result.plan import Plan
from planner.result.sums import SUMS


def in_emergency(plan: Plan, ground: Ground) -> pd.DataFrame:
    """Return the rows of who lives where, of emergency reception and people of a legal ground."""
    rows = SUMS["emergency"].rows(plan.tables)
    groups = [each for each in set(rows["group"]) if plan.ground(each) is ground]
    return rows[rows["group"].isin(groups)]


def by_month(plan: Plan, ground: Ground) -> dict[dt.date, float]:
    """Return the people of a legal ground in emergency reception in every planned month."""
    people = in_emergency(plan, ground).groupby("month")["people"].sum()
    # A sheet that was changed by hand may lack a month.
    months = {month for month in plan.tables["runoff"]["month"] if isinstance(month, dt.date)}
    return {month: float(people.get(month, 0.0)) for month in sorted(months)}


def by_location(plan: Plan) -> dict[str, dict[dt.date, float]]:
    """Return the applicants in emergency reception by location and month, where there are any."""
    rows = in_emergency(plan, Ground.APPLICANT)
    found: dict[str, dict[dt.date, float]] = {}
    cells = zip(rows["location"], rows["month"], rows["people"], strict=True)
    for location, month, people in cells:
        months = found.setdefault(str(location), {})
        months[month] = months.get(month, 0.0) + float(people)
    return found
