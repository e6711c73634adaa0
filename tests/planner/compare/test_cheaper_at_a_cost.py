"""What is lower is never told as a gain while more people have no place for it."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from planner.compare.comparison import compare
from planner.compare.verbs import PlanOfBook
from planner.compare.words import SENTENCE, sentences
from planner.core.texts import Language
from planner.files.compare_charts import STEPS
from tests.compared import LONG, NAMES

Plans = Mapping[str, PlanOfBook]


def told(base: PlanOfBook, other: PlanOfBook, language: Language = Language.NL) -> list[str]:
    words = sentences(compare([base, other]))[SENTENCE]
    return [each.text(language) for each in words]


def without_places(made: PlanOfBook, people: float, months: int) -> PlanOfBook:
    """Return a plan that costs a million less and leaves people without a place at its end."""
    tables = dict(made.plan.tables)
    short = tables["shortfalls"]
    row = {"rule": "everyone_placed", "group": "single_men", "amount": people, "unit": "persons"}
    more = [{**short.iloc[0].to_dict(), **row, "month": month} for month in made.months[-months:]]
    rows = pd.DataFrame(more).reindex(columns=short.columns)
    tables["shortfalls"] = pd.concat([short, rows], ignore_index=True)
    cost = made.plan.measures["cost"]
    measures = {**made.plan.measures, "cost": replace(cost, value=cost.value - 1_000_000.0)}
    return replace(made, name="zuinig", plan=replace(made.plan, tables=tables, measures=measures))


def test_a_lower_cost_stands_in_one_sentence_with_the_people_who_have_no_place(
    made: Plans,
) -> None:
    base = made[NAMES[0]]
    (sentence,) = [
        each for each in told(base, without_places(base, 30.0, 2)) if "1.000.000" in each
    ]
    assert "meer mensen geen plaats hebben: in de slechtste maand" in sentence
    assert "30 (basis: 0 in de slechtste maand); samen 60 persoonsmaanden meer" in sentence
    english = " ".join(told(base, without_places(base, 30.0, 2), Language.EN))
    assert "1,000,000 euro lower" in english
    assert "while more people have no place: 30 in the worst month" in english


def test_a_lower_cost_that_leaves_nobody_without_a_place_stands_alone(made: Plans) -> None:
    base = made[NAMES[0]]
    (sentence,) = [
        each for each in told(without_places(base, 30.0, 2), base) if "1.000.000" in each
    ]
    assert "hoger" in sentence
    assert "geen plaats" not in sentence


def test_people_in_emergency_are_told_by_month_before_they_are_added_up(made: Plans) -> None:
    words = told(made[NAMES[0]], made[LONG])
    emergency = [each for each in words if "noodopvang" in each and "mensen" in each]
    for each in emergency:
        assert "persoonsmaanden" not in each or "personen" in each.split("persoonsmaanden")[0]


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_sum_over_months_of_shortfalls_has_a_unit_of_months(made: Plans, name: str) -> None:
    themes = compare([made[NAMES[0]], made[name]]).themes
    for key in ("shortfalls_province", "shortfalls_location"):
        assert {True} == {each.nl.endswith("maanden") for each in themes[key].frame["unit"]}


def test_less_is_not_green() -> None:
    red, green, blue = (int(STEPS["less"][at : at + 2], 16) for at in (1, 3, 5))
    assert green < max(red, blue)
