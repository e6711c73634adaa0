"""What a director reads first of a plan: which laws fall short by how much, and the cost."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planner.core.texts import Language, Text
from planner.input.kinds import PlaceKind
from planner.sheets.answer import in_short

JUL, AUG = dt.date(2026, 7, 1), dt.date(2026, 8, 1)


def tables(cost: float) -> dict[str, pd.DataFrame]:
    """Return the tables of a plan in which two pupils and eight lack a seat at two locations."""
    people = {"month": [JUL, AUG], "kind": "regular", "people": [100.0, 120.0]}
    place = {"group": "families", "location": "L1"}
    empty = pd.DataFrame({"month": [], "location": [], "prepared": []})
    return {
        "runoff": pd.DataFrame({"month": [JUL, AUG], "shortage": 0.0}),
        "demand": pd.DataFrame({**people, **place}),
        "placement": pd.DataFrame({**people, **place}),
        "levels": pd.DataFrame({"name": ["cost"], "value": [cost]}),
        "dol": empty,
        "places": empty,
        "shortfalls": pd.DataFrame(
            {
                "rule": "school_seats_together",
                "rule_title": [Text("Schoolplaatsen", "School seats")] * 3,
                "standing": "law",
                "unit": "seats",
                "location": ["L1", "L1", "L2"],
                "group": None,
                "month": [JUL, AUG, AUG],
                "amount": [2.0, 3.0, 5.0],
            }
        ),
    }


def test_each_law_is_told_with_its_worst_month() -> None:
    # 2 in July; 3 + 5 = 8 in August.
    told = [each.text(Language.NL) for each in in_short(tables(1.0))]
    assert any("1 wettelijke regel" in each for each in told)
    assert any("Schoolplaatsen (8 schoolplaatsen in aug 2026)." in each for each in told)


def test_the_most_in_emergency_reception_is_told_once() -> None:
    told = tables(1.0)
    told["placement"] = told["placement"].assign(kind=PlaceKind.CRISIS.value)
    for people, sentence in (
        ([120.0, 100.0], "in jul 2026 120 mensen, het meest van alle maanden, en in aug 2026 100."),
        ([100.0, 120.0], "in jul 2026 100 mensen en in aug 2026 120, het meest van alle maanden."),
    ):
        told["placement"]["people"] = people
        assert any(each.text(Language.NL).endswith(sentence) for each in in_short(told))


def test_a_cost_is_told_in_millions_from_a_million_on() -> None:
    said = {
        cost: in_short(tables(cost))[-1]
        .text(Language.EN)
        .split(" in the plan is ")[1]
        .split(" in ")[0]
        for cost in (440_800.4, 7_376_448.0, 5_703_963_675.0)
    }
    assert ["440,800 euros", "7.4 million euros", "5,704 million euros"] == list(said.values())
