"""`SUMS`: figures that are added up from the rows of one result table, each defined once.

Overview, summary and the question which rows a figure is made of all stand on these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from planner.input.kinds import EMERGENCY_KINDS

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Summed:
    """A figure as the sum of a column over the rows of a result table, those of `kinds` only.

    `unit` is that of one month; over several months `unit_over_months` holds.
    """

    table: str
    column: str
    unit: str
    unit_over_months: str
    kinds: tuple[str, ...] = ()

    def rows(self, tables: Tables, month: dt.date | None = None) -> pd.DataFrame:
        """Return the rows that are added up; those of one month where it is given."""
        frame = tables[self.table]
        if self.kinds:
            frame = frame[frame["kind"].isin(self.kinds)]
        return frame if month is None else frame[frame["month"] == month]

    def total(self, tables: Tables, month: dt.date | None = None) -> float:
        """Return what the figure comes to, 0 where no row belongs to it."""
        return float(self.rows(tables, month)[self.column].sum())


SUMS: Mapping[str, Summed] = {
    "shortage": Summed("runoff", "shortage", "beds", "bed-months"),
    "emergency": Summed(
        "placement",
        "people",
        "persons",
        "person-months",
        tuple(kind.value for kind in EMERGENCY_KINDS),
    ),
    "dol_prepared": Summed("dol", "prepared", "places", "place-months"),
    "dol_people": Summed("dol", "people", "persons", "person-months"),
}
