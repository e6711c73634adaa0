"""What is known before a plan is whole, by the same definitions as of the plan itself."""

from __future__ import annotations

import pytest

from planner.planning import PlanOptions, solved_plan
from planner.result.early_figures import early_figures
from planner.result.main_figures import MainFigures
from tests import small_plan as once


def test_the_early_figures_are_those_of_the_plan_and_are_told_once() -> None:
    told: list[MainFigures] = []
    solved = solved_plan(once.small_book(), options=PlanOptions(trials=0), early=told.append)
    plan = MainFigures.of(solved.plan.tables)
    assert solved.solution is not None
    read = early_figures(solved.problem, solved.solution.values)
    (early,) = told
    for name, values in vars(plan).items():
        if name != "months":
            assert values == pytest.approx(getattr(read, name), abs=1e-6)
    assert plan.months == read.months == early.months
    # What these levels came to is final: people without a place, in emergency, and needed in DOL.
    assert plan.without_place == pytest.approx(early.without_place, abs=1e-6)
    assert sum(plan.emergency) == pytest.approx(sum(early.emergency))
    assert sum(plan.dol_needed) == pytest.approx(sum(early.dol_needed))
