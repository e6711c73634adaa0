"""Decisions tried in other futures: as if each were worked out from nothing."""

from __future__ import annotations

import pickle
from random import Random

import numpy as np
import pytest

from planner.core.errors import UnusableInputError
from planner.ensemble.prepared import Prepared, values_of
from planner.ensemble.trial import Trial
from planner.forecast.futures import ForecastPath, futures
from planner.model.demand import demand
from planner.solver.lexicographic import solve_levels
from tests.rules.cases import JUL, case, location
from tests.rules.random_cases import random_case


@pytest.mark.parametrize("seed", range(5))
def test_a_future_is_what_it_is_worked_out_from_nothing(seed: int) -> None:
    planned = random_case(Random(seed))  # noqa: S311 - a test's cases, not a secret
    prepared = Prepared.of(planned, whole=False)
    solution = solve_levels(prepared.model).solution
    assert solution is not None
    trial = Trial(planned, values_of(prepared, solution.values, None))
    for times in (0.7, 1.3):
        people = {key: round(times * each + 1, 2) for key, each in demand(planned).items()}
        warm, cold = trial.of(people), trial.cold(people)
        for name, value in cold.levels.items():
            assert abs(warm.levels[name] - value) <= 1e-6 * max(1.0, abs(value)), name


@pytest.mark.parametrize("seed", range(5))
def test_what_is_told_of_a_future_is_that_of_all_levels(seed: int) -> None:
    """Moves and changes are left out; the levels before them are the same, the cost no higher."""
    planned = random_case(Random(seed))  # noqa: S311 - a test's cases, not a secret
    prepared = Prepared.of(planned, whole=False)
    solution = solve_levels(prepared.model).solution
    assert solution is not None
    kept = values_of(prepared, solution.values, None)
    trial, whole = Trial(planned, kept), Trial(planned, kept, untold=())
    people = {key: round(1.1 * each + 1, 2) for key, each in demand(planned).items()}

    told, full = trial.of(people).levels, whole.of(people).levels

    assert {"change"} <= set(full) - set(told) <= {"moves", "change"}
    cost = full["cost"]
    assert told["cost"] <= cost + 1e-6 * cost
    for name in set(told) - {"cost"}:
        assert abs(told[name] - full[name]) <= 1e-6 * max(1.0, abs(full[name])), name


def test_decisions_sent_to_another_process_are_tried_there_as_here() -> None:
    """What the first future came to goes along: to the last digit the same, and hardly 100 kB."""
    planned = random_case(Random(1))  # noqa: S311 - a test's cases, not a secret
    prepared = Prepared.of(planned, whole=False)
    solution = solve_levels(prepared.model).solution
    assert solution is not None
    trial = Trial(planned, values_of(prepared, solution.values, None))
    people = {key: 1.2 * each for key, each in demand(planned).items()}

    sent = pickle.dumps(trial)
    there = pickle.loads(sent)  # noqa: S301 - made here

    assert there.of(people) == trial.of(people)
    assert there.expected == trial.expected
    assert len(sent) < 100_000


def test_moves_that_cost_something_are_settled_before_the_cost() -> None:
    for cost, settled in ((100.0, True), (0.0, False)):
        planned = case(location(beds=10), lives={("azc", "men"): 8}, months=2, move_cost=cost)
        assert settled == ("moves" in Trial(planned, {}).expected.levels)


def test_a_group_may_come_in_a_month_in_which_nobody_of_it_was_expected() -> None:
    """Ten beds, nobody in August; four more than fit in August are without a place, as if anew."""
    planned = case(location(beds=10), people={"men": (8, 0)}, months=2)
    trial = Trial(planned, {})
    people = {key: (8.0, 14.0)[key[1] > JUL] for key in demand(planned)}

    warm, cold = trial.of(people), trial.cold(people)

    assert pytest.approx(4.0) == warm.measures["unplaced"] == pytest.approx(4.0)
    assert cold.levels == pytest.approx(warm.levels, abs=1e-6)


def test_the_worst_month_of_a_future_is_told_in_persons() -> None:
    """Ten beds: of twelve men in July two have no place, of fifteen in August five: seven."""
    planned = case(location(beds=10), people={"men": (12, 15)}, months=2)
    prepared = Prepared.of(planned, whole=False)
    solution = solve_levels(prepared.model).solution
    assert solution is not None

    told = Trial(planned, values_of(prepared, solution.values, None)).expected.measures

    assert (7.0, 5.0) == pytest.approx((told["unplaced"], told["unplaced_worst_month"]))


def test_futures_run_straight_between_the_forecasts_and_on_beyond_them() -> None:
    """Ten, twenty and forty people at 10, 50 and 90 %: at 30 % fifteen, at 100 % 45, at 0 % 7.5."""
    planned = case(location(), people={"men": 20.0})
    paths = [
        ForecastPath({("men", JUL): n}, at) for n, at in ((10.0, 0.1), (20.0, 0.5), (40.0, 0.9))
    ]

    drawn = [each["men", JUL] for each in futures(planned, demand(planned), paths, 2000, 0)]

    assert 7.5 <= min(drawn) < 8
    assert 44.5 < max(drawn) <= 45
    assert pytest.approx(15, abs=0.5) == np.percentile(drawn, 30)
    again = futures(planned, demand(planned), paths, 2000, 0)
    assert drawn == [each["men", JUL] for each in again]


def test_nothing_uncertain_is_told() -> None:
    planned = case(location())
    with pytest.raises(UnusableInputError, match=r"nothing to sample"):
        futures(planned, demand(planned), [], 3, 0)
