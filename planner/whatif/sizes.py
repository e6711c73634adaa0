"""What a plan comes to in the figures that are looked at first, each in its worst month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from planner.input.kinds import EMERGENCY_KINDS
from planner.sheets.without_place import EVERYONE_PLACED


@dataclass(frozen=True)
class Peak:
    """An amount in its worst month, in people or places; no month where there is nothing."""

    amount: float
    month: dt.date | None

    @classmethod
    def of(cls, frame: pd.DataFrame, column: str) -> Peak:
        """Return the month in which a column adds up to the most."""
        by_month: defaultdict[dt.date, float] = defaultdict(float)
        for month, amount in zip(frame["month"], frame[column], strict=True):
            by_month[month] += float(amount)
        worst = max(by_month, key=lambda each: by_month[each], default=None)
        if worst is None or by_month[worst] <= 0:
            return cls(0.0, None)
        return cls(by_month[worst], worst)


@dataclass(frozen=True)
class Sizes:
    """People without a place, in emergency and in DOL, DOL places fitted out, and the cost.

    All but the cost, in euros over the months, in the month that has the most.
    """

    without_place: Peak
    emergency: Peak
    dol_people: Peak
    dol_places: Peak
    cost: float

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame], cost: float) -> Sizes:
        """Return the sizes of a plan's result tables."""
        placement, dol, shortfalls = tables["placement"], tables["dol"], tables["shortfalls"]
        kinds = {str(kind) for kind in EMERGENCY_KINDS}
        return cls(
            without_place=Peak.of(shortfalls[shortfalls["rule"] == EVERYONE_PLACED], "amount"),
            emergency=Peak.of(placement[placement["kind"].astype(str).isin(kinds)], "people"),
            dol_people=Peak.of(dol, "people"),
            dol_places=Peak.of(dol, "prepared"),
            cost=cost,
        )
