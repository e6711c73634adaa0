"""Places are used for what they are for: in the plans of the small demo, in every scenario."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from planner import api
from planner.input.book import Book
from planner.input.case import Case, parse
from planner.planning import Plan

SCENARIOS = ("low", "middle", "high", "longer_contracts", "slower_dol")
RETURN_TYPES = {"vbl", "gl", "htl", "pbl"}
# What rounding of a plan that is shown may leave, in people.
LEAST = 0.01


@pytest.fixture(scope="module")
def demo() -> Book:
    return api.open_demo("small")


@pytest.fixture(scope="module", params=SCENARIOS)
def planned(request: pytest.FixtureRequest, demo: Book) -> tuple[Case, Plan]:
    case = parse(demo, request.param).case
    assert case is not None
    return case, api.plan(demo, request.param)


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


def test_return_places_fill_before_return_singles_are_in_emergency_reception(
    planned: tuple[Case, Plan],
) -> None:
    for month, rows in in_emergency(planned, "return_single"):
        if rows["people"].sum() > LEAST:
            assert free_under_norm(planned, month, {"return"}) <= LEAST, month


def test_return_families_are_in_emergency_reception_only_where_seats_or_places_lack(
    planned: tuple[Case, Plan],
) -> None:
    case, _ = planned
    people = placement(planned)
    family_places = [each for each in case.locations.values() if each.type.value == "gl"]
    for month, rows in in_emergency(planned, "return_family"):
        if rows["people"].sum() <= LEAST:
            continue
        for place in family_places:
            there = people[(people["location"] == place.id) & (people["month"] == month)]
            pupils = sum(
                row.people * case.groups[str(row.group)].school_share for row in there.itertuples()
            )
            seats_left = (place.school_seats or 0) - pupils
            beds_left = free_under_norm(planned, month, {"return"})
            assert min(seats_left, beds_left) <= LEAST, (month, place.id)


def in_emergency(planned: tuple[Case, Plan], group: str) -> Iterator[tuple[object, pd.DataFrame]]:
    people = placement(planned)
    assert people[people["type"].isin(RETURN_TYPES)]["people"].sum() > 0
    emergency = people["kind"].isin(["emergency_fixed", "emergency_tent", "crisis"])
    yield from people[emergency & (people["group"] == group)].groupby("month")
