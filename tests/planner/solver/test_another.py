"""Another plan from where a solved one was left at comes to what it does from nothing."""

from dataclasses import replace

import numpy as np
import pytest

from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken
from planner.solver import another as beside
from planner.solver.another import another
from planner.solver.arithmetic import holds, level_value
from planner.solver.face import scale
from planner.solver.highs import Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LevelCost, LinearModel, Solution
from planner.solver.rounding import with_level_rows
from tests.staircases import INF, random_staircase, small_model


def solved(model: LinearModel) -> Solution:
    found = solve_levels(model).solution
    assert found is not None
    return found


def within(model: LinearModel, plan: Solution, by: float) -> LinearModel:
    """Return the model with its first level worse by so much at most."""
    level = model.levels[0]
    if not level.cost.any():
        return model
    framed = with_level_rows(model, [level])
    most = (level_value(level, plan.values) + by + 1e-7) / scale(level.cost)
    return replace(framed, row_upper=np.append(model.row_upper, most))


@pytest.mark.parametrize("seed", range(40))
def test_the_wish_and_the_levels_after_it_come_to_what_they_do_from_nothing(seed: int) -> None:
    model = random_staircase(seed)
    plan = solved(model)
    kept = within(model, plan, 1.0)
    counts = np.random.default_rng(seed).integers(0, 3, len(model.lower))
    wish = LevelCost("wish", "", np.where(np.isfinite(model.lower), counts, 0.0))

    found = another(kept, plan, wish, 1.0, Terms())

    anew = solved(replace(kept, levels=(wish, *kept.levels)))
    assert anew.levels[0].value == pytest.approx(found.bound, abs=1e-6)
    if found.values is None:
        assert level_value(wish, plan.values) == pytest.approx(found.bound, abs=1e-5)
        return
    assert holds(kept, found.values)
    told = [level_value(each, found.values) for each in (wish, *kept.levels)]
    assert [each.value for each in anew.levels] == pytest.approx(told, rel=1e-6, abs=1e-6)


def two_halls() -> LinearModel:
    """Ten people; halls of six at 1 each, or one of twelve at 3: opened whole or not at all."""
    return small_model(
        [(0.0, 1.0), (0.0, 1.0), (0.0, 1.0)],
        [(10.0, {0: 6.0, 1: 6.0, 2: 12.0}, INF)],
        [{0: 1.0, 1: 1.0, 2: 3.0}],
        whole=[0, 1, 2],
    )


def test_one_hall_takes_the_place_of_two_and_a_part_of_one_less_is_none_less() -> None:
    plan = solved(two_halls())
    fewest = LevelCost("wish", "", np.ones(3))

    found = another(two_halls(), plan, fewest, 1.0, Terms())

    # In shares ten twelfths of the large hall would do; whole, one hall is the fewest.
    assert [1.0, 1.0, 0.0] == pytest.approx(plan.values.tolist())
    assert found.values is not None
    assert [0.0, 0.0, 1.0] == pytest.approx(found.values.tolist())
    assert pytest.approx(1.0) == found.bound


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every model for a large one."""
    monkeypatch.setattr(beside, "FEW_COLUMNS", -1)


@pytest.mark.usefixtures("large")
def test_in_a_large_model_what_is_taken_of_a_counted_choice_is_taken_whole() -> None:
    found = another(
        two_halls(), solved(two_halls()), LevelCost("wish", "", np.ones(3)), 1.0, Terms()
    )

    assert found.values is not None
    assert [0.0, 0.0, 1.0] == pytest.approx(found.values.tolist())
    assert pytest.approx(1.0) == found.bound


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(("counting", "few_wished"), [(True, 0.0), (False, 0.0), (False, 1.0)])
def test_a_bound_of_a_large_model_holds_and_a_plan_has_less_within_it(
    monkeypatch: pytest.MonkeyPatch, few_wished: float, *, counting: bool
) -> None:
    """Against the least of the wish from nothing, in twenty models with half of the columns whole.

    The plan keeps what the levels may come to; the bound is never above what can be.
    """
    monkeypatch.setattr(beside, "_FEW_WISHED", few_wished)
    less = 0
    for seed in range(20):
        model = random_staircase(seed, whole_share=0.5)
        plan = solve_levels(model).solution
        if plan is None:
            continue
        kept = within(model, plan, 2.0)
        counts = np.random.default_rng(seed).integers(0, 3, len(model.lower)).astype(float)
        counted = model.whole if counting else ~model.whole
        wish = LevelCost("wish", "", np.where(counted & np.isfinite(model.lower), counts, 0.0))

        found = another(kept, plan, wish, 5.0, Terms())

        least = solved(replace(kept, levels=(wish,))).levels[0].value
        assert found.bound <= least + 1e-6
        if found.values is not None:
            told = level_value(wish, found.values)
            assert holds(kept, found.values)
            assert np.allclose(found.values[model.whole], np.round(found.values[model.whole]))
            assert least - 1e-6 <= told < level_value(wish, plan.values)
            less += 1
    assert less >= 3


def test_a_plan_that_has_the_fewest_already_is_no_other() -> None:
    without = replace(two_halls(), upper=np.array([1.0, 1.0, 0.0]))

    found = another(without, solved(without), LevelCost("wish", "", np.ones(3)), 1.0, Terms())

    # In shares ten sixths would do, which is none less than two.
    assert found.values is None
    assert pytest.approx(2.0) == found.bound


def test_it_is_stopped_when_cancelled() -> None:
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(CancelledError):
        another(
            two_halls(),
            solved(two_halls()),
            LevelCost("wish", "", np.ones(3)),
            1.0,
            Terms(cancel=cancel),
        )
