"""What takes long of an explanation looks between its parts whether anybody still waits for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken
from planner.core.task_control import TaskControl
from planner.explain.causes.likeliest import Causes
from planner.explain.choices import choices
from planner.explain.explained import caused, limits_told
from planner.explain.figures import limits
from planner.explain.shortfalls import shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.explain.warm_worths import Resumed
from tests.planner.explain.faults import NO_BAND
from tests.rules.cases import candidate, case, group, location
from tests.rules.planned import planned

Part = Callable[[Solved, TaskControl], object]

# None of these is a trial, which looks for itself.
PARTS: dict[str, Part] = {
    "the limits of the input": limits,
    "the causes": lambda solved, control: list(
        caused(Causes(solved, Trials(solved, 0, control)), shortfalls(solved))
    ),
    "what limits are worth": lambda solved, control: limits_told(
        solved, Trials(solved, 0, control), Resumed(solved, 1000)
    ),
    "decisions turned round": lambda solved, control: choices(
        solved, Trials(solved, 0, control), Resumed(solved, 1000)
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_an_explanation_ends_where_nobody_waits_any_more(part: str) -> None:
    """Twelve people on ten beds, and a house that can be opened for one of them."""
    of = case(
        location("azc", beds=10),
        candidate("new", beds=1),
        groups=[group("men")],
        people={"men": (12, 12)},
        months=2,
        occupancy_norm=1.0,
        **NO_BAND,
    )
    plan = planned(of)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        PARTS[part](Solved.of(plan.problem, plan.solution), TaskControl(cancel))
