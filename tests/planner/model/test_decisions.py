"""Which choices a case opens: a choice that the input rules out has no column at all."""

import datetime as dt
from typing import Any

import pytest

from planner.input.case import Case
from planner.input.location import Location
from planner.model.decisions import Footing, decide, footing_of
from tests.rules.cases import (
    AUG,
    JUL,
    OCT,
    SEP,
    candidate,
    case,
    column_names,
    group,
    location,
    until,
)

CONTRACT, EXTENSION, CANDIDATE = Footing.CONTRACT, Footing.EXTENSION, Footing.CANDIDATE


def columns(of: Case, family: str, *, whole: bool = False) -> list[str]:
    """Return what the columns of a family stand for."""
    names = column_names(decide(of, whole=whole)).values()
    return [name.removeprefix(f"{family} ") for name in names if name.startswith(f"{family} ")]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (location(), (CONTRACT, CONTRACT, CONTRACT)),
        # A month counts if the contract covers all of it.
        (location(open_from=JUL, open_until=until(AUG)), (CONTRACT, CONTRACT, None)),
        (location(open_from=dt.date(2026, 7, 2)), (None, CONTRACT, CONTRACT)),
        (location(open_until=dt.date(2026, 8, 30)), (CONTRACT, None, None)),
        (
            location(open_until=dt.date(2026, 8, 30), extendable_until=until(SEP)),
            (CONTRACT, EXTENSION, EXTENSION),
        ),
        # Without an end there is nothing to extend.
        (location(extendable_until=until(AUG)), (CONTRACT, CONTRACT, CONTRACT)),
        (location(open_until=until(JUL)), (CONTRACT, None, None)),
        # A candidate opens on the later of its first day and the end of its lead time.
        (candidate(), (CANDIDATE, CANDIDATE, CANDIDATE)),
        (candidate(lead_time_months=1), (None, CANDIDATE, CANDIDATE)),
        (candidate(lead_time_months=1, open_from=SEP), (None, None, CANDIDATE)),
        (candidate(lead_time_months=2, open_from=AUG), (None, None, CANDIDATE)),
        (
            candidate(lead_time_months=1, open_until=until(AUG), extendable_until=until(SEP)),
            (None, CANDIDATE, EXTENSION),
        ),
    ],
)
def test_a_location_stands_on_its_terms_in_each_month(
    place: Location, expected: tuple[Footing | None, ...]
) -> None:
    assert expected == tuple(footing_of(place, month, JUL) for month in (JUL, AUG, SEP))


def test_a_barred_kind_has_no_people_and_a_closed_month_no_places() -> None:
    of = case(
        location("azc", open_until=until(JUL)),
        location("amv", "amv"),
        groups=[group("men"), group("minors", "minors", "regular")],
        months=2,
    )
    assert ["azc regular jul", "amv minors jul", "amv minors aug"] == columns(of, "places")
    assert {
        "men azc regular jul",
        "minors azc regular jul",
        "minors amv minors jul",
        "minors amv minors aug",
    } == set(columns(of, "people"))


def test_a_month_without_people_of_a_group_has_no_columns_for_it() -> None:
    of = case(people={"men": (5, 0)}, months=2)
    assert ["men azc regular jul"] == columns(of, "people")
    assert ["men jul"] == columns(of, "unplaced")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"child_suitable": True, "school_seats": 1}, ["families azc dol jul"]),
        ({"child_suitable": True, "school_seats": 0}, []),
        ({"child_suitable": True}, []),
        ({"school_seats": 5}, []),
    ],
)
def test_families_stay_in_dol_only_where_child_suitable_with_a_school_seat(
    fields: dict[str, Any], expected: list[str]
) -> None:
    families = group("families", "dol", needs_child_suitable=True)
    of = case(location(dol_beds=4, **fields), groups=[families])
    assert expected == columns(of, "people")


def test_only_an_extension_within_the_horizon_can_be_taken() -> None:
    soon = location("soon", open_until=until(JUL), extendable_until=until(AUG))
    beyond = location("beyond", open_until=until(AUG), extendable_until=until(OCT))
    assert ["soon"] == columns(case(soon, beyond, months=2), "extend")


def test_only_a_candidate_that_can_be_used_within_the_horizon_can_be_opened() -> None:
    of = case(candidate("soon"), candidate("late", lead_time_months=2), location(), months=2)
    assert ["soon"] == columns(of, "open")


def test_only_emergency_locations_with_fixed_cost_are_given_up_within_their_contract() -> None:
    terms: dict[str, Any] = {"open_until": until(JUL), "extendable_until": until(AUG)}
    of = case(
        location("tent", "emergency_tent", fixed_cost_month=5.0, **terms),
        location("free", "emergency_tent"),
        location("azc", fixed_cost_month=5.0),
        months=2,
    )
    assert ["tent jul"] == columns(of, "closed")


def test_moves_start_from_where_somebody_can_have_been_the_month_before() -> None:
    of = case(
        location("a", open_until=until(JUL)),
        location("b"),
        lives={("a", "men"): 3, ("b", "men"): 0},
        months=3,
    )
    # Nobody lives in b at the start, and nobody can be in a from August on.
    assert ["men a jul", "men a aug", "men b aug", "men b sep"] == columns(of, "moved_out")


def test_whole_decisions_are_asked_for() -> None:
    of = case(
        location("ends", open_until=until(JUL), extendable_until=until(AUG)),
        candidate("new"),
        months=2,
    )
    for whole in (False, True):
        choose = decide(of, whole=whole)
        wholes = choose.columns.wholes()
        for column in (choose.extend["ends"], choose.open["new"]):
            assert whole == wholes[choose.columns.index(column)]
        assert (2 if whole else 0) == wholes.sum()


def test_no_more_can_be_chosen_than_there_is() -> None:
    of = case(location(beds=30, dol_beds=6), groups=[group("dublin", "dol")], people={"dublin": 9})
    choose = decide(of)
    upper = {
        name: choose.columns.upper_bounds()[choose.columns.index(column)]
        for column, name in column_names(choose).items()
    }
    assert 30 == upper["places azc regular jul"]
    assert 6 == upper["places azc dol jul"] == upper["dol_prepared azc jul"]
    assert 9 == upper["unplaced dublin jul"]
