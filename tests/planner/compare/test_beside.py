"""Plans beside one another: people without a place first, and no gain beside more of them."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from planner.compare.beside import beside
from planner.compare.beside_values import FigureVerdict, MainBeside, PlanBeside
from planner.compare.comparison import compare
from planner.compare.verbs import PlanOfBook
from planner.core.texts import Language
from tests.compared import NAMES
from tests.other_tables import with_tables

Plans = Mapping[str, PlanOfBook]


def cheaper(base: PlanOfBook, people: float, months: int) -> PlanOfBook:
    """Return a plan that costs a million less, with people without a place in its last months."""
    short = base.tables["shortfalls"]
    row = {"rule": "everyone_placed", "group": "single_men", "amount": people, "unit": "persons"}
    more = [{**short.iloc[0].to_dict(), **row, "month": month} for month in base.months[-months:]]
    rows = pd.DataFrame(more).reindex(columns=short.columns)
    levels = base.tables["levels"].copy()
    levels.loc[levels["name"] == "unplaced", "value"] += people * months
    levels.loc[levels["name"] == "cost", "value"] -= 1_000_000.0
    levels.loc[levels["name"] == "emergency", "value"] -= 400.0
    levels.loc[levels["name"] == "moves", "value"] += 0.4
    tables = {**base.tables, "shortfalls": pd.concat([short, rows]), "levels": levels}
    return with_tables(base, tables, name="zuinig")


def other(base: PlanOfBook, plan: PlanOfBook) -> PlanBeside:
    return beside(compare([base, plan])).plans[1]


def people(plan: PlanBeside) -> MainBeside:
    return next(each for each in plan.figures if each.key == "without_place")


def test_a_cheaper_plan_with_more_people_without_a_place_is_worse(made: Plans) -> None:
    base = made[NAMES[0]]
    plan = other(base, cheaper(base, 30.0, 2))
    assert "without_place" == plan.figures[0].key
    assert FigureVerdict.WORSE is people(plan).verdict
    assert (30.0, 60.0) == (people(plan).most, people(plan).total)
    assert plan.first is not None
    told = plan.first.text(Language.NL)
    assert told.startswith("Slechter dan de basis: meer mensen zonder plaats")
    assert "30 tegen 0" in told
    assert "60 persoonsmaanden" in told
    worth = {each.name: each.verdict for each in plan.levels}
    assert FigureVerdict.WORSE is worth["unplaced"]
    assert FigureVerdict.NO_GAIN is worth["cost"]
    assert FigureVerdict.NO_GAIN is worth["emergency"]
    assert FigureVerdict.BETTER not in worth.values()


def test_the_other_way_round_it_is_better_though_it_costs_more(made: Plans) -> None:
    base = made[NAMES[0]]
    plan = other(cheaper(base, 30.0, 2), base)
    assert plan.first is not None
    assert plan.first.text(Language.EN).startswith("Better than the base: fewer people")
    worth = {each.name: each.verdict for each in plan.levels}
    assert (FigureVerdict.BETTER, FigureVerdict.WORSE) == (worth["unplaced"], worth["cost"])


def test_less_than_half_a_person_is_left_out_and_counted(made: Plans) -> None:
    base = made[NAMES[0]]
    found = beside(compare([base, cheaper(base, 30.0, 2)]))
    names = [each.name for each in found.plans[1].levels]
    # Moves differ by 0.4: left out, as is every level that does not differ at all.
    assert ["unplaced", "emergency", "cost"] == names
    assert len(base.tables["levels"]) - 3 == found.left_out


def test_people_without_a_place_stand_there_also_where_only_the_cost_differs(
    made: Plans,
) -> None:
    base = made[NAMES[0]]
    levels = base.tables["levels"].copy()
    levels.loc[levels["name"] == "cost", "value"] -= 500.0
    plan = other(base, with_tables(base, {**base.tables, "levels": levels}, name="goedkoper"))
    assert ["unplaced", "cost"] == [each.name for each in plan.levels]
    assert FigureVerdict.EQUAL is plan.levels[0].verdict
    assert FigureVerdict.BETTER is plan.levels[1].verdict
    assert {FigureVerdict.EQUAL} == {each.verdict for each in plan.figures}


def test_the_cost_comes_last_and_others_by_size(made: Plans) -> None:
    for plan in beside(compare(tuple(made.values()))).plans[1:]:
        assert "unplaced" == plan.levels[0].name
        names = [each.name for each in plan.levels]
        assert "cost" not in names or "cost" == names[-1]


def test_plans_of_other_months_are_not_judged(made: Plans) -> None:
    base = made[NAMES[0]]
    tables = {
        key: frame[frame["month"] != base.months[-1]] if "month" in frame else frame
        for key, frame in base.tables.items()
    }
    plan = other(base, with_tables(base, tables, name="korter"))
    assert () == plan.levels
    assert {FigureVerdict.OTHER} == {each.verdict for each in plan.figures}
    assert all(each.total is None for each in plan.figures)
    assert plan.first is not None
    assert "maanden" in plan.first.text(Language.NL)


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_beside_itself_is_equal(made: Plans, name: str) -> None:
    plan = other(made[name], replace(made[name], name="zelfde"))
    assert {FigureVerdict.EQUAL} == {each.verdict for each in plan.figures}
    assert ["unplaced"] == [each.name for each in plan.levels]
