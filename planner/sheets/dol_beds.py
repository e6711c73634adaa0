"""What happens to every bed fitted out as DOL, month by month: Dublin, a regular resident, empty.

The letter of 22-04-2026 wants no bed to stand empty; regular residents use what Dublin leaves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class DolBeds:
    """The beds fitted out at a location in a month, by what happens to them."""

    prepared: float
    dublin: float
    regular: float
    empty: float


def dol_beds(tables: Mapping[str, pd.DataFrame]) -> dict[tuple[str, dt.date], DolBeds]:
    """Return the beds fitted out by location and month, from the tables dol, places, placement.

    Regular residents fill the other beds of a location first, so that they count on a bed fitted
    out only where these are full.
    """
    placement, places = tables["placement"], tables["places"]
    regular = placement[placement["kind"] == "regular"]
    living = regular.groupby(["location", "month"])["people"].sum().to_dict()
    beds = places.groupby(["location", "month"])["beds"].max().to_dict()
    found = {}
    for location, month, prepared, dublin in tables["dol"][
        ["location", "month", "prepared", "people"]
    ].itertuples(index=False):
        others = max(beds.get((location, month), 0.0) - prepared, 0.0)
        beyond = max(living.get((location, month), 0.0) - others, 0.0)
        sitting = min(beyond, max(prepared - dublin, 0.0))
        empty = max(prepared - dublin - sitting, 0.0)
        found[location, month] = DolBeds(prepared, dublin, sitting, empty)
    return found
