"""A unit more of a limit: solved from where the plan was left, against solved from the start."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.explain.confirming import confirm
from planner.explain.limits import binding_limits
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.explain.warm_worths import Resumed
from planner.input.case import Case
from tests.rules.cases import case, group, location
from tests.rules.planned import planned
from tests.rules.random_cases import random_case

TRIALS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def solved_of(of: Case) -> Solved:
    plan = planned(of)
    return Solved.of(plan.problem, plan.solution)


@TRIALS
@given(st.randoms(use_true_random=False).map(random_case))
def test_a_resumed_level_comes_to_the_same_as_one_solved_from_the_start(of: Case) -> None:
    solved = solved_of(of)
    for each in binding_limits(solved):
        resumed = Resumed(solved, 3).confirm(each)
        if resumed is None:
            continue
        afresh = confirm(Trials(solved), each.limit, each.worth.level, farthest=4.0)
        assert afresh is not None
        if resumed.worth is None or afresh.worth is None:
            assert resumed.worth is afresh.worth
            continue
        assert afresh.worth.level == resumed.worth.level
        assert pytest.approx(afresh.worth.change, rel=1e-5, abs=1e-6) == resumed.worth.change
        assert afresh.up_to == resumed.up_to


def test_most_limits_of_random_cases_can_be_resumed() -> None:
    told = [
        Resumed(solved, 3).confirm(each) is not None
        for seed in range(40)
        for solved in [solved_of(random_case(Random(seed)))]  # noqa: S311 - a test's cases
        for each in binding_limits(solved)
    ]
    assert len(told) > 100
    assert sum(told) > len(told) / 2


def test_no_more_is_solved_than_allowed() -> None:
    full = case(
        location("a", beds=10), people={"men": 20}, groups=[group("men")], occupancy_norm=1.0
    )
    solved = solved_of(full)
    beds = next(each for each in binding_limits(solved) if each.limit.sort == "beds")
    resumed = Resumed(solved, 3)
    assert resumed.confirm(beds) is not None
    assert 0 <= resumed.left < 3
    assert resumed.confirm(beds) is None
