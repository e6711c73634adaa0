"""`TABLES`: the sheets of the workbook, in reading order."""

from __future__ import annotations

from planner.input.column import Table, table_of
from planner.input.location import Location
from planner.input.people import Forecast, Group, Occupancy
from planner.input.pins import Pin
from planner.input.published import CapacityDecision, ProductionForecast
from planner.input.settings import (
    Ceiling,
    Municipality,
    Parameter,
    Preference,
    PreviousPlaces,
    Province,
    ScenarioEdit,
)
from planner.input.streams import Inflow, Stage, Stream

TABLES: tuple[Table, ...] = tuple(
    table_of(record)
    for record in (
        Location,
        Occupancy,
        Group,
        Forecast,
        Inflow,
        Stream,
        Stage,
        Parameter,
        Province,
        Municipality,
        Ceiling,
        Preference,
        PreviousPlaces,
        ProductionForecast,
        CapacityDecision,
        Pin,
        ScenarioEdit,
    )
)


def table(key: str) -> Table:
    """Return a table's declaration by its key; `KeyError` when there is none."""
    for each in TABLES:
        if each.key == key:
            return each
    raise KeyError(key)
