"""One tiny case per rule on running the system."""

import datetime as dt
from dataclasses import replace
from typing import Any

from planner.input.case import Case
from planner.input.kinds import Ground, PlaceKind
from planner.input.settings import Municipality, Province
from planner.model.rules.operations import (
    emergency_others,
    emergency_path,
    emergency_places,
    emergency_term,
    fewer_than_before,
    more_than_before,
    municipality_task,
    province_task,
    province_worst,
    reserve,
    staff,
)
from tests.rules.cases import AUG, JUL, Expected, candidate, case, group, location, rows_of, until
from tests.rules.planned import planned
from tests.tables import record

MEN = group("men", "regular", "emergency_fixed emergency_tent crisis")
FIXED = location("fixed", "emergency_fixed")
TENT = location("tent", "emergency_tent")
SHELTER = location("shelter", dol_beds=4)


def test_emergency_places_weigh_by_kind_and_more_with_every_month() -> None:
    of = case(FIXED, TENT, location("azc"), groups=[MEN], months=2, emergency_weight_growth=0.5)
    # Weights 1 and 2; half as much again in the second month.
    assert [
        Expected(
            "fixed emergency_fixed jul", {"people men fixed emergency_fixed jul": 1}, "≤", 0, 1
        ),
        Expected(
            "fixed emergency_fixed aug", {"people men fixed emergency_fixed aug": 1}, "≤", 0, 1.5
        ),
        Expected("tent emergency_tent jul", {"people men tent emergency_tent jul": 1}, "≤", 0, 2),
        Expected("tent emergency_tent aug", {"people men tent emergency_tent aug": 1}, "≤", 0, 3),
    ] == rows_of(emergency_places, of)


def test_emergency_places_count_somebody_without_a_place_as_in_crisis_reception() -> None:
    of = case(location("azc"), months=2, crisis_weight=4, emergency_weight_growth=0.5)
    assert 4 == emergency_places.counts_unplaced(of, "men", JUL)
    assert 6 == emergency_places.counts_unplaced(of, "men", AUG)


def test_emergency_others_count_beside_the_applicants_whom_article_20_10_is_about() -> None:
    holders = group("holders", "regular", "emergency_tent", ground=Ground.NATIONAL)
    notified = group("notified", "regular", "emergency_tent", ground=Ground.TRANSFER)
    of = case(TENT, groups=[MEN, holders, notified], crisis_weight=4)
    tent = "emergency_tent jul"
    # A tent weighs 2 for everybody; the first rule has men alone, the second the two others.
    assert [Expected(f"tent {tent}", {f"people men tent {tent}": 1}, "≤", 0, 2)] == rows_of(
        emergency_places, of
    )
    others = {f"people {name} tent {tent}": 1 for name in ("holders", "notified")}
    assert [Expected(f"tent {tent}", others, "≤", 0, 2)] == rows_of(emergency_others, of)
    # Each counts whoever has no place once: as if in crisis reception.
    assert [4, 0, 0] == [emergency_places.counts_unplaced(of, each, JUL) for each in of.groups]
    assert [0, 4, 4] == [emergency_others.counts_unplaced(of, each, JUL) for each in of.groups]
    assert "2024/1346" not in emergency_others.cites(of, {"holders"}).label.en
    assert "Wet COA" in emergency_others.cites(of, {"holders"}).label.en
    assert "second sentence" in emergency_others.cites(of, {"notified"}).label.en


def test_emergency_path_is_a_straight_line_over_the_months() -> None:
    of = case(
        FIXED,
        TENT,
        location("azc"),
        groups=[MEN],
        months=3,
        emergency_ceiling_start=20,
        emergency_ceiling_end=10,
    )
    assert [
        Expected(
            month,
            {
                f"people men fixed emergency_fixed {month}": 1,
                f"people men tent emergency_tent {month}": 1,
            },
            "≤",
            ceiling,
        )
        for month, ceiling in (("jul", 20), ("aug", 15), ("sep", 10))
    ] == rows_of(emergency_path, of)


