"""What has to be decided: by when, how much and for how many euros, worked by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from planner.input.kinds import LocationType, Status
from planner.input.location import Location
from planner.result.to_decide import ToDecide, to_decide
from planner.sheets.result_tables import Decision
from tests.tables import record


def location(code: str, **given: Any) -> Location:
    return record(Location, id=code, type=LocationType.AZC, beds=200, **given)


def decisions(*rows: tuple[str, str, dt.date, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["location", "decision", "month", "value"])


def test_an_opening_is_decided_its_lead_time_before_and_costs_its_share() -> None:
    there = {
        "K": location(
            "K",
            status=Status.CANDIDATE,
            lead_time_months=3,
            opening_cost=1000.0,
            cost_per_bed_month=50.0,
        )
    }
    (found,) = to_decide(decisions(("K", "open", dt.date(2026, 12, 1), 0.5)), there)
    # Half of 200 beds, half of 1000 euros, 100 beds at 50 euros a month.
    assert found == ToDecide(
        "K", Decision.OPEN, dt.date(2026, 9, 1), dt.date(2026, 12, 1), 100.0, 500.0, 5000.0
    )


def test_an_extension_is_decided_by_the_last_day_of_the_contract() -> None:
    there = {"V": location("V", open_until=dt.date(2026, 11, 15))}
    (found,) = to_decide(decisions(("V", "extend", dt.date(2026, 12, 1), 1.0)), there)
    assert (dt.date(2026, 11, 15), 200.0, None) == (found.before, found.amount, found.once)


def test_dol_at_one_location_is_one_decision_and_the_most_urgent_stands_first() -> None:
    there = {"V": location("V", open_until=dt.date(2026, 11, 15)), "D": location("D")}
    found = to_decide(
        decisions(
            ("V", "extend", dt.date(2026, 12, 1), 1.0),
            ("D", "prepare_dol", dt.date(2026, 10, 1), 12.0),
            ("D", "prepare_dol", dt.date(2026, 9, 1), 20.0),
            ("V", "prepare_dol", dt.date(2026, 9, 1), 0.2),  # nobody would fit in it
        ),
        there,
    )
    assert [("D", 32.0, dt.date(2026, 9, 1)), ("V", 200.0, dt.date(2026, 11, 15))] == [
        (each.location, each.amount, each.before) for each in found
    ]
