"""The levels are settled exactly, whichever basis they are walked from."""

from dataclasses import replace

import numpy as np
import pytest

from planner.core.outcome import Ending, Progress, Stop
from planner.solver import walk
from planner.solver.arithmetic import activity, holds
from planner.solver.face import Face
from planner.solver.lexicographic import solve_beside, solve_levels
from planner.solver.outcome import LinearModel, Outcome, Solution
from planner.solver.walk import INTERIOR_POINT, JOINED
from tests.staircases import INF, random_staircase, small_model

SEEDS = range(40)


def solution(outcome: Outcome) -> Solution:
    assert Ending.OPTIMAL is outcome.ending
    assert outcome.solution is not None
    return outcome.solution


def values(outcome: Outcome) -> list[float]:
    return [level.value for level in solution(outcome).levels]


def without_months(model: LinearModel) -> LinearModel:
    return replace(
        model,
        column_stage=np.full_like(model.column_stage, -1),
        row_stage=np.full_like(model.row_stage, -1),
    )


def shared_beds(beds: float = 10.0) -> LinearModel:
    """Twelve people and ten beds; who stays out is the second level's, at half its weight."""
    adults, families, adults_out, families_out = range(4)
    return small_model(
        [(0.0, INF)] * 4,
        [
            (8.0, {adults: 1.0, adults_out: 1.0}, 8.0),
            (4.0, {families: 1.0, families_out: 1.0}, 4.0),
            (-INF, {adults: 1.0, families: 1.0}, beds),
        ],
        [{adults_out: 1.0, families_out: 1.0}, {families_out: 3.0, adults_out: 0.5}],
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_joined_months_and_interior_point_settle_the_same_values(seed: int) -> None:
    model = random_staircase(seed)
    joined, whole = solve_levels(model), solve_levels(without_months(model))
    assert INTERIOR_POINT == whole.report.way
    assert values(whole) == pytest.approx(values(joined), abs=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_levels_come_to_the_same_from_the_bases_of_a_model_much_like_it(seed: int) -> None:
    model = random_staircase(seed)
    bounded = np.isfinite(model.row_upper) & (model.row_upper > model.row_lower)
    looser = replace(model, row_upper=np.where(bounded, model.row_upper + 1.0, model.row_upper))
    bases = {
        each.name: each.basis
        for each in solution(solve_levels(model)).levels
        if each.basis is not None
    }
    beside = solve_beside(looser, bases)
    assert values(beside) == pytest.approx(values(solve_levels(looser)), abs=1e-7)
    assert values(beside) == pytest.approx(values(solve_beside(looser, {})), abs=1e-7)


def test_a_model_without_a_plan_has_none_from_any_bases() -> None:
    bases = {
        each.name: each.basis
        for each in solution(solve_levels(shared_beds())).levels
        if each.basis is not None
    }
    none = replace(shared_beds(), upper=np.array([INF, INF, 0.0, 0.0]))
    assert solve_beside(none, bases).ending is Ending.INFEASIBLE


def test_some_staircases_are_joined_and_some_are_not() -> None:
    ways = {solve_levels(random_staircase(seed)).report.way for seed in SEEDS}
    assert {JOINED, INTERIOR_POINT} == ways


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_holds_and_adds_up_to_its_levels(seed: int) -> None:
    model = random_staircase(seed)
    found = solution(solve_levels(model))
    assert holds(model, found.values)
    assert activity(model, found.values) == pytest.approx(found.row_values, abs=1e-9)
    for level, result in zip(model.levels, found.levels, strict=True):
        assert level.cost @ found.values == pytest.approx(result.value, abs=1e-9)


def test_a_hand_worked_case_is_settled_by_hand_worked_values() -> None:
    found = solution(solve_levels(shared_beds()))
    # 8 + 4 people in 10 beds: 2 stay out; adults do, at 0.5 each, so the second level is 1.
    assert [2.0, 1.0] == pytest.approx([level.value for level in found.levels], abs=1e-9)
    assert [6.0, 4.0, 2.0, 0.0] == pytest.approx(found.values.tolist(), abs=1e-9)


def test_a_later_level_cannot_spend_the_tolerance_of_an_earlier_one() -> None:
    # Each millionth of a person left out saves a million euros: the second level would take any.
    model = small_model(
        [(0.0, INF), (0.0, INF)],
        [(30.0, {0: 1.0, 1: 1.0}, INF)],
        [{1: 1.0}, {0: 1e6}],
    )
    assert [0.0, 30e6] == values(solve_levels(model))


def test_a_level_counts_its_constant() -> None:
    model = shared_beds()
    first = replace(model.levels[0], constant=7.0)
    outcome = solve_levels(replace(model, levels=(first, model.levels[1])))
    assert [9.0, 1.0] == pytest.approx(values(outcome), abs=1e-9)


def test_a_dual_is_what_one_unit_more_of_the_limit_is_worth() -> None:
    before, after = (solution(solve_levels(shared_beds(beds))) for beds in (10.0, 11.0))
    beds = 2
    for old, new in zip(before.levels, after.levels, strict=True):
        assert new.value - old.value == pytest.approx(-1.0 if old is before.levels[0] else -0.5)
    assert -1.0 == pytest.approx(before.levels[0].duals[beds])


@pytest.mark.parametrize("seed", SEEDS)
def test_moving_a_priced_limit_changes_the_first_level_by_its_dual(seed: int) -> None:
    model = random_staircase(seed)
    found = solution(solve_levels(model)).levels[0]
    step = 1e-4
    for row in np.flatnonzero(np.abs(found.duals) > 1e-6)[:3]:
        moved = replace(
            model,
            row_lower=model.row_lower + step * (np.arange(len(model.row_lower)) == row),
            row_upper=model.row_upper + step * (np.arange(len(model.row_upper)) == row),
        )
        down = replace(
            model,
            row_lower=model.row_lower - step * (np.arange(len(model.row_lower)) == row),
            row_upper=model.row_upper - step * (np.arange(len(model.row_upper)) == row),
        )
        rises = [_slope(model, each, step) for each in (moved, down)]
        low, high = min(-rises[1], rises[0]), max(-rises[1], rises[0])
        # At a corner the worth differs by direction; the dual lies between the two.
        assert low - 1e-4 <= found.duals[row] <= high + 1e-4


def _slope(model: LinearModel, moved: LinearModel, step: float) -> float:
    outcome = solve_levels(moved)
    if outcome.solution is None:
        return INF
    return (values(outcome)[0] - values(solve_levels(model))[0]) / step


def test_the_arrays_of_the_model_stay_as_they_were() -> None:
    model = random_staircase(3)
    kept = [each.copy() for each in (model.lower, model.upper, model.row_lower, model.row_upper)]
    solve_levels(model)
    now = (model.lower, model.upper, model.row_lower, model.row_upper)
    assert all(np.array_equal(old, new) for old, new in zip(kept, now, strict=True))


def test_the_same_model_gives_the_same_plan() -> None:
    first, second = (solution(solve_levels(random_staircase(5))).values for _ in range(2))
    assert first.tolist() == second.tolist()


def test_each_step_and_each_settled_level_is_told() -> None:
    told: list[Progress] = []
    outcome = solve_levels(shared_beds(), progress=told.append)
    assert ["first_basis", "level", "level", "level", "level"] == [each.step for each in told]
    assert values(outcome) == [each.value for each in told if each.value is not None]
    assert sorted(each.elapsed_s for each in told) == [each.elapsed_s for each in told]


def test_without_a_level_that_costs_anything_there_is_a_plan_that_holds() -> None:
    model = replace(shared_beds(), levels=(replace(shared_beds().levels[0], cost=np.zeros(4)),))
    found = solution(solve_levels(model))
    assert holds(model, found.values)
    assert [0.0] == [level.value for level in found.levels]


def test_a_model_without_rows_is_settled_at_its_bounds() -> None:
    model = small_model([(1.0, 5.0), (0.0, 2.0)], [], [{0: 2.0}, {1: -1.0}])
    assert [2.0, -2.0] == values(solve_levels(model))


def test_a_spoiled_level_is_never_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # Were nothing fixed, the second level would put people out who had a bed at the first.
    model = small_model(
        [(0.0, INF), (0.0, INF)],
        [(30.0, {0: 1.0, 1: 1.0}, INF)],
        [{1: 1.0}, {0: 1.0}],
    )
    monkeypatch.setattr(Face, "narrow", lambda *_: None)
    outcome = solve_levels(model)
    assert (Ending.FAILED, Stop.SOLVER_ERROR) == (outcome.ending, outcome.stop)
    assert outcome.solution is None


def test_a_level_with_a_long_way_is_settled_by_interior_point(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = random_staircase(1, months=12)
    expected = values(solve_levels(model))
    monkeypatch.setattr(walk, "_MOST_STEPS", 0)
    assert expected == pytest.approx(values(solve_levels(model)), abs=1e-7)
