"""What each kind of remedy can do about a shortfall, tried again from the cells of the input."""

from __future__ import annotations

from functools import cache

import pytest

from planner.api import open_demo
from planner.core.texts import Language
from planner.explain.input_edits import case_with
from planner.explain.remedies.by_kind import REMEDIES, Remedy, remedies
from planner.explain.remedies.ending import asked_for, cheapest, ended
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.solved_plan import SolvedPlan
from planner.explain.trials import Trials
from planner.explain.wording.answers import ended_words, remedy_words
from planner.model.build import build
from planner.planning import PlanOptions, solved_plan
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.rounding import relaxed

WITHIN = 1e-6


@cache
def small() -> SolvedPlan:
    return solved_plan(open_demo("small"), options=PlanOptions(trials=0))


@cache
def solved() -> Solved:
    made = small()
    assert made.solution is not None
    return Solved.of(made.problem, made.solution)


@cache
def seats() -> Shortfall:
    """Return what falls short of school seats at the place where most do."""
    return next(each for each in shortfalls(solved()) if each.rule.name == "school_seats")


@cache
def found() -> tuple[Remedy, ...]:
    return tuple(remedies(solved(), small().book, seats(), Trials(solved())))


def test_every_kind_of_remedy_is_told_of() -> None:
    assert list(REMEDIES) == [each.kind for each in found()]
    for each in found():
        for language in Language:
            told = remedy_words(solved(), seats().level, each).text(language)
            assert "{" not in told


def test_the_limit_that_is_passed_is_enough_alone() -> None:
    of_seats = next(each for each in found() if each.kind == "seats")
    assert of_seats.alone
    assert of_seats.repair is not None
    assert seats().key.location == of_seats.repair.subject


@pytest.mark.parametrize("kind", list(REMEDIES))
def test_a_remedy_tried_from_its_cells_leaves_what_was_said(kind: str) -> None:
    each = next(remedy for remedy in found() if remedy.kind == kind)
    if each.repair is None:
        assert () == each.edits
        return
    case = case_with(small().book, small().problem.case.scenario, each.edits)
    outcome = solve_levels(relaxed(linear_model(build(case))))
    assert outcome.solution is not None
    levels = [level.value for level in outcome.solution.levels]
    assert each.repair.left == pytest.approx(levels[seats().level], rel=WITHIN, abs=WITHIN)
    before = small().plan.levels[-2]
    assert "cost" == before.name
    assert each.cost == pytest.approx(levels[-2] - before.value, rel=WITHIN, abs=1.0)
    gone = small().plan.levels[seats().level].value - levels[seats().level]
    assert gone >= each.repair.removes * seats().weighted - 1e-3


def test_of_what_is_enough_the_cheapest_ends_a_shortfall() -> None:
    enough = {each.kind: each.cost for each in found() if each.alone}
    ended = cheapest(seats(), list(found()))
    assert ended.best is not None
    assert len(enough) == ended.enough
    assert min(cost for cost in enough.values() if cost is not None) == ended.best.cost
    what, words = ended_words(solved(), ended)
    assert "Schoolplaatsen" in what.text(Language.NL)
    assert "euro" in words.text(Language.NL)


def test_where_nothing_is_enough_what_takes_most_off_is_told() -> None:
    part = [each for each in found() if not each.alone]
    ended = cheapest(seats(), part)
    off = [each.repair.removes for each in part if each.repair is not None]
    assert 0 == ended.enough
    if off:
        assert ended.best is not None
        assert ended.best.repair is not None
        assert max(off) == ended.best.repair.removes
    else:
        assert ended.best is None


def test_what_ends_a_shortfall_is_asked_again_without_solving_again() -> None:
    trials = Trials(solved(), 200)
    once, again = (
        next(ended(solved(), small().book, [seats()], trials.for_others(200, None)))
        for _ in range(2)
    )
    assert once == again
    assert once.enough == sum(each.alone for each in found())
    assert once.best == next(each for each in found() if each.kind == "seats")


def test_a_rule_goes_by_its_name_or_title_and_all_are_asked_for_without_one() -> None:
    by_name = asked_for(solved(), "school_seats")
    assert by_name == asked_for(solved(), "Schoolplaatsen")
    assert {"school_seats"} == {each.rule.name for each in by_name}
    assert len(asked_for(solved(), "")) > len(by_name)
