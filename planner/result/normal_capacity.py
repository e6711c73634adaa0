"""Housing capacities normally available, month by month: the beds without emergency reception.

Article 20(10)(b) of Directive (EU) 2024/1346 asks whether those are exhausted, so emergency beds do
not count among them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from planner.input.kinds import EMERGENCY_KINDS


@dataclass(frozen=True)
class NormalCapacity:
    """The beds normally available in a month, with the decisions taken, and those needed."""

    month: dt.date
    available: float
    needed: float

    @property
    def missing(self) -> float:
        """How many beds normally available are missing; none where there are enough."""
        return max(self.needed - self.available, 0.0)


def normal_capacity(tables: Mapping[str, pd.DataFrame]) -> dict[dt.date, NormalCapacity]:
    """Return the capacity normally available by month, from the tables places and runoff."""
    places, runoff = tables["places"], tables["runoff"]
    normal = places[~places["kind"].isin([kind.value for kind in EMERGENCY_KINDS])]
    # A regular and a DOL place at one location share its beds, which stand in both rows.
    beds = normal.groupby(["month", "location"])["beds"].max().groupby("month").sum()
    return {
        month: NormalCapacity(month, float(beds.get(month, 0.0)), float(needed))
        for month, needed in zip(runoff["month"], runoff["needed_beds"], strict=True)
    }