def test_emergency_term_counts_the_months_beyond_the_locations_own() -> None:
    # Two months from mid-June: June and July.
    begun = location(
        "tent", "emergency_tent", open_from=dt.date(2026, 6, 10), emergency_max_months=2
    )
    regular = location("azc", emergency_max_months=1)
    of = case(begun, regular, FIXED, groups=[MEN], months=2)
    assert [Expected("tent aug", {"people men tent emergency_tent aug": 1}, "≤", 0)] == rows_of(
        emergency_term, of
    )


def test_emergency_term_runs_from_the_first_month_where_the_start_is_not_known() -> None:
    of = case(location("tent", "emergency_tent", emergency_max_months=1), groups=[MEN], months=2)
    assert [Expected("tent aug", {"people men tent emergency_tent aug": 1}, "≤", 0)] == rows_of(
        emergency_term, of
    )


def test_reserve_is_what_is_under_contract_and_not_in_use() -> None:
    of = case(location("azc", beds=30), candidate("new", beds=8), reserve_places=5)
    # 30 + 8 open - places >= 5, with the 30 moved to the limit.
    assert [
        Expected(
            "jul",
            {"open new": 8, "places azc regular jul": -1, "places new regular jul": -1},
            "≥",
            -25,
        )
    ] == rows_of(reserve, of)


def test_staff_of_a_region_is_held_against_people_times_their_ratio() -> None:
    many = group("many", staff_per_100=20.0)
    dublin = group("dublin", "dol")
    north = location("north", dol_beds=4, region="Noord", staff_fte=3.0)
    second = location("second", region="Noord", staff_fte=0.5)
    south = location("south", region="Zuid", staff_fte=2.0)
    unknown = location("unknown", region="Zuid")
    of = case(
        north,
        second,
        south,
        unknown,
        groups=[MEN, many, dublin],
        staff_regular_per_100=10,
        staff_dol_per_100=15,
    )
    # The staff of one location in Zuid is not known, so Zuid has no row.
    assert [
        Expected(
            "Noord jul",
            {
                "people men north regular jul": 0.1,
                "people many north regular jul": 0.2,
                "people dublin north dol jul": 0.15,
                "people men second regular jul": 0.1,
                "people many second regular jul": 0.2,
            },
            "≤",
            3.5,
        )
    ] == rows_of(staff, of)


def provinces(**staff: float | None) -> dict[str, Province]:
    return {name: record(Province, province=name, staff_fte=fte) for name, fte in staff.items()}


def test_where_a_location_has_no_staff_of_its_own_the_provinces_count() -> None:
    first = location("first", region="Noord", province="Drenthe", staff_fte=9.0)
    second = location("second", region="Noord", province="Groningen")
    of = case(first, second, groups=[MEN], staff_regular_per_100=10)
    needed = {"people men first regular jul": 0.1, "people men second regular jul": 0.1}
    known = replace(of, provinces=provinces(Drenthe=2.0, Groningen=1.5))
    assert [Expected("Noord jul", needed, "≤", 3.5)] == rows_of(staff, known)
    for unknown in (provinces(Drenthe=2.0), provinces(Drenthe=2.0, Groningen=None)):
        assert [] == rows_of(staff, replace(of, provinces=unknown))


def test_the_staff_of_a_province_in_two_regions_is_not_divided() -> None:
    north = location("north", region="Noord", province="Drenthe")
    east = location("east", region="Oost", province="Drenthe")
    of = replace(case(north, east, groups=[MEN]), provinces=provinces(Drenthe=2.0))
    assert [] == rows_of(staff, of)


def test_province_worst_is_at_least_each_relative_shortfall() -> None:
    durable = location("durable", beds=30, durable=True, province="Drenthe")
    of = case(durable, location("other", province="Drenthe"), tasks={"Drenthe": 40, "Fryslân": 20})
    assert [
        Expected("Drenthe jul", {"worst_province": 40}, "≥", 10),
        Expected("Fryslân jul", {"worst_province": 20}, "≥", 20),
    ] == rows_of(province_worst, of)


def towns(of: Case, **tasks: float) -> Case:
    return replace(
        of,
        municipalities={
            name: Municipality(municipality=name, province="Drenthe", task=task)
            for name, task in tasks.items()
        },
    )


