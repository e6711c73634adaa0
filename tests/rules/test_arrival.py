"""One tiny case per rule on the first days."""

import pytest

from planner.input.case import Case
from planner.model.rules.arrival import (
    arrivals_by_intake,
    intake,
    registration_elsewhere,
    registration_over,
    room_to_arrive,
)
from tests.rules.cases import JUL, Expected, case, group, location, rows_of
from tests.rules.planned import planned

NEW = group("new", "registration", "regular crisis")
MEN = group("men", "registration regular")
WEEK_OF_MONTH = 365.25 / 7 / 12


def test_registration_elsewhere_counts_who_is_in_registration_in_another_kind() -> None:
    of = case(location("col", "col"), location("azc"), groups=[NEW, MEN])
    # They come before those who stay on, so they count twice.
    assert [
        Expected("new azc regular jul", {"people new azc regular jul": 1}, "≤", 0, weight=2)
    ] == rows_of(registration_elsewhere, of)
    assert 2 == registration_elsewhere.counts_unplaced(of, "new", JUL)
    assert 0 == registration_elsewhere.counts_unplaced(of, "men", JUL)


def test_registration_elsewhere_counts_a_pol_by_half_where_there_is_a_col() -> None:
    of = case(location("col", "col"), location("pol", "pol"), groups=[NEW])
    left = {"people new pol registration jul": 1}
    assert [Expected("new pol registration jul", left, "≤", 0)] == rows_of(
        registration_elsewhere, of
    )
    # Without a col people arrive at the pol.
    assert [] == rows_of(registration_elsewhere, case(location("pol", "pol"), groups=[NEW]))


def test_registration_over_counts_everybody_else_at_the_arrival_locations_twice() -> None:
    women = group("women", "registration regular")
    of = case(
        location("col", "col"), location("pol", "pol"), location("azc"), groups=[NEW, MEN, women]
    )
    left = {"people men col registration jul": 1, "people women col registration jul": 1}
    assert [Expected("col registration jul", left, "≤", 0, weight=2)] == rows_of(
        registration_over, of
    )


def test_registration_over_counts_the_pol_where_there_is_no_col() -> None:
    of = case(location("pol", "pol"), location("azc"), groups=[NEW, MEN])
    left = {"people men pol registration jul": 1}
    assert [Expected("pol registration jul", left, "≤", 0, weight=2)] == rows_of(
        registration_over, of
    )


def test_room_to_arrive_keeps_the_busiest_weeks_arrivals_free_at_arrival_locations() -> None:
    of = case(
        location("col", "col", beds=40),
        location("pol", "pol", beds=30),
        groups=[NEW, MEN],
        people={"new": 20},
        registration_stay_days=10,
        peak_week_factor=1.5,
    )
    # 20 people who are there for 10 days: 2 a day, 14 a week, 21 in the busiest. 40 beds less the
    # people there are at least 21.
    left = {"people new col registration jul": -1, "people men col registration jul": -1}
    assert [Expected("jul", left, "≥", -19)] == rows_of(room_to_arrive, of)


def test_intake_is_that_of_the_arrival_locations_that_are_open() -> None:
    of = case(
        location("north", "col", beds=40, intake_per_week=10),
        location("south", "col", beds=20, intake_per_week=5, open_until=JUL.replace(day=31)),
        groups=[NEW],
        people={"new": 20},
        months=2,
        registration_stay_days=10,
    )
    # 14 a week arrive; 15 a week can be taken in, and 10 when the south has closed.
    july, august = rows_of(intake, of)
    assert ("jul", {}, "≥") == (july.about, july.left, july.sense)
    assert [(14 - 15) * WEEK_OF_MONTH, (14 - 10) * WEEK_OF_MONTH] == pytest.approx(
        [july.limit, august.limit]
    )


def test_arrivals_by_intake_have_each_location_register_its_part() -> None:
    of = two_cols(20)
    # 14 a week arrive where 15 can be taken in: 10 at the north, 5 at the south. A person who is
    # there for 10 days stands for 0.7 a week.
    for row, name, most in zip(
        rows_of(arrivals_by_intake, of), ("north", "south"), (10, 5), strict=True
    ):
        assert (f"{name} jul", "≤") == (row.about, row.sense)
        left = {f"people new {name} registration jul": 0.7 * WEEK_OF_MONTH}
        assert left == pytest.approx(row.left)
        assert most * WEEK_OF_MONTH == pytest.approx(row.limit)


def test_arrivals_by_intake_beyond_what_all_take_in_are_divided_in_proportion() -> None:
    # 30 people are 21 a week where 15 can be taken in: 14 for the north, 7 for the south.
    limits = [row.limit / WEEK_OF_MONTH for row in rows_of(arrivals_by_intake, two_cols(30))]
    assert [14, 7] == pytest.approx(limits)


def test_arrivals_by_intake_leave_no_location_empty_beside_another() -> None:
    plan = planned(two_cols(30))
    there = [plan.people(location=name, group="new") for name in ("north", "south")]
    assert [20, 10] == pytest.approx(there)
    assert 0 == plan.shortfall("arrivals_by_intake")
    assert () == plan.breaches()


def test_arrivals_by_intake_are_all_at_the_one_location_that_is_left() -> None:
    of = two_cols(20, open_until=JUL.replace(day=15))
    assert [] == rows_of(arrivals_by_intake, of)


def two_cols(people: int, **south: object) -> Case:
    """Return people in registration, and two arrival locations that take in 10 and 5 a week."""
    return case(
        location("north", "col", beds=60, intake_per_week=10),
        location("south", "col", beds=60, intake_per_week=5, **south),
        groups=[NEW],
        people={"new": people},
        registration_stay_days=10,
    )


# For each rule that does not always apply, a case that lacks just what it asks for.
ONLY_NEW = group("new", "registration", "regular")
JUST_NOT = {
    "registration_elsewhere": case(groups=[group("men", "registration regular", "crisis")]),
    "registration_over": case(location("col", "col"), groups=[MEN]),
    "room_to_arrive": case(location("pol", "pol"), groups=[ONLY_NEW]),
    "intake": case(
        location("north", "col", intake_per_week=7), location("south", "col"), groups=[ONLY_NEW]
    ),
    "arrivals_by_intake": case(location("col", "col", intake_per_week=7), groups=[ONLY_NEW]),
}
