"""A sound case with one thing wrong: the explanation names that thing first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planner.core.texts import Language
from planner.explain.causes import Causes
from planner.explain.changes import with_ceiling, with_location, with_parameter, with_people
from planner.explain.explained import explain
from planner.explain.shortfalls import shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.input.case import Case
from planner.input.location import Location
from planner.input.settings import Ceiling
from tests.rules.cases import AUG, candidate, case, group, location, until
from tests.rules.planned import planned

MEN = group("men")
FAMILIES = group("families", needs_child_suitable=True, school_share=0.25)
SPECIAL = group("special", needs_accessible=True)
DUBLIN = group("dublin", "dol", "regular")
LIVES = {
    ("north", "men"): 20,
    ("south", "men"): 20,
    ("east", "men"): 38,
    ("north", "families"): 75,
    ("south", "families"): 75,
    ("north", "special"): 6,
    ("south", "special"): 6,
}


def family_location(name: str, dol_beds: int = 0) -> Location:
    return location(
        name,
        beds=120,
        child_suitable=True,
        school_seats=30,
        accessible_beds=10,
        dol_beds=dol_beds,
    )


def sound(*more: Location, men: int = 78, lives: dict[tuple[str, str], int] | None = None) -> Case:
    """Return a case of six months in which nothing falls short: room for 273 people."""
    return case(
        family_location("north", dol_beds=20),
        family_location("south"),
        location("east", beds=60, accessible_beds=0),
        *more,
        groups=[MEN, FAMILIES, SPECIAL, DUBLIN],
        people={
            "men": men,
            "families": 150,
            "special": 12,
            "dublin": (0, 4, 8, 12, 16, 20),
        },
        lives=LIVES | (lives or {}),
        months=6,
        ceilings=(Ceiling(name="agreed", locations=("east",), month=None, people=60),),
        dol_band_low=0.0,
    )


def waiting(lead_time: int) -> Case:
    """Return the case with more men and a candidate that makes room for them once it is open."""
    return sound(
        candidate("new", beds=60, lead_time_months=lead_time),
        men=128,
        lives={("north", "men"): 37, ("south", "men"): 31, ("east", "men"): 60},
    )


def contract_shortened() -> Case:
    return with_location(sound(), "east", open_until=until(AUG))


def facility_removed() -> Case:
    return with_location(sound(), "south", child_suitable=False)


def growth_lowered() -> Case:
    return with_parameter(sound(), "dol_growth_per_month", 1.0)


def demand_raised() -> Case:
    base = sound()
    return with_people(base, {("men", month): 138.0 for month in base.months[2:]})


def ceiling_lowered() -> Case:
    return with_ceiling(sound(), "agreed", 10)


def seats_cut() -> Case:
    return with_location(sound(), "north", school_seats=3)


def candidate_delayed() -> Case:
    return waiting(3)


def accessible_cut() -> Case:
    return with_location(sound(), "north", accessible_beds=0)


def norm_changed() -> Case:
    return with_parameter(sound(), "occupancy_norm", 0.7)


def beds_cut() -> Case:
    return with_location(sound(), "east", beds=5)


FAULTS: tuple[tuple[Callable[[], Case], str, str], ...] = (
    (contract_shortened, "contract_end", "east"),
    (facility_removed, "child_suitable", "south"),
    (growth_lowered, "dol_growth_per_month", "dol_growth_per_month"),
    (demand_raised, "demand", "men"),
    (ceiling_lowered, "ceiling", "agreed"),
    (seats_cut, "school_seats", "north"),
    (candidate_delayed, "opening", "new"),
    (accessible_cut, "accessible_beds", "north"),
    (norm_changed, "occupancy_norm", "occupancy_norm"),
    (beds_cut, "beds", "east"),
)
NAMES = [fault.__name__ for fault, _, _ in FAULTS]


def solved_of(of: Case) -> Solved:
    plan = planned(of)
    return Solved.of(plan.problem, plan.solution)


@pytest.mark.parametrize("base", [sound(), waiting(0)], ids=["sound", "waiting"])
def test_without_a_fault_nothing_falls_short(base: Case) -> None:
    assert [] == shortfalls(solved_of(base))


@pytest.mark.parametrize(("fault", "sort", "subject"), FAULTS, ids=NAMES)
def test_the_fault_is_named_first_by_solving(
    fault: Callable[[], Case], sort: str, subject: str
) -> None:
    solved = solved_of(fault())
    short = shortfalls(solved)
    causes = Causes(solved, Trials(solved))
    explained = causes.of(short[0])
    first = explained.causes[0]
    assert (sort, subject, True) == (first.sort, first.subject, explained.solved)
    assert 0.5 <= first.part


@pytest.mark.parametrize(("fault", "sort", "subject"), FAULTS, ids=NAMES)
def test_nothing_is_called_a_cause_that_was_not_solved(
    fault: Callable[[], Case], sort: str, subject: str
) -> None:
    solved = solved_of(fault())
    explained = Causes(solved, Trials(solved, 0)).of(shortfalls(solved)[0])
    assert (False, ()) == (explained.solved, explained.causes), (sort, subject)


@pytest.mark.parametrize(("fault", "sort", "subject"), FAULTS, ids=NAMES)
def test_the_first_line_of_the_explanation_names_it(
    fault: Callable[[], Case], sort: str, subject: str
) -> None:
    plan = planned(fault())
    line = explain(plan.problem, plan.solution)[0]
    assert ("shortfall", sort) == (line.part, line.cause)
    for language in Language:
        assert "{" not in line.sentence.text(language)
        assert subject == sort or subject in line.sentence.text(language)


@pytest.mark.parametrize(("fault", "sort", "subject"), FAULTS, ids=NAMES)
def test_without_the_cause_the_shortfall_is_gone(
    fault: Callable[[], Case], sort: str, subject: str
) -> None:
    faulty = fault()
    solved = solved_of(faulty)
    first = Causes(solved, Trials(solved)).of(shortfalls(solved)[0]).causes[0]
    mended = shortfalls(solved_of(first.without(faulty)))
    assert (sort, subject) == (first.sort, first.subject)
    assert shortfalls(solved)[0].rule.name not in {each.rule.name for each in mended}
