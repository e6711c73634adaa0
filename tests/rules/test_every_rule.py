"""Every rule: its test, its level, and no row on a case that just fails to meet its condition."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from planner.core.law import DISTRIBUTION_ACT, NATIONAL_RECEPTION, RECEPTION
from planner.input.kinds import Pinned, Standing
from planner.input.parameters import supplied
from planner.input.pins import Pin
from planner.model.objective import LEVELS
from planner.model.rules import RULES
from planner.model.rules.rule import Level
from tests.rules.cases import JUL, candidate, case, group, location, rows_of, until

HERE = Path(__file__).parent
BY_NAME = {rule.name: rule for rule in RULES}

# The level of every rule; those of `None` are physics or arithmetic, which no plan may breach.
LEVEL_OF = {
    "everyone_placed": Level.UNPLACED,
    "even_sharing": Level.SHARED,
    # Arithmetic: it only says what the largest share is.
    "largest_share": None,
    "people_within_places": None,
    "places_within_beds": None,
    "extension_needs_opening": None,
    "closing_is_final": None,
    "given_up_not_extended": None,
    "pinned_decisions": None,
    "pinned_places": None,
    "suitable_kind": Level.PROTECTED,
    "minors_places": Level.PROTECTED,
    "child_suitable": Level.PROTECTED,
    "women_safe": Level.PROTECTED,
    "accessible_beds": Level.PROTECTED,
    "school_seats": Level.PROTECTED,
    "school_seats_together": Level.NORM,
    "registration_elsewhere": Level.NORM,
    "registration_over": Level.NORM,
    "room_to_arrive": Level.NORM,
    "intake": Level.NORM,
    "occupancy_norm": Level.NORM,
    "ceilings": Level.NORM,
    "max_people": Level.NORM,
    "emergency_places": Level.EMERGENCY,
    "emergency_path": Level.EMERGENCY,
    "emergency_term": Level.EMERGENCY,
    "dol_within_prepared": None,
    "dol_within_part": None,
    "dol_smallest_part": None,
    "dol_never_shrinks": None,
    "dol_growth": None,
    "dol_band_low": Level.DUBLIN,
    "dol_band_high": Level.DUBLIN,
    "dublin_outside_dol": Level.DUBLIN,
    "accelerated_elsewhere": Level.DUBLIN,
    "others_places": Level.DUBLIN,
    "reserve": Level.RESERVE,
    "staff": Level.RESERVE,
    # Arithmetic: it only says what the largest relative shortfall is.
    "province_worst": None,
    "province_task": Level.PROVINCES,
    "municipality_task": Level.PROVINCES,
    "moves": Level.MOVES,
    "moves_most": Level.NORM,
    "fewer_than_before": Level.CHANGE,
    "more_than_before": Level.CHANGE,
}

DUBLIN = group("dublin", "dol", "regular")
MEN = group("men", "regular", "emergency_tent minors dol accelerated")
TENTED = group("men", "regular", "emergency_tent")
PLACES = Pin(location="azc", decision=Pinned.PLACES, month=JUL, value=5, who="board", why="-")
OPEN = Pin(location="new", decision=Pinned.OPEN, month=JUL, value=1, who="board", why="-")
NEW = group("new", "registration", "regular")
TENT = location("tent", "emergency_tent")
NO_DOL_PART = case(location(dol_prepared=3), groups=[DUBLIN], dol_band_from=None)
NO_PREVIOUS_PLAN = case()

# For each rule that does not always apply, a case that lacks just what it asks for.
JUST_NOT = {
    "extension_needs_opening": case(
        location("old", open_until=until(JUL), extendable_until=until(JUL).replace(month=8)),
        candidate("new"),
        months=2,
    ),
    "closing_is_final": case(TENT, location(fixed_cost_month=5.0), groups=[MEN], months=2),
    "given_up_not_extended": case(
        location("tent", "emergency_tent", fixed_cost_month=5.0, open_until=until(JUL)), months=2
    ),
    "even_sharing": case(groups=[group("families", needs_child_suitable=True)]),
    "largest_share": case(groups=[group("families", needs_child_suitable=True)]),
    "pinned_decisions": replace(case(), pins=(PLACES,)),
    "pinned_places": replace(case(candidate()), pins=(OPEN,)),
    "suitable_kind": case(location("azc"), TENT, groups=[MEN, DUBLIN]),
    "minors_places": case(location("amv", "amv"), groups=[MEN]),
    "child_suitable": case(
        location(child_suitable=True), groups=[group("families", needs_child_suitable=True), MEN]
    ),
    "women_safe": case(
        location(women_safe=True), groups=[group("women", needs_women_safe=True), MEN]
    ),
    "accessible_beds": case(groups=[group("ill", needs_accessible=True)]),
    "school_seats": case(groups=[group("families", school_share=0.5)]),
    "school_seats_together": case(
        location(school_seats=5), groups=[group("families", school_share=0.5, protected=True), MEN]
    ),
    "registration_elsewhere": case(groups=[group("men", "registration regular", "crisis")]),
    "registration_over": case(
        location("col", "col"), groups=[group("men", "registration regular")]
    ),
    "room_to_arrive": case(location("pol", "pol"), groups=[NEW]),
    "intake": case(
        location("north", "col", intake_per_week=7), location("south", "col"), groups=[NEW]
    ),
    "ceilings": case(location(max_people=5)),
    "max_people": case(location(emergency_max_months=5)),
    "emergency_places": case(location(fixed_building=False), groups=[MEN]),
    "emergency_path": case(TENT, groups=[MEN], emergency_ceiling_start=20),
    "emergency_term": case(TENT, location(emergency_max_months=0), groups=[MEN]),
    "dol_within_prepared": NO_DOL_PART,
    "dol_within_part": case(location(dol_beds=3), groups=[DUBLIN]),
    "dol_smallest_part": case(location(dol_beds=3), location("b", dol_min_section=2)),
    "dol_never_shrinks": NO_DOL_PART,
    "dol_growth": NO_DOL_PART,
    "dol_band_low": NO_DOL_PART,
    "dol_band_high": NO_DOL_PART,
    "dublin_outside_dol": case(location(dol_beds=3), groups=[MEN]),
    "accelerated_elsewhere": case(location("fast", "azc_accelerated"), groups=[MEN]),
    "others_places": case(
        location("fast", "azc_accelerated"),
        TENT,
        groups=[group("families", "regular", "accelerated", protected=True), TENTED],
    ),
    "reserve": case(reserve_places=0),
    "staff": case(
        location("a", region="Noord", staff_fte=1.0),
        location("b", region="Noord"),
        location("c", staff_fte=1.0),
    ),
    "province_worst": case(location(durable=True, province="Drenthe"), tasks={"Drenthe": None}),
    "province_task": case(location(durable=True, province="Drenthe"), tasks={"Drenthe": None}),
    "municipality_task": case(location(durable=True, municipality="Assen")),
    "moves_most": case(lives={("azc", "men"): 5}),
    "fewer_than_before": NO_PREVIOUS_PLAN,
    "more_than_before": NO_PREVIOUS_PLAN,
}


def functions_in(file: Path) -> set[str]:
    """Return the names of the test functions of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def rule_of(test: str) -> str | None:
    """Return the rule that a test's name begins with, the longest name where several do."""
    named = [name for name in BY_NAME if f"{test}_".startswith(f"test_{name}_")]
    return max(named, key=len, default=None)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_rule_has_a_test_under_its_name_in_the_file_of_its_theme(name: str) -> None:
    theme = BY_NAME[name].rows.__module__.rsplit(".", 1)[-1]
    assert name in {rule_of(test) for test in functions_in(HERE / f"test_{theme}.py")}


