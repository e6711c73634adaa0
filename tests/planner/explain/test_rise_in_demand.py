"""More people as a cause: of one group, of all together, since the start or since last month."""

from __future__ import annotations

import pytest

from planner.core.task_control import TaskControl
from planner.core.texts import Language
from planner.explain.causes.likeliest import Causes, ExplainedShortfall
from planner.explain.changes import with_people
from planner.explain.rise_of_all import rise_of_all
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.explain.wording.lines import shortfall_line
from planner.explain.wording.otherwise import rise_line
from planner.input.case import Case
from tests.planner.explain.faults import MINORS, NO_BAND
from tests.rules.cases import AUG, candidate, case, group, location
from tests.rules.planned import planned

MEN, WOMEN = group("men"), group("women")


def risen(men: tuple[int, ...], women: tuple[int, ...], *, beds: int) -> Case:
    """Return five men and five women on a centre's beds, and how many are expected by month."""
    return case(
        location("azc", beds=beds),
        groups=[MEN, WOMEN],
        people={"men": men, "women": women},
        lives={("azc", "men"): 5, ("azc", "women"): 5},
        months=len(men),
        occupancy_norm=1.0,
        **NO_BAND,
    )


def explained(of: Case, at: int = 0) -> tuple[Solved, Shortfall, ExplainedShortfall]:
    plan = planned(of)
    solved = Solved.of(plan.problem, plan.solution)
    short = shortfalls(solved)[at]
    return solved, short, Causes(solved, Trials(solved)).of(short)


def named(of: Case) -> list[tuple[str, str, float]]:
    """Return the causes of what falls short first, with the person-months that each takes off."""
    _, short, found = explained(of)
    return [
        (each.sort, each.subject, round(each.part * short.weighted, 6)) for each in found.causes
    ]


def test_groups_that_rise_together_are_one_cause_where_each_alone_is_half_of_it() -> None:
    """Ten beds, five and five people, and in the second month ten and ten: ten have no place.

    Without the rise of one group five have none. Whose shortfall it is may be shared in any way, so
    that all of the rule is looked at: the rise of both takes off the ten.
    """
    of = risen((5, 10), (5, 10), beds=10)
    solved, short, found = explained(of)
    first = found.causes[0]
    assert ("demand_whole", "") == (first.sort, first.subject)
    assert [] == [each for each in found.causes if each.sort == "demand"]
    after = planned(first.without(of))
    assert 0.0 == pytest.approx(after.solution.levels[0].value, abs=1e-6)
    told = shortfall_line(solved, short, found).sentence
    assert "all groups together grow from 10 to 20 persons" in told.text(Language.EN)
    assert "alle groepen samen groeien van 10 naar 20 personen" in told.text(Language.NL)


def test_a_rise_since_the_month_before_is_told_where_it_is_enough() -> None:
    """Ten at the start, fourteen in July on fourteen beds, twenty in August: six have no place.

    Holding all at the fourteen of July takes off the six; so would ten, which is a larger change.
    """
    first = named(risen((7, 10), (7, 10), beds=14))[0]
    assert "demand_since" == first[0]


def test_the_group_alone_is_told_where_it_takes_off_as_much() -> None:
    """Eleven beds; of eleven men and six women six have no place, and six men are new."""
    names = named(risen((5, 11), (5, 6), beds=11))
    assert ("demand", "men") == names[0][:2]
    assert {"demand_whole", "demand_since"}.isdisjoint(name for name, _, _ in names)


def test_who_passes_from_one_group_to_another_is_no_rise_of_all() -> None:
    """Ten people all along on nine beds, seven of them men at last: one has no place."""
    names = {name for name, _, _ in named(risen((5, 7), (5, 3), beds=9))}
    assert {"demand", "demand_whole", "demand_since"}.isdisjoint(names)


def test_of_causes_that_take_off_all_the_one_goes_first_that_takes_off_most_of_the_level() -> None:
    """Twenty minors where there are ten beds for them, twenty others where there are ten.

    Ten of each have no place in the two months before a candidate opens where both may be. Beds for
    the twenty minors who lived there take off their twenty person-months; the candidate opened at
    once, those of both. Each takes off all of theirs, and the beds show more plainly.
    """
    of = case(
        location("amv", "amv", beds=10),
        location("vbl", "vbl", beds=10),
        candidate("new", beds=40, lead_time_months=2),
        groups=[MINORS, group("leaving", "return", "regular")],
        people={"minors": 20, "leaving": 20},
        lives={("amv", "minors"): 20, ("vbl", "leaving"): 10},
        months=4,
        occupancy_norm=1.0,
        **NO_BAND,
    )
    _, short, found = explained(of)
    assert ("minors", 20.0) == (short.key.group, short.weighted)
    first, second = found.causes
    assert [("opening", "new"), ("beds", "amv")] == [(e.sort, e.subject) for e in (first, second)]
    assert [(1.0, 1.0), (1.0, 0.5)] == [(round(e.part, 6), round(e.wide, 6)) for e in found.causes]
    assert first.shown < second.shown
    assert (20.0, 0.0) == tuple(round(each, 6) for each in found.in_turn)


@pytest.mark.parametrize("beds", [0, 5])
@pytest.mark.parametrize("shares", ["with shares", "whole"])
def test_what_the_rise_of_all_makes_short_is_what_the_case_without_it_comes_to(
    beds: int, shares: str
) -> None:
    """Ten people at the start on ten beds at a norm of 0.9; fifteen in August, tents for five.

    Of the five who are more three are men: without the rise five of each are there in August too,
    and nobody is without a place. With it five are in tents or, where there are none, without one.
    No place is safe for women, so that all of them are short, by rows that are only counted.
    """
    whole, tent = shares == "whole", group("men", "regular", "emergency_tent")
    of = case(
        location("azc", beds=10),
        location("tent", "emergency_tent", beds=beds),
        groups=[tent, group("women", "regular", "emergency_tent", needs_women_safe=True)],
        people={"men": (5, 8), "women": (5, 7)},
        lives={("azc", "men"): 5, ("azc", "women"): 5},
        months=2,
        **NO_BAND,
    )
    plan = planned(of, whole=whole)
    solved = Solved.of(plan.problem, plan.solution)

    found = rise_of_all(solved, TaskControl())

    assert found is not None
    assert (10.0, 15.0) == (found.start, found.most)
    before = with_people(of, {(name, AUG): 5.0 for name in ("men", "women")})
    expected = [each.value for each in planned(before, whole=whole).solution.levels]
    assert expected[: len(found.after)] == pytest.approx(found.after, rel=1e-6, abs=1e-6)
    assert list(found.before) != pytest.approx(found.after)
    told = rise_line(solved, found).sentence
    assert "from 10 to 15 persons, less would be short" in told.text(Language.EN)
    assert "van 10 naar 15 personen, kwam minder tekort" in told.text(Language.NL)


def test_where_no_more_people_come_nothing_is_told_of_a_rise() -> None:
    plan = planned(risen((5, 3), (5, 7), beds=9))
    assert rise_of_all(Solved.of(plan.problem, plan.solution), TaskControl()) is None


def test_a_rise_that_makes_nothing_short_is_told_so() -> None:
    plan = planned(risen((5, 6), (5, 6), beds=40))
    solved = Solved.of(plan.problem, plan.solution)
    found = rise_of_all(solved, TaskControl())
    assert found is not None
    assert "is the cause of no shortfall" in rise_line(solved, found).sentence.text(Language.EN)
