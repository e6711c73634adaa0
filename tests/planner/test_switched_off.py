"""A plan with rules switched off: made without them, verified without them, and told so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.book import Book
from planner.input.edits import AddRow, apply, next_row
from planner.input.switches import rule_names, switch_of, switchable
from planner.result.plan import Plan
from planner.verify import ClaimedPlan, verify
from tests.shorter import shorter

MONTHS = 3


def plan(book: Book, scenario: str | None = None) -> Plan:
    """Plan a book without solving again for reasons, which are not looked at here."""
    return api.plan(book, scenario, options=api.PlanOptions(trials=0))


def with_parameter(book: Book, name: str, value: float) -> Book:
    row = AddRow("parameters", next_row(book, "parameters"), {"parameter": name, "value": value})
    return apply(book, [row])[0]


@pytest.fixture(scope="module")
def demo() -> Book:
    return shorter(api.open_demo("small"), MONTHS)


@pytest.fixture(scope="module")
def all_on(demo: Book) -> Plan:
    return plan(demo)


def levels(plan: Plan) -> dict[str, float]:
    return {each.name: each.value for each in plan.levels}


@pytest.mark.parametrize("rule", [name for name in rule_names() if switchable(name)])
def test_a_plan_without_a_rule_holds_and_has_no_shortfall_of_it(
    demo: Book, all_on: Plan, rule: str
) -> None:
    without = plan(with_parameter(demo, switch_of(rule), 0))

    assert api.Ending.OPTIMAL is without.ending
    assert rule not in set(without.tables["shortfalls"]["rule"])
    first = without.notes[0]
    assert "plan.rules_off" == first.key
    for language in Language:
        assert f"({rule})" in first.text(language)
    assert all_on.fingerprint != without.fingerprint


@pytest.mark.parametrize(
    ("rule", "level"),
    [("school_seats", "protected"), ("dol_band_low", "dublin"), ("province_task", "provinces")],
)
def test_a_level_gains_what_its_rule_no_longer_asks(
    demo: Book, all_on: Plan, rule: str, level: str
) -> None:
    without = plan(with_parameter(demo, switch_of(rule), 0))

    assert levels(without)[level] < levels(all_on)[level]


def test_the_worst_province_goes_with_the_task_of_provinces(demo: Book, all_on: Plan) -> None:
    without = plan(with_parameter(demo, "rule_province_task", 0))

    assert levels(all_on)["provinces_worst"] > 0
    assert levels(without)["provinces_worst"] == 0


def test_the_verifier_refuses_a_plan_that_was_made_without_a_rule_that_counts(demo: Book) -> None:
    without = plan(with_parameter(demo, "rule_school_seats", 0))
    claimed = ClaimedPlan(without.scenario, levels(without), without.tables)

    found = verify(api.usable(demo), claimed)

    assert "shortfall" in {each.check for each in found}


def test_the_verifier_refuses_a_shortfall_of_a_rule_that_is_off(demo: Book) -> None:
    book = with_parameter(demo, "rule_moves", 0)
    made = plan(book)
    moved = pd.DataFrame(
        [(*made.tables["placement"].iloc[0][["location", "group", "month"]], 3.0)],
        columns=["location", "group", "month", "people"],
    )
    claimed = ClaimedPlan(made.scenario, levels(made), {**made.tables, "moves": moved})

    assert not verify(api.usable(book), ClaimedPlan(made.scenario, levels(made), made.tables))
    assert "moves" in {each.check for each in verify(api.usable(book), claimed)}


def test_a_written_plan_of_a_scenario_without_a_rule_holds(demo: Book, tmp_path: Path) -> None:
    cells: dict[str, Any] = {
        "scenario": "zonder norm",
        "table": "parameters",
        "key": "rule_occupancy_norm",
        "column": "value",
        "value": 0,
    }
    book = apply(demo, [AddRow("scenarios", next_row(demo, "scenarios"), cells)])[0]
    file = tmp_path / "plan.xlsx"

    made = plan(book, "zonder norm")
    api.save_plan(file, book, made, Language.NL)
    verdict = api.verify(file)

    assert "occupancy_norm" not in set(made.tables["shortfalls"]["rule"])
    assert ("zonder norm", ()) == (verdict.scenario, verdict.breaches)
    summary = next(each for each in read_workbook(file).sheets if each.name == "Samenvatting")
    assert any("(occupancy_norm)" in str(value) for value in summary.cells.values())
