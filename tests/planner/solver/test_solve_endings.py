"""Every ending, one by one, judged by HiGHS' own status and by our arithmetic."""

import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.core.outcome import CancelToken, Ending, Progress, Stop
from planner.solver.arithmetic import WITHIN, holds
from planner.solver.highs import Ran, Solver
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LinearModel, Outcome
from tests.staircases import INF, random_staircase, small_model


def ended(outcome: Outcome) -> tuple[Ending, Stop, bool]:
    return outcome.ending, outcome.stop, outcome.solution is not None


def hard_to_choose(columns: int = 40) -> LinearModel:
    """Return a market split: whether any whole choice adds up takes ages to tell."""
    chance = np.random.default_rng(7)
    bounds = [(0.0, 1.0)] * columns + [(0.0, INF)] * 10
    rows = []
    for row in range(5):
        sizes = chance.integers(1, 100, columns)
        terms = {column: float(size) for column, size in enumerate(sizes)}
        terms |= {columns + 2 * row: 1.0, columns + 2 * row + 1: -1.0}
        rows.append((float(sizes.sum() // 2), terms, float(sizes.sum() // 2)))
    missed = dict.fromkeys(range(columns, columns + 10), 1.0)
    return small_model(bounds, rows, [missed], whole=range(columns))


class After:
    """Does something once, when the first level is settled."""

    def __init__(self, what: CancelToken | float) -> None:
        self._what = what

    def __call__(self, told: Progress) -> None:
        if told.value is None:
            return
        if isinstance(self._what, CancelToken):
            self._what.cancel()
        else:
            time.sleep(self._what)


def test_optimal() -> None:
    assert (Ending.OPTIMAL, Stop.FINISHED, True) == ended(solve_levels(random_staircase(0)))


def test_infeasible_is_said_when_the_limits_clash() -> None:
    model = small_model([(0.0, 4.0)], [(5.0, {0: 1.0}, INF)], [{0: 1.0}])
    assert (Ending.INFEASIBLE, Stop.INFEASIBLE, False) == ended(solve_levels(model))


def test_infeasible_is_said_also_where_months_clash() -> None:
    model = small_model(
        [(0.0, 4.0), (0.0, INF)],
        [(0.0, {0: 1.0}, 4.0), (5.0, {0: 1.0}, INF), (1.0, {1: 1.0}, INF)],
        [{0: 1.0, 1: 1.0}],
        column_stage=[0, 1],
        row_stage=[0, 0, 1],
    )
    assert (Ending.INFEASIBLE, Stop.INFEASIBLE, False) == ended(solve_levels(model))


def test_infeasible_is_not_said_on_the_word_of_presolve(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Solver.run
    asked: list[str] = []

    def deceived(solver: Solver, **limits: Any) -> Ran:
        presolve = solver._highs.getOptionValue("presolve")[1]  # noqa: SLF001 - what the solver was told, which nothing tells
        asked.append(presolve)
        return Ran.INFEASIBLE if presolve == "on" else honest(solver, **limits)

    monkeypatch.setattr(Solver, "run", deceived)
    assert (Ending.OPTIMAL, Stop.FINISHED, True) == ended(solve_levels(random_staircase(0)))
    assert {"on", "off"} == set(asked)


def test_clashing_and_falling_without_end_is_infeasible() -> None:
    model = small_model([(0.0, 4.0), (0.0, INF)], [(5.0, {0: 1.0}, INF)], [{1: -1.0}])
    assert (Ending.INFEASIBLE, Stop.INFEASIBLE, False) == ended(solve_levels(model))


@pytest.mark.parametrize("level", [0, 1])
def test_a_level_that_falls_without_end_is_a_failure(level: int) -> None:
    costs = [{0: 1.0}, {0: 1.0}]
    costs[level] = {1: -1.0}
    model = small_model([(0.0, 4.0), (0.0, INF)], [(1.0, {0: 1.0, 1: 1.0}, INF)], costs)
    assert (Ending.FAILED, Stop.UNBOUNDED, False) == ended(solve_levels(model))


def test_a_solver_that_gives_up_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "run", lambda *_, **__: Ran.UNKNOWN)
    outcome = solve_levels(random_staircase(0))
    assert (Ending.FAILED, Stop.SOLVER_ERROR, False) == ended(outcome)


def test_a_plan_that_does_not_hold_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Solver.point
    shifted = lambda solver: replace(honest(solver), values=honest(solver).values + 1.0)  # noqa: E731
    monkeypatch.setattr(Solver, "point", shifted)
    outcome = solve_levels(small_model([(0.0, 4.0)], [(1.0, {0: 1.0}, 4.0)], [{0: -1.0}]))
    assert (Ending.FAILED, Stop.SOLVER_ERROR, False) == ended(outcome)


def test_no_time_at_all_finds_nothing() -> None:
    outcome = solve_levels(random_staircase(0), time_limit_s=0.0)
    assert (Ending.NOTHING_FOUND, Stop.TIME_LIMIT, False) == ended(outcome)


def test_a_time_limit_after_the_first_level_gives_the_best_found() -> None:
    model = random_staircase(0)
    outcome = solve_levels(model, time_limit_s=1.5, progress=After(1.6))
    assert (Ending.BEST_FOUND, Stop.TIME_LIMIT, True) == ended(outcome)
    assert_best_found(model, outcome)


def test_cancelled_before_any_plan_finds_nothing() -> None:
    token = CancelToken()
    token.cancel()
    outcome = solve_levels(random_staircase(0), cancel=token)
    assert (Ending.NOTHING_FOUND, Stop.CANCELLED, False) == ended(outcome)


def test_cancelled_after_the_first_level_gives_the_best_found() -> None:
    model, token = random_staircase(0), CancelToken()
    outcome = solve_levels(model, cancel=token, progress=After(token))
    assert (Ending.BEST_FOUND, Stop.CANCELLED, True) == ended(outcome)
    assert_best_found(model, outcome)


def assert_best_found(model: LinearModel, outcome: Outcome) -> None:
    """The plan holds, its first level is the least, and its others are what the plan comes to."""
    best = solve_levels(model)
    assert outcome.solution is not None
    assert best.solution is not None
    found = outcome.solution
    assert holds(model, found.values)
    assert [True, False, False, False] == [level.settled for level in found.levels]
    assert best.solution.levels[0].value == pytest.approx(found.levels[0].value)
    for level, result in zip(model.levels, found.levels, strict=True):
        assert level.cost @ found.values == pytest.approx(result.value)
    assert not found.levels[1].duals.any()


def test_whole_numbers_end_optimal_with_the_gap_closed() -> None:
    # 10 people in whole halls of 3: four halls; in part it would be three and a third.
    model = small_model([(0.0, 9.0)], [(10.0, {0: 3.0}, INF)], [{0: 1.0}], whole=[0])
    outcome = solve_levels(model)
    assert (Ending.OPTIMAL, Stop.FINISHED, True) == ended(outcome)
    assert outcome.solution is not None
    assert [4.0] == outcome.solution.values.tolist()
    assert 0.0 == outcome.report.gap


def test_whole_numbers_that_clash_are_infeasible() -> None:
    model = small_model([(0.0, 9.0)], [(1.0, {0: 2.0}, 1.0)], [{0: 1.0}], whole=[0])
    assert (Ending.INFEASIBLE, Stop.INFEASIBLE, False) == ended(solve_levels(model))


def test_whole_numbers_at_the_time_limit_tell_the_gap() -> None:
    model = hard_to_choose()
    outcome = solve_levels(model, time_limit_s=1.0)
    assert (Ending.BEST_FOUND, Stop.TIME_LIMIT, True) == ended(outcome)
    assert outcome.solution is not None
    assert holds(model, outcome.solution.values)
    whole = outcome.solution.values[model.whole]
    assert np.abs(whole - np.round(whole)).max() <= WITHIN
    assert outcome.report.gap is None or outcome.report.gap > 0.01


def test_a_running_solve_stops_when_another_thread_cancels() -> None:
    token = CancelToken()
    threading.Timer(0.5, token.cancel).start()
    outcome = solve_levels(hard_to_choose(), cancel=token)
    assert (Ending.BEST_FOUND, Stop.CANCELLED) == (outcome.ending, outcome.stop)
