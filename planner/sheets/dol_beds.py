"""What happens to every bed fitted out as DOL, month by month: Dublin, a regular resident, empty.

The letter of 22-04-2026 wants no bed to stand empty; regular residents use what Dublin leaves, and
live there as closely as in the rest of the location.
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

    What is not in DOL use serves regular residents, who fill a location's beds evenly: where nine
    in ten of its regular beds are taken, so are nine in ten of these. Of a plan in whole people a
    bed is whole too.
    """
    placement, places = tables["placement"], tables["places"]
    regular = placement[placement["kind"] == "regular"]
    living = regular.groupby(["location", "month"])["people"].sum().to_dict()
    beds = places.groupby(["location", "month"])["beds"].max().to_dict()
    found = {}
    for location, month, prepared, in_use, dublin in tables["dol"][
        ["location", "month", "prepared", "in_use", "people"]
    ].itertuples(index=False):
        others = beds.get((location, month), 0.0) - in_use
        taken = min(living.get((location, month), 0.0) / others, 1.0) if others > 0 else 0.0
        sitting = taken * max(prepared - in_use, 0.0)
        if float(prepared).is_integer() and float(dublin).is_integer():
            sitting = float(round(sitting))
        empty = max(prepared - dublin - sitting, 0.0)
        found[location, month] = DolBeds(prepared, dublin, sitting, empty)
    return found
