"""`verify`: whether a plan is what it says it is, from the input and the result tables alone."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.display_names import called
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


def verify(case: Case, claimed: ClaimedPlan) -> tuple[Breach, ...]:
    """Return everything in a plan that does not hold; nothing where the plan holds.

    Faults in the form of the tables (a missing table, an empty cell, an unknown name, a key that
    stands twice) come alone, since such tables cannot be added up.
    """
    claim, faults = read_claim(case, claimed)
    if claimed.scenario != case.scenario:
        other = breach("scenario", 1, told=called(claimed.scenario), scenario=called(case.scenario))
        faults = (other, *faults)
    if claim is None:
        return faults
    return (*faults, *_breaches(case, claimed, claim))


def _breaches(case: Case, claimed: ClaimedPlan, claim: Claim) -> Iterator[Breach]:
    """Yield every breach in a plan whose tables can be read."""
    added_up = tally(case, claim)
    counted = recount(added_up)
    yield from hard_breaches(added_up)
    if claimed.whole:
        yield from whole_breaches(added_up)
    yield from shortfall_breaches(added_up, counted)
    yield from total_breaches(added_up, counted)
    yield from level_breaches(added_up, counted, claimed.levels, whole=claimed.whole)
    yield from cost_breaches(added_up, counted, claimed.tables.get("costs"))
    yield from answer_breaches(added_up, claimed.tables)
    yield from beside_breaches(added_up, claimed.tables)
