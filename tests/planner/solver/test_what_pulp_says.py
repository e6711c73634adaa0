"""Why PuLP's own verdict is never read: what it calls optimal.

When one of these fails PuLP has been mended, and what stands on it may become simpler.
"""

import warnings
from random import Random

import highspy
import pulp
from pulp.apis.highs_api import HiGHS

from planner.core.outcome import CancelToken, Ending
from planner.solver.lexicographic import solve_levels
from tests.staircases import small_model

FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)
STOPS = highspy.cb.HighsCallbackType.kCallbackMipInterrupt


def market_split(columns: int = 40, *, missable: bool = False) -> pulp.LpProblem:
    """Return a split that takes ages to prove; where it may miss, any choice is a plan."""
    problem = pulp.LpProblem("split", pulp.LpMinimize)
    with warnings.catch_warnings():
        # PuLP 3.3 announces the calls that version 4 drops.
        warnings.simplefilter("ignore", DeprecationWarning)
        take = [pulp.LpVariable(f"c{number:02d}", cat="Binary") for number in range(columns)]
        miss = [pulp.LpVariable(f"m{number:02d}", lowBound=0) for number in range(10)]
    problem += pulp.lpSum(miss)
    chance = Random(7)  # noqa: S311 - sizes of a puzzle
    for row in range(5):
        sizes = [chance.randrange(1, 100) for _ in range(columns)]
        off = miss[2 * row] - miss[2 * row + 1] if missable else 0
        taken = pulp.lpSum(size * each for size, each in zip(sizes, take, strict=True))
        problem += taken + off == sum(sizes) // 2
    return problem


def stop_at_once(*told: object) -> None:
    into = told[3]
    assert isinstance(into, highspy.cb.HighsCallbackInput)
    into.user_interrupt = True


def test_pulp_calls_a_solve_cancelled_before_any_plan_optimal() -> None:
    problem = market_split()
    solver = HiGHS(msg=False, callbackTuple=(stop_at_once, None), callbacksToActivate=[STOPS])
    problem.solve(solver)
    highs = problem.solverModel
    assert highs is not None
    assert highspy.HighsModelStatus.kInterrupt == highs.getModelStatus()
    assert FEASIBLE != highs.getInfo().primal_solution_status
    assert "Optimal" == pulp.LpStatus[problem.status]
    assert "Solution Found" == pulp.LpSolution[problem.sol_status]


def test_we_call_a_solve_cancelled_before_any_plan_nothing_found() -> None:
    token = CancelToken()
    token.cancel()
    model = small_model([(0.0, 9.0)], [(10.0, {0: 3.0}, 99.0)], [{0: 1.0}], whole=[0])
    assert Ending.NOTHING_FOUND is solve_levels(model, cancel=token).ending


def test_pulp_calls_a_solve_stopped_at_the_time_limit_optimal() -> None:
    problem = market_split(missable=True)
    problem.solve(HiGHS(msg=False, timeLimit=0.5))
    highs = problem.solverModel
    assert highs is not None
    assert highspy.HighsModelStatus.kTimeLimit == highs.getModelStatus()
    assert FEASIBLE == highs.getInfo().primal_solution_status
    assert highs.getInfo().mip_gap > 0.01
    assert "Optimal" == pulp.LpStatus[problem.status]
