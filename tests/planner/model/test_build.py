"""From rules to a problem: rows, shortfall columns, and what each level adds up."""

import numpy as np

from planner.input.case import Case
from planner.model.build import Problem, build
from planner.model.rules.operations import emergency_places
from planner.model.rules.placement import (
    everyone_placed,
    max_people,
    occupancy_norm,
    people_within_places,
)
from planner.model.rules.rule import Level, Rule
from tests.rules.cases import case, column_names, group, location


def rows_under(rule: Rule, problem: Problem) -> list[int | None]:
    return [each.number for each in problem.rows if each.rule is rule]


def costs(problem: Problem, level: Level) -> dict[str, float]:
    """Return what a level counts by what the columns stand for; shortfall columns have no name."""
    named = {problem.columns.index(c): name for c, name in column_names(problem.choose).items()}
    objective = next(each for each in problem.levels if each.content.level is level)
    return {
        named.get(number, "a shortfall"): float(objective.costs[number])
        for number in np.flatnonzero(objective.costs).tolist()
    }


def only(*rules: Rule, of: Case) -> Problem:
    return build(of, rules=rules)


def test_a_hard_rule_gets_no_shortfall() -> None:
    problem = only(people_within_places, of=case())
    assert [0] == rows_under(people_within_places, problem)
    assert [-1] == problem.joining.tolist()
    assert [-np.inf] == problem.lower.tolist()
    assert [0] == problem.upper.tolist()


def test_a_soft_rule_gets_a_column_that_takes_up_its_breach() -> None:
    of = case()
    problem = only(occupancy_norm, of=of)
    shortfall = len(build(of, rules=()).columns)
    assert [shortfall] == problem.joining.tolist()
    assert -1 == problem.coefficients[problem.numbers.tolist().index(shortfall)]
    assert {"a shortfall": 1, "unplaced men jul": 1} == costs(problem, Level.NORM)


def test_a_decision_that_stands_for_a_shortfall_takes_it_up() -> None:
    problem = only(everyone_placed, of=case(people={"men": 12}))
    unplaced = next(iter(problem.choose.unplaced.values()))
    assert [problem.columns.index(unplaced)] == problem.joining.tolist()
    assert [12] == problem.lower.tolist() == problem.upper.tolist()
    assert {"unplaced men jul": 1} == costs(problem, Level.UNPLACED)


def test_a_limit_of_nought_needs_no_row_of_its_own() -> None:
    men = group("men", "regular", "emergency_tent")
    of = case(location("tent", "emergency_tent"), groups=[men])
    problem = only(emergency_places, of=of)
    assert [None] == rows_under(emergency_places, problem)
    assert 0 == len(problem.joining)
    # A tent weighs 2; somebody without a place counts as in crisis reception, 4.
    assert {"people men tent emergency_tent jul": 2, "unplaced men jul": 4} == costs(
        problem, Level.EMERGENCY
    )


def test_a_maximum_of_nought_counts_everybody() -> None:
    problem = only(max_people, of=case(location(max_people=0)))
    assert [None] == rows_under(max_people, problem)
    assert {"people men azc regular jul": 1} == costs(problem, Level.NORM)


def test_every_row_knows_its_latest_month() -> None:
    problem = only(people_within_places, of=case(months=2))
    assert [0, 1] == problem.row_stages.tolist()


def test_left_sides_are_told_without_what_the_shortfall_takes_up() -> None:
    of = case(location(max_people=4), people={"men": 9})
    problem = only(max_people, everyone_placed, of=of)
    values = np.zeros(len(problem.columns))
    by_name = {name: problem.columns.index(c) for c, name in column_names(problem.choose).items()}
    values[by_name["people men azc regular jul"]] = 7
    values[by_name["unplaced men jul"]] = 2
    values[problem.joining[0]] = 3
    # Seven live there; three above the maximum of four, two short of the nine.
    assert [7, 7] == problem.left_values(values).tolist()


def test_a_fixed_cost_that_nothing_can_save_stands_as_a_constant() -> None:
    problem = build(case(location(fixed_cost_month=40.0), months=3))
    cost = next(each for each in problem.levels if each.content.level is Level.COST)
    assert 120 == cost.constant
