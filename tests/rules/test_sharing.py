"""One tiny case per rule on who goes without a place."""

from planner.model.rules import RULES
from planner.model.rules.rule import Level
from planner.model.rules.sharing import even_sharing, largest_share
from tests.rules.cases import JUL, Expected, case, group, rows_of

MEN, DUBLIN = group("men"), group("dublin", "dol", "regular")
FAMILIES = group("families", needs_child_suitable=True)


def test_even_sharing_counts_the_largest_share_of_each_month() -> None:
    of = case(groups=[MEN, FAMILIES], people={"men": (10, 10), "families": 10}, months=2)
    assert [
        Expected("jul", {"worst_share jul": 1}, "≤", 0),
        Expected("aug", {"worst_share aug": 1}, "≤", 0),
    ] == rows_of(even_sharing, of)


def test_largest_share_is_that_of_the_people_present_of_each_unprotected_group() -> None:
    of = case(groups=[MEN, DUBLIN, FAMILIES], people={"men": 40, "dublin": 8, "families": 12})
    assert [
        Expected("men jul", {"worst_share jul": 40, "unplaced men jul": -1}, "≥", 0),
        Expected("dublin jul", {"worst_share jul": 8, "unplaced dublin jul": -1}, "≥", 0),
    ] == rows_of(largest_share, of)


def test_largest_share_of_a_part_of_a_person_is_that_of_one_person() -> None:
    of = case(groups=[MEN], people={"men": 0.25})
    assert [Expected("men jul", {"worst_share jul": 1, "unplaced men jul": -1}, "≥", 0)] == rows_of(
        largest_share, of
    )


def test_a_protected_person_without_a_place_counts_alike_whatever_the_group_needs() -> None:
    of = case(groups=[MEN, FAMILIES, group("minors", "minors", school_share=0.8)])
    protecting = [rule for rule in RULES if rule.level is Level.PROTECTED]
    counted = {
        name: {rule.counts_unplaced(of, name, JUL) for rule in protecting} for name in of.groups
    }
    assert {"men": {0.0}, "families": {1.0}, "minors": {1.0}} == counted


def test_the_planner_says_who_is_protected_where_the_needs_do_not() -> None:
    given = (
        group("men", protected=True),
        group("families", needs_women_safe=True, protected=False),
    )
    assert (True, False) == tuple(each.is_protected for each in given)
    by_needs = (MEN, FAMILIES, group("ill", "special regular"), group("minors", "minors"))
    assert (False, True, True, True) == tuple(each.is_protected for each in by_needs)


# For each rule that does not always apply, a case that lacks just what it asks for.
JUST_NOT = {
    "even_sharing": case(groups=[FAMILIES]),
    "largest_share": case(groups=[FAMILIES]),
}
