"""Plans of other months, and of another version of the program, beside one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from planner.compare import verbs
from planner.compare.verbs import PlanOfBook, change_list
from planner.core.texts import Language, say
from planner.report import build
from tests.compared import EMOJI
from tests.other_tables import with_tables

OWN_MONTHS = "compare.note.own_months"


@pytest.fixture(name="half", scope="module")
def plan_of_fewer_months(made: Mapping[str, PlanOfBook]) -> PlanOfBook:
    """The plan of another scenario as if it ended with the year, its totals halved."""
    plan = made[EMOJI]
    until = dt.date(2026, 12, 31)
    tables = {
        key: frame[[each is not None and each <= until for each in frame["month"]]]
        if "month" in frame
        else frame
        for key, frame in plan.tables.items()
    }
    for key in ("levels", "measures"):
        tables[key] = tables[key].assign(value=tables[key]["value"] / 2)
    return with_tables(plan, tables, name="half")


def _told(base: PlanOfBook, other: PlanOfBook) -> list[str]:
    told = verbs.sentences(verbs.compare([base, other]))["sentence"]
    return [each.text(Language.EN) for each in told]


def test_totals_of_other_months_judge_no_plan(
    made: Mapping[str, PlanOfBook], half: PlanOfBook
) -> None:
    for base, other in ((made["middle"], half), (half, made["middle"])):
        told = _told(base, other)
        assert f"The plan covers {len(other.months)} months" in told[0]
        assert say(OWN_MONTHS, Language.EN) == told[1]
        assert not any("at the first level that differs" in each for each in told)
        assert not any(each.startswith("Costs") or "cost is" in each for each in told)


def test_the_largest_use_of_dol_is_of_months_that_both_have(
    made: Mapping[str, PlanOfBook], half: PlanOfBook
) -> None:
    comparison = verbs.compare([made["middle"], half])
    dol = comparison.themes["dol"].frame
    used = dol[(dol["series"] == "dol.people") & dol["plan_1"].notna()]
    told = " ".join(_told(made["middle"], half))
    assert len(half.months) == len(used)
    was, becomes = (round(used[f"plan_{at}"].max()) for at in (0, 1))
    assert (f"{becomes} people" in told) == (was != becomes)


def test_totals_of_other_months_are_marked_on_their_sheets_alone(
    made: Mapping[str, PlanOfBook], half: PlanOfBook, tmp_path: Path
) -> None:
    for plans, marked in (([made["middle"], half], True), ([made["middle"], made[EMOJI]], False)):
        comparison = verbs.compare(plans)
        build.save_comparison(tmp_path / "c.xlsx", comparison, Language.EN)
        book = openpyxl.load_workbook(tmp_path / "c.xlsx")
        for sheet, totals in (("Levels", True), ("Cost", True), ("People", False)):
            above = [row[0] for row in book[sheet].iter_rows(max_row=4, values_only=True)]
            assert (marked and totals) == (say(OWN_MONTHS, Language.EN) in above)


def test_another_version_of_the_program_is_told(made: Mapping[str, PlanOfBook]) -> None:
    base = made["middle"]
    earlier = {**base.provenance, "program": "Opvangplan 0.0.9"}
    old = replace(base, name="old", plan=replace(base.plan, provenance=earlier))
    told = _told(base, old)
    assert "Made with Opvangplan 0.0.9" in told[0]
    assert "Differs nowhere from middle." == told[1]
    unknown = replace(base, name="old", plan=replace(base.plan, provenance={}))
    assert ["Differs nowhere from middle."] == _told(base, unknown)


def test_decisions_of_months_that_one_plan_lacks_give_no_reason(
    made: Mapping[str, PlanOfBook], half: PlanOfBook
) -> None:
    whole = made[EMOJI]
    kept = half.tables["decisions"]
    later = kept.iloc[:1].assign(month=whole.months[-1], decision="prepare_dol", value=5000.0)
    longer = with_tables(whole, {"decisions": pd.concat([kept, later])})
    moved = half.tables["places"].assign(places=half.tables["places"]["places"] + 1)
    changed = with_tables(half, {"places": moved})

    reasons = change_list(verbs.places_of(longer), changed, longer)["because"]

    assert len(reasons)
    assert not any("5.000" in each.nl for each in reasons)


def test_a_decision_is_told_in_whole_places(made: Mapping[str, PlanOfBook]) -> None:
    plan = made["middle"]
    (_, _, first), *_ = verbs.places_of(plan)
    fitted_out = plan.tables["decisions"].iloc[:1].assign(month=first, decision="prepare_dol")
    places = plan.tables["places"]
    at = fitted_out["location"].iloc[0]
    moved = places.assign(places=places["places"] + (places["location"] == at))
    told = {}
    for was, becomes in ((0.0, 82.71), (2.81, 7.903), (82.71, 82.9)):
        before, after = (
            with_tables(each, {"decisions": fitted_out.assign(value=value)})
            for each, value in ((plan, was), (with_tables(plan, {"places": moved}), becomes))
        )
        reasons = change_list(verbs.places_of(before), after, before)["because"]
        told[was, becomes] = {
            each.nl.partition(": ")[2] for each in reasons if "DOL inrichten: " in each.nl
        }
    assert {"0 wordt 83"} == told[0.0, 82.71]
    assert {"3 wordt 8"} == told[2.81, 7.903]
    assert {"82,71 wordt 82,9"} == told[82.71, 82.9]
