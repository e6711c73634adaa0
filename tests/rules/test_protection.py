"""One tiny case per rule that protects people."""

import pytest

from planner.input.kinds import Ground
from planner.model.rules.protection import (
    accessible_beds,
    child_suitable,
    minors_places,
    school_seats,
    school_seats_together,
    suitable_kind,
    women_safe,
)
from tests.rules.cases import JUL, Expected, case, group, location, rows_of
from tests.rules.planned import planned

MEN = group("men", "regular", "emergency_tent")
MINORS = group("minors", "minors", "regular")


def test_suitable_kind_counts_protected_people_in_a_fallback_kind() -> None:
    women = group("women", "regular", "emergency_tent", needs_women_safe=True)
    of = case(location("azc"), location("tent", "emergency_tent"), groups=[MEN, women, MINORS])
    # Minors in a regular place are counted by their own rule instead, and men by no rule here.
    tent = "women tent emergency_tent jul"
    assert [Expected(tent, {f"people {tent}": 1}, "≤", 0)] == rows_of(suitable_kind, of)
    assert 0 == suitable_kind.counts_unplaced(of, "men", JUL)
    assert 1 == suitable_kind.counts_unplaced(of, "women", JUL)


def test_suitable_kind_counts_a_dublin_family_in_a_tent_but_not_in_a_regular_place() -> None:
    family = group("family", "dol", "regular emergency_tent", needs_child_suitable=True)
    of = case(location("azc"), location("tent", "emergency_tent"), groups=[family])
    tent = "family tent emergency_tent jul"
    assert [Expected(tent, {f"people {tent}": 1}, "≤", 0)] == rows_of(suitable_kind, of)


def test_suitable_kind_counts_a_minor_in_emergency_reception_but_not_in_a_regular_place() -> None:
    minors = group("minors", "minors", "regular emergency_fixed")
    of = case(location("azc"), location("hall", "emergency_fixed"), groups=[minors])
    hall = "minors hall emergency_fixed jul"
    assert [Expected(hall, {f"people {hall}": 1}, "≤", 0)] == rows_of(suitable_kind, of)


def test_minors_places_counts_minors_in_a_fallback_kind() -> None:
    of = case(location("amv", "amv"), location("azc"), groups=[MEN, MINORS])
    assert [
        Expected("minors azc regular jul", {"people minors azc regular jul": 1}, "≤", 0)
    ] == rows_of(minors_places, of)
    assert 0 == minors_places.counts_unplaced(of, "men", JUL)
    assert 1 == minors_places.counts_unplaced(of, "minors", JUL)


def test_child_suitable_counts_families_where_a_location_is_not() -> None:
    families = group("families", needs_child_suitable=True)
    of = case(location("fit", child_suitable=True), location("unfit"), groups=[families, MEN])
    assert [
        Expected("families unfit jul", {"people families unfit regular jul": 1}, "≤", 0)
    ] == rows_of(child_suitable, of)
    assert 0 == child_suitable.counts_unplaced(of, "men", JUL)
    assert 1 == child_suitable.counts_unplaced(of, "families", JUL)


def test_women_safe_counts_women_where_a_location_is_not() -> None:
    women = group("women", "regular dol", needs_women_safe=True)
    of = case(
        location("safe", women_safe=True), location("unsafe", dol_beds=2), groups=[women, MEN]
    )
    assert [
        Expected(
            "women unsafe jul",
            {"people women unsafe regular jul": 1, "people women unsafe dol jul": 1},
            "≤",
            0,
        )
    ] == rows_of(women_safe, of)
    assert 0 == women_safe.counts_unplaced(of, "men", JUL)
    assert 1 == women_safe.counts_unplaced(of, "women", JUL)


def test_women_safe_asks_safe_places_for_the_part_of_women_of_a_mixed_group() -> None:
    mixed = group("mixed", women_share=0.3)
    of = case(
        location("safe", women_safe=True), location("unsafe"), groups=[mixed], people={"mixed": 20}
    )
    # 0.3 of 20 people: places for 6 where it is safe, whoever they are for.
    assert [Expected("mixed jul", {"people mixed safe regular jul": 1}, "≥", 6)] == rows_of(
        women_safe, of
    )


def test_child_suitable_asks_suited_places_for_the_families_of_a_mixed_group() -> None:
    mixed = group("mixed", families_share=0.25)
    of = case(
        location("fit", child_suitable=True), location("b"), groups=[mixed], people={"mixed": 20}
    )
    assert [Expected("mixed jul", {"people mixed fit regular jul": 1}, "≥", 5)] == rows_of(
        child_suitable, of
    )