def test_municipality_task_counts_the_durable_beds_of_its_own_locations() -> None:
    of = case(
        location("a", durable=True, municipality="Assen", province="Drenthe"),
        location("b", municipality="Assen", province="Drenthe"),
        candidate("c", durable=True, municipality="Assen", province="Drenthe"),
        candidate("d", durable=True, municipality="Emmen", province="Drenthe"),
    )
    # Ten beds of a are there, ten of c if it opens; b is not durable, d lies elsewhere.
    assert [Expected("Assen Drenthe jul", {"open c": 10}, "≥", 15)] == rows_of(
        municipality_task, towns(of, Assen=25)
    )


def test_municipality_task_decides_which_candidate_opens() -> None:
    of = case(
        candidate("dear", durable=True, municipality="Assen", opening_cost=900.0),
        candidate("cheap", durable=True, municipality="Emmen", opening_cost=100.0),
        people={"men": 5},
        dol_band_low=0.0,
    )
    plain, asked = planned(of, whole=True), planned(towns(of, Assen=10), whole=True)
    assert (0, 1) == (plain.decided("dear", "open"), plain.decided("cheap", "open"))
    assert (1, 0) == (asked.decided("dear", "open"), asked.decided("cheap", "open"))
    assert () == asked.breaches()


def test_province_task_is_held_against_durable_beds_with_the_decisions_taken() -> None:
    terms: dict[str, Any] = {
        "open_until": until(JUL),
        "extendable_until": until(AUG),
    }
    ends = location("ends", beds=30, province="Drenthe", durable=True, **terms)
    new = candidate("new", beds=8, durable=True, province="Drenthe")
    of = case(
        ends,
        new,
        location("short", province="Drenthe"),
        location("elsewhere", durable=True, province="Fryslân"),
        months=2,
        tasks={"Drenthe": 40, "Fryslân": None},
    )
    assert [
        Expected("Drenthe jul", {"open new": 8}, "≥", 10),
        Expected("Drenthe aug", {"extend ends": 30, "open new": 8}, "≥", 40),
    ] == rows_of(province_task, of)


def test_fewer_than_before_compares_every_kind_of_a_location_and_month_in_the_previous_plan() -> (
    None
):
    previous = {("shelter", PlaceKind.REGULAR, JUL): 7.0}
    of = case(SHELTER, location("azc"), months=2, previous=previous)
    assert [
        Expected("shelter regular jul", {"places shelter regular jul": 1}, "≥", 7),
        Expected("shelter dol jul", {"places shelter dol jul": 1}, "≥", 0),
    ] == rows_of(fewer_than_before, of)


def test_more_than_before_compares_every_kind_of_a_location_and_month_in_the_previous_plan() -> (
    None
):
    previous = {("shelter", PlaceKind.REGULAR, JUL): 7.0}
    of = case(SHELTER, location("azc"), months=2, previous=previous)
    assert [
        Expected("shelter regular jul", {"places shelter regular jul": 1}, "≤", 7),
        Expected("shelter dol jul", {"places shelter dol jul": 1}, "≤", 0),
    ] == rows_of(more_than_before, of)


# For each rule that does not always apply, a case that lacks just what it asks for.
NO_PREVIOUS_PLAN = case()
NO_TASK = case(location(durable=True, province="Drenthe"), tasks={"Drenthe": None})
JUST_NOT = {
    "emergency_places": case(location(fixed_building=False), groups=[MEN]),
    "emergency_others": case(TENT, groups=[MEN]),
    "emergency_path": case(TENT, groups=[MEN], emergency_ceiling_start=20),
    "emergency_term": case(TENT, location(emergency_max_months=0), groups=[MEN]),
    "reserve": case(reserve_places=0),
    "staff": case(
        location("a", region="Noord", staff_fte=1.0),
        location("b", region="Noord"),
        location("c", staff_fte=1.0),
    ),
    "province_worst": NO_TASK,
    "province_task": NO_TASK,
    "municipality_task": case(location(durable=True, municipality="Assen")),
    "fewer_than_before": NO_PREVIOUS_PLAN,
    "more_than_before": NO_PREVIOUS_PLAN,
}
