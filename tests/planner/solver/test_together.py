"""The last few people of an emergency building live with others, where hardly anything is lost."""

from __future__ import annotations

from typing import Any

import pytest

from planner.input.case import Case
from planner.input.kinds import Status
from planner.result.checks import checks_beside
from planner.solver.highs import Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.rounding import kept_whole
from planner.solver.together import with_nobody_where_told
from planner.verify import ClaimedPlan, verify
from tests.rules.cases import AUG, JUL, SEP, case, group, location, until
from tests.rules.planned import Planned, planned

# Half of the men leave each month by themselves. Women stay, so that there is something to move.
MEN = group("men", "regular", "emergency_fixed", stay_months=2.0)
WOMEN = group("women", "regular")
PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


def ebbing(women: int = 10_000, **changed: float) -> Case:
    """Return 16 and 60 men in two halls, of whom half leave every month, and many women who move.

    Nothing is regular but where the women live: their first place closes after July.
    """
    return case(
        location("few", "emergency_fixed", beds=100),
        location("more", "emergency_fixed", beds=100),
        location("old", beds=women, open_until=until(JUL)),
        location("young", beds=women, open_from=AUG),
        location("new", "amv", status=Status.CANDIDATE),
        groups=[MEN, WOMEN],
        people={"men": (76, 38, 19), "women": women},
        lives={("few", "men"): 16 * 2, ("more", "men"): 60 * 2, ("old", "women"): women},
        months=3,
        **{**PLAIN, **changed},
    )


def in_hall(plan: Planned, hall: str) -> list[float]:
    return [plan.people(location=hall, month=month) for month in (JUL, AUG, SEP)]


def few_told(plan: Planned) -> list[float]:
    checks = checks_beside(plan.problem, plan.tables)
    return [float(each) for each in checks[checks["check"] == "emergency_few"]["value"]]


def test_the_last_few_of_a_hall_live_in_another_that_has_room() -> None:
    apart = planned(ebbing(emergency_fewest_people=0.0), whole=True)
    together = planned(ebbing(), whole=True)
    # Of 16 in July 8 are left in August, fewer than ten: they move, 8 where 10,000 do, which is
    # less than a fifth of a hundredth. Nothing before that level is worse.
    assert [16, 8, 4] == in_hall(apart, "few")
    assert [16, 0, 0] == in_hall(together, "few")
    assert [60, 38, 19] == in_hall(together, "more")
    assert (0, 8) == (apart.moved(group="men"), together.moved(group="men"))
    assert apart.levels["emergency"] == together.levels["emergency"]
    assert not together.breaches()


def test_a_plan_with_its_last_few_together_is_found_again_from_what_it_tells() -> None:
    plan = planned(ebbing(), whole=True)
    told = plan.solution.values
    kept = kept_whole(linear_model(plan.problem), told)
    free = solve_levels(kept).solution
    assert free is not None
    found = with_nobody_where_told(kept, free, told, Terms())
    assert found is not None
    # Of the plan without it eight fewer move; with nobody in the hall that is empty all is as told.
    moves = [
        {each.name: each.value for each in of.levels}["moves"]
        for of in (free, found, plan.solution)
    ]
    assert [10_000, 10_008, 10_008] == pytest.approx(moves)
    values = [each.value for each in plan.solution.levels]
    assert values == pytest.approx([each.value for each in found.levels])


def test_few_stay_where_moving_them_would_be_many_moves_more() -> None:
    plan = planned(ebbing(women=1_000), whole=True)
    # Eight moves beside a thousand are eight in a thousand: more than may be lost.
    assert [16, 8, 4] == in_hall(plan, "few")
    assert [0, 1, 1] == few_told(plan)


@pytest.mark.parametrize(("fewest", "told"), [(0.0, [0, 0, 0]), (9.0, [0, 1, 1]), (5.0, [0, 0, 1])])
def test_a_check_counts_halls_with_fewer_than_the_planner_asks_for(
    fewest: float, told: list[float]
) -> None:
    of = ebbing(women=1_000, emergency_fewest_people=fewest)
    plan = planned(of, whole=True)
    assert told == few_told(plan)
    levels = {each.name: each.value for each in plan.solution.levels}
    checks = checks_beside(plan.problem, plan.tables)
    tables = {**plan.tables, "checks": checks}
    assert not verify(of, ClaimedPlan("middle", levels, tables, whole=True))
    changed = checks.assign(value=checks["value"].where(checks["check"] != "emergency_few", 3.0))
    found = verify(of, ClaimedPlan("middle", levels, {**tables, "checks": changed}, whole=True))
    assert {"answer_figure"} == {each.check for each in found}


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("emergency_fixed", {"beds": 42}, 1),
        ("emergency_fixed", {"beds": 41}, 0),
        ("emergency_fixed", {"women_safe": False}, 0),
        ("emergency_tent", {}, 0),
        ("crisis", {}, 0),
    ],
)
def test_a_hall_with_few_is_told_of_only_where_others_may_take_them(
    kind: str, more: dict[str, Any], told: int
) -> None:
    """Four women live in a hall and 38 men in another: there is room for all from 42 beds on.

    A woman's place is no less safe elsewhere; a tent counts for more, and a crisis place is barred.
    """
    women = group("women", "emergency_fixed emergency_tent", women_share=1.0)
    of = case(
        location("few", "emergency_fixed", beds=100, women_safe=True),
        location("more", kind, **{"beds": 100, "women_safe": True, **more}),
        groups=[women, group("men", kind)],
        people={"women": 4, "men": 38},
        lives={("few", "women"): 4, ("more", "men"): 38},
        **PLAIN,
    )
    plan = planned(of)
    assert (4, 38) == (plan.people(location="few"), plan.people(location="more"))
    assert [told] == few_told(plan)
    tables = {**plan.tables, "checks": checks_beside(plan.problem, plan.tables)}
    levels = {each.name: each.value for each in plan.solution.levels}
    assert not verify(of, ClaimedPlan("middle", levels, tables))


def test_few_who_have_nowhere_else_are_not_told_of_and_keep_their_place() -> None:
    alone = case(
        location("few", "emergency_fixed", beds=100),
        location("new", "amv", status=Status.CANDIDATE),
        groups=[group("men", "accelerated", "emergency_fixed")],
        people={"men": 3},
        **PLAIN,
    )
    plan = planned(alone, whole=True)
    assert (3, 0) == (plan.people(location="few"), plan.levels["unplaced"])
    assert [0] == few_told(plan)
