"""A sound case with one thing wrong: the explanation names that thing first."""

from __future__ import annotations

from functools import cache

import pytest

from planner.core.display_names import called
from planner.core.texts import Language
from planner.explain.causes.likeliest import Causes, ExplainedShortfall
from planner.explain.explained import explain
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.input.case import Case
from tests.planner.explain.faults import BASES, FAULTS, Fault
from tests.rules.cases import AUG, JUL, SEP, case, location, until
from tests.rules.planned import planned

KINDS_AT_LEAST = 30
NAMES = [each.name for each in FAULTS]


def solved_of(of: Case) -> Solved:
    plan = planned(of)
    return Solved.of(plan.problem, plan.solution)


@cache
def faulty(fault: Fault) -> Solved:
    return solved_of(fault.faulty())


@cache
def first_short(fault: Fault) -> Shortfall:
    """Return what falls short first, of the rules that do not without the fault."""
    before = {each.rule.name for each in shortfalls(solved_of(fault.base()))}
    return next(each for each in shortfalls(faulty(fault)) if each.rule.name not in before)


@cache
def explained(fault: Fault) -> ExplainedShortfall:
    return Causes(faulty(fault), Trials(faulty(fault))).of(first_short(fault))


def test_at_least_thirty_kinds_of_fault_are_planted() -> None:
    kinds = {(each.sort, each.subject, each.name) for each in FAULTS}
    assert len(kinds) == len(FAULTS)
    assert len(FAULTS) >= KINDS_AT_LEAST
    assert len({each.sort for each in FAULTS}) >= 24


@pytest.mark.parametrize("base", [base for _, base in BASES], ids=[name for name, _ in BASES])
def test_without_a_fault_nothing_falls_short(base: object) -> None:
    assert callable(base)
    short = [each.rule.name for each in shortfalls(solved_of(base()))]
    assert [] == short


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_the_fault_is_named_first_by_solving(fault: Fault) -> None:
    found = explained(fault)
    first = found.causes[0]
    assert (fault.sort, fault.subject, True) == (first.sort, first.subject, found.solved)
    assert 0.5 <= first.part


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_nothing_is_called_a_cause_that_was_not_solved(fault: Fault) -> None:
    found = Causes(faulty(fault), Trials(faulty(fault), 0)).of(first_short(fault))
    assert (False, ()) == (found.solved, found.causes)


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_the_first_line_of_the_explanation_names_it(fault: Fault) -> None:
    solved = faulty(fault)
    rule = first_short(fault).rule
    lines = explain(solved.problem, solved.solution)
    line = next(each for each in lines if each.part == "shortfall" and each.rule is rule)
    assert fault.sort == line.cause
    for language in Language:
        told = line.sentence.text(language)
        assert "{" not in told
        assert fault.subject == fault.sort or called(fault.subject).in_(language) in told


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_without_the_cause_the_shortfall_is_gone(fault: Fault) -> None:
    first = explained(fault).causes[0]
    mended = shortfalls(solved_of(first.without(fault.faulty())))
    rule = first_short(fault).rule.name
    left = sum(each.weighted for each in mended if each.rule.name == rule)
    # Of a band for DOL that was raised, what the supplied one asks for is still short.
    kept = 0.05 if fault.name == "dol_band_raised" else 1e-6
    assert left <= kept * first_short(fault).weighted


def test_what_several_causes_take_off_in_turn_adds_up() -> None:
    """Ten men on a closed centre's beds and ten on one cut to nothing: each is ten a month.

    Thirty men; one centre of ten stays. In August the second is gone, and ten more have no place;
    the third has no beds all along: ten in July too. Twenty person-months and ten, thirty in all.
    """
    of = case(
        location("stays"),
        location("ends", open_until=until(JUL)),
        location("late", open_from=SEP),
        people={"men": 30},
        months=2,
        occupancy_norm=1.0,
        dol_band_low=0.0,
    )
    solved = solved_of(of)
    found = Causes(solved, Trials(solved)).of(shortfalls(solved)[0])
    named = {(each.sort, each.subject): round(10 * each.part * 3) for each in found.causes}
    assert {("opening", "late"): 20, ("contract_end", "ends"): 10} == named
    assert [20.0, 10.0] == [round(each, 6) for each in found.in_turn]


def test_a_cause_takes_nothing_off_a_month_that_it_has_no_part_in() -> None:
    """An end in July is no cause of what falls short in July, wherever it might have been.

    Three centres of 100 beds hold 90 each within the norm, one of 100 and one of 90 hold all. In
    July 380 men are ten more than 270 and 100; in August, when the centre of 100 is gone and the
    one of 90 is there, they are twenty more than 360. The cheapest has ten too many in each. With
    the centre of 100 nobody is too many in August: ten of its twenty person-months are gone. All
    told twenty are gone, which is as many as the cheapest has, but ten of them were next door.
    """
    of = case(
        location("cheap", beds=100, occupancy_norm=0.9, cost_per_bed_month=1.0),
        location("second", beds=100, occupancy_norm=0.9, cost_per_bed_month=2.0),
        location("third", beds=100, occupancy_norm=0.9, cost_per_bed_month=2.0),
        location("ends", beds=100, occupancy_norm=1.0, open_until=until(JUL)),
        location("late", beds=90, occupancy_norm=1.0, open_from=AUG),
        people={"men": 380},
        months=2,
        dol_band_low=0.0,
    )
    solved = solved_of(of)
    short = next(each for each in shortfalls(solved) if each.key.location == "cheap")
    assert (JUL, AUG) == short.months
    assert round(short.weighted, 6) == 20
    found = Causes(solved, Trials(solved)).of(short)
    named = {(each.sort, each.subject): each.part for each in found.causes}
    assert named["contract_end", "ends"] == pytest.approx(0.5)