def test_every_rule_stands_at_its_level() -> None:
    assert LEVEL_OF == {rule.name: rule.level for rule in RULES}


def test_every_level_of_a_rule_is_solved() -> None:
    assert {level for level in LEVEL_OF.values() if level} <= {each.level for each in LEVELS}


def test_every_condition_has_a_case_that_just_fails_to_meet_it() -> None:
    assert {rule.name for rule in RULES if rule.applies.en != "always"} == JUST_NOT.keys()


@pytest.mark.parametrize("name", JUST_NOT)
def test_a_rule_has_no_rows_where_it_does_not_apply(name: str) -> None:
    assert [] == rows_of(BY_NAME[name], JUST_NOT[name], whole=True)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_rule_says_what_it_is(name: str) -> None:
    rule = BY_NAME[name]
    for text in (rule.title, rule.sentence, rule.applies, rule.source.label):
        assert text.nl
        assert text.en
    assert rule.sentence.nl != rule.sentence.en
    assert rule.sentence.nl.endswith(".")
    assert rule.sentence.en.endswith(".")
    assert rule.unit in {"persons", "places", "share", "seats", "fte"}
    assert rule.rows.__doc__


@pytest.mark.parametrize("name", BY_NAME)
def test_the_parameters_of_a_rule_are_supplied_with_a_source(name: str) -> None:
    for parameter in BY_NAME[name].parameters:
        assert supplied()[parameter].parameter.source


@pytest.mark.parametrize("name", BY_NAME)
def test_a_rule_of_law_or_exception_cites_an_act_and_no_other_rule_an_article_alone(
    name: str,
) -> None:
    rule = BY_NAME[name]
    acts = {source.act for source in rule.sources}
    of_law = {RECEPTION, DISTRIBUTION_ACT, NATIONAL_RECEPTION}
    assert (rule.standing in {Standing.LAW, Standing.EXCEPTION}) == bool(acts & of_law)


def test_what_each_sort_of_rule_is_called() -> None:
    by_standing = {
        standing: {rule.name for rule in RULES if rule.standing is standing and not rule.hard}
        for standing in (Standing.LAW, Standing.EXCEPTION, Standing.NORM)
    }
    assert {"emergency_places"} == by_standing[Standing.EXCEPTION]
    assert {"occupancy_norm"} == by_standing[Standing.NORM]
    # Neither a term that the directive does not set, nor a place that Art. 21 does not prescribe.
    assert not by_standing[Standing.LAW] & {"emergency_term", "dublin_outside_dol", "staff"}


def test_names_of_rules_are_their_own() -> None:
    assert len(RULES) == len(BY_NAME)


def test_a_rule_follows_only_a_rule_there_is() -> None:
    assert {rule.follows for rule in RULES} <= {"", *BY_NAME}
