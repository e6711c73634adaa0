"""Several scenarios planned at once, in processes of their own."""

from __future__ import annotations

import pandas as pd
import pytest

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.jobs import pool
from tests.compared import EMOJI, demo_with_scenarios
from tests.shorter import shorter

MONTHS = 3


def test_scenarios_are_planned_as_each_alone_and_one_can_be_stopped() -> None:
    book = shorter(demo_with_scenarios(), MONTHS)
    token = CancelToken()
    token.cancel()
    steps: dict[str, set[str]] = {}

    def tell(at: pool.Underway) -> None:
        steps.setdefault(at.scenario, set()).add(at.progress.step)

    names = (EMOJI, "no such", "middle")
    ended = pool.plan_many(book, names, workers=2, progress=tell, cancels={"middle": token})

    assert names == tuple(ended)
    assert ended["middle"].stopped
    assert ended["no such"].failed is not None
    with pytest.raises(UnusableInputError, match="“no such” could not be planned"):
        pool.refuse_failures(ended)
    alone = api.plan(book, EMOJI, options=api.PlanOptions(trials=0))
    planned = ended[EMOJI].planned
    assert planned is not None
    assert alone.levels == planned.plan.levels
    for key in ("places", "placement", "decisions"):
        pd.testing.assert_frame_equal(alone.tables[key], planned.plan.tables[key])
    assert {"check", "verify"} <= steps[EMOJI]


def test_where_all_are_wanted_nobody_waits_for_the_rest_once_one_has_failed() -> None:
    book, names = shorter(demo_with_scenarios(), MONTHS), ("no such", "middle")
    ended = pool.plan_many(book, names, workers=1, all_or_none=True)
    assert ["no such"] == list(ended)
    with pytest.raises(UnusableInputError):
        pool.refuse_failures(ended)


def test_no_more_run_at_once_than_are_wanted_and_at_least_one() -> None:
    assert 1 == pool.as_many_at_once(0)
    assert 1 == pool.as_many_at_once(1)
    assert 1 <= pool.as_many_at_once(100) < 100


def test_one_that_was_stopped_is_no_failure() -> None:
    stopped = pool.ScenarioEnding("a", None)
    assert stopped.stopped
    pool.refuse_failures({"a": stopped})