def test_accessible_beds_hold_all_groups_with_special_needs_together() -> None:
    ill, old = (group(name, needs_accessible=True) for name in ("ill", "old"))
    known, unknown = location("known", accessible_beds=3), location("unknown")
    of = case(known, unknown, groups=[ill, old, MEN])
    assert [
        Expected(
            "known jul",
            {"people ill known regular jul": 1, "people old known regular jul": 1},
            "≤",
            3,
        )
    ] == rows_of(accessible_beds, of)
    assert 0 == accessible_beds.counts_unplaced(of, "men", JUL)
    assert 1 == accessible_beds.counts_unplaced(of, "ill", JUL)


def test_accessible_beds_of_nought_are_known_to_be_none() -> None:
    of = case(location("none", accessible_beds=0), groups=[group("ill", needs_accessible=True)])
    assert [Expected("none jul", {"people ill none regular jul": 1}, "≤", 0)] == rows_of(
        accessible_beds, of
    )


def test_school_seats_hold_each_group_by_its_school_share() -> None:
    families = group("families", school_share=0.4, protected=True)
    minors = group("minors", school_share=0.8, protected=True)
    known, unknown = location("known", school_seats=25), location("unknown")
    of = case(known, unknown, groups=[families, minors, MEN, group("permits", school_share=0.1)])
    assert [
        Expected(
            "known jul",
            {"people families known regular jul": 0.4, "people minors known regular jul": 0.8},
            "≤",
            25,
        )
    ] == rows_of(school_seats, of)
    assert 0 == school_seats.counts_unplaced(of, "men", JUL)
    assert 1 == school_seats.counts_unplaced(of, "families", JUL)


def test_school_seats_together_hold_the_pupils_of_every_group() -> None:
    families = group("families", school_share=0.4, protected=True)
    permits = group("permits", school_share=0.1)
    of = case(location("known", school_seats=25), groups=[families, permits, MEN])
    assert [
        Expected(
            "known jul",
            {"people families known regular jul": 0.4, "people permits known regular jul": 0.1},
            "≤",
            25,
        )
    ] == rows_of(school_seats_together, of)
    assert 0.1 == school_seats_together.counts_unplaced(of, "permits", JUL)


DIRECTIVE, NATIONAL = "Directive (EU) 2024/1346, Art", "National law, "


@pytest.mark.parametrize(
    ("people", "seats", "beds"),
    [
        # Each has 2 pupils of 10 people and needs 10 accessible beds where there are none.
        ("families", f"{DIRECTIVE}. 16(2)", f"{DIRECTIVE}s. 20(3), 24 and 25"),
        ("dublin", f"{DIRECTIVE}. 16(2)", f"{DIRECTIVE}s. 24 and 25"),
        ("permits", f"{NATIONAL}Leerplichtwet 1969", f"{NATIONAL}Wet COA; Rva 2005"),
        (
            "families permits",
            f"{DIRECTIVE}. 16(2); {NATIONAL}Leerplichtwet 1969",
            f"{DIRECTIVE}s. 20(3), 24 and 25; {NATIONAL}Wet COA; Rva 2005",
        ),
    ],
)
def test_a_location_cites_by_the_legal_grounds_of_who_lives_there(
    people: str, seats: str, beds: str
) -> None:
    grounds = {
        "families": Ground.APPLICANT,
        "dublin": Ground.TRANSFER,
        "permits": Ground.NATIONAL,
    }
    groups = [
        group(name, school_share=0.2, needs_accessible=True, protected=True, ground=ground)
        for name, ground in grounds.items()
    ]
    there = {name: 10.0 if name in people.split() else 0.0 for name in grounds}
    azc = location(beds=100, school_seats=0, accessible_beds=0)
    made = planned(case(azc, groups=groups, people=there))
    short = made.tables["shortfalls"].set_index("rule")["source"]
    assert (seats, beds) == (short["school_seats"], short["accessible_beds"])
    assert 10.0 * len(people.split()) == made.shortfall("accessible_beds")


# For each rule that does not always apply, a case that lacks just what it asks for.
TENT = location("tent", "emergency_tent")
WIDELY = group("men", "regular", "emergency_tent minors dol accelerated")
JUST_NOT = {
    "suitable_kind": case(
        location("azc"), TENT, groups=[WIDELY, group("dublin", "dol", "regular")]
    ),
    "minors_places": case(location("amv", "amv"), groups=[WIDELY]),
    "child_suitable": case(
        location(child_suitable=True), groups=[group("families", needs_child_suitable=True), WIDELY]
    ),
    "women_safe": case(
        location(women_safe=True), groups=[group("women", needs_women_safe=True), WIDELY]
    ),
    "accessible_beds": case(groups=[group("ill", needs_accessible=True)]),
    "school_seats": case(groups=[group("families", school_share=0.5)]),
    "school_seats_together": case(
        location(school_seats=5),
        groups=[group("families", school_share=0.5, protected=True), WIDELY],
    ),
}
