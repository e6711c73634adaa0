"""Places are used for what they are for: in the plans of the small demo, in every scenario."""

from __future__ import annotations

import pandas as pd
import pytest

from planner import workflow
from planner.planning import Plan
from planner.tables.book import Book
from planner.tables.case import Case, parse

SCENARIOS = ("low", "middle", "high", "longer_contracts", "slower_dol")
RETURN_TYPES = {"vbl", "gl", "htl", "pbl"}
# What rounding of a plan that is shown may leave, in people.
LEAST = 0.01


@pytest.fixture(scope="module")
def demo() -> Book:
    return workflow.open_demo("small")


@pytest.fixture(scope="module", params=SCENARIOS)
def planned(request: pytest.FixtureRequest, demo: Book) -> tuple[Case, Plan]:
    case = parse(demo, request.param).case
    assert case is not None
    return case, workflow.plan(demo, request.param)


def placement(planned: tuple[Case, Plan]) -> pd.DataFrame:
    case, plan = planned
    frame = plan.tables["placement"].copy()
    frame["type"] = [case.locations[name].type.value for name in frame["location"]]
    return frame


def free_under_norm(planned: tuple[Case, Plan], month: object, kinds: set[str]) -> float:
    """Return the people who still fit in locations of some kinds, without passing the norm."""
    case, plan = planned
    norm = case.parameters.number("occupancy_norm")
    places = plan.tables["places"]
    beds = (
        places[places["month"] == month].drop_duplicates("location").set_index("location")["beds"]
    )
    people = plan.tables["placement"]
    there = people[people["month"] == month].groupby("location")["people"].sum()
    return sum(
        max(0.0, float(beds[name]) * norm - float(there.get(name, 0.0)))
        for name in beds.index
        if case.locations[name].type.base_kind.value in kinds
    )


def test_nobody_in_registration_gives_way_to_people_who_stay_on(
    planned: tuple[Case, Plan],
) -> None:
    for month, rows in placement(planned).groupby("month"):
        registering = rows["group"] == "in_registration"
        at_registration = rows["kind"] == "registration"
        elsewhere = rows[registering & ~at_registration]["people"].sum()
        staying = rows[~registering & at_registration]["people"].sum()
        assert elsewhere <= LEAST or staying <= LEAST, month


def test_nobody_stays_in_registration_places_where_there_are_others(
    planned: tuple[Case, Plan],
) -> None:
    people = placement(planned)
    men = (people["group"] == "single_men") & (people["kind"] == "registration")
    for month, rows in people[men].groupby("month"):
        kinds = {"regular", "emergency_fixed", "emergency_tent"}
        if rows["people"].sum() > LEAST:
            assert free_under_norm(planned, month, kinds) <= LEAST, month


def test_return_places_fill_before_returnees_are_in_emergency_reception(
    planned: tuple[Case, Plan],
) -> None:
    people = placement(planned)
    emergency = people["kind"].isin(["emergency_fixed", "emergency_tent", "crisis"])
    returning = people["group"].isin(["return_single", "return_family"])
    assert people[people["type"].isin(RETURN_TYPES)]["people"].sum() > 0
    for month, rows in people[emergency & returning].groupby("month"):
        if rows["people"].sum() > LEAST:
            assert free_under_norm(planned, month, {"return"}) <= LEAST, month
