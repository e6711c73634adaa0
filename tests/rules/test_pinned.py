"""One tiny case per rule on what is fixed beforehand, and plans that keep to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from planner.core.outcome import Ending
from planner.explain.impossible import impossible
from planner.input.case import Case
from planner.input.kinds import Pinned
from planner.input.pins import Pin
from planner.model.build import build
from planner.model.rules.pinned import pinned_decisions, pinned_places
from tests.rules.cases import AUG, JUL, Expected, candidate, case, group, location, rows_of, until
from tests.rules.planned import Planned, planned

MEN = group("men", "regular emergency_tent")
PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


def pin(decision: Pinned, value: float, where: str = "azc", month: dt.date = JUL) -> Pin:
    return Pin(location=where, decision=decision, month=month, value=value, who="COA", why="deal")


def pinned(of: Case, *pins: Pin) -> Case:
    return replace(of, pins=pins)


def test_pinned_decisions_fix_opening_and_extending() -> None:
    of = case(
        candidate("new"),
        location("tent", "emergency_tent", open_until=until(JUL), extendable_until=until(AUG)),
        groups=[MEN],
        months=2,
    )
    opened, extended = pin(Pinned.OPEN, 0, "new"), pin(Pinned.EXTEND, 1, "tent", AUG)
    assert [
        Expected("new jul", {"open new": 1}, "=", 0),
        Expected("tent aug", {"extend tent": 1}, "=", 1),
    ] == rows_of(pinned_decisions, pinned(of, opened, extended))


def test_pinned_places_fix_all_kinds_of_a_location_together_and_the_dol_part() -> None:
    of = case(location("azc", dol_beds=4), groups=[MEN, group("dublin", "dol")])
    places, part = pin(Pinned.PLACES, 8), pin(Pinned.PREPARE_DOL, 3)
    both = {"places azc regular jul": 1, "places azc dol jul": 1}
    assert [
        Expected("azc jul", both, "=", 8),
        Expected("azc dol jul", {"dol_prepared azc jul": 1}, "=", 3),
    ] == rows_of(pinned_places, pinned(of, places, part))


def too_many_places() -> Case:
    return case(
        location("azc", beds=10),
        location("tent", "emergency_tent", beds=20),
        groups=[MEN],
        people={"men": 10},
        **PLAIN,
    )


def held(of: Case, *pins: Pin) -> Planned:
    plan = planned(pinned(of, *pins))
    assert () == plan.breaches()
    return plan


def test_people_go_elsewhere_where_a_location_is_pinned_at_fewer_places() -> None:
    assert 10 == held(too_many_places()).people(location="azc")
    # Ten men, six places pinned: four are in the tent, though the other four beds are free.
    plan = held(too_many_places(), pin(Pinned.PLACES, 6))
    assert 6 == plan.people(location="azc")
    assert 4 == plan.people(location="tent")


def test_a_plan_that_leaves_a_pin_is_found_by_the_verifier() -> None:
    plan = planned(too_many_places())
    fixed = pinned(plan.problem.case, pin(Pinned.PLACES, 6))
    wrong = replace(plan, problem=replace(plan.problem, case=fixed))
    assert ["pin"] == [each.check for each in wrong.breaches()]


def test_pins_that_cannot_all_hold_are_named() -> None:
    # Fitted out 5 in July and, as nothing is given up again, not 3 in August.
    of = case(location("azc", dol_beds=6), groups=[group("dublin", "dol")], months=2, **PLAIN)
    of = pinned(of, pin(Pinned.PREPARE_DOL, 5), pin(Pinned.PREPARE_DOL, 3, month=AUG))
    ending, told = impossible(build(of))
    assert Ending.INFEASIBLE is ending
    words = " ".join(each.both.en for each in told)
    assert "Pinned places" in words
    assert "azc" in words


# For each rule that does not always apply, a case that lacks just what it asks for.
JUST_NOT = {
    "pinned_decisions": pinned(case(), pin(Pinned.PLACES, 5)),
    "pinned_places": pinned(case(candidate()), pin(Pinned.OPEN, 1, "new")),
}
