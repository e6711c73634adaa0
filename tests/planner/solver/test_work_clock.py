"""A limit of work: what the machine does beside does not count, and a run ends when it is up."""

from __future__ import annotations

import time

import numpy as np

from planner.core.outcome import Stop
from planner.planning import PlanOptions
from planner.solver.branching import branch
from planner.solver.highs import Ran, Solver, Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.work_clock import worked_s
from tests.planner.solver.test_another import two_halls


def work(seconds: float) -> None:
    until = worked_s() + seconds
    while worked_s() < until:
        np.sort(np.arange(10_000)[::-1])


def test_time_in_which_nothing_is_worked_does_not_count() -> None:
    before, terms = worked_s(), Terms().within(0.1)

    time.sleep(0.4)

    assert worked_s() - before < 0.1
    assert not terms.work_is_up
    work(0.1)
    assert terms.work_is_up


def test_a_run_ends_once_as_much_was_worked_as_may_be() -> None:
    terms = Terms().within(0.0)

    assert Ran.TIME_LIMIT is Solver(two_halls(), terms).run()
    assert Ran.TIME_LIMIT is branch(two_halls(), np.ones(3), terms, None).ran
    assert Ran.OPTIMAL is branch(two_halls(), np.ones(3), terms.with_grace(9.0), None).ran
    assert Stop.TIME_LIMIT is solve_levels(two_halls(), work_limit_s=0.0).stop


def test_a_part_of_what_is_left_is_left_of_both_clocks() -> None:
    now = time.perf_counter()
    half = Terms(deadline=now + 100.0).within(40.0).with_part(0.5)

    wall, until = half.wall_left(), half.work_until
    assert wall is not None
    assert until is not None
    assert abs(wall - 50.0) < 1.0
    assert abs(until - worked_s() - 20.0) < 1.0
    assert until == half.within(30.0).work_until
    assert Terms(deadline=now).with_grace(5.0).work_until is None


def test_whole_locations_are_limited_by_work_unless_a_time_is_asked_for() -> None:
    """By the wall's clock a machine that does more would be left without a plan."""
    whole, asked = PlanOptions(whole=True), PlanOptions(whole=True, time_limit_s=9.0)

    assert (None, 300.0) == (whole.time_limit_s, whole.work_limit_s)
    assert (9.0, None) == (asked.time_limit_s, asked.work_limit_s)
    assert PlanOptions().work_limit_s is None
