"""How many people there are: the forecast where there is one, else as many as on the count day."""

from dataclasses import replace

from planner import api
from planner.core.texts import Language, Text, message
from planner.explain.changes import with_location, with_parameter
from planner.model.build import build, build_again
from planner.model.demand import (
    demand,
    demand_notes,
    demand_of,
)
from tests.rules.cases import AUG, COUNT_DAY, JUL, case, group
from tests.small_plan import small_book

BOTH = replace(
    case(
        groups=[group("men"), group("women")],
        lives={("azc", "men"): 4, ("azc", "women"): 3, ("col", "women"): 2},
        months=2,
    ),
    forecast={("men", JUL): 6.5, ("men", AUG): 0.0},
)


def test_the_forecast_goes_before_the_count_also_where_it_says_nobody() -> None:
    people = demand(BOTH)
    assert 6.5 == people["men", JUL]
    assert 0 == people["men", AUG]


def test_without_a_forecast_a_group_stays_as_large_as_on_the_count_day() -> None:
    people = demand(BOTH)
    assert 3 + 2 == people["women", JUL] == people["women", AUG]


def test_the_plan_says_which_groups_are_held_at_the_count() -> None:
    women = Text("women", "women")  # the case's own id: only supplied groups have titles
    held = message("plan.demand_partly_held", groups=(women,), date=COUNT_DAY)
    assert [held] == list(demand_notes(BOTH))


def test_a_supplied_group_that_is_held_is_called_by_its_title() -> None:
    of = case(
        groups=[group("men"), group("single_women")], lives={("azc", "single_women"): 3}, months=2
    )
    (note,) = demand_notes(replace(of, forecast={("men", JUL): 6.5, ("men", AUG): 0.0}))
    assert "alleenstaande vrouwen" in note.both.in_(Language.NL)
    assert "single_women" not in note.both.in_(Language.EN)


def test_the_plan_says_so_where_there_is_no_forecast_at_all() -> None:
    held = message("plan.demand_held", date=COUNT_DAY)
    assert [held] == list(demand_notes(replace(BOTH, forecast={})))


def test_the_plan_says_nothing_where_the_forecast_is_complete() -> None:
    assert [] == list(demand_notes(case()))


def test_a_changed_case_gives_the_same_first_levels_with_the_people_taken_over() -> None:
    """Ten beds more leave the people as they are; more transfers change them."""
    of = api.usable(small_book())
    before = build(of)
    place = next(iter(of.locations))
    larger = with_location(of, place, beds=of.locations[place].beds + 10)
    sooner = with_parameter(of, "dublin_transferred_share", 0.5)
    for changed in (larger, sooner):
        again, anew = build_again(changed, before, whole=False, levels=2), build(changed)
        assert again.choose.demand == anew.choose.demand
        assert [e.content for e in again.levels] == [e.content for e in anew.levels[:2]]
    assert before.choose.demand != build(sooner).choose.demand


def test_the_demand_is_kept_where_all_that_it_was_made_of_is_equal() -> None:
    of = api.usable(small_book())
    kept = demand_of(of)

    # Read again, nothing is the same object: only what it says tells.
    again = api.usable(small_book())
    place = next(iter(of.locations))
    assert kept.of(with_location(again, place, beds=of.locations[place].beds + 10)) is kept
    assert kept.of(with_parameter(again, "occupancy_norm", 0.9)) is kept

    sooner = with_parameter(again, "dublin_transferred_share", 0.5)
    assert kept.of(sooner) == demand_of(sooner) != kept
    fewer = replace(again, occupancy=dict.fromkeys(of.occupancy, 0))
    assert kept.of(fewer) == demand_of(fewer) != kept
