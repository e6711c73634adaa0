"""Emergency locations that few people live in, while other emergency locations have room for them.

A coordinator cannot defend a hall that is kept open for two people. How few are few is a choice of
the planner, the parameter `emergency_fewest_people`; a small location is worth what it holds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from planner.input.case import Case
from planner.model.rules.placement import norm_of
from planner.result.sums import SUMS
from planner.sheets.without_place import SOMEBODY

# Part of a person by which a figure may be below the fewest: the solver's rounding.
_WITHIN = 1e-6


def few_in_emergency(
    case: Case, tables: Mapping[str, pd.DataFrame]
) -> dict[dt.date, dict[str, float]]:
    """Return the people of each such location, by month and location.

    Others have room that together have as many beds left at their norm, of those that are not such
    locations themselves. Who may live where is not asked. Nothing where the parameter is empty.
    """
    living: dict[dt.date, dict[str, float]] = {month: defaultdict(float) for month in case.months}
    rows = SUMS["emergency"].rows(tables)
    columns = (rows[name].tolist() for name in ("location", "month", "people"))
    for location, month, people in zip(*columns, strict=True):
        living[month][location] += people
    places = tables["places"]
    cells = (places[name].tolist() for name in ("location", "month", "beds"))
    beds = {(location, month): float(each) for location, month, each in zip(*cells, strict=True)}
    found: dict[dt.date, dict[str, float]] = {}
    for month, people_at in living.items():
        fewest = case.parameters.optional("emergency_fewest_people", month) or 0.0
        room, few = 0.0, {}
        for location, people in people_at.items():
            place = case.locations[location]
            held = norm_of(case, place, place.type.base_kind, month) * beds[location, month]
            if SOMEBODY <= people < min(fewest, held) * (1.0 - _WITHIN):
                few[location] = people
            elif people >= SOMEBODY:
                room += max(held - people, 0.0)
        found[month] = {location: people for location, people in few.items() if people <= room}
    return found
