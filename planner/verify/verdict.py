"""`verify`: whether a plan is what it says it is, from the input and the result tables alone."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.display_names import called
from planner.core.task_control import TaskControl
from planner.input.case import Case
from planner.verify.answers import answer_breaches
from planner.verify.beside import beside_breaches
from planner.verify.breach import Breach, ClaimedPlan, breach
from planner.verify.claim import Claim, read_claim
from planner.verify.cost_table import cost_breaches
from planner.verify.hard import hard_breaches
from planner.verify.levels import level_breaches
from planner.verify.recount import recount, shortfall_breaches
from planner.verify.tally import tally
from planner.verify.totals import total_breaches
from planner.verify.whole import whole_breaches


def verify(
    case: Case, claimed: ClaimedPlan, control: TaskControl | None = None
) -> tuple[Breach, ...]:
    """Return everything in a plan that does not hold; nothing where the plan holds.

    Faults in the form of the tables (a missing table, an empty cell, an unknown name, a key that
    stands twice) come alone, since such tables cannot be added up. `CancelledError` where whoever
    has the `control` waits no longer.
    """
    control = control or TaskControl()
    control.check()
    claim, faults = read_claim(case, claimed)
    if claimed.scenario != case.scenario:
        other = breach("scenario", 1, told=called(claimed.scenario), scenario=called(case.scenario))
        faults = (other, *faults)
    if claim is None:
        return faults
    return (*faults, *_breaches(case, claimed, claim, control))


def _breaches(
    case: Case, claimed: ClaimedPlan, claim: Claim, control: TaskControl
) -> Iterator[Breach]:
    """Yield every breach in a plan whose tables can be read."""
    added_up = tally(case, claim)
    control.check()
    counted = recount(added_up)
    parts = (
        hard_breaches(added_up),
        whole_breaches(added_up) if claimed.whole else (),
        shortfall_breaches(added_up, counted),
        total_breaches(added_up, counted),
        level_breaches(added_up, counted, claimed.levels, whole=claimed.whole),
        cost_breaches(added_up, counted, claimed.tables.get("costs")),
        answer_breaches(added_up, claimed.tables),
        beside_breaches(added_up, claimed.tables),
    )
    for part in parts:
        control.check()
        yield from part
