"""A check on what was published before: the figures of a year in order of size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.typed import TypedTables

_SHEET = "production_forecast"
_ENDS = ("low", "middle", "high")


def forecast_ends_in_order(typed: TypedTables) -> Iterator[Finding]:
    """Yield years of the production forecast of which a lower figure is above a higher one."""
    for each in typed.rows(_SHEET):
        given = [(key, getattr(each.record, key)) for key in _ENDS]
        known = [(key, value) for key, value in given if value is not None]
        for (_, below), (key, above) in pairwise(known):
            if below > above:
                fields = {"year": str(each.record.year), "below": below, "above": above}
                what = message("check.forecast_ends", **fields)
                todo = message("check.forecast_ends.todo")
                yield typed.finding(Severity.ERROR, _SHEET, each.row, key, what, todo)
