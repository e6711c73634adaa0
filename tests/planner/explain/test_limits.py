"""What a unit more of a limit is worth, against solving the case with that unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.core.texts import Language
from planner.explain.beds import BedPrices
from planner.explain.confirming import Confirmed, confirm
from planner.explain.figures import limits
from planner.explain.limits import Binding, binding_limits, use, users
from planner.explain.month_worth import month_worths
from planner.explain.prices import Worth
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.explain.warm_worths import Resumed
from planner.explain.wording.lines import limit_line, others_line
from planner.input.case import Case
from planner.input.settings import Ceiling
from tests.rules.cases import AUG, case, group, location, until
from tests.rules.planned import planned
from tests.rules.random_cases import random_case
from tests.tables import about, record

TRIALS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
CASES = st.randoms(use_true_random=False).map(random_case)


def solved_of(of: Case) -> Solved:
    plan = planned(of)
    return Solved.of(plan.problem, plan.solution)


def values(of: Case) -> list[float]:
    return [each.value for each in planned(of).solution.levels]


def near(expected: float, actual: float) -> bool:
    return abs(expected - actual) <= 1e-5 * max(1.0, abs(expected))


def bounded_by_prices(solved: Solved, each: Binding) -> bool:
    """Whether only limits move with the figure, as they do where no decision hangs on it."""
    choose = solved.problem.choose
    hanging = {*choose.extend, *choose.open, *(location for location, _ in choose.closed)}
    shared = any(solved.value(share) > 0 for share in choose.worst_share.values())
    return not (
        # Then a price is a slope and no bound.
        each.limit.bends
        or each.limit.subject in hanging
        or (each.limit.sort == "task" and choose.worst_province)
        or (each.limit.sort == "demand" and shared)
    )


@TRIALS
@given(CASES)
def test_a_unit_more_saves_at_most_the_price_and_changes_no_earlier_level(of: Case) -> None:
    solved = solved_of(of)
    before = [each.value for each in solved.solution.levels]
    for each in binding_limits(solved)[:6]:
        if not bounded_by_prices(solved, each):
            continue
        after = values(each.limit.looser(of, 1.0))
        level = each.worth.level
        changed = [at for at in range(level) if not near(before[at], after[at])]
        if changed:
            assert "demand" == each.limit.sort
            assert after[changed[0]] > before[changed[0]]
            continue
        slack = 1e-5 * max(1.0, abs(before[level]))
        assert before[level] + each.worth.change - slack <= after[level]
        assert after[level] <= before[level] + slack or each.limit.sort == "demand"


@TRIALS
@given(CASES)
def test_a_confirmed_worth_holds_for_one_unit_and_over_its_range(of: Case) -> None:
    solved = solved_of(of)
    before = [each.value for each in solved.solution.levels]
    for each in binding_limits(solved)[:4]:
        confirmed = confirm(Trials(solved), each.limit, each.worth.level, farthest=8.0)
        assert confirmed is not None
        if confirmed.worth is None:
            continue
        for by in {1.0, confirmed.up_to}:
            after = values(each.limit.looser(of, by))
            level = confirmed.worth.level
            assert near(before[level] + by * confirmed.worth.change, after[level])


def crowded() -> Solved:
    """Return thirty people on twenty beds, ten of which are under contract for two months only."""
    return solved_of(
        case(
            location("stays", beds=10),
            location("ends", beds=10, open_until=until(AUG)),
            groups=[group("men"), group("women")],
            people={"men": 20, "women": 10},
            months=3,
            occupancy_norm=1.0,
            dol_band_low=0.0,
        )
    )


def test_a_bed_more_at_a_full_location_places_somebody_in_every_month_it_is_there() -> None:
    beds = {e.limit.subject: e for e in binding_limits(crowded()) if e.limit.sort == "beds"}
    assert (0, -3.0) == (beds["stays"].worth.level, about(beds["stays"].worth.change))
    assert (0, -2.0) == (beds["ends"].worth.level, about(beds["ends"].worth.change))
    assert (10.0, 10.0) == (beds["stays"].used, beds["stays"].size)


def narrow(*agreed: int, beds: int = 30, **more: Any) -> Solved:
    """Return forty men for two months: a centre with ceilings, and a tent for the others."""
    ceilings = tuple(
        record(Ceiling, name=name, locations=("azc",), people=people)
        for name, people in zip("ABC", agreed, strict=False)
    )
    return solved_of(
        case(
            location("azc", beds=beds, **more),
            location("tent", "emergency_tent", beds=30),
            groups=[group("men", "regular", "emergency_tent")],
            people={"men": 40},
            months=2,
            ceilings=ceilings,
            occupancy_norm=1.0,
            dol_band_low=0.0,
        )
    )


def told_of(solved: Solved) -> dict[tuple[str, str], tuple[Confirmed, str]]:
    """Return what is told of each limit that matters, but for the people, solved again."""
    found = {}
    for each in binding_limits(solved):
        confirmed = Resumed(solved, 99).confirm(each)
        if each.limit.sort != "demand" and confirmed is not None:
            words = limit_line(solved, each, confirmed).sentence.text(Language.EN)
            found[each.limit.sort, each.limit.subject] = (confirmed, words)
    return found


def test_a_ceiling_given_twice_hides_no_price_and_neither_is_said_to_be_worth_it_alone() -> None:
    """Twenty men stay in the tent in each month at 2.02: two ceilings of 20, and beds for 30."""
    solved = narrow(20, 20)
    level = solved.level_place("emergency")
    (one,) = (value for key, value in told_of(narrow(20)).items() if key == ("ceiling", "A"))
    assert one[0].worth is not None
    assert (level, -4.04) == (one[0].worth.level, about(one[0].worth.change))

    found = told_of(solved)

    assert {("ceiling", "A"), ("ceiling", "B")} >= set(found)
    for (_, name), (confirmed, words) in found.items():
        other = "B" if name == "A" else "A"
        assert confirmed.worth is None
        assert confirmed.together is not None
        assert [other] == [each.subject for each in confirmed.together.others]
        assert -4.04 == about(confirmed.together.worth.change)
        assert f"alone saves nothing (solved again). As tight is: Ceiling “{other}”." in words
        assert "One more of each saves 4.04 weighted person-months together" in words
    by_hand = {
        agreed: values(narrow(*agreed).case)[level] for agreed in ((20, 20), (21, 20), (21, 21))
    }
    assert near(by_hand[20, 20], by_hand[21, 20])
    assert near(by_hand[20, 20] - 4.04, by_hand[21, 21])


@pytest.mark.parametrize(
    ("solved", "others"),
    [
        (lambda: narrow(20, max_people=20), 1),
        (lambda: narrow(30), 1),
        (lambda: narrow(30, 30), 2),
        (lambda: narrow(20, beds=20, max_people=20), 2),
    ],
    ids=["ceiling and maximum", "ceiling and beds", "two ceilings and beds", "three sorts"],
)
def test_limits_of_other_sorts_that_are_as_tight_are_told_together(
    solved: Callable[[], Solved], others: int
) -> None:
    found = told_of(solved())

    assert found
    for confirmed, _ in found.values():
        assert confirmed.worth is None
        assert confirmed.together is not None
        assert others == len(confirmed.together.others)
        assert -4.04 == about(confirmed.together.worth.change)


def test_a_range_ends_at_the_ceiling_that_is_one_wider() -> None:
    """From 20 to 21 another man has a place in each month; the next ceiling then holds."""
    solved = narrow(20, 21)
    (confirmed, words) = told_of(solved)["ceiling", "A"]

    assert (1.0, -4.04) == (
        confirmed.up_to,
        about(confirmed.worth.change if confirmed.worth else 0),
    )
    assert "at least 1 more" in words
    level = solved.level_place("emergency")
    inside, outside = (values(narrow(people, 21).case)[level] for people in (21, 22))
    assert near(values(solved.case)[level] - 4.04, inside)
    assert near(inside, outside)


def test_what_changes_nothing_at_its_level_is_followed_to_the_first_that_it_changes() -> None:
    """Forty of sixty men have a bed: at most 20 at `a`, 20 beds at `b`, and 40 for both together.

    A man more at `a` is one fewer at `b`, for the ceiling stays: nobody leaves the tent, and a
    place of 100 euro becomes one of 50 in both months. With the ceiling at 41 one leaves it.
    """
    agreed = record(Ceiling, name="both", locations=("a", "b"), people=40)
    solved = solved_of(
        case(
            location("a", beds=30, max_people=20, cost_per_bed_month=50.0),
            location("b", beds=20, cost_per_bed_month=100.0),
            location("c", "emergency_tent", beds=60),
            groups=[group("men", "regular", "emergency_tent")],
            people={"men": 60},
            months=2,
            ceilings=(agreed,),
            occupancy_norm=1.0,
            dol_band_low=0.0,
        )
    )
    level = solved.level_place("emergency")
    limit = next(each for each in binding_limits(solved) if each.limit.sort == "max_people")
    assert level == limit.worth.level

    (confirmed, words) = told_of(solved)["max_people", "a"]

    assert confirmed.worth is not None
    assert ("cost", -100.0) == (
        solved.level(confirmed.worth.level).level.value,
        about(confirmed.worth.change),
    )
    assert confirmed.together is not None
    assert ["both"] == [each.subject for each in confirmed.together.others]
    assert -4.04 == about(confirmed.together.worth.change)
    assert "One more of each saves 4.04 weighted person-months together" in words
    before, after = values(solved.case), values(limit.limit.looser(solved.case, 1.0))
    changed = [at for at, pair in enumerate(zip(before, after, strict=True)) if not near(*pair)]
    assert confirmed.worth.level == changed[0]
    assert near(before[changed[0]] - 100.0, after[changed[0]])


def test_the_range_ends_where_everybody_is_placed() -> None:
    solved = crowded()
    stays = next(e for e in binding_limits(solved) if e.limit.subject == "stays")
    confirmed = confirm(Trials(solved), stays.limit, 0, farthest=64.0)
    assert confirmed is not None
    assert confirmed.worth is not None
    assert -3.0 == about(confirmed.worth.change)
    assert 8.0 == confirmed.up_to


def test_a_full_location_tells_who_is_there() -> None:
    solved = crowded()
    stays = next(e for e in binding_limits(solved) if e.limit.subject == "stays")
    using = users(solved, stays.limit, stays.at)
    assert 10.0 == pytest.approx(sum(amount for _, amount in using))
    assert {"men", "women"} >= {name for name, _ in using}
    assert using == sorted(using, key=lambda each: -each[1])


def test_what_is_not_full_has_no_worth() -> None:
    roomy = case(location(beds=50), groups=[group("men")], occupancy_norm=1.0, dol_band_low=0.0)
    assert [] == [e for e in binding_limits(solved_of(roomy)) if e.limit.sort == "beds"]


def test_use_never_differs_from_size_by_other_than_the_room() -> None:
    for seed in range(10):
        solved = solved_of(random_case(Random(seed)))  # noqa: S311 - no secret
        for each in binding_limits(solved):
            used, size = use(solved, each.limit, each.at)
            if each.limit.sort not in {"dol_part", "task", "reserve", "dol_band_low"}:
                assert near(solved.room(each.at), size - used)


def test_a_month_more_of_a_contract_is_worth_its_beds_at_most() -> None:
    solved = crowded()
    found = {e.location.id: e for e in month_worths(solved, BedPrices(solved))}
    assert {"ends"} == set(found)
    assert ("contract_month", -10.0) == (
        found["ends"].sort,
        about(found["ends"].worth.change),
    )


def test_a_person_fewer_than_live_there_is_said_to_give_a_move() -> None:
    stays = solved_of(
        case(location(beds=10), groups=[group("men")], people={"men": 4}, lives={("azc", "men"): 4})
    )
    limit = next(each for each in limits(stays) if each.sort == "demand")
    fewer = Binding(limit, limit.rows[0], used=4.0, size=4.0, worth=Worth(9, -100.0), months=1)
    confirmed = confirm(Trials(stays), fewer.limit, fewer.worth.level)
    assert confirmed is not None
    assert confirmed.worth is not None
    assert ("moves", 1.0) == (
        stays.level(confirmed.worth.level).level.value,
        about(confirmed.worth.change),
    )
    solved, priced = (
        limit_line(stays, fewer, each).sentence.text(Language.NL) for each in (confirmed, None)
    )
    assert "geeft 1 gewogen verhuizing méér (verhuizingen)" in solved
    assert "kan op een eerder niveau iets slechter maken" in priced


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((-3.0,), "nog één andere grens op dit niveau (zonder plaats); één eenheid meer"),
        ((-3.0, -3.001), "bij elk ten hoogste 3 persoonsmaanden"),
        ((-3.0, -2.0), "ten hoogste 2 tot 3 persoonsmaanden"),
    ],
)
def test_what_further_limits_are_worth_is_told_in_one_line(
    changes: tuple[float, ...], said: str
) -> None:
    solved = crowded()
    first = next(e for e in binding_limits(solved) if e.limit.sort == "beds")
    others = [replace(first, worth=Worth(0, change)) for change in changes]
    assert said in others_line(solved, others).sentence.text(Language.NL)
