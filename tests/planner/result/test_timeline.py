"""What becomes of a location month by month, and what is to be decided about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from planner.input.edits import AddRow
from planner.input.kinds import LocationType, Pinned, Status
from planner.input.location import Location
from planner.input.pin_edits import Fixed, fixed
from planner.result.timeline import LocationCourse, Use, courses
from tests.tables import record

MONTHS = (dt.date(2026, 11, 1), dt.date(2026, 12, 1), dt.date(2027, 1, 1))


def location(code: str, **given: Any) -> Location:
    return record(Location, id=code, type=LocationType.AZC, beds=100, **given)


def frame(columns: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


@pytest.fixture(name="found")
def courses_of_three() -> dict[str, LocationCourse]:
    """A contract that ends in November and is extended, one opened in January, one as it is."""
    locations = {
        "ENDS": location("ENDS", open_until=dt.date(2026, 11, 30)),
        "OPENS": location("OPENS", status=Status.CANDIDATE, lead_time_months=1),
        "STAYS": location("STAYS"),
    }
    places = [("ENDS", "regular", month, 80.0, 100.0) for month in MONTHS]
    places += [("OPENS", "regular", MONTHS[2], 90.0, 100.0)]
    places += [("STAYS", "regular", month, 90.0, 100.0) for month in MONTHS]
    tables = {
        "places": frame("location kind month places beds", *places),
        "placement": frame(
            "location group kind month people", ("ENDS", "g", "regular", MONTHS[0], 7.0)
        ),
        "dol": frame("location month prepared", ("STAYS", MONTHS[0], 0.0)),
        "decisions": frame(
            "location decision month value",
            ("ENDS", "extend", MONTHS[1], 1.0),
            ("OPENS", "open", MONTHS[2], 1.0),
        ),
    }
    return {each.location: each for each in courses(tables, locations, MONTHS)}


def test_months_tell_contract_extension_and_opening(found: dict[str, LocationCourse]) -> None:
    uses = {code: [each.use for each in course.months] for code, course in found.items()}
    assert uses == {
        "ENDS": [Use.CONTRACT, Use.EXTENDED, Use.EXTENDED],
        "OPENS": [Use.CLOSED, Use.CLOSED, Use.OPENED],
    }
    assert [7.0, 0.0, 0.0] == [each.people for each in found["ENDS"].months]


def test_what_is_to_be_decided_first_comes_first(found: dict[str, LocationCourse]) -> None:
    assert ["ENDS", "OPENS"] == list(found)
    (due,) = found["OPENS"].to_decide
    assert dt.date(2026, 12, 1) == due.before  # a month of lead time before January


def test_what_is_fixed_becomes_a_row_for_each_month() -> None:
    wanted = [Fixed("L01", Pinned.PREPARE_DOL, month, 40.0) for month in MONTHS[:2]]
    edits = fixed(None, wanted, who="plancoördinatie", why="toegezegd")
    assert [2, 3] == [each.row for each in edits]
    (first, _) = edits
    assert isinstance(first, AddRow)
    assert first.cells == {
        "location": "L01", "decision": "prepare_dol", "month": MONTHS[0], "value": 40.0,
        "who": "plancoördinatie", "why": "toegezegd",
    }  # fmt: skip
