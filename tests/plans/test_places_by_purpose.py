"""Places are used for what they are for: in the plans of the small demo, in every scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import pytest

from planner import api
from planner.input.case import Case
from tests.rules.planned import Planned, planned
from tests.tables import table_rows

SMALL = api.open_demo("small")
RETURN_TYPES = {"vbl", "gl", "htl", "pbl"}
EMERGENCY = {"emergency_fixed", "emergency_tent", "crisis"}
# What rounding of a plan that is shown may leave, in people.
LEAST = 0.01
# Whole plans take seconds each: two of them in the ordinary run, all of them among the slow tests.
WHOLE_ALWAYS = {"middle", "three_municipalities_refuse"}
PLANS = [(scenario, False) for scenario in api.scenario_names(SMALL)] + [
    pytest.param((scenario, True), marks=() if scenario in WHOLE_ALWAYS else (pytest.mark.slow,))
    for scenario in api.scenario_names(SMALL)
]


@dataclass(frozen=True)
class Scenario:
    """A plan of the small demo in a scenario, and its people with the type of their location."""

    case: Case
    plan: Planned
    people: pd.DataFrame
    whole: bool


@pytest.fixture(scope="module", params=PLANS, ids=lambda of: f"{of[0]}{'-whole' * of[1]}")
def small(request: pytest.FixtureRequest) -> Scenario:
    scenario, whole = request.param
    case = api.usable(SMALL, scenario)
    plan = planned(case, whole=whole)
    people = plan.tables["placement"].copy()
    people["type"] = [case.locations[name].type.value for name in people["location"]]
    return Scenario(case, plan, people, whole)


def free(small: Scenario, month: object, types: set[str], norm: float = 1.0) -> float:
    """Return the people who still fit at locations of some types, up to a part of the beds."""
    places = small.plan.tables["places"]
    beds = (
        places[places["month"] == month].drop_duplicates("location").set_index("location")["beds"]
    )
    there = small.people[small.people["month"] == month].groupby("location")["people"].sum()
    return sum(
        max(0.0, float(beds[name]) * norm - float(there.get(name, 0.0)))
        for name in beds.index
        if small.case.locations[name].type.value in types
    )


def test_people_in_registration_are_at_the_arrival_location_before_anybody_who_stays_on(
    small: Scenario,
) -> None:
    for month, rows in small.people.groupby("month"):
        registering = rows["group"] == "in_registration"
        at_arrival = rows["type"] == "col"
        elsewhere = rows[registering & ~at_arrival]["people"].sum()
        staying = rows[~registering & at_arrival]["people"].sum()
        assert elsewhere <= LEAST or staying <= LEAST, month


def test_nobody_stays_at_the_arrival_location_beside_a_bed_elsewhere(small: Scenario) -> None:
    men = small.people[small.people["group"].isin(["single_men", "dublin_before"])]
    for month, rows in men[men["type"] == "col"].groupby("month"):
        if rows["people"].sum() > LEAST:
            types = {"azc", "pol", "emergency_fixed", "emergency_tent"}
            assert free(small, month, types) <= LEAST, month


def test_in_the_supplied_course_nobody_stays_at_the_arrival_location_for_long(
    small: Scenario,
) -> None:
    # Where beds suffice: not in the months between a contract that ends and a centre that opens.
    if small.case.scenario not in {"low", "middle", "longer_contracts"}:
        return
    staying = small.people[
        (small.people["type"] == "col") & (small.people["group"] != "in_registration")
    ]
    by_month = staying.groupby("month")["people"].sum()
    assert (by_month > LEAST).sum() <= 3
    assert max(by_month, default=0.0) <= 100


def test_return_places_fill_before_return_singles_are_in_emergency_reception(
    small: Scenario,
) -> None:
    norm = small.case.parameters.number("occupancy_norm")
    for month, rows in in_emergency(small, "return_single"):
        if rows["people"].sum() > LEAST:
            assert free(small, month, RETURN_TYPES, norm) <= LEAST, month


def test_return_families_are_in_emergency_reception_only_where_seats_or_places_lack(
    small: Scenario,
) -> None:
    case, people = small.case, small.people
    norm = case.parameters.number("occupancy_norm")
    family_places = [each for each in case.locations.values() if each.type.value == "gl"]
    for month, rows in in_emergency(small, "return_family"):
        if rows["people"].sum() <= LEAST:
            continue
        for place in family_places:
            there = people[(people["location"] == place.id) & (people["month"] == month)]
            pupils = sum(
                row.people * case.groups[str(row.group)].school_share for row in table_rows(there)
            )
            seats_left = (place.school_seats or 0) - pupils
            beds_left = free(small, month, RETURN_TYPES, norm)
            assert min(seats_left, beds_left) <= LEAST, (month, place.id)


def in_emergency(small: Scenario, group: str) -> Iterator[tuple[object, pd.DataFrame]]:
    people = small.people
    assert people[people["type"].isin(RETURN_TYPES)]["people"].sum() > 0
    emergency = people["kind"].isin(EMERGENCY)
    yield from people[emergency & (people["group"] == group)].groupby("month")


def test_no_minor_is_in_emergency_reception_beside_somebody_unprotected_in_a_centre(
    small: Scenario,
) -> None:
    minors = small.people[small.people["group"] == "unaccompanied_minors"]
    assert minors[minors["kind"].isin(EMERGENCY)]["people"].sum() <= LEAST


def test_emergency_reception_is_left_to_stand_only_where_it_is_needed(small: Scenario) -> None:
    """Nobody who may be in a regular centre is in emergency reception beside a bed there."""
    norm = small.case.parameters.number("occupancy_norm")
    people = small.people
    men = people[(people["group"] == "single_men") & people["kind"].isin(EMERGENCY)]
    for month, rows in men.groupby("month"):
        if rows["people"].sum() > LEAST:
            assert free(small, month, {"azc", "pol"}, norm) <= LEAST, month


def test_a_dol_part_in_use_has_its_smallest_size(small: Scenario) -> None:
    if not small.whole:
        return
    for row in table_rows(small.plan.tables["dol"]):
        least = small.case.locations[str(row.location)].dol_min_section or 0
        assert row.in_use <= LEAST or row.in_use >= least - LEAST, (row.location, row.month)


def test_dol_is_as_large_as_the_people_for_it_once_the_milestone_is_passed(
    small: Scenario,
) -> None:
    """What is fitted out is no more than the people who need it and the published milestone."""
    case, tables = small.case, small.plan.tables
    band = case.parameters.optional("dol_band_low") or 0.0
    demand = tables["demand"]
    dublin = demand[demand["group"].isin(["dublin_single", "dublin_family"])]
    most = dublin.groupby("month")["people"].sum().max()
    prepared = tables["dol"].groupby("month")["prepared"].sum().max()
    assert prepared <= max(most, band) + LEAST
