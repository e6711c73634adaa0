"""A solver that lies is not believed, and one that is done is let go of."""

import gc
import weakref
from dataclasses import replace

import highspy
import numpy as np
import pytest

from planner.core.outcome import CancelToken, Ending, Stop
from planner.solver.highs import WALKING, Ran, Solver, Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.optimality import Limits, Point, is_optimum
from planner.solver.outcome import LinearModel
from planner.solver.warm_resolve import Again, Moved
from tests.staircases import INF, random_staircase, small_model

SEEDS = range(20)


def two_halls() -> LinearModel:
    """Ten people in two halls of 8 and 6 beds, of which the second costs twice as much."""
    return small_model(
        [(0.0, 8.0), (0.0, 6.0)],
        [(10.0, {0: 1.0, 1: 1.0}, INF)],
        [{0: 1.0, 1: 2.0}],
    )


def point(values: list[float], dual: float) -> Point:
    """Return a point of `two_halls` with the row's dual: reduced costs are 1 - dual, 2 - dual."""
    return Point(
        np.array(values),
        np.array([sum(values)]),
        np.array([1.0 - dual, 2.0 - dual]),
        np.array([dual]),
    )


def judged(given: Point, limits: Limits | None = None) -> bool:
    model = two_halls()
    return is_optimum(model, limits or Limits.of(model), model.levels[0].cost, given)


def test_an_optimum_is_proven_by_its_duals() -> None:
    # The next person would go to the second hall, at 2; a bed more in the first one saves 1.
    # 8 + 2 x 2 = 12, and 10 people x 2 - 8 beds x 1 = 12.
    assert judged(point([8.0, 2.0], 2.0))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(point([7.0, 3.0], 2.0), id="a bed that saves is left empty"),
        pytest.param(point([8.0, 3.0], 2.0), id="more people than there are, at a price"),
        pytest.param(point([8.0, 2.0], 1.0), id="prices that are not those of this point"),
        pytest.param(point([8.0, 1.0], 2.0), id="a person goes without"),
        pytest.param(point([9.0, 1.0], 2.0), id="more people than beds"),
        pytest.param(point([8.0, 2.0], -2.0), id="a price that pulls to a limit that is not there"),
        pytest.param(point([8.0, 2.0], np.nan), id="a price that is no number"),
        pytest.param(
            replace(point([8.0, 2.0], 2.0), reduced_costs=np.array([0.0, 0.0])),
            id="reduced costs that are not what the duals make them",
        ),
        pytest.param(
            replace(point([8.0, 2.0], 2.0), row_values=np.array([11.0])),
            id="a row that does not add up",
        ),
    ],
)
def test_what_is_no_optimum_is_not_proven(given: Point) -> None:
    assert not judged(given)


def test_a_limit_that_an_earlier_level_narrowed_is_kept() -> None:
    narrowed = Limits.of(two_halls())
    narrowed.upper[1] = narrowed.lower[1] = 3.0
    assert not judged(point([8.0, 2.0], 2.0), narrowed)
    # 7 + 2 x 3 = 13: with three in the second hall the next person goes to the first, at 1.
    assert judged(point([7.0, 3.0], 1.0), narrowed)


def stopping_after(steps: int, monkeypatch: pytest.MonkeyPatch, *, always: bool) -> None:
    """Stop every run after so many steps and say optimal; `always` leaves no other way open."""
    honest = Solver.run

    def early(solver: Solver, **_: float) -> Ran:
        if always:
            solver.options(WALKING)
        ran = honest(solver, iterations=steps)
        return Ran.OPTIMAL if ran is Ran.ITERATION_LIMIT else ran

    monkeypatch.setattr(Solver, "run", early)


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_stopped_early_that_says_optimal_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, seed: int, *, always: bool
) -> None:
    model = random_staircase(seed)
    best = solve_levels(model)
    stopping_after(5, monkeypatch, always=always)
    found = solve_levels(model)
    if found.solution is None:
        assert (Ending.FAILED, Stop.SOLVER_ERROR) == (found.ending, found.stop)
        return
    # Another way than the one lied about leads to the same values.
    assert best.solution is not None
    for ours, level in zip(best.solution.levels, found.solution.levels, strict=True):
        assert ours.value == pytest.approx(level.value, rel=1e-6, abs=1e-6)


def test_where_every_run_is_stopped_early_there_is_no_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopping_after(5, monkeypatch, always=True)
    outcome = solve_levels(random_staircase(1, months=12))
    assert (Ending.FAILED, Stop.SOLVER_ERROR) == (outcome.ending, outcome.stop)
    assert outcome.solution is None
    assert "what the solver calls optimal is not" in outcome.report.messages


def test_a_solver_that_may_be_cancelled_is_let_go_of() -> None:
    solver = Solver(two_halls(), Terms(cancel=CancelToken()))
    solver.run()
    gone = weakref.ref(solver)
    del solver
    gc.collect()
    assert gone() is None


def test_a_solve_that_may_be_cancelled_leaves_no_loaded_model_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[weakref.ref[object]] = []
    whole = highspy.Highs

    def counted() -> object:
        made = whole()
        loaded.append(weakref.ref(made))
        return made

    monkeypatch.setattr(highspy, "Highs", counted)
    solve_levels(random_staircase(0), cancel=CancelToken())
    gc.collect()
    assert loaded
    assert not [each for each in loaded if each() is not None]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_limit_moved_is_worth_nothing_untrue(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    model = random_staircase(seed)
    solution = solve_levels(model).solution
    assert solution is not None
    rows = np.flatnonzero(solution.levels[0].duals)[:5]
    moves = [Moved(rows=((int(row), 1.0),)) for row in rows]
    honest = [Again(model, solution, Terms()).value(0, each, 1.0) for each in moves]
    stopping_after(0, monkeypatch, always=False)
    told = [Again(model, solution, Terms()).value(0, each, 1.0) for each in moves]
    for ours, theirs in zip(honest, told, strict=True):
        assert theirs is None or theirs == pytest.approx(ours)
