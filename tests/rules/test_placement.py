"""One tiny case per rule on where people can be."""

from typing import Any

from planner.input.kinds import Ground
from planner.input.location import Location
from planner.input.settings import Ceiling
from planner.model.rules.placement import (
    ceilings,
    closing_is_final,
    everyone_placed,
    extension_needs_opening,
    given_up_not_extended,
    max_people,
    moves,
    moves_most,
    occupancy_norm,
    people_within_places,
    places_within_beds,
)
from tests.rules.cases import (
    AUG,
    JUL,
    SEP,
    Expected,
    candidate,
    case,
    group,
    location,
    rows_of,
    until,
)
from tests.tables import record

MEN, WOMEN = group("men"), group("women")


def tent(name: str = "tent", **fields: Any) -> Location:
    return location(name, "emergency_tent", fixed_cost_month=500.0, **fields)


def test_everyone_placed_adds_up_places_and_those_without_one() -> None:
    of = case(location("a"), location("b"), groups=[MEN], people={"men": 12})
    assert [
        Expected(
            "men jul",
            {"people men a regular jul": 1, "people men b regular jul": 1},
            "=",
            12,
            shortfall="unplaced men jul",
        )
    ] == rows_of(everyone_placed, of)


def test_everyone_placed_has_a_row_even_where_no_place_is_allowed() -> None:
    of = case(location("a"), groups=[group("minors", "minors")], people={"minors": 3})
    assert [Expected("minors jul", {}, "=", 3, shortfall="unplaced minors jul")] == rows_of(
        everyone_placed, of
    )


def test_people_within_places_holds_all_groups_of_a_kind_against_its_places() -> None:
    of = case(
        location("a", dol_beds=4), groups=[MEN, WOMEN, group("dublin", "dol")], people={"women": 0}
    )
    # No women are expected, so there is no column for them.
    assert [
        Expected(
            "a regular jul",
            {"people men a regular jul": 1, "places a regular jul": -1},
            "≤",
            0,
        ),
        Expected("a dol jul", {"people dublin a dol jul": 1, "places a dol jul": -1}, "≤", 0),
    ] == rows_of(people_within_places, of)


def test_places_within_beds_is_one_pool_for_regular_and_dol() -> None:
    of = case(location("a", beds=30, dol_beds=4))
    assert [
        Expected("a jul", {"places a regular jul": 1, "places a dol jul": 1}, "≤", 30)
    ] == rows_of(places_within_beds, of)


def test_places_within_beds_follows_contract_extension_and_opening() -> None:
    ends = location("ends", beds=30, open_until=until(JUL), extendable_until=until(AUG))
    new = candidate("new", beds=8, lead_time_months=1)
    of = case(ends, new, months=3)
    assert [
        Expected("ends jul", {"places ends regular jul": 1}, "≤", 30),
        Expected("ends aug", {"places ends regular aug": 1, "extend ends": -30}, "≤", 0),
        # September lies beyond the extension and July before the candidate's lead time.
        Expected("new aug", {"places new regular aug": 1, "open new": -8}, "≤", 0),
        Expected("new sep", {"places new regular sep": 1, "open new": -8}, "≤", 0),
    ] == rows_of(places_within_beds, of)


def test_places_within_beds_loses_what_is_given_up_but_not_under_an_extension() -> None:
    of = case(tent(beds=20, open_until=until(JUL), extendable_until=until(AUG)), months=2)
    assert [
        Expected("tent jul", {"places tent emergency_tent jul": 1, "closed tent jul": 20}, "≤", 20),
        Expected("tent aug", {"places tent emergency_tent aug": 1, "extend tent": -20}, "≤", 0),
    ] == rows_of(places_within_beds, of)


def test_extension_needs_opening_of_a_candidate() -> None:
    terms: dict[str, Any] = {"open_until": until(JUL), "extendable_until": until(AUG)}
    of = case(candidate("new", **terms), location("old", **terms), months=2)
    assert [Expected("new", {"extend new": 1, "open new": -1}, "≤", 0)] == rows_of(
        extension_needs_opening, of
    )


def test_closing_is_final_from_month_to_month() -> None:
    of = case(tent(), location("azc", fixed_cost_month=500.0), months=3)
    assert [
        Expected("tent aug", {"closed tent aug": 1, "closed tent jul": -1}, "≥", 0),
        Expected("tent sep", {"closed tent sep": 1, "closed tent aug": -1}, "≥", 0),
    ] == rows_of(closing_is_final, of)


def test_given_up_not_extended_counts_the_last_month_of_the_contract() -> None:
    ends = tent("ends", open_until=until(AUG), extendable_until=until(SEP))
    of = case(ends, tent("stays"), months=3)
    assert [Expected("ends", {"extend ends": 1, "closed ends aug": 1}, "≤", 1)] == rows_of(
        given_up_not_extended, of
    )


def test_occupancy_norm_is_the_locations_own_or_the_general_or_that_of_dol() -> None:
    own = location("own", occupancy_norm=0.95)
    shelter = location("shelter", dol_beds=4)
    groups = [MEN, group("dublin", "dol")]
    of = case(own, shelter, groups=groups, occupancy_norm=0.9, dol_occupancy_norm=0.98)
    assert [
        Expected(
            "own regular jul",
            {"people men own regular jul": 1, "places own regular jul": -0.95},
            "≤",
            0,
        ),
        Expected(
            "shelter regular jul",
            {"people men shelter regular jul": 1, "places shelter regular jul": -0.9},
            "≤",
            0,
        ),
        Expected(
            "shelter dol jul",
            {"people dublin shelter dol jul": 1, "places shelter dol jul": -0.98},
            "≤",
            0,
        ),
    ] == rows_of(occupancy_norm, of)


def test_occupancy_norm_of_one_adds_nothing_to_the_places() -> None:
    assert [] == rows_of(occupancy_norm, case(occupancy_norm=1.0))


def test_ceilings_hold_in_their_month_or_in_every_month() -> None:
    both = record(Ceiling, name="both", locations=("a", "b"), people=15)
    once = Ceiling(name="once", locations=("a",), month=AUG, people=5)
    of = case(location("a"), location("b"), months=2, ceilings=(both, once))
    assert [
        Expected(
            "a;b jul", {"people men a regular jul": 1, "people men b regular jul": 1}, "≤", 15
        ),
        Expected(
            "a;b aug", {"people men a regular aug": 1, "people men b regular aug": 1}, "≤", 15
        ),
        Expected("a aug", {"people men a regular aug": 1}, "≤", 5),
    ] == rows_of(ceilings, of)


def test_ceilings_count_a_location_once_however_often_it_is_named() -> None:
    twice = record(Ceiling, name="twice", locations=("a", "a"), people=15)
    assert [Expected("a;a jul", {"people men a regular jul": 1}, "≤", 15)] == rows_of(
        ceilings, case(location("a"), ceilings=(twice,))
    )


def test_max_people_counts_every_kind_at_the_location() -> None:
    capped = location("capped", dol_beds=4, max_people=8)
    of = case(capped, location("free"), groups=[MEN, group("dublin", "dol")])
    assert [
        Expected(
            "capped jul",
            {"people men capped regular jul": 1, "people dublin capped dol jul": 1},
            "≤",
            8,
        )
    ] == rows_of(max_people, of)


def test_moves_are_falls_beyond_the_natural_outflow() -> None:
    settled = group("settled", stay_months=10.0, move_weight=2.0)
    of = case(location("a"), groups=[settled], lives={("a", "settled"): 50}, months=2)
    # A stay of ten months lets a tenth go: 45 of the 50 are held against July.
    assert [
        Expected(
            "settled a jul",
            {"people settled a regular jul": -1},
            "≤",
            -45,
            weight=2,
            shortfall="moved_out settled a jul",
        ),
        Expected(
            "settled a aug",
            {"people settled a regular jul": 0.9, "people settled a regular aug": -1},
            "≤",
            0,
            weight=2,
            shortfall="moved_out settled a aug",
        ),
    ] == rows_of(moves, of)


def test_moves_most_holds_the_moves_of_all_groups_and_locations_together() -> None:
    of = case(
        location("a"),
        location("b"),
        lives={("a", "men"): 5, ("b", "men"): 3},
        moves_most_per_month=4,
    )
    left = {"moved_out men a jul": 1, "moved_out men b jul": 1}
    assert [Expected("jul", left, "≤", 4)] == rows_of(moves_most, of)


def test_moves_between_kinds_of_one_location_are_no_moves() -> None:
    dublin = group("dublin", "dol", "regular")
    of = case(location("a", dol_beds=4), groups=[dublin], lives={("a", "dublin"): 6})
    assert [
        Expected(
            "dublin a jul",
            {"people dublin a regular jul": -1, "people dublin a dol jul": -1},
            "≤",
            -6,
            shortfall="moved_out dublin a jul",
        )
    ] == rows_of(moves, of)


def test_moves_are_forced_by_the_end_of_a_contract() -> None:
    of = case(location("a", open_until=until(JUL)), location("b"), months=2)
    # Nobody lives anywhere yet, so July has no moves; in August all of a's people are out.
    assert [
        Expected(
            "men a aug",
            {"people men a regular jul": 1},
            "≤",
            0,
            shortfall="moved_out men a aug",
        ),
        Expected(
            "men b aug",
            {"people men b regular jul": 1, "people men b regular aug": -1},
            "≤",
            0,
            shortfall="moved_out men b aug",
        ),
    ] == rows_of(moves, of)


def test_moves_of_children_at_school_count_double_outside_the_holidays() -> None:
    families = group("families", school_share=0.5, move_weight=1.5)
    of = case(
        location("a"),
        groups=[families, MEN],
        lives={("a", "families"): 5, ("a", "men"): 5},
        months=3,
        school_holiday_first_month=7,
        school_holiday_last_month=8,
    )
    assert {
        "families a jul": 1.5,
        "families a aug": 1.5,
        "families a sep": 3,
        "men a jul": 1,
        "men a aug": 1,
        "men a sep": 1,
    } == {row.about: row.weight for row in rows_of(moves, of)}


def test_moves_know_holidays_that_run_over_new_year() -> None:
    families = group("families", school_share=0.5)
    of = case(
        location("a"),
        groups=[families],
        lives={("a", "families"): 5},
        months=2,
        school_holiday_first_month=8,
        school_holiday_last_month=1,
    )
    assert {"families a jul": 2, "families a aug": 1} == {
        row.about: row.weight for row in rows_of(moves, of)
    }


def test_everyone_placed_cites_the_legal_ground_of_each_group() -> None:
    of = case(
        groups=[
            group("men"),
            group("dublin", ground=Ground.TRANSFER),
            group("permits", ground=Ground.NATIONAL),
        ]
    )
    cited = {name: everyone_placed.cites(of, [name]).label.en for name in of.groups}
    assert {
        "men": "Directive (EU) 2024/1346, Arts. 19(1) and 20",
        "dublin": (
            "Directive (EU) 2024/1346, Art. 21, second sentence; "
            "Regulation (EU) 2024/1351, Art. 18(1)"
        ),
        "permits": "National law, Wet COA; Rva 2005",
    } == cited


# For each rule that does not always apply, a case that lacks just what it asks for.
JUST_NOT = {
    "extension_needs_opening": case(
        location("old", open_until=until(JUL), extendable_until=until(AUG)),
        candidate("new"),
        months=2,
    ),
    "closing_is_final": case(
        location("tent", "emergency_tent"), location(fixed_cost_month=5.0), groups=[MEN], months=2
    ),
    "given_up_not_extended": case(
        location("tent", "emergency_tent", fixed_cost_month=5.0, open_until=until(JUL)), months=2
    ),
    "ceilings": case(location(max_people=5)),
    "max_people": case(location(emergency_max_months=5)),
    "moves_most": case(lives={("azc", "men"): 5}),
}
